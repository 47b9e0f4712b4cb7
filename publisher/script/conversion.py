"""Conversion: a collection in one script becomes the same collection in another.

It promises that every passage is converted whole, across emphasis, links and ruby; that `Kept`
runs, link targets, ids and file names stay; that nothing is converted twice. It refuses an essay
that is written in the wrong script already: converting Traditional again would damage it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.messages import say
from publisher.ground.places import Place
from publisher.model import matter as m
from publisher.model.collection import Collection, Contributor, Part
from publisher.model.manuscript import Manuscript
from publisher.model.scripts import Script
from publisher.script.detection import script_family
from publisher.script.opencc import converter
from publisher.script.quotes import corner_quotes

# From Simplified to each target: OpenCC's configuration, where there is something to convert.
CONFIGURATIONS = {"hans": None, "hant-tw": "s2tw", "hant-hk": "s2hk"}


def convert_collection(collection: Collection, script: Script, folder: str = "") -> Collection:
    """The collection in `script`, language tag included.

    Raises PublisherError naming every essay whose script is not the one to convert from.
    """
    if script.family == "hant" and collection.about.language == script.language:
        return collection
    _require_simplified(collection, script, folder)
    configuration = CONFIGURATIONS[script.name]
    about = replace(collection.about, language=script.language)
    if configuration is None:
        return replace(collection, about=about)
    reword = partial(reword_passage, converter(configuration))
    return _reworded(replace(collection, about=about), reword)


def reword_passage(convert: Callable[[str], str], pieces: tuple[str, ...]) -> tuple[str, ...]:
    """The pieces of one passage converted as one text and cut at the same offsets."""
    source = "".join(pieces)
    if not source:
        return pieces
    converted = corner_quotes(convert(source))
    if len(converted) != len(source):
        raise AssertionError("a character conversion changed the length of a passage")
    return tuple(_cut(converted, pieces))


def _cut(text: str, pieces: tuple[str, ...]) -> Iterator[str]:
    start = 0
    for piece in pieces:
        yield text[start : start + len(piece)]
        start += len(piece)


def _require_simplified(collection: Collection, script: Script, folder: str) -> None:
    faults = [
        Fault(
            say("the essay is already in Traditional script"),
            Remedy.EDITOR,
            Place(f"{folder}/{essay.path}" if folder else essay.path),
            say(
                'the script "{script}" is made from Simplified essays; converting this one again '
                "would damage it",
                script=script.name,
            ),
        )
        for essay in collection.essays()
        if script_family(_words(essay)) == "hant"
    ]
    if faults:
        raise PublisherError(*faults)


def _words(essay: Manuscript) -> str:
    """The convertible words of an essay: what is kept says nothing of its script."""
    return "".join(
        inline.words
        for content, _ in m.passages(essay.blocks)
        for inline in m.inlines(content)
        if isinstance(inline, m.Text)
    )


def _reworded(collection: Collection, reword: m.Rewording) -> Collection:
    def one(text: str) -> str:
        return reword((text,))[0]

    def many(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(one, texts))

    def essays(manuscripts: tuple[Manuscript, ...]) -> tuple[Manuscript, ...]:
        return tuple(_reworded_essay(essay, reword, one) for essay in manuscripts)

    about = collection.about
    return replace(
        collection,
        about=replace(
            about,
            title=one(about.title),
            subtitle=one(about.subtitle),
            editors=many(about.editors),
            rights=one(about.rights),
            description=one(about.description),
        ),
        imprint=replace(
            collection.imprint,
            name=one(collection.imprint.name),
            place=one(collection.imprint.place),
        ),
        front=essays(collection.front),
        parts=tuple(Part(one(part.title), essays(part.essays)) for part in collection.parts),
        back=essays(collection.back),
        contributors=tuple(
            Contributor(one(person.name), one(person.note)) for person in collection.contributors
        ),
    )


def _reworded_essay(
    essay: Manuscript, reword: m.Rewording, one: Callable[[str], str]
) -> Manuscript:
    return replace(
        essay,
        title=one(essay.title),
        subtitle=one(essay.subtitle),
        authors=tuple(map(one, essay.authors)),
        date=one(essay.date),
        source=one(essay.source),
        note=one(essay.note),
        blocks=m.map_text(essay.blocks, reword),
        notes=m.map_notes(essay.notes, reword),
    )
