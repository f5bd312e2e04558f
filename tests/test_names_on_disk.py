"""A file is not kept before its name is: after a power cut nothing would lead to it."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from backend.hall.keys import load_or_create_keys
from backend.privacy.withdrawn_file import remember
from offline_cache.audit.file import AuditFile
from offline_cache.disk.reserve import Reserve

NEW_FILES: dict[str, Callable[[Path], object]] = {
    "hall.key": lambda folder: load_or_create_keys(folder / "hall.key"),
    "withdrawn.txt": lambda folder: remember(folder, [uuid4()]),
    "audit.jsonl": lambda folder: AuditFile(folder / "audit.jsonl").note("visitor", "kept"),
    "kiosk.db.reserve": lambda folder: Reserve(folder / "kiosk.db").hold(),
}


@pytest.mark.parametrize("name", NEW_FILES)
def test_a_new_file_and_then_its_name_are_on_the_disk(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, sync = [], os.fsync

    def noted(handle: int) -> None:
        found = os.fstat(handle)
        synced.append(found.st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    NEW_FILES[name](tmp_path)
    assert synced == [(tmp_path / name).stat().st_ino, tmp_path.stat().st_ino]
