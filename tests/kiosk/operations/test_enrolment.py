"""A kiosk becomes a key that its hall knows, keeps forms and calls until it is let in, and then sends them all."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import settings_in
from project import ASSETS
from test_versions import ToHall

from backend.app import create_app
from backend.hall.hall import Hall, open_hall
from backend.kiosks.enrolment import approve, give_code, revoke
from forms import load_catalogue
from forms.definition import Definition
from kiosk.cli import main
from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import NewForm
from kiosk.operations import hall_access
from kiosk.operations.doctor import Sentences, _identity
from kiosk.operations.enrolment import KEY_LIVES, change_key, change_old_key, enrol, renew
from kiosk.operations.hall_access import NOWHERE, hall_address, hall_client
from kiosk.operations.settings import Settings
from kiosk.processes.sync_process import sync_worker
from offline_cache.hall_client import HallBlocked, HallClient, HallRefused, HallUnreachable, KioskNotAdmitted
from offline_cache.status import kiosk_status
from offline_cache.store import Store
from offline_cache.sync import PINNED_KEY, pin_hall_key, pinned_hall_key
from offline_cache.trust.identity_file import IdentityError, IdentityFile
from protocol.receipts.new_number import new_receipt_number
from protocol.sealing import generate_keys
from protocol.wire import HallKey

URL = "http://127.0.0.1:8300"
ANSWERS = {"name": "欧阳秀兰"}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("YINLING_CONFIG", "")
    for name, value in {"DATA": tmp_path / "kiosk", "HALL": URL, "COUNTY": "", "KIOSK": "村部一号"}.items():
        monkeypatch.setenv(f"YINLING_{name}", str(value))
    return Settings()


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready_halls: None) -> Iterator[Hall]:
    """In this process; whoever asks for a client gets one that leads there."""
    opened = open_hall(settings_in(tmp_path / "hall"))
    with TestClient(create_app(opened, lambda pin: None)) as client:

        class Led(HallClient):
            def __init__(self, url: str, **given: object) -> None:
                super().__init__(url, **given)  # type: ignore[arg-type]
                self.session.mount(URL, ToHall(client))

        monkeypatch.setattr(hall_access, "HallClient", Led)
        yield opened
    opened.database.close()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    settings.data.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.store_file)
    yield store
    store.close()


@pytest.fixture
def file(settings: Settings) -> IdentityFile:
    return IdentityFile(settings.identity_file)


def code(hall: Hall) -> str:
    return give_code(hall, "村部一号")[0]


def test_until_it_is_let_in_everything_waits_and_then_all_is_sent(hall: Hall, settings: Settings, store: Store) -> None:
    now = datetime.now(UTC)
    worker = sync_worker(settings, store, hall_client(settings, URL), list)
    kiosk = OfflineHallService("村部一号", store, worker, lambda: hall_client(settings, URL))
    pin_hall_key(store, hall_client(settings, URL))
    catalogue = load_catalogue(ASSETS)
    definition = Definition.of(catalogue, catalogue.service("old-age-allowance"))
    (number,) = kiosk.keep([NewForm(definition, ANSWERS, new_receipt_number())], "zh")
    kiosk.call("home", None)
    kiosk_file = IdentityFile(settings.identity_file)

    def step(seconds: int) -> tuple[str, str, tuple[str, ...]]:
        worker.step(now + timedelta(seconds=seconds))
        return str(kiosk_status(store, kiosk_file)["state"]), kiosk.receipt_state(number), kiosk.notices()

    assert step(0) == ("not_enrolled", "saved", ("not_let_in",))
    call = kiosk.staff_call()
    assert call
    assert call.reached_hall, "a call for help is never refused"
    enrol(settings, store, code(hall), URL)
    assert step(60) == ("waiting_for_approval", "saved", ("not_let_in",))
    approve(hall, "somebody", "村部一号")
    assert step(120) == ("enrolled", "delivered", ())
    revoke(hall, "somebody", "村部一号")
    assert step(240) == ("revoked", "delivered", ("not_let_in",))


def test_enrolled_with_another_hall_just_before_a_power_cut(hall: Hall, settings: Settings, store: Store) -> None:
    enrol(settings, store, code(hall), URL)
    other = HallKey(key_id="other", public_key=generate_keys().public)
    store.set(PINNED_KEY, other.model_dump_json())  # the file was written and what follows was not
    pinned = pin_hall_key(store, hall_client(settings, URL))
    assert pinned_hall_key(store) == pinned
    settings.identity_file.unlink()
    store.set(PINNED_KEY, other.model_dump_json())
    with pytest.raises(HallBlocked, match="another key"):
        pin_hall_key(store, hall_client(settings, URL))


def test_the_file_is_for_its_user_alone_and_says_who_it_is(hall: Hall, settings: Settings, store: Store) -> None:
    identity, state = enrol(settings, store, code(hall), URL)
    assert (identity.name, identity.hall, state) == ("村部一号", URL, "waiting")
    assert settings.identity_file.stat().st_mode & 0o777 == 0o600
    assert IdentityFile(settings.identity_file).read() == identity
    assert identity.private_key.hex() not in repr(identity)
    (record,) = [one.record for one in store.audit.entries()]
    assert (record["who"], record["action"], record["detail"]) == ("staff", "enrolled", identity.fingerprint)


def test_a_code_of_another_hall_changes_nothing(
    hall: Hall, settings: Settings, store: Store, file: IdentityFile
) -> None:
    with pytest.raises(HallRefused, match="gave out no such code"):
        enrol(settings, store, "ABCD-EFGH-JKMN", URL)
    assert file.read() is None


def test_a_key_is_changed_after_90_days(hall: Hall, settings: Settings, store: Store, file: IdentityFile) -> None:
    before, _ = enrol(settings, store, code(hall), URL)
    approve(hall, "somebody", "村部一号")
    client, now = hall_client(settings, URL), datetime.now(UTC)
    change_old_key(settings, client, now)
    assert file.read() == before
    change_old_key(settings, client, now + KEY_LIVES + timedelta(days=1))
    after = file.read()
    assert after
    assert after.private_key != before.private_key
    assert client.who_am_i().name == "村部一号", "a client that is already there takes the new key up"
    with pytest.raises(KioskNotAdmitted, match="not this kiosk's"):
        client.who_am_i(before)


@pytest.mark.parametrize("had_arrived", [True, False])
def test_a_change_that_was_cut_off_is_ended(
    hall: Hall, settings: Settings, store: Store, file: IdentityFile, monkeypatch: pytest.MonkeyPatch, had_arrived: bool
) -> None:
    enrol(settings, store, code(hall), URL)
    approve(hall, "somebody", "村部一号")
    client, now = hall_client(settings, URL), datetime.now(UTC)
    change = HallClient.new_key

    def cut_off(client: HallClient, body: object) -> None:
        if had_arrived:
            change(client, body)  # type: ignore[arg-type]
        raise HallUnreachable("the line broke")

    with monkeypatch.context() as broken:
        broken.setattr(HallClient, "new_key", cut_off)
        with pytest.raises(HallUnreachable):
            change_key(client, file, now)
    half = file.read()
    assert half
    assert half.next_key
    change_old_key(settings, client, now)
    whole = file.read()
    assert whole
    assert (whole.private_key, whole.next_key) == (half.next_key, b"")
    assert client.who_am_i().name == "村部一号"
    assert renew(settings, URL, now).private_key != whole.private_key


def test_a_damaged_file_is_said_and_no_other_hall_takes_its_place(
    hall: Hall, settings: Settings, store: Store, file: IdentityFile
) -> None:
    enrol(settings, store, code(hall), URL)
    elsewhere = settings.model_copy(update={"hall": ""})
    assert hall_address(elsewhere) == URL
    settings.identity_file.write_text("{", "utf-8")
    with pytest.raises(IdentityError, match="enrol it anew"):
        file.read()
    assert hall_address(elsewhere) == NOWHERE
    assert "enrol it anew" in str(kiosk_status(store, file)["state"])
    assert _identity(settings, Sentences(settings.assets, "en")).status == "degraded"


def test_the_doctor_says_who_it_is_and_in_what_state(hall: Hall, settings: Settings, store: Store) -> None:
    def said() -> tuple[str, str, str]:
        found = _identity(settings, Sentences(settings.assets, "en"))
        return found.status, found.detail, found.mend

    assert said()[0] == "degraded"
    assert "kiosk enrol CODE" in said()[2]
    identity, _ = enrol(settings, store, code(hall), URL)
    status, detail, mend = said()
    assert status == "degraded"
    assert identity.fingerprint in detail
    assert "hall approve" in mend
    approve(hall, "somebody", "村部一号")
    assert said() == ("ok", f"村部一号, fingerprint of its key {identity.fingerprint}, let in by the hall", "")


def test_the_command_enrols_and_says_what_to_compare(
    hall: Hall, settings: Settings, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["enrol", code(hall), "--hall", URL]) == 0
    said = capsys.readouterr().out
    assert "This kiosk is 村部一号" in said
    assert "hall approve" in said
    assert main(["enrol", "--new-key"]) == 1
    assert "waits for approval" in capsys.readouterr().err
    assert main(["outbox", "sync"]) == 1
    shown = capsys.readouterr()
    assert "村部一号: waiting for approval" in shown.out
    assert "waits for approval" in shown.err
    approve(hall, "somebody", "村部一号")
    assert main(["outbox", "sync"]) == 0
    assert "村部一号: enrolled" in capsys.readouterr().out
    assert main(["enrol", "--new-key", "--json"]) == 0
    assert '"state": "approved"' in capsys.readouterr().out


def test_root_makes_no_file_that_the_terminal_cannot_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.data.mkdir(parents=True)
    if os.getuid() == 0:
        os.chown(settings.data, 65534, 65534)
    name = settings.data.owner()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert main(["enrol", "ABCD-EFGH-JKMN", "--hall", URL]) == 1
    assert f"sudo -u '{name}' before the command" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["ABCD-EFGH-JKM0"], 2, "is not an enrolment code"),
        (["ABCD-EFGH-JKMN"], 1, "gave out no such code"),
        ([], 2, "Give the code"),
        (["ABCD-EFGH-JKMN", "--new-key"], 2, "Give the code"),
    ],
)
def test_a_wrong_code_is_a_sentence(
    hall: Hall, settings: Settings, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, told: str
) -> None:
    assert main(["enrol", *arguments, "--hall", URL]) == status
    assert told in capsys.readouterr().err


def test_a_hall_that_cannot_be_reached_is_tried_again_by_whoever_stands_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINLING_DATA", str(settings.data))
    assert main(["enrol", "ABCD-EFGH-JKMN", "--hall", "http://127.0.0.1:9"]) == 1
    said = capsys.readouterr().err
    assert "cannot be reached: check address and line, then give the same command again." in said
    assert "trying again" not in said
