"""Where things stand on a shelf: the contract between books that link there and the shelf."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from publisher.model.addresses import (
    collection_page,
    essay_page,
    in_ascii,
    is_shelf_root,
    web_address,
)

ROOTS = [
    "https://books.example.org",
    "https://books.example.org/",
    "https://example.org:8443/school/books",
    "https://EXAMPLE.org/~zhu/%E4%B9%A6/",
    "https://xn--fiqs8s.example",
]
NO_ROOTS = [
    "",
    "books.example.org",
    "http://books.example.org",
    "ftp://books.example.org",
    "https://",
    "https://books.example.org/?shelf=1",
    "https://books.example.org/#top",
    "https://zhu@books.example.org",
    "https://books.example.org/a b",
    "https://books.example.org/../etc",
    "https://books.example.org//books",
    "https://books..example.org",
    "https://-example.org",
    "https://书.example.org",
    "https://books.example.org\n",
]


@pytest.mark.parametrize("url", ["https://书.example/文集", "https://books.example.org/文集/a b"])
def test_letters_of_any_script_can_be_written_in_ascii(url: str) -> None:
    written = in_ascii(url)
    assert is_shelf_root(written)
    parts, own = urlsplit(written), urlsplit(url)
    assert parts.netloc.encode().decode("idna") == own.netloc
    assert unquote(parts.path) == own.path


def test_what_cannot_be_a_host_has_no_such_form() -> None:
    assert in_ascii(f"https://{'书' * 70}.example") == ""
    assert in_ascii("https://[书") == ""


@pytest.mark.parametrize("root", ROOTS)
def test_an_https_address_is_a_root(root: str) -> None:
    assert is_shelf_root(root)


@pytest.mark.parametrize("root", NO_ROOTS)
def test_what_cannot_be_linked_to_for_decades_is_no_root(root: str) -> None:
    assert not is_shelf_root(root)


def test_an_essay_has_the_same_file_name_in_every_script() -> None:
    assert essay_page("baskets", "hans", "essay-01-snow") == "baskets/hans/essay-01-snow.html"
    assert essay_page("baskets", "hant-tw", "essay-01-snow") == "baskets/hant-tw/essay-01-snow.html"
    assert collection_page("baskets") == "baskets/index.html"


@pytest.mark.parametrize("root", ROOTS)
def test_an_address_leads_to_the_page_below_its_root(root: str) -> None:
    page = essay_page("篮子 1", "hans", "essay-01-snow")
    parts = urlsplit(web_address(root, page))
    below = unquote(urlsplit(root).path).rstrip("/")
    assert parts.netloc == urlsplit(root).netloc
    assert unquote(parts.path) == f"{below}/{page}"
    assert (parts.query, parts.fragment) == ("", "")
    assert parts.path.isascii()
    assert " " not in parts.path
