"use strict";
// Decisions: what answers make of the file, and of the doubts of a page; the same as in
// publisher/script/review.py and reviewfile.py, to the byte. It knows nothing of what is shown.
function decisionsOf(page) {
  const text = (value) => JSON.stringify(value).replaceAll("\x7f", "\\u007f");
  const points = (value) => Array.from(value, (it) => it.codePointAt(0));

  /** Order by code points, as Python orders texts; numbers by value. */
  function compared(one, other) {
    if (typeof one === "number") return one - other;
    const [left, right] = [points(one), points(other)];
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      if (left[i] !== right[i]) return left[i] - right[i];
    }
    return left.length - right.length;
  }

  function byKeys(keys) {
    return (one, other) => keys.reduce((found, key) => found || compared(key(one), key(other)), 0);
  }

  const entryOrder = byKeys([
    (it) => (it.kind === "decision" ? 0 : 1),
    ...["essay", "source", "occurrence", "script", "value", "context"].map((key) => (it) => it.row[key]),
  ]);
  const nameOrder = byKeys([(it) => it.name]);

  const line = (key, value) => `${key} = ${typeof value === "number" ? value : text(value)}`;

  function entry(kind, row) {
    const keys = ["source", "value", "script", "essay", "occurrence", "context"];
    const lines = keys.filter((key) => row[key]).map((key) => line(key, row[key]));
    return { kind, row, text: [`[[${kind}]]`, ...lines].join("\n"), isMine: true };
  }

  function fileText(file) {
    const names = [...file.names].sort(nameOrder).map((it) => it.text);
    const table = names.length ? [file.names_head, ...names, file.names_tail] : [];
    const rows = [...file.entries].sort(entryOrder).map((it) => it.text);
    return [file.head, table.filter(Boolean).join("\n"), ...rows].filter(Boolean).join("\n\n") + "\n";
  }

  const isWide = (doubt) => doubt.is_name || doubt.source.startsWith("《") || !doubt.essay;
  const scopeOf = (doubt, scope) => (isWide(doubt) ? "collection" : scope);

  function rowOf(doubt, value, scope) {
    const held = scopeOf(doubt, scope);
    const isHere = held === "occurrence";
    return {
      source: doubt.source,
      value,
      script: page.script,
      essay: held === "collection" ? "" : doubt.essay,
      occurrence: isHere ? doubt.occurrence : 0,
      context: isHere ? doubt.context : "",
    };
  }

  const isInstead = (row, old) =>
    old.isMine && ["source", "essay", "occurrence"].every((key) => row[key] === old.row[key]);

  const rules = (wide, row) =>
    wide.isMine && !wide.row.occurrence && ["", row.essay].includes(wide.row.essay) && wide.row.source === row.source;

  function named(file, doubt, value) {
    const [name, own] = page.family === "hant" ? [doubt.source, value] : [value, doubt.source];
    const left = file.names.filter((it) =>
      page.family === "hant" ? it.name !== name : it.name !== name && it.name !== own && it.value !== own);
    return { ...file, names: [...left, { name, value: own, text: `${text(name)} = ${text(own)}` }] };
  }

  function answered(file, { doubt, value, scope }) {
    if (doubt.is_name) return named(file, doubt, value);
    const row = rowOf(doubt, value, scope);
    const left = file.entries.filter((it) => !isInstead(row, it));
    const isLeft = value === doubt.chosen && !left.some((it) => it.kind === "decision" && rules(it, row));
    return { ...file, entries: [...left, entry(isLeft ? "accepted" : "decision", row)] };
  }

  function settles(answer, doubt) {
    const own = answer.doubt;
    if (own.source !== doubt.source || own.chosen !== doubt.chosen || own.is_name !== doubt.is_name) return false;
    switch (scopeOf(own, answer.scope)) {
      case "occurrence": return own.essay === doubt.essay && own.occurrence === doubt.occurrence;
      case "essay": return own.essay === doubt.essay;
    }
    return true;
  }

  // A narrower answer outweighs a wider one, whichever came first.
  const narrowness = (answer) => -page.scopes.indexOf(scopeOf(answer.doubt, answer.scope));

  /** What becomes of a doubt by answers about its word, else by the file. */
  function decidedBy(own, doubt) {
    return own
      .filter((answer) => settles(answer, doubt))
      .reduce((best, it) => (best && narrowness(it) < narrowness(best) ? best : it), null)?.value ?? doubt.decided;
  }

  return { answered, decidedBy, fileText, isWide, settles };
}
