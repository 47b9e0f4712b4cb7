"""Contexts: places that CSS knows for a piece of running text, one small document for each.

What stands in them is anything: see `contents`. Words of the contexts themselves are of another
alphabet than the contents, so that they can be told apart on the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.seam.stone import document

# The contexts' own words, and those of notes.
OWN = "甲乙丙丁戊己庚辛壬癸"
NOTES = "注释※"
# Leads from the words to the end of a line, as often as there is room.
LEADER = "_"


@dataclass(frozen=True)
class Context:
    """A place for words: the body around them and its style.

    `composed`: whether the composer sets plain words there. `calls`: whether notes can be called
    there.
    """

    name: str
    body: str
    style: str = ""
    composed: bool = True
    calls: bool = True
    lang: str = "zh-Hans"

    def document(self, content: str) -> str:
        """The document with words in it."""
        return document(self.body.replace("{}", content), self.style, self.lang)


def _left(name: str, body: str, style: str = "", **more: bool) -> Context:
    return Context(name, body, style, composed=False, **more)


_LIST = "<ul><li>{}</li><li>甲</li></ul>"
_WIDE = "@page { size: 6000pt 300pt }"
_SMALL = "@page { size: 200pt 150pt; margin: 30pt }"
CONTEXTS = (
    Context("block", "<p>{}</p>"),
    Context("ragged", "<p>{}</p>", "p { text-align: left }"),
    Context("centred", "<p>{}</p>", "p { text-align: center; text-indent: 0 }"),
    Context("right", "<p>{}</p>", "p { text-align: right; text-indent: 0 }"),
    Context("last line justified", "<p>{}</p>", "p { text-align-last: justify }"),
    Context("anonymous", "<div>{}<p>甲</p>{}</div>", calls=False),
    Context("columns", "<div><p>{}</p><p>甲</p></div>", "div { columns: 2 }"),
    Context("flex", "<div><p>{}</p><p>甲</p></div>", "div { display: flex } p { flex: 1 }"),
    Context("grid", "<div><p>{}</p><p>甲</p></div>",
            "div { display: grid; grid-template-columns: 2fr 1fr }"),
    Context("cell", "<table><tr><td>{}</td><td>甲</td></tr></table>"),
    Context("narrow cell", "<table><tr><td>甲乙丙</td><td>{}</td></tr></table>",
            "table { width: 200pt }"),
    Context("caption", "<table><caption>{}</caption><tr><td>甲</td></tr></table>",
            "table { width: 100% }"),
    Context("marker outside", _LIST, "ul { margin-left: 3em }"),
    _left("marker inside", _LIST, "ul { list-style-position: inside }"),
    Context("blockquote", "<blockquote><p>{}</p></blockquote>", "blockquote { margin: 1em 3em }"),
    Context("footnote", '<p>甲<span class="note">{}</span>乙</p>', calls=False),
    Context("heading", "<h1>{}</h1>", "h1 { font-size: 1.5em; line-height: 2; font-weight: 700 }"),
    Context("before and after", "<p>{}</p>",
            "p::before { content: '甲' } p::after { content: '乙' }"),
    Context("absolute block", "<div><p>{}</p></div>",
            "div { position: absolute; top: 0; left: 0; width: 20em }", calls=False),
    Context("absolute inline", "<p>甲<span class='x'>{}</span>乙</p>",
            ".x { position: absolute; width: 20em }", calls=False),
    Context("shrunk float", "<div>{}</div>", "div { float: left }", calls=False),
    Context("inline block", "<p>甲<span class='x'>{}</span>乙</p>",
            ".x { display: inline-block; width: 15em }", calls=False),
    Context("capitals", "<p>{}</p>", "p { text-transform: uppercase }"),
    Context("negative indent", "<p>{}</p>", "p { text-indent: -2em; padding-left: 2em }"),
    Context("percent indent", "<p>{}</p>", "p { text-indent: 10% }"),
    Context("small page", "<p>甲</p><p>{}</p><p>乙</p><p>{}</p>", _SMALL, calls=False),
    Context("many pages", "<p>{}{}{}</p>",
            _SMALL + "@page { size: 160pt 90pt } p { widows: 1; orphans: 1 }", calls=False),
    Context("different pages", "<p>{}{}{}</p>",
            _SMALL + "@page :left { size: 250pt 110pt; margin-right: 60pt }", calls=False),
    Context("named pages", "<p>{}</p><p class='x'>{}</p>",
            "@page x { size: 260pt 200pt } .x { page: x }", calls=False),
    Context("nowrap", "<p>{}</p>", _WIDE + "p { white-space: nowrap }"),
    Context("narrow", "<p>{}</p>", "p { width: 6em; text-indent: 0 }"),
    Context("clipped block", "<p>{}</p>", "p { overflow: hidden }", calls=False),
    Context("traditional", "<p>{}</p>", "html { font-family: 'Publisher Serif TC' }",
            lang="zh-Hant-TW"),
    Context("transformed", "<div><p>{}</p></div>",
            "div { transform: rotate(0.1deg) }", calls=False),
    Context("strict and hanging", "<p>{}</p>",
            "p { line-break: strict; hanging-punctuation: allow-end }"),
    Context("dotted", "<p>{}</p>", "p { text-emphasis: dot; text-decoration: underline }"),
    Context("flowing line", "<div>甲{}乙</div>",
            "div { display: inline-flex; width: 20em }", calls=False),
    Context("with a leader", "<p>{}</p>", f"p::after {{ content: leader('{LEADER}') '甲' }}"),
    _left("beside a float", "<div>甲</div><p>{}</p>",
          "div { float: left; width: 5em; height: 5em }"),
    _left("first line", "<p>{}</p>", "p::first-line { font-weight: bold }"),
    _left("first letter", "<p>甲{}</p>", "p::first-letter { font-size: 2em }"),
    _left("few lines", "<p>{}</p>", "p { max-lines: 2; block-ellipsis: auto; width: 10em }",
          calls=False),
    _left("ellipsis", "<p>{}</p>",
          _WIDE + "p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }"
          "p { width: 10em }", calls=False),
    _left("pre", "<p>{}</p>", _WIDE + "p { white-space: pre }"),
    _left("pre-wrap", "<p>{}</p>", "p { white-space: pre-wrap }"),
    _left("pre-line", "<p>{}</p>", "p { white-space: pre-line }"),
    _left("from right to left", "<p dir='rtl'>{}</p>"),
    _left("letter-spaced", "<p>{}</p>", "p { letter-spacing: 0.1em }"),
    _left("word-spaced", "<p>{}</p>", "p { word-spacing: 0.5em }"),
    _left("broken anywhere", "<p>{}</p>", "p { word-break: break-all; text-indent: 0 }"),
    _left("cloned", "<p><span class='x'>{}</span></p>",
          ".x { box-decoration-break: clone; padding: 1pt }"),
    _left("moved", "<p><span class='x'>{}</span></p>",
          ".x { position: relative; top: 2pt }", calls=False),
)  # fmt: skip
# Begun by the composer, on a narrower page handed to the engine: ten Han stay together.
NARROWING = Context(
    "narrowing pages",
    "<p>{}{}<b>甲乙丙丁戊己庚辛壬癸</b>{}</p>",
    "@page { size: 200pt 110pt; margin: 30pt } @page :left { margin-right: 90pt }"
    "b { white-space: nowrap }",
    calls=False,
)
# A running element is shown on every page, so it is looked at by itself.
RUNNING = Context(
    "running",
    "<h1>{}</h1><p>甲</p>",
    "h1 { position: running(head); text-align: justify }"
    "@page { margin-top: 150pt; @top-center { content: element(head); width: 200pt } }",
    calls=False,
)
