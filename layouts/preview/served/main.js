// A preview's page: hears what is shown, and gives it to the view that is open.

import { renderContents } from "./contents.js";
import { renderFiles } from "./files.js";
import { PagesView } from "./pages.js";
import { here, turnTo } from "./places.js";
import { remarkElement, renderRemarks } from "./remarks.js";
import { TextView } from "./text.js";
import { announce, make, words } from "./words.js";

const element = (id) => document.getElementById(id);
const view = element("view");
const pages = new PagesView(view);
const text = new TextView(view);
const views = {
  pages: (showing, rest) => pages.render(showing, rest),
  text: (showing, rest) => text.render(showing, rest),
  remarks: (showing) => renderRemarks(view, showing, pages.output),
  files: (showing) => renderFiles(view, showing),
};
let showing = null;
let open = "";

// ---- what is heard ----

const news = new EventSource("/events");
news.addEventListener("showing", (event) => {
  const before = showing;
  showing = JSON.parse(event.data);
  follow(before);
  render();
});
news.addEventListener("work", (event) => {
  showing.work = JSON.parse(event.data);
  renderState();
});
let isGone = false;
news.addEventListener("error", () => {
  isGone = true;
  element("state").textContent = words.gone;
  element("state").dataset.kind = "broken";
});
// Another preview at the same address takes no orders from the page of the one before.
news.addEventListener("open", () => isGone && location.reload());

// Turns to the page that changed, or to the place of a fault that is new.
function follow(before) {
  const fresh = before ? newFault(before) : null;
  if (fresh) announce(`${words.error}: ${fresh.message}`);
  if (!before || here().view !== "pages") return;
  const output = pages.outputOf(showing);
  const turn = showing.turn;
  if (turn && turn.output === output && turn.number !== before.turn?.number) {
    pages.mark(turn.page);
    turnTo("pages", output, String(turn.page));
  } else if (fresh && fresh.pages[output] != null) {
    turnTo("pages", output, String(fresh.pages[output]));
  }
}

function newFault(before) {
  const key = (it) => [it.file, it.line, it.message].join("\n");
  const known = new Set(before.faults.map(key));
  return showing.faults.find((it) => !known.has(key(it)));
}

// ---- what is seen ----

function render() {
  if (!showing) return;
  const place = here();
  const name = place.view in views ? place.view : "pages";
  renderState();
  renderTitle();
  for (const link of document.querySelectorAll(".views a")) {
    const isOpen = link.getAttribute("href") === `#${name}`;
    if (isOpen) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (open !== name) view.replaceChildren();
  open = name;
  document.body.dataset.view = name;
  views[name](showing, place.rest);
  renderFaults();
  renderContents(element("contents"), showing, name, pages, text);
}

function renderTitle() {
  if (!showing.contents) return;
  element("title").textContent = showing.contents.title;
  element("title").lang = showing.contents.language;
  document.title = `${showing.contents.title} – ${words.preview}`;
  const count = showing.faults.length + showing.remarks.length;
  element("count").textContent = count ? ` ${count}` : "";
}

function renderState() {
  const { work, faults } = showing;
  const kind = !showing.isResting ? "working" : faults.length ? "broken" : "rested";
  const many = work && work.total > 1 ? ` ${work.done}/${work.total}` : "";
  const state = element("state");
  state.dataset.kind = kind;
  // Figures run too fast to be read out: those who listen hear when it begins and ends.
  state.replaceChildren(make("b", {}, words[kind]));
  if (many) state.append(make("span", { "aria-hidden": "true" }, many));
}

// Faults stand above what is looked at, but for those that stand beside their own page.
let above = "[]";
function renderFaults() {
  const rows = showing.faults.filter((it) => open !== "pages" || !pages.isBeside(it));
  const now = JSON.stringify(rows);
  if (now === above) return;
  above = now;
  const faults = element("faults");
  faults.hidden = !rows.length;
  const list = make("ul", {}, ...rows.map((it) => remarkElement(it, pages.output)));
  faults.replaceChildren(list, make("p", {}, words.note));
  if (open === "pages") pages.fit();
}

// ---- what is pressed ----

addEventListener("hashchange", render);

// The address says which view is open, so the way past the head is no address.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  element("stage").focus();
});

element("fold").addEventListener("click", () => {
  const button = element("fold");
  const isOpen = button.getAttribute("aria-expanded") !== "true";
  fold(isOpen);
  if (isOpen) element("contents").querySelector("a, button")?.focus();
});

function fold(isOpen) {
  element("fold").setAttribute("aria-expanded", String(isOpen));
  element("contents").hidden = !isOpen;
}

// On a small screen the contents lie over the page, and go when something is chosen.
const isSmall = matchMedia("(max-width: 60rem)");
fold(!isSmall.matches);
isSmall.addEventListener("change", () => fold(!isSmall.matches));
for (const it of [element("contents"), document.querySelector(".views")]) {
  it.addEventListener("click", (event) => {
    if (isSmall.matches && event.target.closest("a")) fold(false);
  });
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isSmall.matches && !element("contents").hidden) {
    fold(false);
    element("fold").focus();
  }
});

