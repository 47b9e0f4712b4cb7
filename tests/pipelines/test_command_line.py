"""The command line: what scripts and people get from every command, from any place."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import publisher as package
from publisher.ground.errors import Remedy
from tests.reading import COMMAND, ESSAY, ESSAYS, OUTPUTS, Epub, Pdf, environment, publisher

TEXT = {"type": "string"}
REPORT: dict[str, Any] = {
    "type": "object",
    "required": ["artefacts", "notices"],
    "properties": {
        "artefacts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["output", "path", "media_type", "bytes", "sha256"],
                "properties": {
                    "output": TEXT,
                    "path": TEXT,
                    "media_type": {"enum": ["application/pdf", "application/epub+zip"]},
                    "bytes": {"type": "integer", "minimum": 1},
                    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "pages": {"type": "integer", "minimum": 1},
                    "size": {"type": "string", "pattern": r"\d × \d+ mm\)?$"},
                },
                "additionalProperties": False,
            },
        },
        "notices": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "message", "at", "hint", "severity"],
                "properties": {
                    "code": TEXT,
                    "message": TEXT,
                    "at": TEXT,
                    "hint": TEXT,
                    "severity": {"enum": ["advice", "warning"]},
                },
                "additionalProperties": False,
            },
        },
        "faults": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["message", "at", "hint", "remedy"],
                "properties": {"message": TEXT, "at": TEXT, "hint": TEXT, "remedy": TEXT},
            },
        },
    },
    "additionalProperties": False,
}


@pytest.fixture
def book(make_collection) -> Path:
    return make_collection({"a.md": ESSAY}, head='date = "2024-05-01"', outputs=OUTPUTS)


# Reports -----------------------------------------------------------------------------------------


def test_json_is_one_object_that_describes_the_files_made(book: Path) -> None:
    run = publisher("build", book, "--json")
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    report = json.loads(run.stdout)
    jsonschema.validate(report, REPORT)
    assert [row["output"] for row in report["artefacts"]] == ["screen", "epub"]
    assert "faults" not in report
    for row in report["artefacts"]:
        content = Path(row["path"]).read_bytes()
        assert row["bytes"] == len(content)
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
    screen, epub = report["artefacts"]
    assert screen["pages"] == len(Pdf(Path(screen["path"]).read_bytes()).file.pages)
    assert "pages" not in epub


def test_json_holds_notices(book: Path) -> None:
    (book / "b.md").write_text(ESSAY, encoding="utf-8")
    report = json.loads(publisher("build", book, "--json", "--output", "epub").stdout)
    jsonschema.validate(report, REPORT)
    (notice,) = report["notices"]
    assert notice["code"] == "unlisted"
    assert notice["at"].endswith("b.md")


def test_json_holds_the_faults_of_a_build_that_failed(book: Path) -> None:
    (book / "a.md").write_text("没有题目。<b>x</b>\n", encoding="utf-8")
    run = publisher("build", book, "--json")
    assert run.returncode == Remedy.EDITOR.value
    report = json.loads(run.stdout)
    jsonschema.validate(report, REPORT)
    assert report["artefacts"] == []
    assert report["faults"][0]["remedy"] == "editor"
    assert "a.md" in report["faults"][0]["at"]


def test_quiet_says_nothing_but_errors(book: Path) -> None:
    run = publisher("build", book, "--quiet", "--output", "epub")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    (book / "a.md").unlink()
    run = publisher("build", book, "--quiet")
    assert run.returncode == Remedy.EDITOR.value
    assert run.stdout == ""
    assert "error: " in run.stderr


def test_a_plain_build_lists_each_file_with_pages_size_and_digest(book: Path) -> None:
    run = publisher("build", book)
    lines = run.stdout.splitlines()
    assert len(lines) == 2
    for line, suffix in zip(lines, (".pdf", ".epub"), strict=True):
        path = next(book.glob(f"dist/*{suffix}"))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert str(path) in line
        assert f"sha256 {digest[:16]}" in line
    assert re.search(r"\d+ pages", lines[0])
    assert "pages" not in lines[1]


def test_the_type_area_of_outputs_with_pages_is_told_and_drawn_and_nothing_made(
    book: Path,
) -> None:
    run = publisher("build", book, "--explain")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("screen: page A5 (148 × 210 mm)\ntype area: 30 characters × 26")
    (drawn,) = (book / "dist").iterdir()
    assert drawn.name.endswith("-screen-page.svg")
    svg = drawn.read_text(encoding="utf-8")
    assert "30 characters" in svg
    named = publisher("build", book, "--explain", "screen")
    assert named.stdout == run.stdout
    assert drawn.read_text(encoding="utf-8") == svg
    unpaged = publisher("build", book, "--explain", "epub")
    assert unpaged.returncode == 2
    assert "no output with pages" in unpaged.stderr


def test_progress_is_plain_lines_where_stderr_is_no_terminal(book: Path) -> None:
    run = publisher("build", book)
    assert "screen: setting" in run.stderr
    assert "\x1b" not in run.stderr
    assert "\r" not in run.stderr


def test_progress_is_a_bar_on_a_terminal(book: Path) -> None:
    try:
        main, side = pty.openpty()
    except OSError as error:
        pytest.skip(f"this system has no terminals to give: {error}")
    process = subprocess.Popen(
        [*COMMAND, "build", str(book)],
        env=environment() | {"TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.DEVNULL,
        stderr=side,
    )
    os.close(side)
    seen = b""
    while chunk := _read(main):
        seen += chunk
    assert process.wait(timeout=60) == 0
    assert b"screen" in seen
    assert b"\x1b[" in seen


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_all_faults_of_all_files_are_shown_together(make_collection) -> None:
    files = {"a.md": "无题。\n", "b.md": "---\ntitle: 乙\n---\n\n<i>x</i>\n\n<u>y</u>\n"}
    run = publisher("build", make_collection(files, outputs=OUTPUTS))
    assert run.returncode == Remedy.EDITOR.value
    assert "a.md:1: the essay has no title" in run.stderr
    assert "b.md:5: " in run.stderr
    assert "b.md:7: " in run.stderr


# Help and version --------------------------------------------------------------------------------


def test_version_is_the_packages() -> None:
    run = publisher("--version")
    assert run.stdout == f"publisher {package.__version__}\n"


def test_help_has_examples_that_the_program_understands() -> None:
    from publisher.surface.cli import parser

    run = publisher("--help")
    assert run.returncode == 0
    examples = re.findall(r"^  publisher (.+)$", run.stdout, re.MULTILINE)
    assert len(examples) >= 3
    for example in examples:
        assert callable(parser().parse_args(shlex.split(example)).run)


@pytest.mark.parametrize(
    "command", ["new", "import", "build", "check", "proof", "fonts", "schema", "completion"]
)
def test_every_command_explains_itself(command: str) -> None:
    assert command in publisher("--help").stdout
    run = publisher(command, "--help")
    assert run.returncode == 0
    assert run.stdout.startswith(f"usage: publisher {command}")


@pytest.mark.parametrize("words", [[], ["bind"], ["build", "--ouput", "x"]])
def test_a_command_that_is_not_understood_ends_with_the_callers_code(words: list[str]) -> None:
    run = publisher(*words)
    assert run.returncode == Remedy.CALLER.value
    assert "usage: " in run.stderr


@pytest.mark.parametrize("words", [[], ["a.txt"], ["a.txt", "--plan", "b"], ["--into", "b"]])
def test_an_import_without_its_source_or_its_folder_says_what_it_takes(words: list[str]) -> None:
    run = publisher("import", *words)
    assert run.returncode == Remedy.CALLER.value
    assert "publisher import FILE" in run.stderr


def test_a_folder_without_a_collection_says_how_to_begin(tmp_path: Path) -> None:
    for command in ("build", "check"):
        run = publisher(command, tmp_path / "nowhere")
        assert run.returncode == Remedy.CALLER.value
        assert "publisher new" in run.stderr


def test_a_pipe_that_closes_is_no_traceback() -> None:
    command = f"{shlex.join(COMMAND)} schema | head -1"
    run = subprocess.run(
        ["bash", "-c", command], env=environment(), capture_output=True, text=True, check=False
    )
    assert run.stdout.strip() == "{"
    assert run.stderr == ""


# Completion --------------------------------------------------------------------------------------


def test_bash_completes_commands_and_options() -> None:
    script = publisher("completion", "bash").stdout
    assert _bash_offers(script, ["publisher", "bu"]) == ["build"]
    assert "--output" in _bash_offers(script, ["publisher", "build", "--"])


def _bash_offers(script: str, words: list[str]) -> list[str]:
    """What bash would offer for the last of the words."""
    line = shlex.join(words)
    asked = f"""
{script}
COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; COMP_LINE={shlex.quote(line)}
COMP_POINT={len(line)}
function_name=$(complete -p publisher | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
$function_name publisher {shlex.quote(words[-1])} {shlex.quote(words[-2])}
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    run = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False)
    return [word.strip() for word in run.stdout.split()]


def test_zsh_gets_a_completion_function() -> None:
    script = publisher("completion", "zsh").stdout
    assert script.startswith("#compdef publisher\n")
    assert "build" in script
    zsh = shutil.which("zsh")
    if zsh:
        subprocess.run([zsh, "-n"], input=script, text=True, check=True)


# Anywhere ----------------------------------------------------------------------------------------


@pytest.fixture
def installed() -> Path:
    """The command as it was installed beside this Python."""
    command = Path(sys.executable).parent / "publisher"
    assert command.is_file(), "installed by make setup"
    return command


def test_the_installed_command_works_from_any_directory(
    installed: Path, book: Path, tmp_path: Path
) -> None:
    for place, folder in ((book, "."), (tmp_path, book.name), (Path("/"), str(book))):
        run = subprocess.run(
            [installed, "build", folder, "--output", "epub", "--quiet"],
            cwd=place,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (0, "")
    assert [path.suffix for path in (book / "dist").iterdir()] == [".epub"]


def test_build_takes_the_collection_it_stands_in(book: Path) -> None:
    run = publisher("build", "--output", "epub", "--quiet", cwd=book)
    assert run.returncode == 0, run.stderr
    assert (book / "dist").is_dir()


def test_schema_describes_the_sample_and_refuses_what_the_reader_refuses() -> None:
    import tomllib

    schema = json.loads(publisher("schema").stdout)
    table = tomllib.loads((ESSAYS / "collection.toml").read_text(encoding="utf-8"))
    jsonschema.validate(table, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table | {"essay": []}, schema)


def test_messages_are_chinese_where_the_language_is(tmp_path: Path) -> None:
    for language in ("zh_CN.UTF-8", "zh_TW.UTF-8", "zh_HK.UTF-8"):
        run = publisher("build", tmp_path, env={"LANG": language, "LC_ALL": language})
        assert run.returncode == Remedy.CALLER.value
        assert re.search("[一-鿿]", run.stderr), language
        assert "there is no" not in run.stderr


# From nothing to a book --------------------------------------------------------------------------


def test_new_import_and_build_make_a_book_of_texts_and_markdown(tmp_path: Path) -> None:
    (tmp_path / "10 尾声.txt").write_text("尾声\n\n　　又*响*了。\n", encoding="utf-8")
    (tmp_path / "9 开篇.txt").write_text("开篇\n\n　　“钟响了。”\n- 不是列表\n", encoding="utf-8")
    (tmp_path / "note.md").write_text(
        "# 附记\n\n钟停**了**[^1]。\n\n[^1]: 注文。\n", encoding="utf-8"
    )
    book = tmp_path / "my-book"
    assert publisher("new", book, "--title", "听钟").returncode == 0
    sources = [tmp_path / name for name in ("9 开篇.txt", "10 尾声.txt", "note.md")]
    run = publisher("import", *sources, "--into", book, "--accept")
    assert run.returncode == 0, run.stderr
    run = publisher("build", book, "--json")
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    names = ["screen-hans", "screen-hant-tw", "epub-hans", "epub-hant-tw"]
    assert [row["output"] for row in report["artefacts"]] == names
    assert sorted(path.name for path in (book / "dist").iterdir()) == sorted(
        f"my-book-{name}.{'epub' if 'epub' in name else 'pdf'}" for name in names
    )
    simple, traditional = (
        Epub((book / "dist" / f"my-book-epub-{script}.epub").read_bytes())
        for script in ("hans", "hant-tw")
    )
    assert _essays(simple) == ["开篇“钟响了。”-不是列表", "尾声又*响*了。", "附记钟停了。"]
    assert _essays(traditional) == ["開篇「鐘響了。」-不是列表", "尾聲又*響*了。", "附記鐘停了。"]


def _essays(epub: Epub) -> list[str]:
    return [epub.words(name) for name in epub.spine if name.startswith("text/essay-")]


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("题\n文\n", encoding="utf-8")
    book = tmp_path / "b"
    publisher("new", book)
    for _ in range(2):
        run = publisher("import", tmp_path / "a.txt", "--into", book, "--accept")
        assert run.returncode == 0, run.stderr
    assert (book / "collection.toml").read_text(encoding="utf-8").count('"a.md"') == 1


def test_new_does_not_touch_a_collection_that_is_there(book: Path) -> None:
    before = (book / "collection.toml").read_bytes()
    assert publisher("new", book).returncode == Remedy.CALLER.value
    assert (book / "collection.toml").read_bytes() == before


def test_a_new_collection_says_what_to_fill_in_the_readers_language(tmp_path: Path) -> None:
    for language, word in (("C.UTF-8", "files"), ("zh_CN.UTF-8", "文件")):
        folder = tmp_path / language
        assert publisher("new", folder, env={"LANG": language, "LC_ALL": language}).returncode == 0
        comments = re.findall("#.*", (folder / "collection.toml").read_text(encoding="utf-8"))
        assert any(word in comment for comment in comments)


def test_a_file_that_looks_like_an_option_is_explained(tmp_path: Path) -> None:
    (tmp_path / "-x.txt").write_text("一", encoding="utf-8")
    run = publisher("import", "-x.txt", "--into", "book", cwd=tmp_path)
    assert run.returncode == 2
    assert "./-x.txt" in run.stderr


@pytest.mark.parametrize(
    ("command", "most"),
    [(["-c", "import publisher"], 0.15), (["-m", "publisher", "--help"], 0.15)],
)
def test_starting_loads_no_heavy_library(command: list[str], most: float) -> None:
    heavy = ("weasyprint", "pydantic", "lxml", "PIL", "fontTools", "opencc", "rich", "markdown_it")
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = set(re.findall(r"\| +(\w+)$", run.stderr, re.MULTILINE))
    assert "publisher" in loaded
    assert not loaded & set(heavy)
