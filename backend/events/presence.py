"""Whether a staff page is open anywhere, so that a kiosk need not promise that somebody will look.

A page is open while its stream of events lives. Each process of the hall keeps one row as long as it has such pages,
and asks the rows of all: that is one write every ten seconds, however many pages there are. A process that was killed
is counted out when its row is too old.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, exists, not_
from sqlalchemy.exc import SQLAlchemyError

from backend.events.feed import Feed
from backend.events.tables import OpenPages
from backend.foundation.database import Database, insert

LOOK_S = 0.5
RENEWED_S = 10.0
COUNTED = timedelta(seconds=25)
GONE = timedelta(seconds=5)  # a page that is loaded anew, or has lost its line for a moment, is back within that
log = logging.getLogger("yinling.hall")


def staff_page_open(now: datetime) -> ColumnElement[bool]:
    """For a SELECT. A row of a later day was written before the clock was set back, and does not count."""
    return exists().where(_counts(now))


def _counts(now: datetime) -> ColumnElement[bool]:
    return and_(OpenPages.until > now, OpenPages.until <= now + COUNTED)


class Presence:
    """`run` it in the server's loop, in each process of the hall."""

    def __init__(self, database: Database, clock: Callable[[], datetime], feed: Feed) -> None:
        self._database, self._clock, self._feed = database, clock, feed
        self._process = uuid4()
        self._renew_at: float | None = None  # None: the row says that no page is open here

    async def run(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Write the row when it is due."""
        now, is_open = monotonic(), self._feed.has_pages
        if is_open == (self._renew_at is not None) and (self._renew_at is None or now < self._renew_at):
            return
        try:
            await asyncio.to_thread(self._write, COUNTED if is_open else GONE)
        except SQLAlchemyError as error:  # also when no connection is free in time
            log.error("open pages cannot be written", extra={"fields": {"error": type(error).__name__}})
        else:
            self._renew_at = now + RENEWED_S if is_open else None

    def _write(self, still: timedelta) -> None:
        now = self._clock()
        until = {"until": now + still}
        with self._database.write() as session:
            session.execute(delete(OpenPages).where(not_(_counts(now))))
            row = insert(session, OpenPages).values(process=self._process, **until)
            session.execute(row.on_conflict_do_update(index_elements=[OpenPages.process], set_=until))
