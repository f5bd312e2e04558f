"""Slips and receipts on paper. Drawing needs widgets, so whoever makes a printer brings the function that draws a page
as PNG. Receipt printers are in receipt_printer, and printer_setting chooses.
"""

import logging
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from kiosk.devices.helper_process import PATIENCE_S, HelperError

USUAL_DOTS = 576  # across 80 mm paper

Printing = Literal["", "printing", "printed", "failed"]  # how far a page has come, "" where none is printed

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paper:
    """One slip, receipt or number of the queue: a title, lines, a large number to copy, and perhaps a QR code."""

    title: str
    number: str = field(repr=False)
    qr: str = field(repr=False)
    lines: tuple[str, ...]


Draw = Callable[[Paper, int], bytes]  # the page as PNG, so many dots wide
Make = Callable[[Paper], bytes]


class Printer(Protocol):
    def print(self, paper: Paper) -> bool:
        """Whether the page is on its way; the log says why not. May take seconds."""


class FolderPrinter:
    """Every page is a file in a folder, for this user only: where there is no printer, and for trying."""

    def __init__(self, folder: Path, make: Make, ending: str) -> None:
        self._folder, self._make, self._ending = folder, make, ending

    def print(self, paper: Paper) -> bool:
        name = f"paper-{datetime.now():%Y%m%d-%H%M%S-%f}.{self._ending}"
        try:
            page = self._make(paper)
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(page)
        except OSError as error:
            log.error("%s cannot be written: %s.", self._folder, error.strerror)
            return False
        except HelperError as error:
            log.error("A page was not made: %s", error)
            return False
        return True


class QueuePrinter:
    """A queue of the system's print service (CUPS)."""

    def __init__(self, queue: str, make: Make) -> None:
        self._queue, self._make = queue, make

    def print(self, paper: Paper) -> bool:
        command = ["lp", "-d", self._queue, "-t", "paper", "-o", "fit-to-page", "-"]
        try:
            done = subprocess.run(
                command, input=self._make(paper), capture_output=True, timeout=PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.error("The print service does not answer: %s.", error)
            return False
        if done.returncode:
            log.error("The printer %s took nothing: %s", self._queue, done.stderr.decode("utf-8", "replace"))
        return done.returncode == 0


def folder_problem(folder: Path) -> str:
    """Why no page can be written there, in plain words; "" when it can."""
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    return "" if nearest.is_dir() and os.access(nearest, os.W_OK) else f"{folder} cannot be written"


def queue_problem(queue: str) -> str:
    """Why that queue prints nothing, in plain words; "" when it does, as far as can be told."""
    if not shutil.which("lpstat"):
        return "the print service (cups) is not installed"
    state = subprocess.run(
        ["lpstat", "-p", queue], capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
    if state.returncode:
        return f"there is no print queue {queue}"
    return f"the print queue {queue} is switched off" if "disabled" in state.stdout else ""
