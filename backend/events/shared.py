"""What all pages are told at the same moment is worked out once for all of them."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

Told = TypeVar("Told")


class Shared(Generic[Told]):
    """`work` runs in a thread, at most once in `every_s`; who asks before it begins gets the same."""

    def __init__(self, work: Callable[[], Told], every_s: float) -> None:
        self._work, self._every_s = work, every_s
        self._next: asyncio.Task[tuple[float, Told]] | None = None
        self._began = float("-inf")

    async def get(self) -> tuple[float, Told]:
        """As it is at some moment after this call, and that moment of the monotonic clock."""
        if self._next is None:
            self._next = asyncio.create_task(self._begin())
        return await asyncio.shield(self._next)

    async def _begin(self) -> tuple[float, Told]:
        await asyncio.sleep(max(0.0, self._began + self._every_s - monotonic()))
        self._began = began = monotonic()
        self._next = None
        return began, await asyncio.to_thread(self._work)
