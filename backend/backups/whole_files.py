"""Files that appear whole or not at all, on the disk, for the hall's user alone."""

import os
import secrets
from hashlib import file_digest
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    new = new_beside(path)
    with new.open("wb") as file:
        file.write(content)
    put_in_place(new, path)


def new_beside(path: Path) -> Path:
    """An empty file in the same folder."""
    new = path.with_name(f"{path.name}.new-{secrets.token_hex(4)}")
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return new


def put_in_place(new: Path, path: Path) -> None:
    """`new` takes the place of `path`, also when the power goes just then."""
    for one in (new, path.parent):
        if one == path.parent:
            new.replace(path)
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
