"""Evidence: what may speak for an item of a plan, how much it weighs, and what it is called.

To add a piece of evidence: its row here, the function that sees it, its row in docs/plan.md.
Weights are judgements, not frequencies: they rank the evidence and say what has to be asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from publisher.ground.messages import Message, say


@dataclass(frozen=True)
class Evidence:
    """A piece of evidence: its name in plan files, its weight from 0 to 1, its meaning."""

    name: str
    weight: float
    meaning: Message


EVIDENCE: Mapping[str, Evidence] = {
    row.name: row
    for row in (
        # Where an essay begins, and what it is called.
        Evidence("source-heading", 0.95, say("a heading of the source itself")),
        Evidence("lower-heading", 0.7, say("a heading close below the only higher one")),
        Evidence("contents-list", 0.95, say("a list of contents names this line")),
        Evidence("labelled-title", 0.95, say("the line says that it is a title")),
        Evidence("numbered-piece", 0.95, say("numbered pieces, such as 篇1 or 第一篇")),
        Evidence("broken-numbers", 0.6, say("numbered pieces whose numbers do not run on")),
        Evidence("numbered-words", 0.6, say("the same words before a number that runs on")),
        Evidence("counted-openings", 0.95, say("as many opening lines as the source announces")),
        Evidence("opening-style", 0.6, say("some lines begin in another way than the rest")),
        Evidence("chapter", 0.9, say("a chapter with its number, such as 第一回")),
        Evidence("before-byline", 0.85, say("a short line before a byline")),
        Evidence("below-byline", 0.85, say("a short line close below a byline that begins anew")),
        Evidence("before-date", 0.85, say("a short line before a date")),
        Evidence("before-name", 0.6, say("a short line before what can be a name")),
        Evidence(
            "before-possible-name", 0.5, say("a short line before a few characters like a name")
        ),
        Evidence("centred", 0.85, say("a short line that many blanks put in the middle")),
        Evidence("bold-line", 0.85, say("a short line all in bold before a text")),
        Evidence("after-gap", 0.85, say("a short line after more blank lines than usual")),
        Evidence("after-mail-head", 0.7, say("the beginning of a letter by mail")),
        Evidence("numbered-people", 0.9, say("what stands below a number and who wrote")),
        Evidence("after-separator", 0.85, say("a short line after a line of dashes or stars")),
        Evidence("in-brackets", 0.85, say("a title in brackets on a line of its own")),
        Evidence("title-and-name", 0.9, say("a title and a name on one line")),
        Evidence("name-behind", 0.8, say("a title with a name in brackets behind it")),
        Evidence("poem-title", 0.6, say("a line alone above a stanza: an essay, or a section?")),
        Evidence(
            "salutation", 0.7, say("a letter: a salutation, and a bow, a name or a date below")
        ),
        Evidence("matter-title", 0.85, say("a line such as 前言 or 后记 before a text")),
        Evidence("names-alike", 0.7, say("what can be a name stands so below other titles")),
        Evidence("after-blank", 0.6, say("a short line after a blank line, as other titles are")),
        Evidence("after-ending", 0.75, say("a short line after a date or a byline")),
        Evidence("at-the-top", 0.75, say("the first line, short and without a full stop")),
        Evidence("set-off", 0.7, say("the first line stands apart from the text below")),
        Evidence("like-the-others", 0.6, say("three essays or more begin in the same way")),
        Evidence("announced", 0.8, say("as many essays as the source announces")),
        Evidence("of-the-file", 0.7, say("the file itself gives the same title")),
        Evidence("signed-pieces", 0.6, say("every piece ends with a name")),
        Evidence("before-the-first", 0.5, say("words before the first essay that was found")),
        Evidence("told", 0.8, say("you said that an essay begins here")),
        Evidence("one-essay", 0.5, say("nothing says that there is more than one essay")),
        Evidence("names-within", 0.5, say("names amid the text: one essay, or several?")),
        Evidence("unexplained", 0.5, say("a line that fits nothing: is it this essay's text?")),
        Evidence("notice-title", 0.5, say("a title of notices and lists: is it an essay?")),
        # What stands inside.
        Evidence("byline", 0.95, say("the line says who wrote the text")),
        Evidence("doubtful-byline", 0.7, say("the line says who wrote the text, yet not clearly")),
        Evidence("signature", 0.9, say("a name in brackets, after a mark or after a school")),
        Evidence("numbered-name", 0.9, say("who wrote, behind a number that rises")),
        Evidence("bare-name", 0.8, say("a line that can be a name")),
        Evidence("possible-name", 0.5, say("a few characters where a name may stand")),
        Evidence("dateline", 0.95, say("a line with a date and little else")),
        Evidence("first-printed", 0.95, say("the line says where the text was printed")),
        Evidence("about-the-author", 0.9, say("the line tells about the author")),
        Evidence("other-shares", 0.9, say("who had a share in the text and did not write it")),
        Evidence("volume", 0.9, say("a volume with its number, such as 第一辑")),
        Evidence("group-head", 0.7, say("a line that heads a group, such as 一等奖: a part?")),
        Evidence("numbered-sections", 0.9, say("numbered section titles")),
        Evidence("bare-numbers", 0.6, say("numbers alone: sections, or essays?")),
        Evidence("diary-dates", 0.6, say("dates before the text: sections, or essays?")),
        Evidence("verse", 0.8, say("short lines that stand together: verse, or prose?")),
        Evidence("lone-line", 0.4, say("a short line between paragraphs: a title, or none?")),
        # What is left out.
        Evidence("blurb", 0.8, say("an introduction that announces several texts")),
        Evidence("counted-blurb", 0.95, say("an introduction with the right number of texts")),
        Evidence("dump-title", 0.7, say("a title over all the texts")),
        Evidence("contents", 0.95, say("a list of contents")),
        Evidence("site", 0.95, say("the name or address of a web site")),
        Evidence("navigation", 0.95, say("words that belonged to a web page")),
        Evidence("watermark", 0.95, say("a watermark, or words on copying")),
        Evidence("possible-watermark", 0.7, say("words on copying: a watermark, or the text's?")),
        Evidence("related", 0.9, say("titles of other texts, as links")),
        Evidence("possible-related", 0.7, say("the last of such titles, or the title below?")),
        Evidence("page-number", 0.95, say("the number of a page")),
        Evidence("running-head", 0.9, say("the same line beside the number of more than one page")),
        Evidence("possible-running-head", 0.7, say("a short line amid a sentence: a page's head?")),
        Evidence("post-head", 0.95, say("the number or the writer and the time of a message")),
        Evidence("mail-head", 0.85, say("the head of a letter by mail")),
        Evidence("mail-foot", 0.95, say("what a telephone adds below a letter by mail")),
        Evidence("quoted-mail", 0.85, say("words of an earlier letter by mail")),
        Evidence("end-mark", 0.95, say("the line says that a text is at its end")),
        Evidence("contact", 0.85, say("a telephone number, or how else to reach the author")),
        Evidence("editors-credit", 0.95, say("who edited or checked the page")),
        Evidence("editors-note", 0.8, say("a note by an editor")),
        Evidence("comment", 0.8, say("what somebody else says of the essay")),
        Evidence("separator", 0.95, say("a line of dashes or stars between essays")),
        Evidence("blank", 1.0, say("nothing but blanks")),
    )
}  # fmt: skip


def weight(*names: str) -> float:
    """How much several pieces of evidence weigh together, as if they erred independently."""
    doubt = 1.0
    for name in names:
        doubt *= 1 - EVIDENCE[name].weight
    return round(1 - doubt, 2)


def meanings(evidence: str) -> tuple[Message, ...]:
    """What the evidence of an item means, in words; names that an editor made up have none."""
    return tuple(EVIDENCE[name].meaning for name in evidence.split(" + ") if name in EVIDENCE)
