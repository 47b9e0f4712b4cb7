// Text: an essay as the EPUBs have it, in one script or in two side by side, passage by passage.

import { address, turnTo } from "./places.js";
import { remarkElement } from "./remarks.js";
import { make, name, scriptName, words } from "./words.js";

const HOLDERS = "section, article, header, div.essay-body, div.body";

export class TextView {
  constructor(view) {
    this.view = view;
    this.anchor = "";
    this.scripts = null;
    this.cache = new Map();
  }

  render(showing, [anchor, place]) {
    this.showing = showing;
    const entries = showing.contents?.sections.flatMap((it) => it.entries) ?? [];
    const known = entries.some((it) => it.anchor === (anchor || this.anchor));
    this.anchor = known ? anchor || this.anchor : (entries[0]?.anchor ?? "");
    this.entries = entries;
    this.pulls = readable(showing);
    if (!this.pulls.length || !this.anchor) {
      this.view.replaceChildren(make("p", { class: "told" }, words.waiting));
      return;
    }
    this.choose();
    this.show(place);
  }

  // At first the essays' own script, and another beside it where there is room.
  choose() {
    const names = this.pulls.map((it) => it.script);
    const own = this.own.script;
    const other = names.find((it) => it !== own) ?? "";
    this.scripts ??= [own, innerWidth > 900 ? other : ""];
    this.scripts = this.scripts.map((it, at) => (names.includes(it) ? it : at ? "" : own));
  }

  // The EPUB in the script in which the essays were written.
  get own() {
    const language = this.showing.contents.language;
    return this.pulls.find((it) => it.language === language) ?? this.pulls[0];
  }

  async show(place) {
    const pullIn = (script) => this.pulls.find((it) => it.script === script);
    const shown = this.scripts.filter(Boolean).map(pullIn);
    const asked = (this.asked = {});
    const anchor = this.anchor;
    const wanted = [this.own, ...shown].map((it) => this.text(it, anchor));
    const [own, ...texts] = await Promise.all(wanted);
    if (asked !== this.asked) return;
    const key = JSON.stringify([anchor, this.scripts, texts.map((it) => it.key), this.said()]);
    if (key !== this.key || !this.view.querySelector(".texts")) this.lay(shown, texts, own, key);
    if (place) this.goTo(place);
  }

  said() {
    const { faults, remarks } = this.showing;
    return [...faults, ...remarks].filter((it) => it.anchor === this.anchor);
  }

  // An essay of an EPUB: what stands in it, taken apart into passages.
  async text(pull, anchor) {
    const key = `${pull.digest} ${anchor}`;
    if (!this.cache.has(key)) {
      if (this.cache.size > 40) this.cache.clear();
      this.cache.set(key, this.fetched(pull, anchor, key));
    }
    return this.cache.get(key);
  }

  async fetched(pull, anchor, key) {
    const there = `/texts/${encodeURIComponent(pull.output)}/${encodeURIComponent(anchor)}`;
    const answer = await fetch(there);
    const template = document.createElement("template");
    template.innerHTML = answer.ok ? await answer.text() : "";
    return { key, rows: [...passages(template.content)] };
  }

  // ---- the frame ----

  lay(shown, texts, own, key) {
    const isFresh = !this.key || JSON.parse(this.key)[0] !== this.anchor;
    this.key = key;
    const rows = texts[0].rows.map((_, at) => this.row(at, shown, texts, own));
    const empty = make("p", { class: "told" }, words.no_text);
    const lost = this.unplaced(own).map((it) => remarkElement(it, this.output, "li"));
    const prose = make(
      "div",
      { class: `prose texts-${shown.length}` },
      lost.length ? make("ul", { class: "list" }, ...lost) : null,
      ...(rows.length ? rows : [empty]),
    );
    this.view.replaceChildren(make("div", { class: "texts" }, this.tools(), prose, this.turns()));
    if (isFresh) document.getElementById("stage").scrollTo(0, 0);
  }

  row(at, shown, texts, own) {
    const cells = shown.map((pull, number) =>
      make("div", { class: "cell", lang: pull.language }, texts[number].rows[at]?.cloneNode(true)),
    );
    const remarks = this.said().filter((it) => this.placeOf(it, own) === at);
    if (!remarks.length) return make("div", { class: "row" }, ...cells);
    const list = remarks.map((it) => remarkElement(it, this.output));
    return make(
      "div",
      { class: "row remarked" },
      ...cells,
      make("ul", { class: "list margin" }, ...list),
    );
  }

  // The row of the passage that a remark speaks of; -1 where its words are not found.
  placeOf(remark, own) {
    return own.rows.findIndex((it) => remark.words && dense(it.textContent).includes(remark.words));
  }

  unplaced(own) {
    return this.said().filter((it) => this.placeOf(it, own) < 0);
  }

  get output() {
    return this.showing.pulls.find((it) => it.sheets.length)?.output ?? "";
  }

  tools() {
    const row = this.pulls.map((it) => it.script);
    const option = (script, selected) =>
      make("option", { value: script, selected }, script ? scriptName(script) : words.alone);
    const choice = (at, label, options) =>
      make(
        "label",
        {},
        make("span", {}, label),
        make(
          "select",
          { onchange: (event) => this.chosen(at, event.target.value) },
          ...options.map((it) => option(it, it === this.scripts[at])),
        ),
      );
    return make(
      "div",
      { class: "tools" },
      choice(0, words.script, row),
      row.length > 1 ? choice(1, words.beside, ["", ...row]) : null,
    );
  }

  chosen(at, script) {
    this.scripts[at] = script;
    this.show();
  }

  turns() {
    const at = this.entries.findIndex((it) => it.anchor === this.anchor);
    const way = (entry, side) => {
      if (!entry) return make("span", {});
      const href = address("text", entry.anchor);
      return make("a", { href, class: side, lang: this.own.language }, name(entry.title));
    };
    return make(
      "nav",
      { class: "turns", "aria-label": words.turns },
      way(this.entries[at - 1], "before"),
      way(this.entries[at + 1], "after"),
    );
  }

  goTo(place) {
    const found = this.view.querySelector(`[data-id="${CSS.escape(place)}"]`);
    found?.scrollIntoView({ block: "center" });
    turnTo("text", this.anchor);
  }
}

// One EPUB for each script: declared ones first, those in level lines before others.
function readable(showing) {
  const found = new Map();
  const rows = showing.pulls.filter((it) => it.format === "epub");
  for (const it of rows.sort((one, other) => one.isRightBound - other.isRightBound)) {
    if (!found.has(it.script)) found.set(it.script, it);
  }
  return [...found.values()];
}

// The passages of an essay, one after the other: what only holds others is left away. Ids would
// stand twice where two scripts are shown, so they are kept under another name.
function* passages(parent) {
  for (const child of parent.children) {
    if (child.matches(HOLDERS) && child.children.length) {
      yield* passages(child);
      continue;
    }
    for (const it of [child, ...child.querySelectorAll("[id]")]) {
      if (it.id) it.dataset.id = it.id;
      it.removeAttribute("id");
    }
    yield child;
  }
}

const dense = (text) => text.replace(/[\s\u00ad\u200b\u2060\ufeff]+/g, "");

