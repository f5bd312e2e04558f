"""Events are rows. One task a process reads the new ones and hands them to every staff page that follows."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from time import monotonic

from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from backend.events.cursor import Change, Cursor
from backend.events.tables import Event
from backend.foundation.database import Database, without_orm

POLL_S = 0.25  # how late another process's event may be; this process's own wake the feed at once
MOST_WAITING = 1000  # events for one page; it begins anew when they are more
LONGEST_S = 86_400.0  # for one page to follow, which then comes again
log = logging.getLogger("yinling.hall")


_INSERT = insert(without_orm(Event)).returning(without_orm(Event).c.id)  # RETURNING makes one statement of many rows


def announce(session: Session, kind: str, subject: object, at: datetime) -> None:
    """Add the event's row in the same transaction as what happened."""
    announce_all(session, kind, [(subject, at)])


def announce_all(session: Session, kind: str, subjects: Sequence[tuple[object, datetime]]) -> None:
    """The same for some subjects, each with its moment."""
    session.execute(_INSERT, [{"kind": kind, "subject": str(subject), "at": at} for subject, at in subjects])


class Feed:
    """`run` it in the server's loop; from any thread, `wake` it or `close` it, which ends every `follow` at once.

    While no page follows nothing is read: the first page that does begins with what happens from then on.
    """

    def __init__(self, database: Database) -> None:
        self._cursor = Cursor(database)
        self._reading = asyncio.Lock()  # of the cursor
        self._followers: set[asyncio.Queue[Change | None]] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    @property
    def pages(self) -> int:
        """How many follow in this process."""
        return len(self._followers)

    @property
    def has_pages(self) -> bool:
        """Whether a page follows in this process."""
        return bool(self._followers)

    async def run(self) -> None:
        self._loop = asyncio.get_running_loop()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL_S)
            self._woken.clear()
            if self._followers:
                await self._hand_out_news()

    def wake(self) -> None:
        if self._followers and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def hint(self, kind: str) -> None:
        """Tell the pages of this process at once of what is no row, so that they look at what they show of it."""
        if self._followers and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, Change(self._cursor.newest, kind, ""))

    def close(self) -> None:
        self._closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, None)

    async def follow(self, after: int | None, for_s: float = LONGEST_S) -> AsyncIterator[Change]:
        """First a Change of kind "ready" with the newest id, then what came after `after`, then whatever comes.

        It ends after `for_s` seconds, and for a page that does not read."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue(MOST_WAITING)
        over = asyncio.get_running_loop().call_later(min(for_s, LONGEST_S), _end, queue)
        async with self._reading:
            if not self._followers:
                await asyncio.to_thread(self._cursor.skip)
            self._followers.add(queue)
            newest = self._cursor.newest
        try:
            missed = await asyncio.to_thread(self._cursor.since, after) if after is not None else []
            yield Change(newest, "ready", "")
            for change in missed:
                yield change
            while not self._closed and (next_change := await queue.get()) is not None:
                if next_change not in missed:
                    yield next_change
        finally:
            over.cancel()
            self._followers.discard(queue)

    async def _hand_out_news(self) -> None:
        async with self._reading:
            try:
                news = await asyncio.to_thread(self._cursor.read)
            except SQLAlchemyError as error:  # also when no connection is free in time
                log.error("events cannot be read", extra={"fields": {"error": type(error).__name__}})
                return
            for change in news:
                self._hand_out(change)

    def _hand_out(self, change: Change | None) -> None:
        change = replace(change, heard_at=monotonic()) if change else None
        for queue in self._followers:
            if queue.full():  # nobody reads it
                _end(queue)
            else:
                queue.put_nowait(change)


def _end(queue: asyncio.Queue[Change | None]) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)
