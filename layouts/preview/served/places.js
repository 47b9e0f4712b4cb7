// Where one is, as the address says: #pages/OUTPUT/PAGE, #text/ANCHOR/PLACE, #remarks, #files.

export function here() {
  const [view, ...rest] = location.hash.slice(1).split("/").map(decodeURIComponent);
  return { view: view || "pages", rest };
}

export const address = (...parts) => `#${parts.map(encodeURIComponent).join("/")}`;

// Goes somewhere without a step in the browser's history.
export function turnTo(...parts) {
  const there = address(...parts);
  if (there === location.hash) return;
  history.replaceState(null, "", there);
  dispatchEvent(new HashChangeEvent("hashchange"));
}
