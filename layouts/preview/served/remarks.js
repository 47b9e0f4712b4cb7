// Remarks: what is wrong, worth a look or in doubt, with its place and what to do.

import { address } from "./places.js";
import { make, name, said, words } from "./words.js";

// One remark; its link leads to the page of an output, or to its essay's text.
export function remarkElement(remark, output, tag = "li") {
  const place = [remark.file && name(remark.file), placeWords(remark)].filter(Boolean);
  const link = wayTo(remark, output);
  const kind = make("strong", {}, words[remark.kind]);
  return make(
    tag,
    { class: `remark ${remark.kind}` },
    make("p", { class: "message" }, kind, " ", name(remark.message)),
    remark.hint ? make("p", { class: "hint" }, name(remark.hint)) : null,
    place.length || link
      ? make("p", { class: "place" }, ...place.flatMap((it) => [it, " "]), link)
      : null,
  );
}

const placeWords = (remark) =>
  remark.line ? said("line", { n: remark.line }) : remark.key ? name(remark.key) : "";

function wayTo(remark, output) {
  const page = remark.pages[output];
  const there = page != null ? address("pages", output, String(page)) : essayOf(remark);
  return there ? make("a", { href: there }, words.show) : null;
}

const essayOf = (remark) => (remark.anchor ? address("text", remark.anchor) : "");

// All of them, file by file.
export function renderRemarks(view, showing, output) {
  const all = [...showing.faults, ...showing.remarks];
  const files = new Map();
  for (const it of all) files.set(it.file, [...(files.get(it.file) ?? []), it]);
  const groups = [...files].map(([file, rows]) =>
    make(
      "section",
      {},
      make("h2", {}, name(titleOf(showing, rows[0]) || file || showing.contents?.title || "")),
      make("ul", { class: "list" }, ...rows.map((it) => remarkElement(it, output))),
    ),
  );
  const empty = make("p", { class: "told" }, words.nothing);
  view.replaceChildren(make("div", { class: "column" }, ...(groups.length ? groups : [empty])));
}

function titleOf(showing, remark) {
  const entries = showing.contents?.sections.flatMap((it) => it.entries) ?? [];
  return entries.find((it) => it.anchor === remark.anchor)?.title;
}
