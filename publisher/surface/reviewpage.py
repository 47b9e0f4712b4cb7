"""Review page: a review as one HTML file, to read and to answer in a browser without a network.

It promises a page that needs nothing beside it, runs no script but its own, shows every word of an
essay as a word, and writes the same file of decisions as a terminal would; the same page for the
same review.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from publisher.ground.files import is_file, read_file
from publisher.ground.fixity import digest
from publisher.ground.messages import Message, say
from publisher.model.folders import DECISIONS
from publisher.model.scripts import LANGUAGES, SCRIPTS, Script
from publisher.press.reviews import Desk
from publisher.script.doubts import SCOPES, Doubt, grouped
from publisher.script.reviewfile import DecisionFile, taken_apart
from publisher.surface.wording import worded

if TYPE_CHECKING:
    from jinja2 import Template

# In the order in which they run.
_SCRIPTS = ("decisions.js", "review.js")
_WORDS: dict[str, Message] = {
    "title": say("review"),
    "undo": say("take back"),
    "save": say("save decisions"),
    "search": say("search"),
    "show": say("show"),
    "undecided": say("undecided"),
    "decided": say("decided"),
    "all": say("all"),
    "essay": say("essay"),
    "scope": say("the answer holds"),
    "here": say("here"),
    "in_essay": say("in this essay"),
    "in_collection": say("everywhere"),
    "noscript": say("This page needs JavaScript, which is switched off here."),
    "unkept": say("This browser keeps nothing for this page: save before you close it."),
    "groups": say("words"),
    "more": say("show more"),
    "help": say("keys, and how to save"),
    "key_y": say("leave it as it is"),
    "key_digit": say("make it the first, second … other form"),
    "key_t": say("type another form"),
    "key_scope": say("the next answer holds in this essay, everywhere"),
    "key_move": say("next place, place before"),
    "key_word": say("next word, word before"),
    "drop": say(
        "Answers are kept in this browser as you give them. When you are done, save the decisions, "
        "and put the file decisions.toml into the folder script of the collection."
    ),
    "notices": say("notices"),
    "cancel": say("cancel"),
    "use": say("use it"),
    "as_it_is": say("(as it is)"),
    "other": say("another …"),
    "forms": say("forms"),
    "nothing": say("There is nothing to show here."),
    "places": say("places: {n}", n="{n}"),
    "by_key": say("decided by {key}", key="{key}"),
    "one_for_all": say("one answer for all its places"),
    "count": say("{n} of {m} decided", n="{n}", m="{m}"),
    "taken_back": say("{word}: taken back", word="{word}"),
    "saved": say("decisions.toml is saved; put it into the folder script of the collection"),
    "name": say("a person's name"),
    "crossing": say("its end may begin another word"),
    "alone": say("a character that often goes wrong by itself"),
    "several": say("OpenCC has several values for it"),
}


def review_page(desk: Desk, language: str) -> str:
    """The page for a review, in `language` (`zh` or `en`)."""
    from markupsafe import Markup

    words = {name: worded(message) for name, message in _WORDS.items()}
    review = _given(desk, words)
    return _template().render(
        language=language,
        name=desk.title,
        script_name=desk.review.script,
        source_language=review["source_language"],
        target_language=review["target_language"],
        words=words,
        notices=[worded(notice.message) for notice in desk.review.notices],
        review=Markup(_inert(review)),  # noqa: S704
        style=Markup(_page_text("review.css")),  # noqa: S704
        scripts=[Markup(_page_text(name)) for name in _SCRIPTS],  # noqa: S704
    )


def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["digest"] = _source_digest
    return environment.from_string(_page_text("review.html"))


def _given(desk: Desk, words: dict[str, str]) -> dict[str, Any]:
    """What the page's script works with."""
    doubts = desk.review.doubts
    numbers = {doubt: number for number, doubt in enumerate(doubts)}
    script = SCRIPTS[desk.review.script]
    file = desk.folder / DECISIONS
    content = read_file(file) if is_file(file) else b""
    return {
        "id": _page_id(desk),
        "base": digest(content),
        "script": LANGUAGES[script.language].name,
        "family": script.family,
        "scopes": SCOPES,
        "source_language": desk.language,
        "target_language": script.language,
        "words": words,
        "file": _file(taken_apart(content), script),
        "groups": [[numbers[it] for it in group.doubts] for group in grouped(doubts)],
        "doubts": [_doubt(doubt) for doubt in doubts],
    }


def _page_id(desk: Desk) -> str:
    """The name under which a browser keeps answers: the same as long as the book has its essays."""
    essays = dict.fromkeys(doubt.essay for doubt in desk.review.doubts)
    subject = "\n".join((desk.title, desk.review.script, *essays))
    return f"publisher-review-{digest(subject.encode())}"


def _doubt(doubt: Doubt) -> dict[str, Any]:
    reasons = [reason.value for reason in doubt.reasons]
    own = {"place": str(doubt.place), "reasons": reasons, "is_name": doubt.is_name}
    return asdict(doubt) | own


def _file(file: DecisionFile, script: Script) -> dict[str, Any]:
    """The file of decisions; `isMine` tells the entries that are meant for the script."""
    entries = [asdict(it) | {"isMine": it.row.is_for(script)} for it in file.entries]
    return asdict(file) | {"entries": entries}


def _page_text(name: str) -> str:
    return (files(__package__) / "pages" / name).read_text(encoding="utf-8")


def _inert(value: object) -> str:
    """JSON that no browser takes for markup (HTML, "Restrictions for contents of script")."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _source_digest(text: str) -> str:
    """A source for a content security policy (CSP 3, hash-source)."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
