"""Bringing a store of an older version to the present one, in one transaction, after a copy was put beside it."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from offline_cache.disk.raw_tables import fingerprint, read_only, set_version, sqlite_connection, tables, version_of
from offline_cache.errors import StoreError, explained
from offline_cache.migrations import STEPS, schema_version
from protocol.process.whole_files import put_in_place, unfinished

log = logging.getLogger(__name__)


def migrate(connection: Connection, path: Path) -> None:
    """Bring the store at `path` to the present version. When that fails it is as before; StoreError says what to do.

    The copy is named after its version, like kiosk.db.version-2, and stays for whoever has to go back.
    """
    before = version_of(sqlite_connection(connection))
    if before < schema_version():  # else another process was first
        copy = _copy(path, before)
        upgrade(connection, path, schema_version())
        log.info("%s is now of version %d; the copy of before is %s.", path, schema_version(), copy)


def upgrade(connection: Connection, path: Path, version: int) -> None:
    """Run the steps up to `version` in the transaction of `connection`, which checks no foreign keys.

    Every row that was whole is whole afterwards, and no damaged one looks whole. StoreError when a step fails.
    """
    sqlite = sqlite_connection(connection)
    before, orphans = version_of(sqlite), _orphans(sqlite)
    try:
        _mark_damaged(sqlite)
        operations = Operations(MigrationContext.configure(connection))
        for number in range(before + 1, version + 1):
            STEPS[number](operations)
        _hash_anew(sqlite)
        if _orphans(sqlite) > orphans:
            raise StoreError("rows would lose the rows they belong to")
    except Exception as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        problem = explained(cause, path)
        if type(problem) is StoreError:  # neither full nor damaged: the step itself failed
            problem = StoreError(
                f"The store {path} stays at version {before}, since the change to version {version} failed ({cause}); "
                "install the version of the kiosk that was here before and call an engineer."
            )
        raise problem from error
    set_version(sqlite, version)


def _copy(path: Path, version: int) -> Path:
    copy = path.with_name(f"{path.name}.version-{version}")
    with unfinished(copy) as new:
        with closing(read_only(path)) as source, closing(sqlite3.connect(new)) as target:
            source.backup(target)
        put_in_place(new, copy)
    return copy


def _mark_damaged(connection: sqlite3.Connection) -> None:
    """A damaged row gets the hash "", which never fits, so that `_hash_anew` does not vouch for it."""
    for table in tables(connection):
        damaged = [(rowid,) for rowid, is_intact, _ in table.rows(connection) if not is_intact]
        connection.executemany(f"UPDATE \"{table.name}\" SET row_hash = '' WHERE rowid = ?", damaged)


def _hash_anew(connection: sqlite3.Connection) -> None:
    """The steps may have changed what the hashes were made of."""
    for table in tables(connection):
        hashes = [(fingerprint(table.columns, values), rowid) for rowid, _, values in table.rows(connection)]
        connection.executemany(f"UPDATE \"{table.name}\" SET row_hash = ? WHERE rowid = ? AND row_hash != ''", hashes)


def _orphans(connection: sqlite3.Connection) -> int:
    """How many rows refer to one that is not there."""
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())
