"""ID-card readers.

Their makers' drivers differ, so a small bridge program beside the driver writes one JSON line a card,
{"name": "王秀英", "number": "11010519491231002X"}, into a pipe (mkfifo) or over a serial line, which is read here.
"""

import json
import logging
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from kiosk.catalogue import resident_id

TRY_AGAIN_S = 3.0
_NEXT_WRITER_S = 0.2
_MOST_BYTES = 4096  # of one line

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Card:
    """What is used of an ID card; a scanner that types cannot tell the name."""

    number: str = field(repr=False)
    name: str = field(default="", repr=False)


class CardReader(Protocol):
    """Calls `on_card` from a thread of its own for every card laid on it, until it is stopped."""

    def start(self, on_card: Callable[[Card], None]) -> None: ...

    def stop(self) -> None: ...


class SimulatedCardReader:
    """A reader without a device: `lay` a card on it."""

    def __init__(self) -> None:
        self._on_card: Callable[[Card], None] | None = None

    def start(self, on_card: Callable[[Card], None]) -> None:
        self._on_card = on_card

    def stop(self) -> None:
        self._on_card = None

    def lay(self, card: Card) -> None:
        if self._on_card:
            self._on_card(card)


class LineCardReader:
    """Reads cards as JSON lines from a pipe or a serial device; one that goes away is looked for again and again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stopped = Event()
        self._thread: Thread | None = None

    def start(self, on_card: Callable[[Card], None]) -> None:
        self._thread = Thread(target=self._run, args=(on_card,), name="card reader", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Reads nothing more; the thread ends with the line that it is waiting for, or with the process."""
        self._stopped.set()

    def _run(self, on_card: Callable[[Card], None]) -> None:
        said = ""
        while not self._stopped.is_set():
            try:
                with self._path.open("rb") as lines:
                    said = ""
                    while (line := lines.readline(_MOST_BYTES)) and not self._stopped.is_set():
                        if card := card_in(line.decode("utf-8", "replace"), date.today()):
                            on_card(card)
                self._stopped.wait(_NEXT_WRITER_S)
            except OSError as error:
                if said != (said := f"The card reader {self._path} cannot be read: {error.strerror}."):
                    log.warning("%s", said)
                self._stopped.wait(TRY_AGAIN_S)


def card_in(line: str, today: date) -> Card | None:
    """The card that a line of a bridge program tells of; None, and the log says so, when it is none."""
    try:
        told = json.loads(line)
        name, number = told["name"], told["number"].strip().upper()
        wrong = resident_id.problem(number, today) if isinstance(name, str) else "no name"
    except (ValueError, KeyError, TypeError, AttributeError):
        wrong = "not a card"
    if wrong:
        log.warning("The card reader sent a line that is no card (%s).", wrong)  # never what the line says
        return None
    return Card(number, name.strip())


def reader_problem(path: Path) -> str:
    """Why no cards can come from there, in plain words; "" when they can."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"{path} is not there ({error.strerror})"
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        return f"{path} is neither a pipe nor a serial device"
    return "" if os.access(path, os.R_OK) else f"{path} may not be read"
