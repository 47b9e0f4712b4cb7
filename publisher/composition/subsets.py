"""Subsets: the faces of a book cut down to the characters that an EPUB's documents show.

It promises font files of nothing but what is used, the same bytes for the same characters, and each
face's licence beside it. Each character goes to the first face of its stack that has it, as a
reading system would choose. It refuses nothing: what no face has is left to the system's fonts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from publisher.composition.binding import Files, Member
from publisher.composition.faces import Face, coverage

# Extension B and all after it, and the private use areas: few systems have glyphs for these.
RARE = re.compile("[\U00020000-\U0003ffff\ue000-\uf8ff\U000f0000-\U0010ffff]+")
# The class of the spans that rare characters are put into.
RARE_CLASS = "rare"
BODY = "body"
# Which elements a role of the layout sets; the body sets what no other does.
_SELECTORS = {
    BODY: "body",
    "heading": "h1, h2, h3, h4, h5, h6",
    "other": "blockquote, .verse, .byline",
    "label": "th",
}
# Beside the book: reading systems look for nothing there (OCF 4.2.6.3).
_LICENCES = "META-INF/licences"
# In the name of a licence (SPDX) that lets a font be embedded in PostScript and PDF alone.
_PDF_ALONE = "PS-or-PDF"
_MEDIA_TYPES = {".otf": "font/otf", ".ttf": "font/ttf"}

# What is to be shown: for every role and weight its characters.
Uses = Mapping[tuple[str, int], frozenset[str]]


@dataclass(frozen=True)
class Cutting:
    """Font files as members of a publication, the rules that put them to use, their licences."""

    members: tuple[Member, ...] = ()
    rules: str = ""
    licences: Files = ()


def cut(faces: Iterable[Face], stacks: Mapping[str, tuple[str, ...]], uses: Uses) -> Cutting:
    """Faces for whole documents: for each role the part of its stack that is used."""
    chosen = _chosen(tuple(faces), stacks, uses)
    rules = [_family_rule(selector, stacks[role]) for role, selector in _SELECTORS.items()]
    return _cutting(chosen, rules)


def cut_rare(
    faces: Iterable[Face], stacks: Mapping[str, tuple[str, ...]], characters: frozenset[str]
) -> Cutting:
    """Faces for rare characters alone, which stand in elements of their own."""
    uses = {(BODY, 400): characters}
    chosen = _chosen(tuple(faces), stacks, uses)
    families = tuple(dict.fromkeys(face.family for face in chosen))
    return _cutting(chosen, [_family_rule(f".{RARE_CLASS}", families)] if families else [])


def _chosen(
    faces: tuple[Face, ...], stacks: Mapping[str, tuple[str, ...]], uses: Uses
) -> dict[Face, frozenset[int]]:
    """The code points that each face is to show."""
    wanted: dict[Face, set[int]] = defaultdict(set)
    for (role, weight), characters in uses.items():
        left = set(map(ord, characters))
        for family in stacks[role]:
            face = _of_weight(faces, family, weight)
            if face and _PDF_ALONE not in face.licence:
                wanted[face] |= left & coverage(face.file)
                left -= coverage(face.file)
    return {face: frozenset(wanted[face]) for face in faces if wanted.get(face)}


def _of_weight(faces: tuple[Face, ...], family: str, weight: int) -> Face | None:
    """The face of a family whose weight comes nearest."""
    own = (face for face in faces if face.family == family)
    return min(own, key=lambda face: abs(face.weight - weight), default=None)


def _cutting(chosen: Mapping[Face, frozenset[int]], rules: list[str]) -> Cutting:
    files = {face.licence_file: None for face in chosen}
    return Cutting(
        members=tuple(_font(face, codes) for face, codes in chosen.items()),
        rules="\n".join([*_face_rules(chosen), *rules]),
        licences=tuple((f"{_LICENCES}/{file.name}", file.read_bytes()) for file in files),
    )


def _font(face: Face, codes: frozenset[int]) -> Member:
    name = face.file.name
    kind = _MEDIA_TYPES[face.file.suffix.lower()]
    identity = f"font-{re.sub('[^0-9A-Za-z]+', '-', face.file.stem)}"
    return Member(identity, f"fonts/{name}", kind, _subset(face, codes))


def _subset(face: Face, codes: frozenset[int]) -> bytes:
    """The face with the glyphs of some code points, hinting left out; vertical forms stay."""
    import uharfbuzz

    wish = uharfbuzz.SubsetInput()
    wish.flags = uharfbuzz.SubsetFlags.NO_HINTING
    wish.unicode_set.update(codes)
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.file)))
    return bytes(uharfbuzz.subset(whole, wish).blob.data)


def _face_rules(faces: Iterable[Face]) -> Iterator[str]:
    for face in faces:
        yield (
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
            f' src: url("../fonts/{face.file.name}"); }}'
        )


def _family_rule(selector: str, families: Iterable[str]) -> str:
    stack = ", ".join(f'"{family}"' for family in families)
    return f"{selector} {{ font-family: {stack}, serif; }}"
