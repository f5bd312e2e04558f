"""Scanners and card readers: their interface, a stand-in for it, and devices that send lines."""

import logging
import os
import stat
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path
from threading import Event, Thread
from typing import Generic, Protocol, TypeVar

TRY_AGAIN_S = 3.0
_NEXT_WRITER_S = 0.2
_MOST_BYTES = 4096  # of one line

log = logging.getLogger(__name__)
Read = TypeVar("Read")
WhatIsRead = TypeVar("WhatIsRead", covariant=True)


class Reader(Protocol[WhatIsRead]):
    """Calls `on_read` from any thread for everything that it reads, until it is stopped."""

    def start(self, on_read: Callable[[WhatIsRead], None]) -> None: ...

    def stop(self) -> None: ...


class LineReader(Generic[Read]):
    """Reads lines from a pipe or a serial device; `parse` makes of a line what was read, or None of one that is none.

    A device that goes away is looked for again and again.
    """

    def __init__(self, path: Path, parse: Callable[[str], Read | None]) -> None:
        self._path, self._parse = path, parse
        self._stopped = Event()

    def start(self, on_read: Callable[[Read], None]) -> None:
        Thread(target=self._run, args=(on_read,), name=f"reader of {self._path}", daemon=True).start()

    def stop(self) -> None:
        """Reads nothing more; the thread ends with the line that it is waiting for, or with the process."""
        self._stopped.set()

    def _run(self, on_read: Callable[[Read], None]) -> None:
        said = ""
        while not self._stopped.is_set():
            try:
                with self._path.open("rb") as lines:
                    said = ""
                    while True:
                        while (line := lines.readline(_MOST_BYTES)) and not self._stopped.is_set():
                            read = self._parse(line.decode("utf-8", "replace"))
                            if read is not None:
                                on_read(read)
                        if self._stopped.wait(_NEXT_WRITER_S) or not self._has_a_next_writer(lines):
                            break
            except OSError as error:
                if said != (said := f"{self._path} cannot be read: {error.strerror}."):
                    log.warning("%s", said)
                self._stopped.wait(TRY_AGAIN_S)

    def _has_a_next_writer(self, lines: BufferedReader) -> bool:
        """Whether to keep the pipe open for its next writer: what is written while it is closed and opened is lost."""
        here = os.fstat(lines.fileno())
        return stat.S_ISFIFO(here.st_mode) and os.path.samestat(here, self._path.stat())


def reader_problem(path: Path) -> str:
    """Why nothing can come from there, in plain words; "" when something can."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"{path} is not there ({error.strerror})"
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        return f"{path} is neither a pipe nor a serial device"
    return "" if os.access(path, os.R_OK) else f"{path} may not be read"
