"""Scripts: essays in another script than the collection's, and essays that mix two."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.checking.subject import Subject, Text
from publisher.ground.han import count_ideographs
from publisher.ground.messages import Message, say
from publisher.ground.notices import Notice, Severity
from publisher.model import matter as m
from publisher.model.scripts import LANGUAGES
from publisher.script.detection import script_family

# So many Han, and words show their script: fewer may be a name.
_FEWEST = 20
_NAMES: dict[str, Message] = {"hans": say("Simplified"), "hant": say("Traditional")}


def scripts(subject: Subject) -> Iterator[Notice]:
    """One notice for each essay that is not, or not all, in the script of the collection."""
    own = LANGUAGES[subject.assembly.collection.about.language].family
    for text in subject.texts:
        yield from _script(text, own)


def _script(text: Text, own: str) -> Iterator[Notice]:
    rows = [(line, _free(content)) for content, line in m.passages(text.essay.blocks)]
    family = _family("".join(words for _, words in rows), own)
    strange = [(line, found) for line, words in rows if (found := _family(words, own)) != own]
    if family != own:
        yield _other(text, own, family)
    elif strange:
        yield _mixed(text, *strange[0], len(strange))


def _family(words: str, own: str) -> str:
    """The script of words, or the collection's where they do not show any."""
    return script_family(words, own) if count_ideographs(words) >= _FEWEST else own


def _other(text: Text, own: str, family: str) -> Notice:
    return Notice(
        "script-other",
        say(
            "the essay is in {family} script, the collection in {own}",
            family=_NAMES[family],
            own=_NAMES[own],
        ),
        text.at(),
        say(
            "nothing is to be done where the book has both: each essay is converted from the "
            "script it is in; else set language in collection.toml"
        ),
        Severity.ADVICE,
    )


def _mixed(text: Text, line: int, family: str, count: int) -> Notice:
    return Notice(
        "script-mixed",
        say(
            "paragraphs in {family} script: {n}; this is the first",
            n=count,
            family=_NAMES[family],
        ),
        text.at(line),
        say("convert them; what shall stay goes between [ and ]{{lang=zh-Hant}}"),
    )


def _free(content: m.Inlines) -> str:
    """The words of a passage that are converted: what is kept says nothing of its script."""
    return "".join(inline.words for inline in m.inlines(content) if isinstance(inline, m.Text))
