"""Program: the grammar of the commands about the program itself."""

from __future__ import annotations

from publisher.ground.messages import say
from publisher.surface.grammar.command import Command, Parser
from publisher.surface.wording import translated as _


def _cache(parser: Parser) -> None:
    parser.add_argument("--clear", action="store_true", help=_("let all of it go"))


def _completion(parser: Parser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


COMMANDS = (
    Command("cache", say("tell what is kept between runs, or let it go"), "caching:cache", _cache),
    Command("schema", say("print the JSON Schema of collection.toml"), "beginning:print_schema"),
    Command(
        "completion",
        say("print a completion script for a shell"),
        "completing:complete",
        _completion,
    ),
)
