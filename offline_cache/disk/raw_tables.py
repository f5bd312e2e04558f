"""Tables as a file has them, whatever its version, and the hashes of their rows.

The classes of offline_cache.tables know the present version only.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection


@dataclass(frozen=True)
class RawTable:
    name: str
    columns: tuple[str, ...]  # in the order of the file, without row_hash

    def rows(
        self, connection: sqlite3.Connection, order: Literal["ASC", "DESC"] = "ASC"
    ) -> Iterator[tuple[int, bool, tuple[object, ...]]]:
        """For each row its rowid, whether its hash is right, and its values. Raises sqlite3.Error."""
        columns = ", ".join(f'"{name}"' for name in self.columns)
        for rowid, row_hash, *values in connection.execute(
            f'SELECT rowid, row_hash, {columns} FROM "{self.name}" ORDER BY rowid {order}'
        ):
            yield rowid, row_hash == fingerprint(self.columns, values), tuple(values)

    def insert(self, connection: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
        columns = ", ".join(f'"{name}"' for name in (*self.columns, "row_hash"))
        marks = ", ".join("?" * (len(self.columns) + 1))
        connection.executemany(
            f'INSERT INTO "{self.name}" ({columns}) VALUES ({marks})',
            [(*values, fingerprint(self.columns, values)) for values in rows],
        )


def tables(connection: sqlite3.Connection) -> list[RawTable]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [RawTable(name, _columns(connection, name)) for (name,) in names.fetchall()]


def fingerprint(columns: Iterable[str], values: Iterable[object]) -> str:
    """What `row_hash` has to be: SHA-256 over the names and values of all other columns."""
    return sha256(ascii(list(zip(columns, values, strict=True))).encode("ascii")).hexdigest()


def sqlite_connection(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection, in the same transaction."""
    sqlite = connection.connection.driver_connection
    assert isinstance(sqlite, sqlite3.Connection)
    return sqlite


def version_of(connection: sqlite3.Connection) -> int:
    """The store's version; 0 for an empty database."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def set_version(connection: sqlite3.Connection, version: int) -> None:
    connection.execute(f"PRAGMA user_version = {version}")


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file at `path`."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = read_damaged_text
    return connection


def read_damaged_text(raw: bytes) -> str:
    """For SQLite's text_factory: damaged text is read without an error, and its row's hash tells that it is damaged."""
    return raw.decode("utf-8", "surrogateescape")


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    names = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    return tuple(name for (name,) in names if name != "row_hash")
