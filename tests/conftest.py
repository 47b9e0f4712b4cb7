"""Fixtures for all tests: a home of their own, and collections made out of a few texts.

Nothing here knows what is tested. Tests write to temporary folders alone; the user's home, caches
and locale take no part.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from publisher.ground.errors import Fault, PublisherError

Files = Mapping[str, str | bytes]
MakeCollection = Callable[..., Path]
FaultsOf = Callable[[Callable[[], object]], tuple[Fault, ...]]

# The same examples on every run; `--hypothesis-profile=explore` looks for new ones.
settings.register_profile("steady", deadline=None, database=None, derandomize=True)
settings.register_profile("explore", deadline=None, database=None, max_examples=2000)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home, a cache and a locale that are the same everywhere; one cache for the whole run."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOME", str(home))
        environment.setenv("XDG_CACHE_HOME", str(home / ".cache"))
        environment.setenv("LANG", "C.UTF-8")
        environment.setenv("LC_ALL", "C.UTF-8")
        for name in ("LANGUAGE", "LC_MESSAGES", "SOURCE_DATE_EPOCH", "FONTCONFIG_FILE"):
            environment.delenv(name, raising=False)
        yield home


@pytest.fixture
def make_collection(tmp_path: Path) -> MakeCollection:
    """`make_collection(files, name="book", head="", outputs="")` gives the folder of a collection.

    `files` are texts or bytes by path. Without a `collection.toml` among them one is written that
    lists the Markdown files in the given order; `head` are lines for its beginning, `outputs` is
    what stands after the essays.
    """

    def make(files: Files, name: str = "book", head: str = "", outputs: str = "") -> Path:
        folder = tmp_path / name
        essays = [path for path in files if path.endswith(".md")]
        listed = json.dumps(essays, ensure_ascii=False)
        declaration = f'title = "试印本"\n{head}\nessays = {listed}\n{outputs}\n'
        for path, content in {"collection.toml": declaration, **files}.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


@pytest.fixture
def faults_of() -> FaultsOf:
    """`faults_of(step)` gives the faults that a step refuses its input with."""

    def found(step: Callable[[], object]) -> tuple[Fault, ...]:
        with pytest.raises(PublisherError) as caught:
            step()
        return caught.value.faults

    return found
