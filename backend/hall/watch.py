"""How the hall is, looked at every few seconds from a thread of its own, so that asking for it waits for nothing."""

import asyncio
import os
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from backend.foundation.database import Database
from backend.foundation.settings import Settings
from protocol.wire import Health

LOOKS_EVERY_S = 1.0
STALE_S = 2.5  # a look that takes longer hangs, and then so does the database: a kiosk waits five seconds for an answer
ENDS_EVERY_S = 0.25
LEAST_FREE_BYTES = 32 * 1024 * 1024
_ASKED = {"sqlite": "SELECT 1", "postgresql": "SELECT txid_current()"}  # the transaction takes SQLite's writing lock


@dataclass(frozen=True)
class _Seen:
    database: bool
    disk: bool
    at: float


class Watch:
    """`health` at any time, from any thread; `run` for as long as the hall serves.

    `audit_is_whole`: what `audit.verify` found last.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder, self._url = settings.folder, settings.database_url
        self._seen = _Seen(database=True, disk=True, at=monotonic())  # the hall has just been opened
        self._own = Database(settings.database_url)  # as the hall's may have no connection to spare
        self.audit_is_whole = True
        self._stop = Event()
        self._thread: Thread | None = None

    @property
    def health(self) -> Health:
        seen = self._seen
        database = seen.database and not self._is_stale
        stores = database and (seen.disk or not self._url.startswith("sqlite"))
        is_well = database and seen.disk
        return Health(status="ok" if is_well else "degraded", stores_forms=stores, database=database, disk=seen.disk)

    @property
    def lives(self) -> bool:
        """It goes on looking, though a look may take long."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def _is_stale(self) -> bool:
        return monotonic() - self._seen.at >= STALE_S

    def start(self) -> None:
        self._stop.clear()
        self._thread = Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    async def end_waiting(self, database: Database) -> None:
        """In the server's loop: while the database says nothing, nobody waits for it."""
        while True:
            await asyncio.sleep(ENDS_EVERY_S)
            if not self.health.database:
                database.hang_up()
            if self._is_stale:
                self._own.hang_up()

    def _run(self) -> None:
        self._look(self._own)
        while not self._stop.wait(LOOKS_EVERY_S):
            self._look(self._own)
        self._own.close()

    def _look(self, database: Database) -> None:
        self._seen = _Seen(_answers(database), _has_room(self._folder), monotonic())


def _answers(database: Database) -> bool:
    try:
        with database.write() as session:
            session.execute(text(_ASKED[database.engine.dialect.name]))
    except (SQLAlchemyError, sqlite3.Error):
        return False
    return True


def _has_room(folder: Path) -> bool:
    """Whether the folder's disk has some room and can be written to."""
    probe = folder / f"hall.probe-{os.getpid()}"
    try:
        if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
            return False
        with probe.open("wb") as file:
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True
