"""Opening the SQLite file so that what was acknowledged is never lost, and saying plainly why it cannot be opened."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from offline_cache.rows import Row

SCHEMA_VERSION = 2  # 2 has the table of drafts
MIN_FREE_BYTES = 64 * 1024 * 1024
BUSY_TIMEOUT_S = 5.0


class StoreError(Exception):
    """The store cannot do what was asked. The text is one plain sentence that says what to do."""


class StoreCorrupt(StoreError):
    """The file is damaged: set it aside and start a fresh one."""


class StoreFull(StoreError):
    """No room left on the disk: nothing was kept."""


def open_engine(path: Path) -> Engine:
    """An engine with one connection to a whole, current database at `path`, which is created when missing.

    Raises StoreCorrupt, StoreFull or StoreError.
    """
    with plain_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        if path.stat().st_size == 0:  # _create never leaves an empty file
            raise StoreCorrupt(_corrupt(path))
        path.chmod(0o600)
        engine = _engine(path)
        try:
            _check(engine, path)
            _add_new_tables(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def quarantine(path: Path) -> Path:
    """Move a damaged database with its -wal and -shm aside, under a name with the time; return where it is now."""
    with plain_errors(path):
        aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
        for suffix in ("-wal", "-shm", ""):  # the database last: a crash in between leaves it to be found again
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
        _sync_folder(path.parent)
        return aside


def free_space_ok(path: Path, min_bytes: int = MIN_FREE_BYTES) -> bool:
    """True when the disk that holds the store has room: ask before a person starts a form."""
    return shutil.disk_usage(path.parent).free >= min_bytes


def keep_rotten_text(raw: bytes) -> str:
    """For SQLite's text_factory: rotten text comes back to be judged by its row's hash instead of failing to decode."""
    return raw.decode("utf-8", "surrogateescape")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite, SQLAlchemy and the file system raise into a StoreError of the right kind."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(error.orig, path) from error
    except (sqlite3.Error, OSError) as error:
        raise _explained(error, path) from error


def _create(path: Path) -> None:
    """Build the file under another name and link it into place whole: no crash leaves a half-made store."""
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    try:
        engine = _engine(new)
        try:
            with engine.begin() as connection:
                Row.metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        finally:
            engine.dispose()
        try:
            os.link(new, path)  # fails when another process was first, whose store is as good
        except FileExistsError:
            return
        _sync_folder(path.parent)
    finally:
        for suffix in ("", "-wal", "-shm"):
            new.with_name(new.name + suffix).unlink(missing_ok=True)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S},
    )
    event.listen(engine, "connect", lambda connection, _record: _configure(connection, path))
    # Taking the write lock at once makes check-then-write safe between the kiosk and its command line.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _configure(connection: sqlite3.Connection, path: Path) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event starts transactions, not the driver
    connection.text_factory = keep_rotten_text
    wanted: dict[str, tuple[str, Any]] = {
        "journal_mode": ("WAL", "wal"),
        "synchronous": ("FULL", 2),
        "foreign_keys": ("ON", 1),
    }
    for pragma, (setting, expected) in wanted.items():
        connection.execute(f"PRAGMA {pragma} = {setting}")
        (actual,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if actual != expected:
            raise StoreError(
                f"The disk that holds {path} cannot keep forms safely ({pragma} stayed {actual}); "
                "put the store on a local disk."
            )


def _check(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        problems = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        version = _version(connection)
    if problems != "ok":
        raise StoreCorrupt(_corrupt(path))
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was written by a newer version of this program (store version {version}, this one knows "
            f"{SCHEMA_VERSION}); update the kiosk."
        )
    if version < 1:
        raise StoreCorrupt(f"{path} is not a store of this program; set it aside and start again.")


def _add_new_tables(engine: Engine) -> None:
    """Bring a store of an older version up to date; nothing that is there is changed."""
    with engine.begin() as connection:
        if _version(connection) < SCHEMA_VERSION:
            Row.metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _explained(error: BaseException | None, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF  # the high bits only refine it
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (kind == sqlite3.SQLITE_READONLY and writable):
        return StoreCorrupt(_corrupt(path))
    if kind == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC or _disk_is_full(path):
        return StoreFull(f"The disk that holds {path} is full; free some space, this was not kept.")
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(f"Another program is holding {path}; close it and try again.")
    if not writable:
        return StoreError(f"The folder {path.parent} cannot be written; give this user the right to write there.")
    return StoreError(f"The store {path} cannot be used ({error}); check the disk.")


def _disk_is_full(path: Path) -> bool:
    """SQLite reports some writes that found no room (its -shm file) as plain input/output errors."""
    return path.parent.is_dir() and shutil.disk_usage(path.parent).free == 0


def _corrupt(path: Path) -> str:
    return f"The store {path} is damaged; keep the file for an engineer and start the kiosk again."


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
