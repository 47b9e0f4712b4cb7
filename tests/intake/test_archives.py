"""Archives: a zip file is opened only where its sizes are bearable, and told why where not."""

from __future__ import annotations

import io
import random
import struct
import zipfile

import pytest

from publisher.ground.errors import PublisherError
from publisher.intake import archives
from publisher.intake.archives import unpacked
from tests.intake.office import zipped


def _refused(content: bytes) -> str:
    with pytest.raises(PublisherError) as refused:
        unpacked(content, "a.docx")
    (fault,) = refused.value.faults
    assert fault.at.file == "a.docx"
    assert fault.hint
    return str(fault)


def _claiming(content: bytes, name: str, size: int) -> bytes:
    """A zip file whose directory says that a part has another size."""
    at = content.rindex(name.encode()) - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    return content[: at + 24] + struct.pack("<I", size) + content[at + 28 :]


def test_parts_come_by_name_in_their_order_and_folders_are_left_out() -> None:
    content = zipped({"b/": "", "b/二.xml": "乙", "a.xml": b"\x00\x01"})
    assert list(unpacked(content, "a.docx").items()) == [
        ("b/二.xml", "乙".encode()),
        ("a.xml", b"\x00\x01"),
    ]


def test_too_many_parts_are_refused() -> None:
    parts = {f"{number}.xml": "" for number in range(archives.MOST_PARTS + 1)}
    assert "2001 parts" in _refused(zipped(parts))
    del parts["0.xml"]
    assert len(unpacked(zipped(parts), "a.docx")) == archives.MOST_PARTS


def test_what_grows_beyond_bounds_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unpacking(*_: object) -> bytes:
        raise AssertionError("a part was unpacked")

    noise = random.Random(1).randbytes(50_000)
    bomb = zipped({"noise.xml": noise, "word/document.xml": bytes(3 << 20)})
    many = zipped({f"{number}.xml": bytes(1 << 20) for number in range(40)})
    large = _claiming(zipped({"a.xml": "x"}), "a.xml", archives.MOST_BYTES_OF_A_PART + 1)
    whole = zipped({f"{number}.xml": "x" for number in range(5)})
    for number in range(5):
        whole = _claiming(whole, f"{number}.xml", archives.MOST_BYTES_OF_A_PART)
    monkeypatch.setattr(zipfile.ZipFile, "read", unpacking)
    assert '"word/document.xml" would grow' in _refused(bomb)
    assert "the whole file would grow" in _refused(many)
    assert "would grow" in _refused(large)
    assert "the whole file would grow" in _refused(whole)


def test_what_is_small_may_have_grown_by_any_factor() -> None:
    assert len(unpacked(zipped({"a.xml": bytes(1 << 20)}), "a.docx")["a.xml"]) == 1 << 20


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    content = zipped({"a.xml": bytes(range(256)) * 16})
    assert "damaged" in _refused(_claiming(content, "a.xml", 10))


def test_a_zip_within_a_zip_stays_shut() -> None:
    inner = zipped({"deep.xml": bytes(5 << 20)})
    assert unpacked(zipped({"word/embeddings/1.docx": inner}), "a.docx") == {
        "word/embeddings/1.docx": inner
    }


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "word/../../a", "C:/a.xml", "a\\b.xml"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert "leads outside the file" in _refused(zipped({name: "x"}))


def test_links_doubles_locks_and_strange_packings_are_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        link = zipfile.ZipInfo("a.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "leads outside the file" in _refused(whole.getvalue())
    doubled = zipped({"a.xml": "1", "b.xml": "2"}).replace(b"b.xml", b"a.xml")
    assert "two parts" in _refused(doubled)
    content = bytearray(zipped({"a.xml": "x"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert "locked by a password" in _refused(bytes(content))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "x")
    assert "packed in a way" in _refused(whole.getvalue())


@pytest.mark.parametrize("cut", [0, 4, 40, -1, -20])
def test_a_damaged_file_is_refused(cut: int) -> None:
    assert "damaged" in _refused(zipped({"a.xml": "x" * 50})[:cut])


def test_a_part_with_flipped_bits_is_refused() -> None:
    content = bytearray(zipped({"a.xml": bytes(range(200))}))
    content[60] ^= 0xFF
    assert "damaged" in _refused(bytes(content))
