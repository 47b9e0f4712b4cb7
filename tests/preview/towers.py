"""Collections for tests of the preview: small ones, quickly made, with a bit of everything."""

from __future__ import annotations

from pathlib import Path

from tests.drawing import picture_bytes

HEAD = """title = "钟楼集"  # 书名
slug = "tower"
date = "2020-06-01"
version = "1"

[front]
essays = ["preface.md"]

# 正文两辑。
[[part]]
title = "发条"
essays = [
  "clock.md",  # 长的一篇
  "verse.md",
]

[[part]]
title = "雪夜"
essays = ["snow.md"]
"""
OUTPUTS = """
[[output]]
name = "screen"
format = "screen"

[[output]]
name = "epub"
format = "epub"
"""
LONG = "钟快了两分钟，没有人去修，也没有人抱怨。" * 12
ESSAYS = {
    "preface.md": "---\ntitle: 前言\nauthor: 王小明\n---\n\n见[钟楼](clock.md)一篇。\n",
    "clock.md": f"""---
title: 钟楼
author: 邬鹤年
---

钟快了两分钟[^1]，后面的人都听见了。

![一条街](images/street.png)

{LONG}

{LONG}

{LONG}

最后一段在后面的一页上。

[^1]: 或者慢了两分钟。
""",
    "verse.md": "---\ntitle: 雪夜诗\nauthor: 滕水根\n---\n\n说过的话，过了一夜就变了。\n",
    "snow.md": "---\ntitle: 雪\nauthor: 滕水根\n---\n\n雪下了一夜,早上停了。\n",
}


def collection(folder: Path, head: str = HEAD, outputs: str = OUTPUTS) -> Path:
    """A collection of four essays in two parts, with a picture and something to remark on."""
    for name, text in ({"collection.toml": head + outputs} | ESSAYS).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "images").mkdir(exist_ok=True)
    (folder / "images" / "street.png").write_bytes(picture_bytes("PNG", (400, 300)))
    return folder
