"use strict";
(() => {
  // What the page was made with: doubts, groups of their numbers, the file of decisions, words.
  const given = JSON.parse(document.getElementById("review").textContent);
  const { doubts, groups, words } = given;
  const { answered, decidedBy, fileText, isWide, settles } = decisionsOf(given);
  const byId = (id) => document.getElementById(id);
  const PAGE = 100;

  // ---- answers: kept in the browser until they are in the file ----

  let answers = [];
  let canKeep = true;
  // What became of each doubt by now, brought up to date word by word.
  const now = new Map();
  const decidedOf = (doubt) => now.get(doubt);
  const bySource = new Map();

  const placeOf = (doubt) => [doubt.essay, doubt.source, doubt.chosen, doubt.occurrence, doubt.context].join("\x1f");

  function keep() {
    const kept = answers.map(({ doubt, value, scope }) => [placeOf(doubt), value, scope]);
    try {
      localStorage.setItem(given.id, JSON.stringify({ base: given.base, kept }));
    } catch {
      canKeep = false;
      byId("unkept").hidden = false;
    }
  }

  function recalled() {
    const at = new Map(doubts.map((doubt) => [placeOf(doubt), doubt]));
    let stored;
    try {
      stored = JSON.parse(localStorage.getItem(given.id) || "null");
    } catch {
      stored = null;
    }
    if (!stored || !Array.isArray(stored.kept)) return [];
    const isSameFile = stored.base === given.base;
    return stored.kept
      .map(([place, value, scope]) => ({ doubt: at.get(place), value, scope }))
      // Of another file, what that file decides counts.
      .filter(({ doubt }) => doubt && (isSameFile || !doubt.decided));
  }

  /** Have these answers; `sources` are the words whose doubts they may change. */
  function take(changed, sources) {
    answers = changed;
    for (const source of sources) {
      const own = answers.filter((answer) => answer.doubt.source === source);
      for (const doubt of bySource.get(source)) now.set(doubt, decidedBy(own, doubt));
    }
  }

  // ---- what is shown ----

  const state = { group: 0, place: 0, shown: PAGE };

  function filled(template, values) {
    return template.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  }

  function made(tag, attributes = {}, ...inner) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...inner);
    return element;
  }

  function isShown(doubt) {
    const wanted = byId("state").value;
    const essay = byId("essay").value;
    const words = byId("search").value.trim();
    if (wanted !== "all" && (wanted === "decided") !== Boolean(decidedOf(doubt)) && !kept.has(doubt)) return false;
    if (essay && doubt.essay !== essay) return false;
    if (!words) return true;
    return [doubt.context.replace(`【${doubt.source}】`, doubt.source), doubt.source, doubt.chosen, ...doubt.alternatives]
      .some((it) => it.includes(words));
  }

  // Places answered just now stay in sight until another word or filter is chosen.
  const kept = new Set();

  let inSight = [];

  function filter() {
    inSight = groups
      .map((numbers) => numbers.map((number) => doubts[number]).filter(isShown))
      .filter((found) => found.length);
    const at = inSight.findIndex((found) => found[0].group === state.group);
    if (at < 0) choose(0, false);
  }

  const current = () => inSight.find((found) => found[0].group === state.group) || [];

  /** Make the n-th word in sight the current one. */
  function choose(at, focus = true) {
    const found = inSight[at];
    state.group = found ? found[0].group : -1;
    state.place = 0;
    state.shown = PAGE;
    if (kept.size) {
      kept.clear();
      inSight = inSight.map((it) => it.filter(isShown)).filter((it) => it.length);
    }
    if (focus) {
      show();
      byId("word").focus();
      focusPlace();
    }
  }

  function groupButton(found) {
    const open = found.filter((doubt) => !decidedOf(doubt)).length;
    const button = made("button", { type: "button", "aria-current": String(found[0].group === state.group) },
      made("span", {}, ...pair(found[0])),
      open ? made("span", { class: "left" }, String(open)) : made("span", { class: "left done", "aria-label": words.decided }, "✓"));
    button.dataset.group = found[0].group;
    return button;
  }

  // The words that the list shows, and the button of each.
  let listed = [];
  const buttons = new Map();

  /** Show the words in sight: all anew where others are, else those that may have changed. */
  function showGroups(source) {
    if (listed !== inSight) {
      buttons.clear();
      for (const found of inSight) buttons.set(found[0].group, groupButton(found));
      byId("groups").replaceChildren(...Array.from(buttons.values(), (button) => made("li", {}, button)));
      listed = inSight;
    } else {
      for (const found of inSight) {
        const old = buttons.get(found[0].group);
        const isCurrent = found[0].group === state.group;
        if (found[0].source === source || isCurrent || old.getAttribute("aria-current") === "true") {
          const button = groupButton(found);
          old.replaceWith(button);
          buttons.set(found[0].group, button);
        }
      }
    }
    buttons.get(state.group)?.scrollIntoView({ block: "nearest" });
  }

  function pair(doubt) {
    return [made("span", { lang: given.source_language }, doubt.source), " → ",
      made("span", { lang: given.target_language }, doubt.chosen)];
  }

  function context(doubt) {
    const word = `【${doubt.source}】`;
    const at = doubt.context.indexOf(word);
    return made("p", { class: "context", lang: given.source_language },
      doubt.context.slice(0, at), made("mark", {}, doubt.source), doubt.context.slice(at + word.length));
  }

  function forms(doubt) {
    const decided = decidedOf(doubt);
    const own = [doubt.chosen, ...doubt.alternatives];
    const more = decided && !own.includes(decided) ? [decided] : [];
    const buttons = [...own, ...more].map((form, number) => {
      const key = number > 9 ? "" : number ? String(number) : "y";
      const button = made("button", { type: "button", "aria-pressed": String(form === decided) },
        made("span", { lang: given.target_language }, form), number ? "" : ` ${words.as_it_is}`, " ", made("kbd", {}, key));
      button.dataset.form = form;
      return button;
    });
    const typing = made("button", { type: "button", class: "typing" }, words.other, " ", made("kbd", {}, "t"));
    return made("div", { class: "forms", role: "group", "aria-label": words.forms }, ...buttons, typing);
  }

  function place(doubt, number) {
    const decided = decidedOf(doubt);
    const why = doubt.reasons.map((reason) => words[reason]).join("; ");
    const item = made("li", { class: decided ? "place settled" : "place", tabindex: number === state.place ? "0" : "-1" },
      made("p", { class: "where" }, made("span", {}, doubt.place), made("span", {}, why)),
      context(doubt), forms(doubt));
    item.dataset.place = number;
    item.dataset.decided = decided;
    return item;
  }

  // The places that are shown.
  let laidOut = [];

  function showPlaces() {
    const found = current().slice(0, state.shown);
    const items = byId("places").children;
    const isSame = found.length === laidOut.length && found.every((doubt, number) => doubt === laidOut[number]);
    if (isSame) {
      found.forEach((doubt, number) => {
        if (items[number].dataset.decided !== decidedOf(doubt)) items[number].replaceWith(place(doubt, number));
      });
    } else {
      byId("places").replaceChildren(...found.map(place));
    }
    laidOut = found;
    byId("more").hidden = current().length <= state.shown;
  }

  function showWord() {
    const found = current();
    byId("word").replaceChildren(...(found.length ? pair(found[0]) : [words.nothing]));
    byId("about").textContent = found.length ? about(found) : "";
  }

  function about(found) {
    const first = found[0];
    const key = first.key && first.key !== first.source ? ` · ${filled(words.by_key, { key: first.key })}` : "";
    const wide = isWide(first) ? ` · ${words.one_for_all}` : "";
    return filled(words.places, { n: found.length }) + key + wide;
  }

  function showCount() {
    const done = doubts.filter((doubt) => decidedOf(doubt)).length;
    byId("progress").max = Math.max(doubts.length, 1);
    byId("progress").value = done;
    byId("count").textContent = filled(words.count, { n: done, m: doubts.length });
    byId("undo").disabled = !answers.length;
  }

  function show(source) {
    showGroups(source);
    showWord();
    showPlaces();
    showCount();
  }

  function focusPlace() {
    const item = byId("places").children[state.place];
    if (!item) return;
    for (const other of byId("places").children) other.tabIndex = other === item ? 0 : -1;
    item.focus();
    item.scrollIntoView({ block: "nearest" });
  }

  const say = (message) => { byId("said").textContent = message; };

  // ---- what an editor does ----

  function answer(value) {
    const doubt = current()[state.place];
    if (!doubt || !value) return;
    const given = { doubt, value, scope: document.querySelector('[name="scope"]:checked').value };
    for (const other of bySource.get(doubt.source)) if (settles(given, other)) kept.add(other);
    take([...answers, given], [doubt.source]);
    keep();
    document.querySelector('[name="scope"][value="occurrence"]').checked = true;
    onward(doubt.source);
  }

  /** Go to the next open place of the word, else to the next word with one. */
  function onward(source) {
    const found = current();
    const isOpen = (doubt) => !decidedOf(doubt);
    const later = found.findIndex((doubt, number) => number > state.place && isOpen(doubt));
    const next = later < 0 ? found.findIndex(isOpen) : later;
    if (next >= 0) {
      state.place = next;
      state.shown = Math.max(state.shown, next + 1);
    } else {
      const at = inSight.findIndex((it) => it === found);
      const word = inSight.findIndex((it, number) => number > at && it.some(isOpen));
      if (word >= 0) {
        const group = inSight[word][0].group;
        kept.clear();
        filter();
        choose(inSight.findIndex((it) => it[0].group === group), false);
      }
    }
    show(source);
    focusPlace();
    say(byId("count").textContent);
  }

  function undo() {
    const last = answers.at(-1);
    if (!last) return;
    take(answers.slice(0, -1), [last.doubt.source]);
    keep();
    state.group = last.doubt.group;
    filter();
    state.place = Math.max(current().indexOf(last.doubt), 0);
    show();
    focusPlace();
    say(filled(words.taken_back, { word: last.doubt.source }));
  }

  function type() {
    const doubt = current()[state.place];
    if (!doubt) return;
    byId("asked").textContent = `${doubt.source} →`;
    byId("typed").value = decidedOf(doubt) || doubt.chosen;
    byId("typing").returnValue = "";
    byId("typing").showModal();
    byId("typed").select();
  }

  function move(by) {
    const last = current().length - 1;
    state.place = Math.min(Math.max(state.place + by, 0), last);
    if (state.place >= state.shown) {
      state.shown += PAGE;
      showPlaces();
    }
    focusPlace();
  }

  function word(by) {
    const at = inSight.findIndex((found) => found[0].group === state.group);
    const next = at + by;
    if (next >= 0 && next < inSight.length) choose(next);
  }

  function save() {
    const content = fileText(answers.reduce(answered, given.file));
    const link = made("a", { download: "decisions.toml", href: URL.createObjectURL(new Blob([content], { type: "application/toml" })) });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(words.saved);
  }

  const KEYS = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    n: () => word(1), p: () => word(-1), t: type, u: undo, d: save,
    e: () => scope("essay"), c: () => scope("collection"), "/": () => byId("search").focus(),
  };

  function scope(value) {
    const radio = document.querySelector(`[name="scope"][value="${value}"]`);
    const other = document.querySelector('[name="scope"][value="occurrence"]');
    (radio.checked ? other : radio).checked = true;
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId("typing").open) return;
    const isInField = event.target.matches("input:not([type=radio]), select");
    if (isInField) {
      if (event.key === "Escape" || (event.key === "Enter" && event.target.type === "search")) focusPlace();
      return;
    }
    const doubt = current()[state.place];
    const form = doubt && /^[1-9]$/.test(event.key) ? doubt.alternatives[event.key - 1] : undefined;
    if (form || (doubt && event.key === "y")) {
      event.preventDefault();
      answer(form || doubt.chosen);
    } else if (Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]();
    }
  }

  function clicked(event) {
    const item = event.target.closest(".place");
    const button = event.target.closest("button");
    if (!item) return;
    state.place = Number(item.dataset.place);
    if (!button) focusPlace();
    else if (button.classList.contains("typing")) type();
    else answer(button.dataset.form);
  }

  function filtered() {
    kept.clear();
    state.place = 0;
    filter();
    show();
  }

  function started() {
    groups.forEach((numbers, group) => numbers.forEach((number) => { doubts[number].group = group; }));
    for (const doubt of doubts) bySource.set(doubt.source, [...(bySource.get(doubt.source) || []), doubt]);
    const essays = [...new Set(doubts.map((doubt) => doubt.essay))].filter(Boolean);
    byId("essay").append(...essays.map((essay) => made("option", { value: essay }, essay)));
    take(recalled(), bySource.keys());
    if (!doubts.some((doubt) => !decidedOf(doubt))) byId("state").value = "all";
    if (matchMedia("(max-width: 44rem)").matches) byId("list").open = false;
    document.addEventListener("keydown", pressed);
    byId("places").addEventListener("click", clicked);
    byId("groups").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) choose(inSight.findIndex((found) => found[0].group === Number(button.dataset.group)));
    });
    byId("more").addEventListener("click", () => { state.shown += PAGE; showPlaces(); });
    byId("undo").addEventListener("click", undo);
    byId("save").addEventListener("click", save);
    byId("filters").addEventListener("input", (event) => { if (event.target.name !== "scope") filtered(); });
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("typing").addEventListener("close", () => {
      if (byId("typing").returnValue === "ok") answer(byId("typed").value.trim());
      else focusPlace();
    });
    addEventListener("beforeunload", (event) => { if (!canKeep && answers.length) event.preventDefault(); });
    const measured = () => document.documentElement.style.setProperty("--header", `${document.querySelector("header").offsetHeight}px`);
    addEventListener("resize", measured);
    measured();
    filter();
    show();
  }

  started();
})();
