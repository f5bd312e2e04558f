"""Room that nothing else can take: a file beside the store, given back when the disk is full."""

import logging
import os
from pathlib import Path

from protocol.process.whole_files import put_in_place

RESERVE_BYTES = 64 * 1024 * 1024
log = logging.getLogger(__name__)


class Reserve:
    """The reserve of the store at `path`. With its room the present form is kept, and then no new one is begun."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(f"{path.name}.reserve")

    def is_held(self) -> bool:
        return self.path.exists()

    def hold(self) -> None:
        """Take the room when there is enough again."""
        if self.is_held():
            return
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            file = os.open(new, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(file, 0, RESERVE_BYTES)
            finally:
                os.close(file)
            put_in_place(new, self.path)
        except OSError as error:  # as full as it is now
            log.warning("No room can be reserved beside the store: %s", error.strerror)
            new.unlink(missing_ok=True)

    def give_back(self) -> None:
        """The disk is full, and somebody waits."""
        if self.is_held():
            log.error("The disk is full: the room in %s is given back.", self.path)
            self.path.unlink(missing_ok=True)
