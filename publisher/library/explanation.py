"""Explanation: the words that lie in an edition and tell how to prove it without this program.

It promises commands that every Unix has, in Chinese and English, and says plainly what an edition
without a seal does not prove.
"""

from __future__ import annotations

from publisher.library.bag import MANIFEST, TAG_MANIFEST
from publisher.library.edition import Edition
from publisher.library.seal import NAMESPACE, PRINCIPAL, SEAL, SIGNERS, fingerprint

FILE = "README.txt"

_HOLDS = """\
{edition.title} {edition.version}
{edition.responsibility}
{edition.publisher} {edition.date}
{edition.identifier}

这是一个定稿存档，一经封存，不再改动。
This is a fixed edition. Once frozen it is never changed.

  data/            成书文件  the finished books
  data/source/     原稿，逐字节保存  what they were made from, byte for byte
  data/text/       各篇纯文本（UTF-8）  the essays as plain text
  data/layouts/    所用版式  the layouts
  data/fonts/      所用字体及其许可证  the fonts and their licences
  data/metadata/   编目数据  records for catalogues
  data/reports/    封存前各项检查的结果  what the checks said before it was frozen
  data/build.json  配置与所用软件的版本  configuration, and versions of all tools

如何核对 / How to check it

在本文件所在的文件夹里执行：
In the folder of this file run:

    sha512sum -c {tag_manifest}
    sha512sum -c {manifest}

每一行都应以 OK 或“成功”结尾。macOS 上用 shasum -a 512 -c。
Every line must end in OK. On macOS use shasum -a 512 -c.
"""

_SEALED = """
封缄 / The seal

    ssh-keygen -Y verify -f {signers} -I {principal} -n {namespace} -s {seal} < {tag_manifest}

公钥指纹 / the fingerprint of the key:

    {fingerprint}

请与出版者在别处公布的指纹比对：只有两者一致，封缄才能证明它出自谁手。
Compare it with what the publisher made known elsewhere: only then is it proven whose seal it is.
"""

_UNSEALED = """
本存档未加封缄：摘要可以发现损坏，但不能证明清单本身未被改写。
This edition bears no seal: its digests find damage, but cannot prove that nobody rewrote them.
"""


def explanation(edition: Edition, key: str) -> bytes:
    """The text for an edition; `key` is the public key that seals it, empty for none."""
    holds = _HOLDS.format(edition=edition, manifest=MANIFEST, tag_manifest=TAG_MANIFEST)
    return (holds + (_sealed(key) if key else _UNSEALED)).encode()


def _sealed(key: str) -> str:
    return _SEALED.format(
        tag_manifest=TAG_MANIFEST,
        signers=SIGNERS,
        principal=PRINCIPAL,
        namespace=NAMESPACE,
        seal=SEAL,
        fingerprint=fingerprint(key),
    )
