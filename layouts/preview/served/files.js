// Files: what was made, to be saved.

import { make, name, said, scriptName } from "./words.js";

export function renderFiles(view, showing) {
  const rows = showing.pulls.filter((it) => !it.isExtra).map(row);
  const list = make("ul", { class: "list files" }, ...rows);
  view.replaceChildren(make("div", { class: "column" }, list));
}

function row(pull) {
  const href = `/files/${encodeURIComponent(pull.output)}/${encodeURIComponent(pull.file)}`;
  const sentence = said("save", { file: pull.file });
  const facts = [scriptName(pull.script), size(pull.bytes)];
  if (pull.sheets.length) facts.splice(1, 0, said("count_pages", { n: pull.sheets.length }));
  return make(
    "li",
    {},
    make("a", { href, download: pull.file, class: "save" }, name(sentence)),
    make("span", { class: "facts" }, facts.join(" · ")),
  );
}

const size = (bytes) =>
  bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`;
