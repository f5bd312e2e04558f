"""Slips and receipts on paper. Drawing needs widgets, so whoever makes a printer brings the function that draws a page
as PNG.
"""

import logging
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

PATIENCE_S = 20.0  # for the print queue to take a page

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paper:
    """One slip or receipt: a title, lines of text, a large number to copy, and a QR code."""

    title: str
    number: str = field(repr=False)
    qr: str = field(repr=False)
    lines: tuple[str, ...]


Draw = Callable[[Paper], bytes]


class Printer(Protocol):
    def print(self, paper: Paper) -> bool:
        """Whether the page is on its way; the log says why not. May take seconds."""


class FolderPrinter:
    """The stand-in: every page is a PNG file in a folder, for this user only."""

    def __init__(self, folder: Path, draw: Draw) -> None:
        self._folder, self._draw = folder, draw

    def print(self, paper: Paper) -> bool:
        name = f"paper-{datetime.now():%Y%m%d-%H%M%S-%f}.png"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self._draw(paper))
        except OSError as error:
            log.error("%s cannot be written: %s.", self._folder, error.strerror)
            return False
        return True


class QueuePrinter:
    """A queue of the system's print service (CUPS)."""

    def __init__(self, queue: str, draw: Draw) -> None:
        self._queue, self._draw = queue, draw

    def print(self, paper: Paper) -> bool:
        command = ["lp", "-d", self._queue, "-t", "paper", "-o", "fit-to-page", "-"]
        try:
            done = subprocess.run(
                command, input=self._draw(paper), capture_output=True, timeout=PATIENCE_S, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.error("The print service does not answer: %s.", error)
            return False
        if done.returncode:
            log.error("The printer %s took nothing: %s", self._queue, done.stderr.decode("utf-8", "replace"))
        return done.returncode == 0


def printer_for(setting: str, draw: Draw) -> Printer | None:
    """The printer that a setting names: a folder's path, a queue's name, "" for none."""
    if not setting:
        return None
    return FolderPrinter(Path(setting), draw) if "/" in setting else QueuePrinter(setting, draw)


def printer_problem(setting: str) -> str:
    """Why nothing can be printed there, in plain words; "" when it can, as far as can be told."""
    if "/" in setting:
        folder = Path(setting)
        nearest = next(one for one in (folder, *folder.parents) if one.exists())
        return "" if nearest.is_dir() and os.access(nearest, os.W_OK) else f"{setting} cannot be written"
    if not shutil.which("lpstat"):
        return "the print service (cups) is not installed"
    state = subprocess.run(
        ["lpstat", "-p", setting], capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip
    if state.returncode:
        return f"there is no print queue {setting}"
    return f"the print queue {setting} is switched off" if "disabled" in state.stdout else ""
