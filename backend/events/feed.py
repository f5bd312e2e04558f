"""Events are rows. One task a process reads the new ones and hands them to every staff page that follows."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.database import Database
from backend.events.tables import Event

POLL_S = 0.25  # how late another process's event may be; this process's own wake the feed at once
LOOK_BACK = 256  # PostgreSQL may commit a lower id after a higher one, so the last ids are read again
log = logging.getLogger("yinling.hall")


@dataclass(frozen=True)
class Change:
    """Something changed: `kind` is "call" or "submission", `subject` its UUID."""

    id: int
    kind: str
    subject: str


def announce(session: Session, kind: str, subject: object, at: datetime) -> None:
    """Add the event's row in the same transaction as what happened."""
    session.add(Event(kind=kind, subject=str(subject), at=at))


class Feed:
    """`run` it in the server's loop; from any thread, `wake` it or `close` it, which ends every `follow` at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followers: set[asyncio.Queue[Change | None]] = set()
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._known = set(self._recent())

    async def run(self) -> None:
        self._loop = asyncio.get_running_loop()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), POLL_S)
            self._woken.clear()
            try:
                recent = await asyncio.to_thread(self._recent)
            except DBAPIError as error:
                log.error("events cannot be read", extra={"fields": {"error": type(error.orig).__name__}})
                continue
            for change in recent:
                if change not in self._known:
                    self._hand_out(change)
            self._known = set(recent)

    def wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._woken.set)

    def close(self) -> None:
        self._closed = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, None)

    async def follow(self, after: int | None) -> AsyncIterator[Change]:
        """First a Change of kind "ready" with the newest id, then what came after `after`, then whatever comes."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        self._followers.add(queue)
        try:
            missed = await asyncio.to_thread(self._since, after) if after is not None else []
            newest = await asyncio.to_thread(self._newest)
            yield Change(newest, "ready", "")
            for change in missed:
                yield change
            while not self._closed and (next_change := await queue.get()) is not None:
                if next_change not in missed:
                    yield next_change
        finally:
            self._followers.discard(queue)

    def _hand_out(self, change: Change | None) -> None:
        for queue in self._followers:
            queue.put_nowait(change)

    def _newest(self) -> int:
        with self._database.read() as session:
            return session.scalar(select(func.max(Event.id))) or 0

    def _recent(self) -> list[Change]:
        return self._since(self._newest() - LOOK_BACK)

    def _since(self, after: int) -> list[Change]:
        with self._database.read() as session:
            rows = session.scalars(select(Event).where(Event.id > after).order_by(Event.id)).all()
            return [Change(row.id, row.kind, row.subject) for row in rows]
