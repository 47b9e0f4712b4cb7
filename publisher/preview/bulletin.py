"""Bulletin: the newest showing, and those who wait for a newer one."""

from __future__ import annotations

import asyncio

from publisher.preview.showing import News, Showing


class Bulletin:
    """Holds one showing; whoever is late gets the newest and none between."""

    def __init__(self) -> None:
        self._showing = Showing()
        self._posted = asyncio.Event()
        self._is_closed = False

    @property
    def showing(self) -> Showing:
        """What is shown now."""
        return self._showing

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will come."""
        return self._is_closed

    def close(self) -> None:
        """Let all who wait go."""
        self._is_closed = True
        self._posted.set()

    def post(self, news: News) -> None:
        """Change what is shown, and wake all who wait."""
        self._showing = self._showing.after(news)
        self._posted.set()
        self._posted = asyncio.Event()

    async def newer_than(self, number: int) -> Showing | None:
        """The showing, once it has a greater number; None where nothing more will come."""
        while self._showing.number <= number and not self._is_closed:
            await self._posted.wait()
        return None if self._is_closed else self._showing
