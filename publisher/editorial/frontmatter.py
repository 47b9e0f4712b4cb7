"""Front matter: what stands between the two `---` lines at the head of a manuscript.

It promises texts: whatever YAML would make of `1984` or `2020-02-09`, the editor's characters come
out. It refuses what is not a plain mapping of known keys to texts, with the line of each fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.ground.errors import Fault, PublisherError, Remedy
from publisher.ground.forms import straight_marks
from publisher.ground.hygiene import unfit_characters
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.ground.spelling import meant

if TYPE_CHECKING:
    import yaml

KEYS = ("title", "subtitle", "author", "date", "source", "note")
_MANY = ("author",)
_NOTHING = "tag:yaml.org,2002:null"
_FENCED = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """The texts by key."""

    values: dict[str, tuple[str, ...]]

    def one(self, key: str) -> str:
        """The single text of a key, or nothing."""
        return "".join(self.values.get(key, ())).strip()


def read_front_matter(text: str, file: str) -> FrontMatter:
    """The front matter of a manuscript; a text without any has no values.

    Raises PublisherError with every fault and its line.
    """
    match = _FENCED.match(text)
    if not match:
        _refuse_unclosed(text, file)
    return FrontMatter(_read_mapping(match[1], file) if match else {})


def body_of(text: str) -> tuple[str, int]:
    """What follows the front matter, and the number of its first line."""
    match = _FENCED.match(text)
    end = match.end() if match else 0
    return text[end:], text.count("\n", 0, end) + 1


def _refuse_unclosed(text: str, file: str) -> None:
    if re.match(r"---[ \t]*\n\w+:", text):
        raise PublisherError.of(
            say("the front matter begins but does not end"),
            Remedy.EDITOR,
            Place(file, 1),
            say("close it with a line of three hyphens"),
        )


def _read_mapping(source: str, file: str) -> dict[str, tuple[str, ...]]:
    import yaml

    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise _not_yaml(error, source, file) from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise PublisherError.of(
            say("the front matter is not a list of keys and values"),
            Remedy.EDITOR,
            Place(file, 2),
            say("write lines such as title: The bridge"),
        )
    return _read_pairs(root, source, file)


def _not_yaml(error: Exception, source: str, file: str) -> PublisherError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or type(error).__name__
    keyless = next((line for line in source.split("\n") if "：" in line and ":" not in line), "")
    return PublisherError.of(
        say("the front matter is not YAML: {problem}", problem=problem),
        Remedy.EDITOR,
        Place(file, mark.line + 2, mark.column + 1) if mark else Place(file, 2),
        straight_marks(keyless)
        or say("put a value that holds a colon or begins with a mark into quotes"),
    )


def _read_pairs(root: yaml.MappingNode, source: str, file: str) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    faults: list[Fault] = []
    for key_node, value_node in root.value:
        key, at = str(key_node.value), Place(file, key_node.start_mark.line + 2)
        if key not in KEYS:
            message = say('unknown key "{key}" in the front matter', key=key)
            faults.append(Fault(message, Remedy.EDITOR, at, meant(key, KEYS)))
        elif key in values:
            message = say('the key "{key}" stands twice in the front matter', key=key)
            faults.append(Fault(message, Remedy.EDITOR, at, say("keep one of them")))
        else:
            texts = _texts(value_node, many=key in _MANY)
            if _is_cut(value_node, source):
                message = say(
                    'part of "{key}" is not read: YAML takes # and ! for its own', key=key
                )
                faults.append(Fault(message, Remedy.EDITOR, at, say("put the value into quotes")))
            if texts is None:
                faults.append(Fault(_wrong_type(key), Remedy.EDITOR, at, _type_hint(key)))
            values[key] = texts or ()
            faults += _unfit(values[key], at)
    if faults:
        raise PublisherError(*faults)
    return values


def _is_cut(node: yaml.Node, source: str) -> bool:
    """Whether a comment follows a value on its line, or a tag stands before it."""
    line = source.split("\n")[node.end_mark.line : node.end_mark.line + 1]
    rest = "".join(line)[node.end_mark.column :] if node.end_mark.column else ""
    return rest.strip().startswith("#") or node.tag.startswith("!")


def _unfit(texts: tuple[str, ...], at: Place) -> list[Fault]:
    """Faults of characters that came in as escapes, past the gate for the file's own text."""
    return [fault for text in texts for fault in unfit_characters(text, lambda _: at)]


def _texts(node: yaml.Node, many: bool) -> tuple[str, ...] | None:
    """The text or texts of a node; None where it is of another shape."""
    if isinstance(node.value, str):
        return (node.value,) if node.tag != _NOTHING and node.value else ()
    items = [item for item in node.value if getattr(item, "tag", "") != _NOTHING]
    texts = tuple(item.value for item in items if isinstance(getattr(item, "value", None), str))
    return texts if many and len(texts) == len(items) else None


def _wrong_type(key: str) -> Message:
    return say('"{key}" in the front matter is not a text', key=key)


def _type_hint(key: str) -> Message:
    if key in _MANY:
        return say("write {key}: name, or {key}: [name, name]", key=key)
    return say("write one line: {key}: some words", key=key)
