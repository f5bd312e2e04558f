"""Whether a hall runs on this folder: its processes share a lock, which ends with them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from backend.foundation.settings import SetupError


@contextmanager
def runs(folder: Path) -> Iterator[None]:
    """This process serves. SetupError while the database is being put back."""
    with _locked(folder, fcntl.LOCK_SH, "The hall's database is being put back just now: wait until that is done."):
        yield


@contextmanager
def nobody_runs(folder: Path) -> Iterator[None]:
    """SetupError while a hall runs here."""
    with _locked(folder, fcntl.LOCK_EX, "The hall is running on this folder: stop it first, then restore."):
        yield


@contextmanager
def _locked(folder: Path, how: int, sentence: str) -> Iterator[None]:
    with _open(folder) as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError(sentence) from error
        yield


def _open(folder: Path) -> TextIO:
    return (folder / "hall.lock").open("w")
