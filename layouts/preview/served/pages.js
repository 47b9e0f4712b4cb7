// Pages: an opening of the book as large as the screen lets it be, and the remarks beside it.

import { here, turnTo } from "./places.js";
import { remarkElement } from "./remarks.js";
import { make, said, words } from "./words.js";

const STEP = 1.25;
const LARGEST = 4;
const ROUND = 50; // px: pictures come in steps of so much
const ALONE = 40 * 16; // px: on a narrower stage one page is shown at a time

export class PagesView {
  constructor(view) {
    this.view = view;
    this.output = "";
    this.page = 0;
    this.zoom = 1;
    this.marked = null;
    this.frame = null;
    addEventListener("resize", () => this.frame?.isConnected && this.fit());
    addEventListener("keydown", (event) => this.pressed(event));
  }

  // The output that is looked at: the one of the address, else the first that has pages.
  outputOf(showing, wanted = here().rest[0] || this.output) {
    const paged = showing.pulls.filter((it) => it.sheets.length);
    return (paged.find((it) => it.output === wanted) ?? paged[0])?.output ?? "";
  }

  render(showing, [wanted, page]) {
    this.showing = showing;
    this.output = this.outputOf(showing, wanted || this.output);
    this.pull = showing.pulls.find((it) => it.output === this.output);
    if (!this.pull) {
      this.frame = null;
      const sentence = showing.faults.length ? words.broken : words.waiting;
      this.view.replaceChildren(make("p", { class: "told" }, sentence));
      return;
    }
    this.page = Math.min(this.pageOf(page), this.pull.sheets.length - 1);
    if (!this.frame?.isConnected) this.build();
    this.showOutputs();
    this.fit();
    this.showRemarks();
  }

  // A page by its number, or by the anchor of an essay that begins on it.
  pageOf(wanted) {
    if (wanted == null || wanted === "") return this.page;
    return /^\d+$/.test(wanted) ? Number(wanted) : (this.pull.starts[wanted] ?? this.page);
  }

  // ---- the frame ----

  build() {
    const button = (text, label, act) =>
      make("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    const group = { role: "group", tabindex: 0, "aria-label": words.pages };
    this.board = make("div", { class: "board", ...group });
    this.beside = make("aside", { class: "beside", "aria-label": words.here });
    this.choice = make("select", {
      "aria-label": words.output,
      onchange: () => turnTo("pages", this.choice.value, String(this.page)),
    });
    this.slider = make("input", {
      type: "range",
      min: 0,
      "aria-label": words.page,
      oninput: () => this.goTo(Number(this.slider.value)),
    });
    this.where = make("output", { class: "where" });
    this.back = button("‹", words.before, () => this.turn(-1));
    this.forth = button("›", words.after, () => this.turn(1));
    const tools = make(
      "div",
      { class: "tools" },
      this.choice,
      make("span", { class: "group" }, this.back, this.slider, this.forth),
      this.where,
      make(
        "span",
        { class: "group zoom" },
        button("−", words.smaller, () => this.enlarge(1 / STEP)),
        button("□", words.whole, () => this.enlarge(0)),
        button("+", words.larger, () => this.enlarge(STEP)),
      ),
    );
    this.frame = make("div", { class: "pages" }, this.board, this.beside, tools);
    this.view.replaceChildren(this.frame);
    this.swipes();
  }

  showOutputs() {
    const paged = this.showing.pulls.filter((it) => it.sheets.length);
    const names = paged.map((it) => it.output);
    if ([...this.choice.options].map((it) => it.value).join("\n") !== names.join("\n")) {
      this.choice.replaceChildren(...names.map((it) => make("option", { value: it }, it)));
    }
    this.choice.value = this.output;
    this.choice.hidden = names.length < 2;
    const right = this.pull.isRightBound;
    this.slider.max = this.pull.sheets.length - 1;
    this.slider.dir = right ? "rtl" : "ltr";
    this.frame.classList.toggle("right-bound", right);
  }

  // ---- what lies open ----

  // The pages that lie open, from left to right.
  get opening() {
    const whole = this.pull.openings.find((it) => it.includes(this.page)) ?? [this.page];
    return this.isNarrow ? [this.page] : whole;
  }

  // Lays the pages open, as large as they fit, and asks for pictures that are sharp there.
  fit() {
    const opening = this.opening;
    const style = getComputedStyle(this.board);
    const wide = this.board.clientWidth - parseFloat(style.paddingLeft) * 2;
    const high = this.board.clientHeight - parseFloat(style.paddingTop) * 2;
    const sheets = opening.map((it) => this.pull.sheets[it ?? this.page]);
    const width = sheets.reduce((sum, it) => sum + it.width, 0);
    const height = Math.max(...sheets.map((it) => it.height));
    const byWidth = wide / width;
    const scale = (this.isNarrow ? byWidth : Math.min(byWidth, high / height)) * this.zoom;
    this.lay(opening.map((it, at) => this.leaf(it, sheets[at], scale)));
    this.board.classList.toggle("enlarged", this.zoom > 1);
    const read = opening.filter((it) => it != null).sort((one, other) => one - other);
    const label = read.map((it) => this.pull.sheets[it].label);
    const values = { page: label.join("–"), n: read[0] + 1, m: this.pull.sheets.length };
    this.where.textContent = said("of_all", values);
    this.slider.value = this.page;
    this.slider.setAttribute("aria-valuetext", this.where.textContent);
    this.back.disabled = !this.next(-1);
    this.forth.disabled = !this.next(1);
    this.fetchNext(scale);
  }

  // On a narrow screen a page lies alone, and takes the whole width.
  get isNarrow() {
    return this.board.clientWidth < ALONE;
  }

  leaf(index, sheet, scale) {
    const width = Math.floor(sheet.width * scale);
    const height = Math.floor((sheet.height / sheet.width) * width);
    const size = { "data-width": width, "data-height": height };
    if (index == null) return make("span", { class: "leaf none", ...size });
    const leaf = make("img", {
      class: `leaf${this.marked === index ? " changed" : ""}`,
      alt: said("alt", { page: sheet.label }),
      src: this.picture(index, width),
      "data-page": index,
      draggable: "false",
      ...size,
    });
    leaf.width = width;
    leaf.height = height;
    return leaf;
  }

  picture(index, width) {
    const sharp = Math.ceil((width * devicePixelRatio) / ROUND) * ROUND;
    return `/pages/${this.pull.digest}/${index}.png?width=${sharp}`;
  }

  // Puts leaves on the table once all can be seen, so that nothing flickers.
  async lay(leaves) {
    const same = (it, at) => {
      const old = this.board.children[at];
      return old && old.src === it.src && old.className === it.className
        && old.dataset.width === it.dataset.width && old.dataset.page === it.dataset.page;
    };
    this.laying = leaves;
    if (leaves.length === this.board.children.length && leaves.every(same)) return;
    const drawn = await Promise.allSettled(leaves.map((it) => it.decode?.()));
    if (this.laying !== leaves || drawn.some((it) => it.status === "rejected")) return;
    for (const it of leaves) {
      it.style.width = `${it.dataset.width}px`;
      it.style.height = `${it.dataset.height}px`;
    }
    this.board.replaceChildren(...leaves);
  }

  // Lets the next opening be drawn while this one is looked at.
  fetchNext(scale) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      for (const index of this.next(1) ?? []) {
        const sheet = index == null ? null : this.pull.sheets[index];
        if (sheet) new Image().src = this.picture(index, Math.floor(sheet.width * scale));
      }
    }, 300);
  }

  // Marks a page as the one that changed.
  mark(page) {
    this.marked = page;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => {
      this.marked = null;
      for (const it of this.board?.children ?? []) it.classList.remove("changed");
    }, 2000);
  }

  // ---- turning ----

  // The opening one step further or back; nothing where the book ends.
  next(step) {
    if (this.opening.length === 1) {
      const page = this.page + step;
      return page >= 0 && page < this.pull.sheets.length ? [page] : null;
    }
    const at = this.pull.openings.findIndex((it) => it.includes(this.page));
    return this.pull.openings[at + step] ?? null;
  }

  turn(step) {
    const opening = this.next(step);
    if (opening) this.goTo(Math.min(...opening.filter((it) => it != null)));
  }

  goTo(page) {
    turnTo("pages", this.output, String(page));
    this.board.scrollTo(0, 0);
  }

  enlarge(factor) {
    this.zoom = factor ? Math.min(LARGEST, Math.max(1, this.zoom * factor)) : 1;
    this.fit();
  }

  pressed(event) {
    if (!this.frame?.isConnected || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, .contents")) return;
    const forth = this.pull.isRightBound ? -1 : 1;
    const acts = {
      ArrowRight: () => this.turn(forth),
      ArrowLeft: () => this.turn(-forth),
      PageDown: () => this.turn(1),
      PageUp: () => this.turn(-1),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.pull.sheets.length - 1),
      "+": () => this.enlarge(STEP),
      "-": () => this.enlarge(1 / STEP),
      0: () => this.enlarge(0),
    };
    if (!(event.key in acts) || (this.zoom > 1 && event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    acts[event.key]();
  }

  // A finger that goes from side to side turns the page.
  swipes() {
    let from = null;
    this.board.addEventListener("touchstart", ({ touches }) => {
      from = touches.length === 1 && this.zoom === 1 ? touches[0].clientX : null;
    }, { passive: true });
    this.board.addEventListener("touchend", ({ changedTouches }) => {
      const way = from == null ? 0 : changedTouches[0].clientX - from;
      if (Math.abs(way) > 60) this.turn((way < 0) === !this.pull.isRightBound ? 1 : -1);
    });
  }

  // ---- what is said of it ----

  // Whether a remark speaks of a page that lies open.
  isBeside(remark) {
    return Boolean(this.frame?.isConnected) && this.opening.includes(remark.pages[this.output]);
  }

  showRemarks() {
    const { faults, remarks } = this.showing;
    const found = [...faults, ...remarks].filter((it) => this.isBeside(it));
    const list = make("ul", { class: "list" }, ...found.map((it) => remarkElement(it, "", "li")));
    this.beside.replaceChildren(...(found.length ? [list] : []));
    if (this.beside.hidden !== !found.length) {
      this.beside.hidden = !found.length;
      this.fit();
    }
  }
}

