"""Files that appear whole or not at all, and for this user only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUFFIXES = ("-wal", "-shm", "")  # of what SQLite keeps for one database, the database itself last


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to build it in. Whatever still has its name at the end is removed."""
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    try:
        yield new
    finally:
        for suffix in SUFFIXES:
            new.with_name(new.name + suffix).unlink(missing_ok=True)


class NotNewError(Exception):
    """No new file can have this name; the text is one plain sentence."""


def check_new(path: Path) -> None:
    """Before a file is made that takes nobody's place. NotNewError."""
    if os.path.lexists(path):
        raise NotNewError(f"{path} is there already: name a new file.")
    if not os.path.isdir(path.parent):
        raise NotNewError(f"There is no folder {path.parent} here: look whether the stick is there.")


def write_whole(path: Path, content: bytes) -> None:
    """The file has this content, or is as it was before. OSError."""
    with unfinished(path) as new:
        new.write_bytes(content)
        put_in_place(new, path)


def put_in_place(new: Path, path: Path) -> None:
    """`new` takes the place of `path`, also when the power goes just then."""
    sync_to_disk(new)
    new.replace(path)
    sync_to_disk(path.parent)


def sync_to_disk(path: Path) -> None:
    """Force a file, or the names in a folder, onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
