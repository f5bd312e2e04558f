"""Files that only their owner may read."""

import os
from pathlib import Path


def for_owner_alone(database: Path) -> None:
    """Make the file of an SQLite database so, before anything is in it; its log follows. What was open is closed."""
    if database.parent.is_dir():
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
    for file in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
        if file.exists() and file.stat().st_mode & 0o077:
            file.chmod(0o600)
