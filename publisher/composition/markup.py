"""Markup: matter as well-formed XHTML, the same in every layout and for every medium.

It promises that every word is escaped, that what is kept or foreign says its language, and that
ids are shared between scripts. It holds no style: classes name what a thing is, sheets say how it
looks. What differs between paper and screen (where a note goes, what a picture's address is) is
asked of a `Medium`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from publisher.composition.calls import parted
from publisher.model import matter as m
from publisher.model.manuscript import Manuscript, identify
from publisher.typography.characters import BOPOMOFO, TONES


@dataclass(frozen=True)
class Medium:
    """How one medium addresses pictures and essays, and whether notes stand at their call.

    `picture` takes a path in the collection, `division` the anchor of a division.
    """

    name: str
    picture: Callable[[str], str]
    division: Callable[[str], str]
    notes_at_call: bool


def essay_markup(essay: Manuscript, medium: Medium) -> str:
    """The body of an essay, without its title."""
    return "\n".join(Writer(essay, medium).blocks(essay.blocks))


def notes_markup(essay: Manuscript, medium: Medium) -> str:
    """The essay's notes, to stand after its body; nothing where they stand at the call."""
    if medium.notes_at_call or not essay.notes:
        return ""
    writer = Writer(essay, medium)
    return "\n".join(writer.note_aside(note) for note in essay.notes)


class Writer:
    """Writes one essay's matter; knows which notes have been called already."""

    def __init__(self, essay: Manuscript, medium: Medium) -> None:
        self.essay = essay
        self.medium = medium
        self._called: set[int] = set()
        self._headings = 0

    def blocks(self, blocks: m.Blocks) -> list[str]:
        """Each block as an element."""
        return [self._block(block) for block in blocks]

    def _block(self, block: m.Block) -> str:
        match block:
            case m.Paragraph(content):
                return f"<p>{self.inlines(content)}</p>"
            case m.Heading():
                return self._heading(block)
            case m.Break():
                return '<hr class="break"/>'
            case m.Preformatted(words):
                return f"<pre>{escape(words, quote=False)}</pre>"
            case m.Verse() | m.Signature():
                return self._lined(block)
            case m.Quotation():
                return self._quotation(block)
            case m.Listing():
                return self._listing(block)
            case m.Figure():
                return self._figure(block)
            case m.Table():
                return self._table(block)

    def _heading(self, heading: m.Heading) -> str:
        self._headings += 1
        anchor = f"{anchor_of(self.essay.identity)}_h{self._headings}"
        tag = f"h{min(heading.level, 6)}"
        return f'<{tag} id="{anchor}">{self.inlines(heading.content)}</{tag}>'

    def _lined(self, block: m.Verse | m.Signature) -> str:
        if isinstance(block, m.Verse):
            return self._verse(block)
        lines = "".join(f"<p>{self.inlines(line)}</p>" for line in block.lines)
        return f'<div class="signature">{lines}</div>'

    def _verse(self, verse: m.Verse) -> str:
        stanzas = "".join(
            '<p class="stanza">'
            + "<br/>".join(f'<span class="line">{self.inlines(line)}</span>' for line in stanza)
            + "</p>"
            for stanza in verse.stanzas
        )
        return f'<div class="verse">{stanzas}</div>'

    def _quotation(self, quotation: m.Quotation) -> str:
        inner = "".join(self.blocks(quotation.blocks))
        source = self.inlines(quotation.source)
        foot = f'<p class="source">{source}</p>' if source else ""
        return f"<blockquote>{inner}{foot}</blockquote>"

    def _listing(self, listing: m.Listing) -> str:
        items = "".join(f"<li>{''.join(self.blocks(item))}</li>" for item in listing.items)
        if listing.start is None:
            return f"<ul>{items}</ul>"
        # The attribute is for reading systems; the setting engine counts by the style.
        own = f'start="{listing.start}" style="counter-reset: list-item {listing.start - 1}"'
        start = f" {own}" if listing.start != 1 else ""
        return f"<ol{start}>{items}</ol>"

    def _figure(self, figure: m.Figure) -> str:
        address = escape(self.medium.picture(figure.path))
        if figure.is_ornament:
            role = 'alt="" role="presentation"'
            return f'<figure class="ornament"><img src="{address}" {role}/></figure>'
        caption = self.inlines(figure.caption)
        note = f"<figcaption>{caption}</figcaption>" if caption else ""
        alternative = escape(figure.alternative)
        return f'<figure><img src="{address}" alt="{alternative}"/>{note}</figure>'

    def _table(self, table: m.Table) -> str:
        head = self._row(table, table.head, "th")
        body = "".join(self._row(table, row, "td") for row in table.rows)
        caption = self.inlines(table.caption)
        title = f"<caption>{caption}</caption>" if caption else ""
        rows = f"{title}<thead>{head}</thead><tbody>{body}</tbody>"
        return f'<div class="table"><table>{rows}</table></div>'

    def _row(self, table: m.Table, cells: tuple[m.Inlines, ...], tag: str) -> str:
        written = ""
        for cell, alignment in zip(cells, table.alignments, strict=True):
            role = ' scope="col"' if tag == "th" else ""
            side = f' class="{alignment}"' if alignment else ""
            written += f"<{tag}{role}{side}>{self.inlines(cell)}</{tag}>"
        return f"<tr>{written}</tr>"

    def inlines(self, content: m.Inlines) -> str:
        """A passage as a run of elements and text; a call stays with what stands before it."""
        if self.medium.notes_at_call:
            return "".join(map(self._inline, content))
        return "".join(
            f'<span class="called">{words}</span>' if part.is_tied else words
            for part in parted(content)
            for words in ["".join(map(self._inline, part.content))]
        )

    def _inline(self, inline: m.Inline) -> str:
        match inline:
            case m.Text(words):
                return escape(words, quote=False)
            case m.Emphasis(inner):
                return f"<em>{self.inlines(inner)}</em>"
            case m.Strong(inner):
                return f"<strong>{self.inlines(inner)}</strong>"
            case m.LineBreak():
                return "<br/>"
            case m.Ruby(pairs):
                return "".join(map(_ruby, pairs))
            case m.Kept():
                return _kept(inline)
            case m.NoteReference(number):
                return self._call(number)
            case m.Link() | m.CrossReference():
                return self._link(inline)

    def _link(self, link: m.Link | m.CrossReference) -> str:
        address = (
            self.medium.division(anchor_of(identify(link.path)))
            if isinstance(link, m.CrossReference)
            else link.target
        )
        return f'<a href="{escape(address)}">{self.inlines(link.content)}</a>'

    def _call(self, number: int) -> str:
        first = number not in self._called
        self._called.add(number)
        if not self.medium.notes_at_call:
            return self._note_link(number, first)
        if not first:
            anchor = self._note_anchor(number)
            return f'<a class="note-again" href="#{anchor}">{number}</a>'
        note = self.essay.notes[number - 1]
        return (
            f'<span class="note" id="{self._note_anchor(number)}">{self._note_words(note)}</span>'
        )

    def _note_link(self, number: int, first: bool) -> str:
        anchor = self._note_anchor(number)
        own = f' id="{anchor}_call"' if first else ""
        return (
            f'<a class="duokan-footnote" epub:type="noteref" role="doc-noteref"{own}'
            f' href="#{anchor}"><sup>{number}</sup></a>'
        )

    def note_aside(self, note: m.Note) -> str:
        """A note for reading systems that pop it up: one markup for all of them."""
        anchor = self._note_anchor(note.number)
        back = f'<a class="back" role="doc-backlink" href="#{anchor}_call">↩\ufe0e</a>'
        words = "".join(self.blocks(note.blocks))
        whole = f"{words[:-4]}{back}</p>" if words.endswith("</p>") else words + back
        return (
            '<aside epub:type="footnote" role="doc-footnote">'
            f'<ol class="duokan-footnote-content" start="{note.number}">'
            f'<li class="duokan-footnote-item" id="{anchor}">{whole}</li></ol></aside>'
        )

    def _note_words(self, note: m.Note) -> str:
        """A note's words in one run, as a note at the foot of a page is set."""
        runs = (self.inlines(content) for content, _ in m.passages(note.blocks))
        return "<br/>".join(run for run in runs if run)

    def _note_anchor(self, number: int) -> str:
        return f"{anchor_of(self.essay.identity)}_n{number}"


def anchor_of(identity: str) -> str:
    """The id of the division that holds an essay; ids begin with a letter.

    Identities hold no underscore, so ids below an essay are set off with one.
    """
    return f"essay-{identity}"


def _ruby(pair: tuple[str, str]) -> str:
    base, reading = (escape(text, quote=False) for text in pair)
    kind = ' class="bopomofo"' if set(pair[1]) <= BOPOMOFO | TONES else ""
    return f"<ruby>{base}<rt{kind}>{reading}</rt></ruby>"


def _kept(kept: m.Kept) -> str:
    words = escape(kept.words, quote=False)
    if kept.code:
        return f"<code>{words}</code>"
    if kept.language:
        language = escape(kept.language)
        return f'<span class="foreign" lang="{language}" xml:lang="{language}">{words}</span>'
    return f'<span translate="no">{words}</span>'
