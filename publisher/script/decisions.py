"""Decisions: what the editors of a collection settled about its other scripts.

They live in `script/decisions.toml` beside `collection.toml`. It promises the same bytes for the
same decisions, one key to a line, in the order of the essays' paths and the decided words, so that
two versions compare well; what is written reads back equal. It refuses a file with any fault of
form or sense, all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, ClassVar

from publisher.ground.errors import Fault, Gathering, PublisherError, Remedy
from publisher.ground.fixity import digest
from publisher.ground.forms import STRICT, check_form, read_toml, schema, toml_value
from publisher.ground.messages import Message, say
from publisher.ground.places import Place
from publisher.ground.spelling import meant
from publisher.model.scripts import SCRIPTS, Script
from publisher.script.supplement import style_pairs

HEAD = "# docs/script.md"


@dataclass(frozen=True)
class DecisionTable:
    """A word and what it becomes: at one place, in one essay, or in the whole collection."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    source: str
    """The word as it stands in the essays, e.g. `"钟"`."""
    value: str
    """What it becomes."""
    script: str = ""
    """The script it is meant for, e.g. `"hant-tw"`. Empty: every Traditional one."""
    essay: str = ""
    """The essay's file, relative to `collection.toml`, which stands for its own words here. Empty:
    the whole collection."""
    occurrence: int = 0
    """Which of the word's occurrences in the essay is meant, from 1. 0: all of them."""
    context: str = ""
    """The occurrence with eight characters either side, e.g. `"67岁的【钟】南山站出来"`."""

    def is_for(self, script: Script) -> bool:
        """Whether it is meant for a script; one of characters serves one of phrases too."""
        if not self.script:
            return script.family == "hant"
        return SCRIPTS[self.script].language == script.language


@dataclass(frozen=True)
class Decisions:
    """The whole of `script/decisions.toml`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    style: tuple[str, ...] = ()
    """Forms that the house prefers, each as two characters: `"台臺"` writes 臺 for 台."""
    names: dict[str, str] = field(default_factory=dict)
    """Names of people and what they become. Empty: by their characters, and listed as doubtful."""
    decision: tuple[DecisionTable, ...] = ()
    """What words become, against OpenCC."""
    accepted: tuple[DecisionTable, ...] = ()
    """Doubts that were looked at and left as OpenCC has them; they do not speak again."""


NONE = Decisions()


def read_decisions(content: bytes, file: str) -> Decisions:
    """The decisions in the bytes of their file. Raises PublisherError with every fault."""
    table = read_toml(content, file)
    gathering = Gathering()
    decisions = gathering.attempt(partial(check_form, Decisions, table, file), NONE)
    gathering.attempt(partial(_require_sense, decisions, file), None)
    gathering.settle()
    return decisions


def written_decisions(decisions: Decisions) -> bytes:
    """The bytes of the decisions' file, made anew; `reviewfile.revised` keeps what was in one."""
    parts = [HEAD + (f"\n{_line('style', decisions.style)}" if decisions.style else "")]
    if decisions.names:
        names = (name_text(name, value) for name, value in sorted(decisions.names.items()))
        parts.append("\n".join(("[names]", *names)))
    parts += (decision_text("decision", row) for row in _ordered(decisions.decision))
    parts += (decision_text("accepted", row) for row in _ordered(decisions.accepted))
    return ("\n\n".join(parts) + "\n").encode()


def name_text(name: str, value: str) -> str:
    """The line of a name."""
    return f"{toml_value(name)} = {toml_value(value)}"


def decision_text(kind: str, row: DecisionTable) -> str:
    """The lines of a row of `decision` or `accepted`, keys without a meaning left out."""
    keys = ((key.name, getattr(row, key.name), key.default) for key in fields(row))
    lines = (_line(name, value) for name, value, default in keys if value != default)
    return "\n".join((f"[[{kind}]]", *lines))


def order(row: DecisionTable) -> tuple[str, str, int, str, str, str]:
    """The place of a row among those of its kind."""
    return (row.essay, row.source, row.occurrence, row.script, row.value, row.context)


def decisions_schema() -> dict[str, Any]:
    """The JSON Schema of the decisions' file."""
    return schema(Decisions, "decisions")


def decisions_digest(decisions: Decisions) -> str:
    """The SHA-256 of what was decided, whatever the file looks like."""
    return digest(written_decisions(decisions))


def _ordered(rows: Iterable[DecisionTable]) -> list[DecisionTable]:
    return sorted(set(rows), key=order)


def _line(key: str, value: object) -> str:
    return f"{key} = {toml_value(value)}"


def _require_sense(decisions: Decisions, file: str) -> None:
    """Raise PublisherError for entries of the right type that cannot be meant."""
    faults = [
        *_style_faults(decisions, file),
        *(_fault(say("a name is empty"), file, "names") for name in decisions.names if not name),
        *_table_faults("decision", decisions.decision, file),
        *_table_faults("accepted", decisions.accepted, file),
    ]
    if faults:
        raise PublisherError(*faults)


def _style_faults(decisions: Decisions, file: str) -> Iterator[Fault]:
    known = [pair.name for pair in style_pairs()]
    for number, name in enumerate(decisions.style, start=1):
        if name not in known:
            message = say('there is no form "{name}"', name=name)
            yield _fault(message, file, f"style[{number}]", meant(name, known))


def _table_faults(name: str, tables: tuple[DecisionTable, ...], file: str) -> Iterator[Fault]:
    for number, table in enumerate(tables, start=1):
        for key, message, hint in _complaints(table):
            yield _fault(message, file, f"{name}[{number}].{key}", hint)


def _complaints(table: DecisionTable) -> Iterator[tuple[str, Message, Message | None]]:
    for key, text in (("source", table.source), ("value", table.value)):
        if not text.strip() or "\n" in text:
            yield key, say("this must be one or more characters of one line"), None
    if table.script and table.script not in SCRIPTS:
        message = say('there is no script "{name}"', name=table.script)
        yield "script", message, meant(table.script, SCRIPTS)
    if table.occurrence < 0:
        yield "occurrence", say("occurrences are counted from 1"), None
    if table.occurrence and not table.essay:
        hint = say("add {key} = …", key="essay")
        yield "essay", say('the key "{key}" is missing', key="essay"), hint
    if table.occurrence and f"【{table.source}】" not in table.context:
        hint = say("write the word in its sentence: {example}", example=f"……【{table.source}】……")
        yield "context", say("the context does not show the word"), hint
    if not table.occurrence and table.context:
        hint = say("add {key} = …", key="occurrence")
        yield "context", say("a context belongs to one occurrence"), hint


def _fault(message: Message, file: str, key: str, hint: Message | None = None) -> Fault:
    return Fault(message, Remedy.EDITOR, Place(file, key=key), hint)
