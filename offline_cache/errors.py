"""What can go wrong with the store's file, each in one plain sentence that says what to do."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The store cannot do what was asked. The text is one plain sentence that says what to do."""


class StoreCorrupt(StoreError):
    """The file is damaged: set it aside and start a fresh one."""


class StoreNewer(StoreError):
    """A newer program wrote the file: it is left alone until that program is here again."""


class StoreFull(StoreError):
    """No room left on the disk: nothing was kept."""


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite, SQLAlchemy and the file system raise into a StoreError of the right kind."""
    try:
        yield
    except DBAPIError as error:
        raise explained(error.orig, path) from error
    except UnicodeDecodeError as error:  # SQLite quotes what is damaged
        raise damaged(path) from error
    except (sqlite3.Error, OSError) as error:
        raise explained(error, path) from error


def explained(error: BaseException | None, path: Path) -> StoreError:
    """The StoreError for what SQLite or the file system said about the store at `path`."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF  # the high bits only refine it
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or (kind == sqlite3.SQLITE_READONLY and writable):
        return damaged(path)
    if kind == sqlite3.SQLITE_FULL or getattr(error, "errno", None) == errno.ENOSPC or _disk_is_full(path):
        return StoreFull(f"The disk that holds {path} is full; free some space, this was not kept.")
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError(f"Another program is holding {path}; close it and try again.")
    if not writable:
        return StoreError(f"The folder {path.parent} cannot be written; give this user the right to write there.")
    return StoreError(f"The store {path} cannot be used ({error}); check the disk.")


def damaged(path: Path) -> StoreCorrupt:
    return StoreCorrupt(f"The store {path} is damaged; keep the file for an engineer and start the kiosk again.")


def _disk_is_full(path: Path) -> bool:
    """SQLite reports some writes that found no room (its -shm file) as plain input/output errors."""
    return path.parent.is_dir() and shutil.disk_usage(path.parent).free == 0
