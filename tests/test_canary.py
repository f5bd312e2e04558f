"""Unique answers go through a visit, with kiosk and hall in one process: afterwards they are in no file at all.

Searched are store, database, their write-ahead logs, drafts, audits, logs at the finest level and temporary files, for
each answer as UTF-8, UTF-16, JSON escapes, hex and base64. The controls switch a seal off; then the search finds it.
"""

import json
import logging
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, JSON_BODY, RIGHT_ANSWERS, call_request, enrolled, settings_in
from project import ASSETS
from to_hall import URL, ToHall

from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.backups.backup import back_up
from backend.foundation.logs import JsonLines
from backend.hall.hall import Hall, open_hall
from forms import load_catalogue
from forms.definition import Definition
from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import NewForm
from kiosk.processes.draft_file import DraftFile
from kiosk.state.draft import Draft, VisitDraft
from kiosk.state.look import Look
from kiosk.state.slip import SlipError
from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from offline_cache.sync import Sync, pin_hall_key
from offline_cache.worker import SyncWorker
from protocol.calls.messages import number_context
from protocol.levels import By, Claim
from protocol.queries import progress
from protocol.receipts.new_number import new_receipt_number
from protocol.sealing import seal

ALLOWANCE = "old-age-allowance"
CANARIES = {
    "name": "夏侯翙鸑",
    "resident_id": "110105194912310020",
    "phone": "13987601243",
    "bank_card": "6228480039876543213",
}
ANSWERS = {name: str(value) for name, value in RIGHT_ANSWERS.items()} | CANARIES
PERSON = {"resident_id": CANARIES["resident_id"], "card_and_face_seen": True}


def disguises(canary: str) -> Iterator[bytes]:
    """How it could stand in a file."""
    plain = canary.encode()
    yield from (plain, canary.encode("utf-16-le"), json.dumps(canary)[1:-1].encode(), plain.hex().encode())
    for before in range(3):  # wherever it begins within base64's groups of three
        groups = (before + len(plain)) // 3 * 3 - before
        yield b64encode(b"\0" * before + plain[:groups])[(before + 2) // 3 * 4 :]


def found_in(folder: Path) -> set[str]:
    """The files in which a canary stands."""
    wanted = [disguise for canary in CANARIES.values() for disguise in disguises(canary)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(one in path.read_bytes() for one in wanted)}


@dataclass
class Place:
    """A kiosk and a hall that write below `folder`."""

    folder: Path
    hall: Hall
    client: TestClient
    store: Store
    kiosk: OfflineHallService
    sync: Sync

    @property
    def journal(self) -> DraftFile:
        return DraftFile(self.folder / "kiosk" / "visit.draft")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in ("kiosk", "scratch"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    handlers = [logging.FileHandler(tmp_path / "kiosk.log"), logging.FileHandler(tmp_path / "hall.log")]
    handlers[1].setFormatter(JsonLines())
    root, level = logging.getLogger(), logging.getLogger().level
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    hall = open_hall(settings_in(tmp_path / "hall"))
    with TestClient(create_app(hall, lambda pin: None)) as client:
        client.auth = known = enrolled(hall)
        to_hall = HallClient(URL, identity=known.in_file(tmp_path / "kiosk" / "identity.json", hall))
        to_hall.session.mount(URL, ToHall(client))
        store = Store.open(tmp_path / "kiosk" / "kiosk.db")
        pin_hall_key(store, to_hall)
        worker = SyncWorker(store, to_hall, kiosk="村委会-1", version="1")
        kiosk = OfflineHallService("村委会-1", store, worker, lambda: to_hall)
        yield Place(tmp_path, hall, client, store, kiosk, Sync(store, to_hall))
        store.close()
    hall.database.close()
    root.setLevel(level)
    for handler in handlers:
        root.removeHandler(handler)
        handler.close()


def visit(place: Place) -> None:
    """A person fills a form in, saves it, comes back, sends it and calls; staff look, and all goes wrong once."""
    catalogue = load_catalogue(ASSETS)
    definition, number = Definition.of(catalogue, catalogue.service(ALLOWANCE)), new_receipt_number()
    filled = VisitDraft(
        service=ALLOWANCE, version=1, number=number, stage="question", field="phone", answers=ANSWERS, typed=ANSWERS,
        done=tuple(ANSWERS), changing=False,
    )  # fmt: skip
    draft = Draft(location="visit", look=Look(), visit=filled)
    place.journal.write(draft)
    slip = place.kiosk.drafts.save(draft, definition)
    assert place.kiosk.drafts.by_code(slip.code) == draft
    with pytest.raises(SlipError):
        place.kiosk.drafts.by_key(bytes(32))
    place.kiosk.keep([NewForm(definition, ANSWERS, number)], "zh")
    assert place.sync.sync_once(datetime.now(UTC)).delivered == 1
    ask_for_it(place)
    staff_look_at_it(place)


def ask_for_it(place: Place) -> None:
    """The person asks how far it is, and a mad kiosk sends what no hall takes."""
    inputs = progress.Inputs(resident_id=CANARIES["resident_id"])
    assert len(place.kiosk.ask("progress", inputs, progress.Answer, Claim(By.CARD)).lines) == 1
    reason = f"电话 {CANARIES['phone']}，身份证 {CANARIES['resident_id']}"
    number = seal(place.hall.keys.public, CANARIES["phone"].encode(), number_context(call := uuid4()))
    place.client.put(f"/calls/{call}", content=call_request(reason=reason, call_back=number), headers=JSON_BODY)
    wrong = {"receipt_number": "1", **ANSWERS}
    assert place.client.put(f"/submissions/{uuid4()}", json=wrong).status_code == 422
    assert place.client.post("/queries/progress", json=wrong).status_code == 422


def staff_look_at_it(place: Place) -> None:
    """Every way in which staff see it in full."""
    staff = place.client
    pin = next_pin(place.hall)
    assert staff.post("/staff/login", json={"name": "李芳", "pin": pin}, headers=FROM_PAGE).status_code == 204
    staff.headers.update(FROM_PAGE)
    (form,) = staff.get("/staff/submissions").json()["submissions"]
    assert staff.post(f"/submissions/{form['id']}/open").status_code == 200
    for field, canary in CANARIES.items():
        assert staff.post(f"/submissions/{form['id']}/reveal", json={"field": field}).json()["zh"] == canary
    copy = staff.post("/staff/own-data/copy", json=PERSON).json()
    assert copy["forms"][0]["data"]["answers"] == ANSWERS
    assert staff.post("/staff/own-data/look", json=PERSON | {"card_and_face_seen": "no"}).status_code == 422
    back_up(place.hall, place.folder / "backup")


def test_after_a_visit_no_file_holds_what_was_filled_in(place: Place) -> None:
    visit(place)
    assert found_in(place.folder) == set()
    assert (place.folder / "hall" / "hall.db-wal").stat().st_size > 0  # which is searched while it is in use
    assert "request" in (place.folder / "hall.log").read_text("utf-8")
    assert len(list(place.store.audit.entries())) >= 4


def unsealed_form(_key: bytes, form: bytes, _context: bytes) -> bytes:
    return form


def unsealed_draft(draft: Draft, _key: bytes) -> bytes:
    return draft.model_dump_json().encode()


@pytest.mark.parametrize(
    ("seal", "instead", "files"),
    [
        ("kiosk.hall.offline_service.seal", unsealed_form, {"kiosk.db", "hall.db"}),
        ("kiosk.hall.stored_drafts.sealed", unsealed_draft, {"kiosk.db"}),
        ("kiosk.processes.draft_file.sealed", unsealed_draft, {"visit.draft"}),
    ],
)
def test_without_a_seal_the_same_search_finds_it(
    place: Place, monkeypatch: pytest.MonkeyPatch, seal: str, instead: Callable[..., bytes], files: set[str]
) -> None:
    monkeypatch.setattr(seal, instead)
    with suppress(AssertionError, SlipError):
        visit(place)  # what was never sealed cannot be opened
    assert files <= {name.removesuffix("-wal") for name in found_in(place.folder)}


@pytest.mark.parametrize("canary", CANARIES.values())
def test_the_search_sees_through_each_disguise(canary: str, tmp_path: Path) -> None:
    whole = [f"{'x' * before}{canary}yyy" for before in range(3)]
    hidden = [
        form for text in whole for form in (text.encode(), b64encode(text.encode()), text.encode().hex().encode())
    ]
    hidden += [json.dumps(whole).encode(), whole[0].encode("utf-16-le")]
    for number, content in enumerate(hidden):
        (tmp_path / str(number)).write_bytes(content)
    assert len(found_in(tmp_path)) == len(hidden)
