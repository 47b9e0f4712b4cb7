// Keeps the paragraph when the reader turns to another script: numbers are the same in all of them.
(() => {
  "use strict";
  const blocks = "p, h1, h2, h3, h4, h5, h6, li, pre, figure, table, dt, dd, blockquote";
  // Not what holds others: the beginning of a long quotation is not where the reader is.
  const passages = [...document.querySelectorAll(".prose [id]")].filter(
    (it) => it.matches(blocks) && !it.querySelector(blocks),
  );

  // The first passage of which something is still to be read.
  const current = () => {
    if (scrollY < 1) return null;
    return passages.find((it) => it.getBoundingClientRect().bottom > innerHeight * 0.12);
  };

  for (const link of document.querySelectorAll(".switch a[rel~=alternate]")) {
    const page = link.getAttribute("href");
    link.addEventListener("click", () => {
      const passage = current();
      link.setAttribute("href", passage ? `${page}#${encodeURIComponent(passage.id)}` : page);
    });
  }
})();
