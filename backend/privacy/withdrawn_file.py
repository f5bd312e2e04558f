"""Which forms were erased or locked, beside the database: one that is put back from a backup has them whole again.

One line a form: its id. The file is read whenever what is too old is pruned, so that what comes back, from a backup or
from a kiosk that offers its forms again, goes within the hour.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from protocol.process.whole_files import sync_to_disk


def withdrawn_file(folder: Path) -> Path:
    return folder / "withdrawn.txt"


def remember(folder: Path, forms: Iterable[UUID]) -> None:
    """On the disk once this returns."""
    with open(os.open(withdrawn_file(folder), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.writelines(f"{one}\n" for one in forms)
        file.flush()
        os.fsync(file.fileno())
    sync_to_disk(folder)  # the file's name, where it is new


def remembered(folder: Path) -> set[UUID]:
    """All of them; half a line that the power cut short is none."""
    try:
        lines = withdrawn_file(folder).read_text("ascii").splitlines()
    except FileNotFoundError:
        return set()
    return {UUID(line) for line in lines if len(line) == 36}
