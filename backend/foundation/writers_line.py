"""SQLite has one writer at a time. All of a hall stand in one line for that, also those of several processes: first
come, first served, where SQLite's own way of asking again and again lets some wait for seconds."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy.exc import OperationalError


def not_now(why: str) -> OperationalError:
    """As the database itself would refuse."""
    return OperationalError(why, None, TimeoutError(why))


def lock_file(database: Path) -> Path:
    return database.with_name(f"{database.name}-writers")


class WritersLine:
    """The line for the database in a file; the lock is on a file beside it, and ends with whoever holds it."""

    def __init__(self, file: Path) -> None:
        self.database = file
        self._lock_file = lock_file(file)
        self._here = Lock()  # a file's lock is a process's, not a thread's
        self._lock: int | None = None

    @contextmanager
    def turn(self, within_s: float) -> Iterator[None]:
        """OperationalError when others of this process take longer; those of another have a turn each before."""
        if not self._here.acquire(timeout=within_s):
            raise not_now("waiting for others that write")
        try:
            lock = self._opened()
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)
        finally:
            self._here.release()

    def close(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _opened(self) -> int:
        if self._lock is None:
            try:
                self._lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError as error:
                raise OperationalError("opening the lock", None, error) from error
        return self._lock
