"""Opening the SQLite file so that nothing is lost once it was acknowledged."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from offline_cache.disk.log_damage import set_damaged_log_aside
from offline_cache.disk.raw_tables import read_damaged_text, set_version, sqlite_connection, version_of
from offline_cache.errors import StoreCorrupt, StoreError, StoreNewer, damaged, plain_errors
from offline_cache.migrations import schema_version
from offline_cache.tables import StoredRow
from protocol.process.whole_files import sync_to_disk, unfinished

MIN_FREE_BYTES = 64 * 1024 * 1024
MAX_LOG_BYTES = 256 * 1024  # of small changes, before they are folded without a form
BUSY_TIMEOUT_S = 5.0


def open_engine(path: Path) -> Engine:
    """An engine with one connection to a whole, current database at `path`, which is created when missing.

    Raises StoreCorrupt, StoreFull or StoreError.
    """
    with plain_errors(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _create(path)
        if path.stat().st_size == 0:  # `_create` never leaves an empty file
            raise damaged(path)
        path.chmod(0o600)
        set_damaged_log_aside(path)
        engine = _engine(path)
        try:
            if _checked_version(engine, path) < schema_version():
                from offline_cache.migrate import migrate  # loads Alembic, which takes 0.1 s and 11 MB

                with rebuilding(engine) as connection:
                    migrate(connection, path)
            fold_log(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def memory_engine() -> Engine:
    """The present tables, empty, in memory."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        make_tables(connection)
    return engine


def fold_log(engine: Engine) -> None:
    """Bring the write-ahead log into the file and empty it; of damage to it all that follows would be lost in silence.

    Where another process is reading just now it stays for the next time. sqlite3.Error.
    """
    connection = engine.raw_connection()
    try:
        sqlite = connection.driver_connection
        assert isinstance(sqlite, sqlite3.Connection)
        sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def log_bytes(path: Path) -> int:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0


def free_space_ok(path: Path, min_bytes: int = MIN_FREE_BYTES) -> bool:
    """True when the disk that holds the store has room; asked before a person starts a form."""
    return shutil.disk_usage(path.parent).free >= min_bytes


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction without foreign keys, since SQLite changes a table by putting another in its place."""
    with engine.connect() as connection:
        sqlite_connection(connection).execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            sqlite_connection(connection).execute("PRAGMA foreign_keys = ON")


def fill(new: Path, make: Callable[[Connection], None]) -> None:
    """Make what is to be in the empty file `new`, in one transaction without foreign keys."""
    engine = _engine(new)
    try:
        with rebuilding(engine) as connection:
            make(connection)
    finally:
        engine.dispose()


def make_tables(connection: Connection) -> None:
    """The tables of the present version, empty."""
    StoredRow.metadata.create_all(connection)
    set_version(sqlite_connection(connection), schema_version())


def _create(path: Path) -> None:
    """Build the file under another name and link it into place whole: no crash leaves a half-made store."""
    with unfinished(path) as new:
        fill(new, make_tables)
        try:
            os.link(new, path)  # fails when another process was first, whose store is as good
        except FileExistsError:
            return
        sync_to_disk(path.parent)


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
    connection.text_factory = read_damaged_text
    wanted: dict[str, tuple[str, Any]] = {
        "journal_mode": ("WAL", "wal"),
        "synchronous": ("FULL", 2),
        "foreign_keys": ("ON", 1),
        "wal_autocheckpoint": ("0", 0),  # it folds the log and leaves it there: damaged, it would undo newer pages
    }
    for pragma, (setting, expected) in wanted.items():
        connection.execute(f"PRAGMA {pragma} = {setting}")
        (actual,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if actual != expected:
            raise StoreError(
                f"The disk that holds {path} cannot keep forms safely ({pragma} stayed {actual}); "
                "put the store on a local disk."
            )


def _checked_version(engine: Engine, path: Path) -> int:
    with engine.connect() as connection:
        version = version_of(sqlite_connection(connection))
        if version > schema_version():  # damaged or not: this program cannot tell what in it is whole
            raise StoreNewer(
                f"{path} was written by a newer version of this program (store version {version}, this one knows "
                f"{schema_version()}); update the kiosk."
            )
        problems = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if problems != "ok":
        raise damaged(path)
    if version < 1:
        raise StoreCorrupt(f"{path} is not a store of this program; set it aside and start again.")
    return version
