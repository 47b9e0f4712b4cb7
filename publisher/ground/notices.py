"""Notice: something an editor should know that does not stop the work.

Notices are values that travel inside results, never log lines. Every code has a paragraph in
docs/notices.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from publisher.ground.messages import Message
from publisher.ground.places import NOWHERE, Place


class Severity(Enum):
    """How much a notice matters to the finished book."""

    ADVICE = "advice"
    WARNING = "warning"


@dataclass(frozen=True)
class Notice:
    """A coded remark: `code` is stable and documented, `at` says where, `hint` what to do."""

    code: str
    message: Message
    at: Place = NOWHERE
    hint: Message | None = None
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        where = f"{self.at}: " if str(self.at) else ""
        return f"{where}{self.message} [{self.code}]"
