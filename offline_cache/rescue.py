"""Replacing a damaged store by a fresh one with all rows that are still whole: their forms may not be delivered yet."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from offline_cache.database import fill, make_tables
from offline_cache.disk.raw_tables import RawTable, read_only, sqlite_connection, tables, version_of
from offline_cache.errors import plain_errors
from offline_cache.migrations import schema_version
from offline_cache.tables import OutboxRow, SubmissionRow
from protocol.process.whole_files import SUFFIXES, sync_to_disk, unfinished


def replace_damaged(path: Path) -> Path:
    """Put every row at `path` whose hash is right into a fresh store there; return where the damaged file is now.

    The damaged files are only read, and stay in place until the fresh store is complete. Raises StoreError.
    """
    with plain_errors(path), unfinished(path) as new:
        with closing(read_only(path)) as source:
            fill(new, lambda connection: _carry_over(source, connection, path))
        aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")
        for suffix in SUFFIXES:
            part = path.with_name(path.name + suffix)
            if part.exists():
                os.link(part, aside.with_name(aside.name + suffix))
        for suffix in SUFFIXES[:-1]:  # SQLite would apply them to the fresh store
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        new.replace(path)
        sync_to_disk(path.parent)
        return aside


def _carry_over(source: sqlite3.Connection, connection: Connection, path: Path) -> None:
    """Fill an empty database. A form whose outbox row is lost is sent again: the hall keeps it only once."""
    version = _version(source)
    if version == schema_version():
        make_tables(connection)
        _copy_whole_rows(source, sqlite_connection(connection))
    else:
        from offline_cache.migrate import upgrade  # loads Alembic

        upgrade(connection, path, version)
        _copy_whole_rows(source, sqlite_connection(connection))
        upgrade(connection, path, schema_version())
    with Session(connection) as session, session.begin():
        queued = select(OutboxRow.sequence)
        for sequence in session.scalars(select(SubmissionRow.sequence).where(SubmissionRow.sequence.not_in(queued))):
            session.add(OutboxRow(sequence=sequence))


def _copy_whole_rows(source: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
    for table in tables(fresh):
        table.insert(fresh, _whole_rows(source, table))
    for name, rowid, *_ in fresh.execute("PRAGMA foreign_key_check").fetchall():  # it refers to a lost row
        fresh.execute(f'DELETE FROM "{name}" WHERE rowid = ?', (rowid,))


def _whole_rows(source: sqlite3.Connection, table: RawTable) -> list[tuple[object, ...]]:
    """Read from both ends, since reading stops where the file is broken."""
    found: dict[int, tuple[object, ...]] = {}
    for order in ("ASC", "DESC"):
        try:
            found.update((rowid, values) for rowid, is_intact, values in table.rows(source, order) if is_intact)
        except (sqlite3.Error, UnicodeDecodeError):
            continue  # broken here; the rows read so far are good
    return [found[rowid] for rowid in sorted(found)]


def _version(source: sqlite3.Connection) -> int:
    """The version to read `source` as; the present one when it says none, and then no row can be read either."""
    try:
        version = version_of(source)
    except (sqlite3.Error, UnicodeDecodeError):
        return schema_version()
    return version if 1 <= version <= schema_version() else schema_version()
