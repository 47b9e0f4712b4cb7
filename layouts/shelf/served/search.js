// Finds collections as the reader types. Without this script the page lists them by year and author.
(() => {
  "use strict";
  const form = document.getElementById("search");
  const wanted = document.getElementById("wanted");
  const found = document.getElementById("found");
  const shown = document.getElementById("shown");
  const results = document.getElementById("results");
  const count = document.getElementById("found-count");
  const choices = ["script", "year"].map((id) => document.getElementById(id)).filter(Boolean);
  // More covers than these nobody looks through: a further word finds faster.
  const MOST = 60;
  const ESSAYS = 6;
  let loading = null;

  // A page of a folder may not fetch its neighbours, but it may load them as scripts.
  const catalogue = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = form.dataset.catalogue;
      script.onload = () => resolve(self.shelfCatalogue.map(prepared));
      script.onerror = reject;
      document.head.append(script);
    }));

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

  const prepared = (row) => ({
    ...row,
    about: plain([...row.titles, row.by, ...row.authors].join("\n")),
    inside: row.essays.map(([page, ...titles]) => ({ page, titles, text: plain(titles.join("\n")) })),
  });

  // A collection is found when each word stands in what is said of it, or in the title of an essay.
  const match = (row, words, chosen) => {
    if (chosen.script && !row.scripts.includes(chosen.script)) return null;
    if (chosen.year && row.year !== chosen.year) return null;
    const left = words.filter((word) => !row.about.includes(word));
    if (!left.length) return { row, essays: [] };
    const essays = row.inside.filter((it) => left.every((word) => it.text.includes(word)));
    return essays.length ? { row, essays } : null;
  };

  const made = (tag, values = {}, ...inner) => {
    const element = Object.assign(document.createElement(tag), values);
    element.append(...inner);
    return element;
  };

  const card = ({ row, essays }) => {
    const title = made("span", { className: "title" }, row.titles[0]);
    const picture = row.cover
      ? made("img", { src: row.cover, alt: "", loading: "lazy", width: 400, height: 640 })
      : made("span", { className: "coverless", ariaHidden: "true" }, row.titles[0]);
    const item = made(
      "li",
      { className: "card" },
      made("a", { href: row.page, lang: row.language }, picture, title),
      ...(row.by ? [made("p", { className: "by", lang: row.language }, row.by)] : []),
      made("p", { className: "facts" }, ...(row.year ? [made("span", {}, row.year)] : [])),
    );
    if (essays.length) {
      const rows = essays.slice(0, ESSAYS).map(({ page, titles }) =>
        made("li", { lang: row.language }, page ? made("a", { href: page }, titles[0]) : titles[0]),
      );
      item.append(made("ul", { className: "inside" }, ...rows));
    }
    return item;
  };

  const look = async () => {
    const words = wanted.value.trim().split(/\s+/).map(plain).filter(Boolean);
    const chosen = Object.fromEntries(choices.map((it) => [it.id, it.value]));
    const idle = !words.length && !Object.values(chosen).some(Boolean);
    found.hidden = idle;
    shown.hidden = !idle;
    if (idle) return;
    const every = await catalogue().catch(() => null);
    if (!every) {
      // Without the list there is still the page.
      found.hidden = true;
      shown.hidden = false;
      return;
    }
    const rows = every.map((row) => match(row, words, chosen)).filter(Boolean);
    count.textContent = rows.length ? `${rows.length} ${count.dataset.one}` : count.dataset.none;
    results.replaceChildren(...rows.slice(0, MOST).map(card));
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", look);
  form.addEventListener("focusin", () => void catalogue().catch(() => {}), { once: true });
  // A browser that comes back to the page may have kept what was typed.
  if (wanted.value || choices.some((it) => it.value)) void look();
})();
