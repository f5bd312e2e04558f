"""Small documents that all processes of a hall on this machine see, and that need neither its disk nor its database.

They are in the machine's memory (/dev/shm), gone when it is switched off, and for the hall's own user alone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

MEMORY = Path("/dev/shm")


class SharedMemory:
    """Of the hall whose data are in `folder`. OSError when there is no such memory, or it is full."""

    def __init__(self, folder: Path) -> None:
        digest = sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._place = MEMORY / f"yinling-hall-{os.geteuid()}-{digest}"

    def names(self) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self._place) if not name.startswith("."))
        except FileNotFoundError:
            return []

    def read(self, name: str) -> bytes | None:
        """None when there is none of that name."""
        try:
            return (self._place / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all."""
        self._make()
        draft = self._place / f".{name}"
        draft.write_bytes(content)
        draft.replace(self._place / name)

    def remove(self, name: str) -> None:
        (self._place / name).unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """No other process or thread changes anything meanwhile."""
        self._make()
        with (self._place / ".lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _make(self) -> None:
        """PermissionError where somebody else has put a folder of theirs in its place."""
        self._place.mkdir(mode=0o700, exist_ok=True)
        found = self._place.lstat()
        if found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise PermissionError(f"{self._place} is not the hall's own")
