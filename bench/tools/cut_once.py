"""What is done once, on a disk that loses its power in between: afterwards it is done or not begun, and all starts."""

import os
import shutil
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from hall_support import RIGHT_ANSWERS, HallProcess, settings_in, signed, submission
from sqlalchemy import select

from backend import cli
from backend.backups import dumps
from backend.backups.manifest import NAME, check_files, read_manifest
from backend.foundation.settings import SetupError
from backend.hall.hall import open_hall
from backend.hall.state import state_of
from backend.kiosks.enrolment import give_code
from backend.privacy.withdrawn_file import remember, remembered
from backend.server.certificates import Certificates
from backend.submissions.intake import take_in
from backend.submissions.tables import Submission
from bench.tools.cutting import Tell
from kiosk.operations.enrolment import enrol, renew
from kiosk.operations.hall_access import hall_client
from kiosk.operations.settings import Settings
from offline_cache.hall_client import HallError
from offline_cache.store import Store, StoreError, open_or_quarantine
from offline_cache.sync import PINNED_KEY, pin_hall_key, pinned_hall_key
from offline_cache.trust.identity_file import IdentityError, IdentityFile
from protocol.enrolment import KioskState
from protocol.sealing import generate_keys
from protocol.wire import HallKey

OLD, NEW = "not begun", "done"
KIOSK = "村委会-1"


class Once(Protocol):
    """`prepare` brings the folder to where it can be done (again); `judge` says OLD, NEW, or what is wrong."""

    name: str

    def prepare(self, folder: Path) -> None: ...

    def work(self, mount: Path, tell: Tell) -> None: ...

    def judge(self, folder: Path, told: list[str]) -> str: ...


class FirstStart:
    """A hall makes its folder: database, keys, certificate authority; and notes down a form that was taken back."""

    name = "first_start"

    def prepare(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()

    def work(self, mount: Path, tell: Tell) -> None:
        hall = open_hall(settings_in(mount))
        Certificates(mount).authority(hall.clock())
        tell(hall.keys.key_id)
        form = uuid4()
        remember(mount, [form])
        tell(str(form))

    def judge(self, folder: Path, told: list[str]) -> str:
        try:
            hall = open_hall(settings_in(folder))
            Certificates(folder).authority(hall.clock())
        except SetupError as error:
            return str(error)
        if told and told[0] != hall.keys.key_id:
            return "the hall has another key than it had told"
        if {*told[1:]} - {str(form) for form in remembered(folder)}:
            return "it is forgotten which form was taken back"
        return NEW if told else OLD


class Enrolment:
    """A kiosk that knew another hall before is enrolled."""

    name = "enrolment"

    def __init__(self, hall: HallProcess) -> None:
        self._hall = hall
        self._code = ""

    def settings(self, folder: Path) -> Settings:
        return Settings(data=folder, kiosk=KIOSK, hall=self._hall.url)

    def prepare(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        store = Store.open(self.settings(folder).store_file)
        other = HallKey(key_id="another", public_key=generate_keys().public)
        store.set(PINNED_KEY, other.model_dump_json())
        store.close()
        hall = open_hall(settings_in(self._hall.folder))
        self._code, _ = give_code(hall, KIOSK, approved=True)
        hall.database.close()

    def work(self, mount: Path, tell: Tell) -> None:
        settings = self.settings(mount)
        identity, _ = enrol(settings, Store.open(settings.store_file), self._code, self._hall.url)
        tell(identity.fingerprint)

    def judge(self, folder: Path, told: list[str]) -> str:
        settings = self.settings(folder)
        try:
            identity = IdentityFile(settings.identity_file).read()
            store, aside = open_or_quarantine(settings.store_file)
            if aside:
                return "the store is damaged"
            if identity is None:
                return "the kiosk has forgotten that it was enrolled" if told else OLD
            client = hall_client(settings, self._hall.url)
            pin_hall_key(store, client)
            pinned = pinned_hall_key(store)
            if client.who_am_i().state is not KioskState.APPROVED or pinned is None:
                return "the hall does not know this kiosk"
            return NEW if pinned.public_key == identity.hall_key.public_key else "another hall's key is pinned"
        except (IdentityError, StoreError, HallError) as error:
            return str(error)


class KeyChange:
    """An enrolled kiosk changes its key; what was begun has to be ended by doing it again."""

    name = "key_change"

    def __init__(self, enrolment: Enrolment, url: str) -> None:
        self._enrolment, self._url = enrolment, url
        self._before = b""

    def prepare(self, folder: Path) -> None:
        if not folder.exists():
            self._enrolment.prepare(folder)
            self._enrolment.work(folder, lambda line: None)
        self._before = self._key(folder)

    def _key(self, folder: Path) -> bytes:
        identity = IdentityFile(self._enrolment.settings(folder).identity_file).read()
        return identity.private_key if identity else b""

    def work(self, mount: Path, tell: Tell) -> None:
        tell(renew(self._enrolment.settings(mount), self._url, datetime.now(UTC)).fingerprint)

    def judge(self, folder: Path, told: list[str]) -> str:
        try:
            is_new = self._key(folder) != self._before
            if told and not is_new:
                return "the kiosk has its old key back"
            renew(self._enrolment.settings(folder), self._url, datetime.now(UTC))
        except (IdentityError, HallError) as error:
            return str(error)
        return NEW if is_new else OLD


class Backup:
    """`hall backup` into the same folder again and again, the first of them into an empty one."""

    name = "backup"

    def __init__(self) -> None:
        self._before = 0

    def prepare(self, folder: Path) -> None:
        """One more form, so that old and new differ; and each third time there is no backup yet."""
        (folder / "hall").mkdir(parents=True, exist_ok=True)
        if (self._before + 1) % 3 == 0:
            shutil.rmtree(folder / "backup", ignore_errors=True)
        self._before = len(_forms(folder / "hall"))
        _bring_form(folder / "hall")

    def work(self, mount: Path, tell: Tell) -> None:
        _hall_command(mount, "backup", str(mount / "backup"))
        tell("done")

    def judge(self, folder: Path, told: list[str]) -> str:
        there = folder / "backup"
        try:
            found = OLD
            if (there / NAME).exists():
                manifest = read_manifest(there)
                check_files(there, manifest)
                dumps.check("sqlite", there / manifest.database)
                found = NEW if manifest.forms == self._before + 1 else OLD
                if _safe_arrival(folder / "hall") > manifest.arrivals:
                    return "kiosks are told that forms are safe which are in no backup"
            if told and found is OLD:
                return "the backup is gone"
            _hall_command(folder, "backup", str(there))
        except (SetupError, SystemExit) as error:
            return str(error)
        return found


class Restore:
    """`hall restore` of an older backup."""

    name = "restore"

    def __init__(self) -> None:
        self._backup = self._before = 0

    def prepare(self, folder: Path) -> None:
        hall = folder / "hall"
        if not (folder / "backup").exists():
            hall.mkdir(parents=True, exist_ok=True)
            _bring_form(hall)
            _hall_command(folder, "backup", str(folder / "backup"))
            self._backup = len(_forms(hall))
        for aside in hall.glob("hall.db.replaced-*"):
            aside.unlink()
        _bring_form(hall)
        self._before = len(_forms(hall))

    def work(self, mount: Path, tell: Tell) -> None:
        _hall_command(mount, "restore", str(mount / "backup"), "--replace")
        tell("done")

    def judge(self, folder: Path, told: list[str]) -> str:
        try:
            forms = len(_forms(folder / "hall"))
        except SetupError as error:
            return str(error)
        if forms == self._before:
            return "the older database is back" if told else OLD
        return NEW if forms == self._backup else f"the hall has {forms} forms, of {self._before} or {self._backup}"


def _forms(folder: Path) -> list[object]:
    hall = open_hall(settings_in(folder))
    with hall.database.read() as session:
        found: list[object] = list(session.scalars(select(Submission.id)))
    hall.database.close()
    return found


def _bring_form(folder: Path) -> None:
    hall, form = open_hall(settings_in(folder)), uuid4()
    take_in(hall, form, submission(hall.keys.public, form, RIGHT_ANSWERS, created_at=hall.clock()), signed(hall))
    hall.database.close()


def _safe_arrival(folder: Path) -> int:
    hall = open_hall(settings_in(folder))
    with hall.database.read() as session:
        safe = state_of(session).safe_arrival
    hall.database.close()
    return safe


def _hall_command(folder: Path, *words: str) -> None:
    os.environ["YINLING_HALL_DATA"] = str(folder / "hall")
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = cli.main(words)
    if status:
        raise SystemExit(said.getvalue().strip())
