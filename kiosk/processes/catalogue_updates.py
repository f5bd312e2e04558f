"""The folder that the hall gives to its kiosks: fetched file by file, checked, and taken over whole or not at all.

`DATA/catalogue/NUMBER/` holds one that came whole; `DATA/catalogue/current` leads to the one in use. What is being
fetched lies in `NUMBER.part/`, so that a line that breaks costs only the file that was on its way.
"""

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from pydantic import ValidationError

from kiosk.operations.published import published_folder, published_number
from kiosk.operations.registered import keep_registered, registered_rules
from offline_cache.hall_client import HallClient, HallError
from offline_cache.store import Store, StoreError
from offline_cache.sync import pinned_hall_key
from protocol.catalogue import CatalogueNotice, FileList, check_notice, check_rules
from protocol.process.whole_files import sync_to_disk
from protocol.signing import SignatureError

LOOK_EVERY_S = 60.0
log = logging.getLogger(__name__)


class CatalogueUpdates:
    """`mistakes` says what in a folder this program cannot read. `client` is for this thread alone."""

    def __init__(self, data: Path, store: Store, client: HallClient, mistakes: Callable[[Path], list[str]]) -> None:
        self._data, self._folder = data, data / "catalogue"
        self._store, self._client, self._mistakes = store, client, mistakes
        self._refused: int | None = None  # the number of one that came and cannot be used
        self.trouble: str | None = None  # one plain sentence for those who see the heartbeat

    def run(self) -> None:
        """Look again and again, in a thread of its own: no call for help waits for a file."""
        while True:
            with suppress(HallError, StoreError):  # whoever sends forms says so
                self.look()
            time.sleep(LOOK_EVERY_S)

    def look(self) -> None:
        """Fetch what is new. HallError when the line breaks: what came is kept, and the next look goes on with it."""
        key = pinned_hall_key(self._store)
        if key is None or not key.verify_key:
            return
        self._look_at_rules(key.verify_key)
        notice = self._client.catalogue_notice()
        if notice is None or notice.number == self._refused:
            return
        if notice.number <= (published_number(self._data) or 0):
            return
        try:
            check_notice(notice, key.verify_key)
            part = self._fetched(notice)
        except (SignatureError, ValidationError, OSError) as error:
            self._cannot_use(notice.number, str(error).splitlines()[0])
            return
        if wrong := self._mistakes(part):
            self._cannot_use(notice.number, wrong[0])
            return
        self._take_over(notice.number, part)

    def _look_at_rules(self, verify_key: bytes) -> None:
        """Which rules the hall has registered; an older hall keeps no register, and an older register is none."""
        told, kept = self._client.registered_rules(), registered_rules(self._data)
        if told is None or (kept and told.number <= kept.number):
            return
        try:
            check_rules(told, verify_key)
            keep_registered(self._data, told)
        except (SignatureError, OSError) as error:
            self.trouble = f"the rules that the hall has registered cannot be used here ({error})"
            log.error("%s", self.trouble)
            return
        log.info("The hall's register of rules %s is in use.", told.number)

    def _fetched(self, notice: CatalogueNotice) -> Path:
        """The folder with every file of the list in it, and nothing else."""
        part = self._folder / f"{notice.number}.part"
        files = FileList.model_validate_json(self._client.catalogue_file(notice.file_list)).files
        old = published_folder(self._data)
        for path, digest in files.items():
            target = part / path
            if _digest(target) == digest:
                continue
            same = old / path if old and _digest(old / path) == digest else None
            body = same.read_bytes() if same else self._client.catalogue_file(digest)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.write_bytes(body)
            sync_to_disk(target)
        part.mkdir(mode=0o700, parents=True, exist_ok=True)  # a folder may be empty
        for stray in [
            one for one in part.rglob("*") if one.is_file() and one.relative_to(part).as_posix() not in files
        ]:
            stray.unlink()
        return part

    def _take_over(self, number: int, part: Path) -> None:
        whole = part.with_name(str(number))
        rmtree(whole, ignore_errors=True)
        part.rename(whole)
        new = self._folder / "current.new"
        new.unlink(missing_ok=True)
        new.symlink_to(whole.name)
        before = published_folder(self._data)
        os.replace(new, self._folder / "current")
        sync_to_disk(self._folder)
        self.trouble = None
        for old in self._folder.iterdir():
            if old.name not in ("current", whole.name, before.name if before else ""):
                rmtree(old, ignore_errors=True)
        log.info("The hall's catalogue %s is in use.", number)

    def _cannot_use(self, number: int, why: str) -> None:
        self._refused = number
        self.trouble = f"catalogue {number} of the hall cannot be used here ({why}); the one before stays in use"
        log.error("%s", self.trouble)


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None
