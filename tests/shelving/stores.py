"""Stores for tests: small editions of a collection that was really built, under any name."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from publisher.ground.fixity import derived_urn
from publisher.library.bag import bag
from publisher.library.edition import Edition, written
from publisher.press.build import build
from publisher.press.shelving import ShelfReport, Wishes, make_shelf
from publisher.press.stocking import stock
from tests.reading import temporary_folder

ROOT = "https://books.example.org/shelf"
HEAD = """title = "钟楼集"
subtitle = "两座钟的故事"
slug = "tower"
date = "2020-06-01"
editors = ["王小明"]
rights = "CC BY 4.0"
description = "一座钟楼，发条上了五十二年。"

[imprint]
name = "半石桥印社"

[front]
essays = ["preface.md"]

[[part]]
title = "发条"
essays = ["clock.md", "verse.md"]

[[output]]
name = "screen"
format = "screen"
[[output]]
name = "epub"
format = "epub"
[[output]]
name = "epub-tw"
format = "epub"
script = "hant-tw"
"""
ESSAYS = {
    "preface.md": "---\ntitle: 前言\nauthor: 王小明\n---\n\n见[钟楼](clock.md)一篇。\n",
    "clock.md": """---
title: 钟楼
author: 邬鹤年
date: 2020年4月
---

钟快了两分钟[^1]。没有人去修，也没有人抱怨。{砻|lóng}声*每天*都响。

## 发条

![一条街](images/street.png)

| 年 | 次 |
| --- | ---: |
| 1998 | 3 |

- 上弦
- 上油

> 钟是大家的。
>
> ——邬鹤年

说过的话，过了一夜就变了。他说 [late]{lang=en}，见[雪夜](verse.md)。

[^1]: 或者慢了两分钟。
""",
    "verse.md": """---
title: 雪夜
author: [滕水根, 邬鹤年]
---

::: verse
雪落在闸上
水在闸下走
:::
""",
}


def picture() -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (120, 80), (40, 90, 120)).save(buffer, "PNG")
    return buffer.getvalue()


def collection(folder: Path, head: str = HEAD, essays: dict[str, str] | None = None) -> Path:
    """The folder of a collection."""
    files = {"collection.toml": head, **(essays or ESSAYS)}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "street.png").write_bytes(picture())
    return folder


@cache
def tower() -> Path:
    """The collection with what was built of it."""
    folder = collection(temporary_folder() / "shelved-tower")
    build(folder)
    return folder


def kept(store: Path, built: Path | None = None, **changes: Any) -> Path:
    """An edition of a built collection in a store; `changes` are other values for its record."""
    ((draft,),) = stock((built or tower(),)).collections
    own = {"version": "1.0"} | changes
    name = derived_urn(str(own.get("slug", "")), str(own["version"]))
    edition: Edition = replace(draft.edition, **{"identifier": name} | own)
    payload = {work.file: (draft.folder / work.file).read_bytes() for work in edition.works}
    told = {
        "External-Identifier": edition.identifier,
        "Bag-Group-Identifier": edition.slug,
        "Edition-Version": edition.version,
    }
    files = bag(payload | {"build.json": written(edition)}, told, {"README.txt": b"x\n"})
    place = store / edition.slug / edition.version
    for path, content in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    return place


def shelved(site: Path, *stores: Path, root: str = ROOT, title: str = "") -> ShelfReport:
    """A shelf that was made."""
    return make_shelf(Wishes(stores, site, root, title))


@cache
def shelf() -> Path:
    """A shelf of two editions of one collection and of two more collections."""
    store = temporary_folder() / "shelved-store"
    kept(store, version="1.0", date="2020-06-01")
    kept(store, version="1.1", date="2021-02-03")
    kept(store, slug="snow", title="雪夜集", date="2019-01-05", responsibility="滕水根")
    kept(store, slug="bridge", title="半石桥", date="2021-05-05", subtitle="")
    shelved(temporary_folder() / "shelved-site", store)
    return temporary_folder() / "shelved-site"


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
