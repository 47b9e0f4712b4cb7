"""A PDF to keep that is as it should be, made once for all tests that spoil it."""

from __future__ import annotations

from functools import cache

from publisher.model.sources import Source
from publisher.prepress.archival import archival
from publisher.prepress.metadata import Identity
from publisher.press.build import build
from tests.reading import ROOT, temporary_folder

DECLARED = """
title = "街上"
date = "2020-06-01"
description = "三页"
essays = ["one.md"]

[[output]]
name = "screen"
format = "screen"
options = { cover = false }
"""
ESSAY = """---
title: 街上
author: 祝筱萍
---

街上有人[写信](https://example.org)。

## 一

![一座桥](bridge.png)

后来没有了。
"""
IDENTITY = Identity("urn:uuid:0b1c5d3e-0000-4000-8000-000000000000", "1", "2020-06-01T00:00:00Z")
SOURCES = (Source("collection/one.md", "text/markdown", ESSAY.encode()),)


@cache
def good() -> bytes:
    folder = temporary_folder() / "valid"
    folder.mkdir()
    (folder / "collection.toml").write_text(DECLARED, encoding="utf-8")
    (folder / "one.md").write_text(ESSAY, encoding="utf-8")
    picture = next((ROOT / "essays").rglob("*.png"), None) or next((ROOT / "essays").rglob("*.jpg"))
    (folder / "bridge.png").write_bytes(picture.read_bytes())
    return archival(build(folder).artefacts[0].content, IDENTITY, SOURCES)
