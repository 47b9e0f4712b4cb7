// Opens documents of an EPUB in a browser and measures them as a reader would see them.
//
//   node tests/browser.mjs < wishes.json > measures.json
//
// A wish: { url, width, height, dark, scale, picture }. A measure: words and pictures that lie
// outside the page, how far it overflows (px), whether lines run downwards, the weakest contrast of
// words and ground, pictures without a ground of their own, how many calls and notes are shown, calls
// that begin a line, turned lines of verse that do not hang, how the numbers of lists are written,
// how much of the width the cover leaves free (px).

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { puppeteer: home, browser: executablePath, wishes } = JSON.parse(readFileSync(0, "utf8"));
const puppeteer = createRequire(`${home}/`)("puppeteer-core");

// What reading systems lay over a book when a reader wants a dark page.
const DARK = ":root { background: #121212; color: #e0e0e0; } a { color: #8ab4f8; }";

function measured() {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map((value, at) => {
      const share = value / 255;
      return at > 2 ? 0 : share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let it = element; it; it = it.parentElement) {
      const colour = getComputedStyle(it).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (element) => {
    const pair = [light(getComputedStyle(element).color), light(ground(element))];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((it) => it.getClientRects().length).length;
  let weakest = 21;
  const root = document.scrollingElement;
  const vertical = getComputedStyle(document.documentElement).writingMode.startsWith("vertical");
  const outside = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("[hidden]")) continue;
    weakest = Math.min(weakest, contrast(node.parentElement));
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const lost = vertical
        ? box.top < -1 || box.bottom > innerHeight + 1
        : box.left < -1 || box.right > innerWidth + 1;
      if (lost) outside.push(node.data.trim().slice(0, 20));
    }
  }
  // Where something begins and ends in the direction of its line.
  const ends = (box) => (vertical ? [box.top, box.bottom] : [box.left, box.right]);
  const before = (call) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    texts.currentNode = call;
    const text = texts.previousNode();
    const range = document.createRange();
    range.setStart(text, text.data.trimEnd().length - 1);
    range.setEnd(text, text.data.trimEnd().length);
    return range.getBoundingClientRect();
  };
  const strays = [...document.querySelectorAll("a[role=doc-noteref]")].filter(
    (call) => ends(call.getBoundingClientRect())[0] < ends(before(call))[1] - 2,
  );
  const flush = [...document.querySelectorAll(".verse .line")].filter((line) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    const starts = [...range.getClientRects()].map((box) => ends(box)[0]);
    return starts.slice(1).some((start) => start < starts[0] + 16);
  });
  const cover = document.querySelector(".cover-picture")?.getBoundingClientRect();
  const pictures = [...document.images].filter((image) => {
    const box = image.getBoundingClientRect();
    return box.width > innerWidth + 1 || box.height > innerHeight + 1 || !image.naturalWidth;
  });
  return {
    outside: [...new Set(outside)],
    overflow: vertical ? root.scrollHeight - innerHeight : root.scrollWidth - innerWidth,
    pictures: pictures.map((image) => image.src),
    vertical,
    contrast: weakest,
    bare: [...document.querySelectorAll("figure img")]
      .filter((image) => getComputedStyle(image).backgroundColor !== "rgb(255, 255, 255)")
      .map((image) => image.src),
    calls: shown("a[role=doc-noteref]"),
    notes: shown("[role=doc-footnote]"),
    strays: strays.map((call) => call.textContent),
    flush: flush.map((line) => line.textContent),
    numbers: [...document.querySelectorAll("aside ol")].map((it) => getComputedStyle(it).listStyleType),
    strip: cover ? innerWidth - cover.width : 0,
  };
}

const browser = await puppeteer.launch({
  executablePath,
  headless: true,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--allow-file-access-from-files",
  ],
});
const measures = [];
try {
  const page = await browser.newPage();
  for (const wish of wishes) {
    await page.setViewport({ width: wish.width, height: wish.height });
    await page.goto(wish.url, { waitUntil: "load" });
    const own = `html { font-size: ${wish.scale * 100}%; }${wish.dark ? DARK : ""}`;
    await page.addStyleTag({ content: own });
    measures.push(await page.evaluate(measured));
    if (wish.picture) await page.screenshot({ path: wish.picture });
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(measures));
