"""Which forms were erased or locked, beside the database: one that is put back from a backup has them whole again.

One line a form: its id. The file is read whenever what is too old is pruned, so that what comes back, from a backup or
from a kiosk that offers its forms again, goes within the hour.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from protocol.process.whole_files import sync_to_disk

_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def withdrawn_file(folder: Path) -> Path:
    return folder / "withdrawn.txt"


def remember(folder: Path, forms: Iterable[UUID]) -> None:
    """On the disk once this returns."""
    with open(os.open(withdrawn_file(folder), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.writelines(f"\n{one}\n" for one in forms)  # what the power cut short before spoils none of these
        file.flush()
        os.fsync(file.fileno())
    sync_to_disk(folder)  # the file's name, where it is new


def remembered(folder: Path) -> set[UUID]:
    """All of them; a line that the power cut short, or that is damaged, is none."""
    try:
        lines = withdrawn_file(folder).read_text("ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {UUID(line) for line in lines if _FORM.fullmatch(line)}
