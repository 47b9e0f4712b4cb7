// Contents: the essays in their order, to go to, and to be put into another one by hand or keys.

import { dragged } from "./dragging.js";
import { address } from "./places.js";
import { announce, make, name, said, words } from "./words.js";

let isArranging = false;
let shown = "";
let list = null;
let told = null;

export function renderContents(nav, showing, view, pages, text) {
  if (!showing.contents) return;
  const faulty = new Map();
  for (const it of [...showing.remarks, ...showing.faults]) faulty.set(it.file, it.kind);
  const where = { view, output: pages.outputOf(showing) };
  const key = JSON.stringify([showing.contents, [...faulty], where, isArranging]);
  if (key !== shown) {
    shown = key;
    build(nav, showing, where, faulty, () => renderContents(nav, showing, view, pages, text));
  }
  markCurrent(nav, showing, view, pages, text);
}

function build(nav, showing, where, faulty, again) {
  const { contents } = showing;
  const focus = nav.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  let part = 0;
  const sections = contents.sections.map((it, was) => {
    const title = it.title || (it.kind === "part" ? said("part", { n: ++part }) : words[it.kind]);
    return sectionElement(it, was, title, where, faulty, contents.language);
  });
  list = make("ol", { class: `sections${isArranging ? " arranging" : ""}` }, ...sections);
  const button = make(
    "button",
    {
      type: "button",
      "data-key": "arrange",
      "aria-pressed": String(isArranging),
      onclick: () => {
        isArranging = !isArranging;
        again();
      },
    },
    isArranging ? words.arranged : words.arrange,
  );
  const hint = isArranging ? make("p", { class: "hint" }, words.arrange_hint) : null;
  told = make("p", { class: "refused", role: "alert" });
  nav.replaceChildren(...[button, hint, told, list].filter(Boolean));
  if (isArranging) dragged(list, (item) => save(contents, item, again));
  nav.onclick = (event) => {
    const button = event.target.closest("[data-step]");
    const item = button?.closest("li");
    if (!button || !moved(item, Number(button.dataset.step))) return;
    // What is put elsewhere loses the focus.
    button.focus();
    save(contents, item, again);
  };
  if (focus) nav.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
}

function sectionElement(section, was, title, where, faulty, language) {
  const rows = section.entries.map((it) => entryElement(it, where, faulty, language));
  const isPart = section.kind === "part";
  return make(
    "li",
    { class: `section ${section.kind}`, "data-was": was, "data-title": title },
    make(
      "div",
      { class: "line" },
      isArranging && isPart ? grip() : null,
      make("h2", { lang: section.title ? language : null }, name(title)),
      isArranging && isPart ? steps(`part-${was}`, title) : null,
    ),
    make("ol", { class: "entries" }, ...rows),
  );
}

function entryElement(entry, where, faulty, language) {
  const kind = faulty.get(entry.file);
  const way = where.view === "text" ? ["text"] : ["pages", where.output];
  return make(
    "li",
    { class: `entry ${kind ?? ""}`, "data-file": entry.file, "data-title": entry.title },
    make(
      "div",
      { class: "line" },
      isArranging ? grip() : null,
      make(
        "a",
        {
          href: address(...way, entry.anchor),
          lang: language,
          draggable: "false",
          "data-anchor": entry.anchor,
          "data-key": `go-${entry.file}`,
        },
        name(entry.title, { class: "title" }),
        entry.authors.length ? name(entry.authors.join("、"), { class: "by" }) : null,
        kind ? sign(kind) : null,
      ),
      isArranging ? steps(entry.file, entry.title) : null,
    ),
  );
}

// What stands against an essay: in words where it matters, else a dot.
function sign(kind) {
  const isGrave = kind === "error" || kind === "warning";
  if (isGrave) return make("span", { class: "sign" }, words[kind]);
  return make("span", { class: "sign dot" }, make("span", { class: "unseen" }, words[kind]));
}

const grip = () => make("span", { class: "grip", "aria-hidden": "true" }, "⠿");

function steps(key, title) {
  const step = (sign, way, label) => {
    const own = { "data-step": way, "data-key": `${way} ${key}` };
    return make("button", { type: "button", "aria-label": said(label, { title }), ...own }, sign);
  };
  return make("span", { class: "steps" }, step("↑", -1, "up"), step("↓", 1, "down"));
}

// ---- another order ----

// Moves an essay, over the end of its section into the next one, or a part among the parts.
function moved(item, step) {
  const isEntry = item.classList.contains("entry");
  const row = [...list.querySelectorAll(isEntry ? ".entry" : ".section.part")];
  const next = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!isEntry) {
    const other = row[row.indexOf(item) + step];
    if (other) step < 0 ? other.before(item) : other.after(item);
    return Boolean(other);
  }
  if (next) {
    step < 0 ? next.before(item) : next.after(item);
    return true;
  }
  const section = item.closest(".section");
  const home = step < 0 ? section.previousElementSibling : section.nextElementSibling;
  const entries = home?.querySelector(".entries");
  if (entries) step < 0 ? entries.append(item) : entries.prepend(item);
  return Boolean(entries);
}

const order = () =>
  [...list.children].map((section) => ({
    was: Number(section.dataset.was),
    essays: [...section.querySelectorAll(".entry")].map((it) => it.dataset.file),
  }));

async function save(contents, item, again) {
  const sections = order();
  const before = contents.sections.map(({ entries }, was) => ({
    was,
    essays: entries.map((it) => it.file),
  }));
  if (JSON.stringify(sections) === JSON.stringify(before)) return;
  const answer = await fetch("/arrangement", {
    method: "POST",
    headers: {
      "X-Publisher-Token": document.body.dataset.token,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ digest: contents.digest, sections }),
  }).catch(() => null);
  if (answer?.ok) {
    announce(said("moved", { title: item.dataset.title }));
    return;
  }
  const found = await answer?.json().catch(() => ({ faults: [words.unmoved] }));
  shown = "";
  again();
  told.textContent = (found?.faults ?? [words.gone]).join(" ");
}

// ---- where one is ----

function markCurrent(nav, showing, view, pages, text) {
  const anchor = view === "text" ? text.anchor : currentOf(showing, pages);
  for (const link of nav.querySelectorAll("a[data-anchor]")) {
    if (link.dataset.anchor === anchor) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// The essay on the page that is looked at.
function currentOf(showing, pages) {
  const pull = showing.pulls.find((it) => it.output === pages.output);
  if (!pull) return "";
  const rows = Object.entries(pull.starts).filter(([, page]) => page <= lastOpen(pages));
  return rows.sort(([, one], [, other]) => one - other).at(-1)?.[0] ?? "";
}

const lastOpen = (pages) =>
  pages.frame?.isConnected ? Math.max(...pages.opening.filter((it) => it != null)) : pages.page;
