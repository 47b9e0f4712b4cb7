"""Marks: what no line may begin or end with, and which marks hold a blank half.

The lists are this room's own, taken from CLREQ 3.1.5 (prohibition rules, basic method) with the
solidus of the GB method: a proof that shared the tables of the setting could not find their errors.
"""

from __future__ import annotations

OPENING = frozenset("“‘（《〈「『【〔〖［｛")
CLOSING = frozenset("”’）》〉」』】〕〗］｝")
STOPS = frozenset("，。、；：！？．")
CONNECTORS = frozenset("·‧・～〜–／/")
# Marks of two em that stay whole (CLREQ 3.1.5: dash and ellipsis).
LONG = frozenset("—―…⋯")

NEVER_FIRST = CLOSING | STOPS
NEVER_AFTER_A_BREAK = NEVER_FIRST | CONNECTORS
NEVER_LAST = OPENING
# Marks of a full em, half of it blank on one side or the other.
WITH_BLANK = OPENING | CLOSING | STOPS
# What a paragraph ends with, nearly always.
ENDING = LONG | CLOSING | frozenset("。！？：；")
