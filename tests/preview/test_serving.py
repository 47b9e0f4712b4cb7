"""What a preview serves, to whom, and what it writes: asked from outside, as a process."""

from __future__ import annotations

import hashlib
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from preview.served import Served, served
from preview.towers import HEAD, OUTPUTS, collection

from publisher.press.build import build

ORDER = [
    {"was": 0, "essays": ["preface.md"]},
    {"was": 1, "essays": ["verse.md", "clock.md"]},
    {"was": 2, "essays": ["snow.md"]},
]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview of a small collection, with all of it made."""
    with served(collection(tmp_path_factory.mktemp("tower") / "book")) as own:
        own.ready()
        yield own


# ---- what is shown ----


def test_the_page_loads_nothing_but_its_own_files(preview: Served) -> None:
    status, headers, page = preview.ask("/")
    assert status == 200
    assert b'<html lang="en">' in page
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert preview.ask("/looks/main.js")[1]["content-type"].startswith("text/javascript")


def test_pages_are_drawn_as_wide_as_they_are_wanted_within_bounds(preview: Served) -> None:
    pull = preview.ready()["pulls"][0]
    for wanted, drawn in (("400", 400), ("99999", 3000), ("5", 100), ("-1", 100), ("", 100)):
        status, headers, content = preview.ask(f"/pages/{pull['digest']}/1.png?width={wanted}")
        assert (status, headers["content-type"]) == (200, "image/png")
        assert Image.open(io.BytesIO(content)).width == drawn
    assert preview.ask(f"/pages/{pull['digest']}/999.png")[0] == 404
    assert preview.ask(f"/pages/{'0' * 64}/1.png")[0] == 404


def test_pages_face_each_other_as_in_the_book(preview: Served) -> None:
    pull = preview.ready()["pulls"][0]
    count = len(pull["sheets"])
    assert pull["openings"][:2] == [[None, 0], [1, 2]]
    assert sorted(it for row in pull["openings"] for it in row if it is not None) == [*range(count)]
    essay = pull["sheets"][pull["starts"]["essay-clock"]]
    assert essay["label"].isdecimal()


def test_files_are_those_of_a_build(preview: Served, tmp_path: Path) -> None:
    made = build(collection(tmp_path / "book")).artefacts
    for artefact, pull in zip(made, preview.ready()["pulls"], strict=False):
        status, headers, content = preview.ask(f"/files/{pull['output']}/{pull['file']}")
        assert (status, headers["content-disposition"]) == (200, "attachment")
        assert hashlib.sha256(content).hexdigest() == artefact.sha256 == pull["digest"]


def test_a_collection_in_one_script_is_read_in_another_too(preview: Served) -> None:
    pulls = {it["script"]: it for it in preview.ready()["pulls"] if it["format"] == "epub"}
    assert list(pulls) == ["hans", "hant-tw"]
    assert pulls["hant-tw"]["isExtra"]
    own, other = (
        preview.ask(f"/texts/{pulls[it]['output']}/essay-clock")[2].decode() for it in pulls
    )
    assert "后面的人都听见了" in own
    assert "後面的人都聽見了" in other
    address = own.partition('src="')[2].partition('"')[0]
    status, headers, _ = preview.ask(address)
    assert (status, headers["content-type"]) == (200, "image/png")


def test_a_remark_stands_at_its_passage_and_its_page(preview: Served) -> None:
    showing = preview.ready()
    found = [it for it in showing["remarks"] if it["file"] == "snow.md"]
    assert found
    assert {(it["anchor"], it["words"]) for it in found} == {
        ("essay-snow", "雪下了一夜,早上停了。")
    }
    page = showing["pulls"][0]["starts"]["essay-snow"]
    assert found[0]["pages"] == {"screen": page}


# ---- who is refused ----


@pytest.mark.parametrize(
    "path", ["/", "/events", "/looks/main.js", "/files/screen/tower-screen.pdf"]
)
def test_another_host_is_refused(path: str, preview: Served) -> None:
    port = preview.port
    for host in (
        "books.example",
        f"books.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port + 1}",
        "",
    ):
        assert preview.ask(path, {"Host": host})[0] == 403
    assert preview.ask("/", {"Host": f"localhost:{port}"})[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://books.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_is_refused(headers: dict[str, str], preview: Served) -> None:
    assert preview.ask("/", headers)[0] == 403
    assert preview.arrange(ORDER, **headers)[0] == 403


def test_it_listens_at_this_machine_alone(preview: Served) -> None:
    with socket.socket() as other:
        other.settimeout(5)
        # All of 127/8 is this machine; only one of its addresses is listened at.
        assert other.connect_ex(("127.0.0.2", preview.port)) != 0


ASTRAY = [
    "/../collection.toml",
    "/looks/../../words.py",
    "/looks/..%2f..%2fshelf%2fwords.toml",
    "/looks/%2e%2e/%2e%2e/shelf/words.toml",
    "/looks/..%5c..%5cwords.toml",
    "/looks//etc/passwd",
    "/looks/%2fetc%2fpasswd",
    "/looks/main.js%00.css",
    "/files/screen/../../../collection.toml",
    "/files/screen/..%2f..%2fcollection.toml",
    "/files/..%2f..%2fetc/passwd",
    "/pictures/epub/../../../etc/passwd",
    "/pictures/epub/..%2f..%2f..%2fcollection.toml",
    "/pictures/epub//etc/passwd",
    "/pictures/epub/META-INF/container.xml",
    "/texts/epub/..%2f..%2fcollection.toml",
    "/texts/screen/essay-clock",
    "/pages/..%2f..%2fcollection.toml/1.png",
    "/collection.toml",
    "/clock.md",
    "/dist/tower-screen.pdf",
]


@pytest.mark.parametrize("path", ASTRAY)
def test_nothing_is_found_beside_what_was_made(path: str, preview: Served) -> None:
    status, _, body = preview.ask(path)
    assert status == 404
    assert len(body) < 100


# ---- what is written ----


def test_another_order_is_written_and_followed(tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    with served(folder) as own:
        before = own.ready()["contents"]
        assert own.arrange(ORDER)[0] == 204
        after = own.until(lambda it: it["contents"]["digest"] != before["digest"])["contents"]
    titles = [entry["title"] for entry in after["sections"][1]["entries"]]
    assert titles == ["雪夜诗", "钟楼"]
    text = (folder / "collection.toml").read_text(encoding="utf-8")
    assert '  "verse.md",\n  "clock.md",  # 长的一篇\n' in text
    assert sorted(text) == sorted(HEAD + OUTPUTS)


def test_an_order_of_an_older_file_is_refused(tmp_path: Path) -> None:
    folder = collection(tmp_path / "book")
    file = folder / "collection.toml"
    with served(folder) as own:
        own.ready()
        file.write_text(HEAD.replace("书名", "新书名") + OUTPUTS, encoding="utf-8")
        status, body = own.arrange(
            ORDER, digest=hashlib.sha256((HEAD + OUTPUTS).encode()).hexdigest()
        )
    assert status == 409
    assert "changed meanwhile" in json.loads(body)["faults"][0]
    assert "新书名" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("headers", [{"X-Publisher-Token": ""}, {"X-Publisher-Token": "x" * 43}])
def test_nothing_is_written_without_the_token(headers: dict[str, str], preview: Served) -> None:
    assert preview.arrange(ORDER, **headers)[0] == 403


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"digest": 3}', b"[" * 100_000, b'{"digest": "x", "sections": []}']
)
def test_what_is_no_order_is_refused(body: bytes, preview: Served) -> None:
    own = {"X-Publisher-Token": preview.token}
    assert preview.ask("/arrangement", own, "POST", body)[0] == 409


def test_no_other_way_of_asking_writes_anything(preview: Served) -> None:
    own = {"X-Publisher-Token": preview.token}
    assert preview.ask("/arrangement", own)[0] == 405
    assert preview.ask("/arrangement", own, "PUT", b"{}")[0] == 405
    assert preview.ask("/", own, "POST", b"{}")[0] == 405
    assert preview.ask("/arrangement", own, "POST", b"x" * 2_000_000)[0] == 413
