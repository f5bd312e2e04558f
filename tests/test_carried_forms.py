"""Forms go to the hall on a USB stick, and its receipts come back: once each, whatever happens on the way."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hall_support import (
    NOW,
    PRIVATE,
    RIGHT_ANSWERS,
    SigningKiosk,
    StandingClock,
    enrolled,
    settings_in,
    submission,
)
from left_orders import order
from project import ROOT
from pydantic import ValidationError
from sqlalchemy import select, update

from backend.audit.log import entries
from backend.carrying.carry_in import carry_in
from backend.cli import main as hall_command
from backend.foundation.errors import RequestError
from backend.hall.hall import Hall, open_hall
from backend.hall.keys import HallKeys
from backend.hall.state import begin_generation, state_of
from backend.kiosks.tables import Kiosk
from backend.submissions.intake import take_in
from backend.submissions.tables import Submission
from backend.work_orders.tables import WorkOrder
from forms import load_catalogue
from forms.definition import Definition
from kiosk.cli import main as kiosk_command
from offline_cache.carrying.export import Export, export
from offline_cache.carrying.receipts import take_receipts
from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.store import Store
from offline_cache.tables import ParcelState, WorkOrderRow
from offline_cache.trust.identity import Identity
from offline_cache.versions.definitions import Definitions, keep_definition
from protocol.carrying import bundle
from protocol.carrying.bundle import BundleError, Kind, Label, packed
from protocol.carrying.contents import CarriedReceipts, sealing_context_of
from protocol.enrolment import KioskState
from protocol.process.whole_files import write_whole
from protocol.request_signature import new_private_key, sign_with
from protocol.sealing import generate_keys, seal
from protocol.signing import sign
from protocol.wire import HallKey

_NUMBERS = count(1)


@dataclass
class Village:
    """A kiosk that no line leads to, with its data folder and a stick."""

    kiosk: SigningKiosk
    identity: Identity
    store: Store
    stick: Path

    def keep(self, hall: Hall, definition: Definition | None = None) -> UUID:
        form = uuid4()
        digest = definition.hash if definition else None
        body = submission(hall.keys.public, form, RIGHT_ANSWERS, f"YL-{form.hex[:8]}", definition=digest)
        kept = (lambda s: keep_definition(s, digest, definition.document)) if definition and digest else lambda s: None
        self.store.keep({form: body}, kept)
        return form

    def export(self, name: str = "forms", *, delivered_too: bool = False) -> Path:
        made = self.exported(delivered_too=delivered_too)
        return self.file(name, made.content)

    def exported(self, *, delivered_too: bool = False) -> Export:
        return export(self.store, self.identity, NOW, delivered_too=delivered_too)

    def file(self, name: str, content: bytes) -> Path:
        (self.stick / name).write_bytes(content)
        return self.stick / name

    def take(self, receipts: bytes, now: datetime = NOW) -> dict[str, int]:
        return dict(take_receipts(self.store, self.identity, self.file("receipts", receipts), now))

    def states(self) -> list[str]:
        return [item.state for item in self.store.outbox()]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path_factory.mktemp("hall")), StandingClock())
    yield hall
    hall.database.close()


@pytest.fixture
def new_village(hall: Hall, tmp_path: Path) -> Iterator[Callable[[], Village]]:
    stores: list[Store] = []

    def make(state: KioskState = KioskState.APPROVED) -> Village:
        folder = tmp_path / f"village-{next(_NUMBERS)}"
        kiosk = enrolled(hall, folder.name, state)
        identity = kiosk.in_file(folder / "identity.json", hall).read()
        assert identity
        stores.append(Store.open(folder / "kiosk.db"))
        (folder / "stick").mkdir()
        return Village(kiosk, identity, stores[-1], folder / "stick")

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def village(new_village: Callable[[], Village]) -> Village:
    return new_village()


def changed_service(version: int) -> Definition:
    """What a hall does not know whose county has the shipped services."""
    catalogue = load_catalogue(ROOT / "assets")
    service = catalogue.service("old-age-allowance").model_copy(update={"version": version})
    return Definition.of(catalogue, service)


def at_the_hall(hall: Hall, village: Village) -> list[UUID]:
    with hall.database.read() as session:
        rows = select(Submission.id).where(Submission.kiosk_id == village.kiosk.id).order_by(Submission.arrival)
        return list(session.scalars(rows))


def refusal(hall: Hall, file: Path) -> str:
    with pytest.raises((BundleError, RequestError)) as caught:
        carry_in(hall, file)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_there_and_back_by_the_commands(
    hall: Hall, village: Village, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a clerk does it, with one form that waits and one that was refused."""
    monkeypatch.setenv("YINLING_DATA", str(village.stick.parent))
    monkeypatch.setenv("YINLING_HALL_DATA", str(hall.settings.folder))
    forms = [village.keep(hall), village.keep(hall)]
    village.store.refused(2, NOW, "No such service.")
    out, back = village.stick / "forms.yinling", village.stick / "receipts.yinling"

    def said(command: Callable[[list[str]], int], *words: object) -> dict[str, Any]:
        assert command([*map(str, words), "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    told = said(kiosk_command, "outbox", "export", out)
    assert told == {"file": str(out), "number": 1, "forms": 2, "work_orders": 0, "damaged": 0, "left": 0}
    assert out.stat().st_mode & 0o777 == 0o600
    assert village.states() == ["waiting", "refused"]
    written = out.read_bytes()
    assert not [word for word in [*PRIVATE, "old-age-allowance", "YL-"] if word.encode() in written]
    assert kiosk_command(["outbox", "export", str(out)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert out.read_bytes() == written

    told = said(hall_command, "carry-in", out, "--out", back)
    counts = {"new": 2, "known": 0, "refused": 0}
    assert told == {"kiosk": village.kiosk.name, "number": 1, **counts, "receipts": str(back)}
    assert at_the_hall(hall, village) == forms
    assert hall_command(["carry-in", str(out), "--out", str(back)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert not [word for word in [*PRIVATE, "old-age-allowance"] if word.encode() in back.read_bytes()]
    with hall.database.read() as session:
        noted = [one.record for one in entries(session) if one.record["action"] == "carried-in"][-1]
    assert (noted["subject"], noted["detail"]) == (village.kiosk.name, "file 1: 2 new, 0 known, 0 refused")

    told = said(kiosk_command, "outbox", "import", back)
    assert told == {"delivered": 2, "already": 0, "refused": 0, "unknown": 0}
    assert village.states() == ["delivered", "delivered"]
    assert said(kiosk_command, "outbox", "import", back)["already"] == 2
    assert said(kiosk_command, "outbox", "export", village.stick / "more")["file"] is None
    assert not (village.stick / "more").exists()
    assert sorted(one.name for one in village.stick.iterdir()) == [out.name, back.name]


@pytest.mark.parametrize("words", [("export",), ("import",), ("status", "x"), ("import", "x", "--all")])
def test_commands_that_say_too_little_or_too_much(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert kiosk_command(["outbox", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_twice_and_out_of_order(hall: Hall, village: Village) -> None:
    first = village.keep(hall)
    one = village.export("one")
    second = village.keep(hall)
    two = village.export("two")
    later, earlier, again = carry_in(hall, two), carry_in(hall, one), carry_in(hall, two)
    assert [(done.new, done.known) for done in (later, earlier, again)] == [(2, 0), (0, 1), (0, 2)]
    assert again.receipts == later.receipts
    assert at_the_hall(hall, village) == [first, second]
    assert village.take(later.receipts) == {"delivered": 2}
    assert village.take(earlier.receipts) == {"already": 1}
    assert village.states() == ["delivered", "delivered"]


def test_a_form_that_the_line_brought_meanwhile(hall: Hall, village: Village) -> None:
    """And whose receipt got lost: the stick brings the very same one."""
    form = village.keep(hall)
    file, kept = village.export(), village.store.load(1)
    assert kept
    by_line, _ = take_in(hall, form, kept.body, village.kiosk.signed())
    done = carry_in(hall, file)
    assert (done.new, done.known) == (0, 1)
    receipts = CarriedReceipts.model_validate_json(done.receipts.split(b"\n", 2)[2])
    assert [one.receipt for one in receipts.receipts] == [by_line]
    assert village.take(done.receipts) == {"delivered": 1}


def changed(content: bytes, part: int) -> bytes:
    """With one character of that part (label, signatures, content) changed."""
    parts = content.split(b"\n", 2)
    at = len(parts[part]) // 2
    parts[part] = parts[part][:at] + bytes([parts[part][at] ^ 1]) + parts[part][at + 1 :]
    return b"\n".join(parts)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "label": partial(changed, part=0),
    "number": lambda raw: raw.replace(b'"number":1', b'"number":2', 1),
    "signatures": partial(changed, part=1),
    "no signature": lambda raw: b"\n".join([raw.split(b"\n")[0], b'{"signatures":[]}', raw.split(b"\n", 2)[2]]),
    "content": partial(changed, part=2),
    "cut": lambda raw: raw[:-1],
    "cut short": lambda raw: raw[:40],
    "longer": lambda raw: raw + b" ",  # which JSON allows
    "empty": lambda raw: b"",
    "another file": lambda raw: b"\x89PNG\r\n\x1a\n" * 99,
    "deep": lambda raw: b"[" * 4000,
    "long line": lambda raw: raw[:40] + b" " * 5000 + raw[40:],
    "endless version": lambda raw: raw.replace(b'"version":1', b'"version":1e999', 1),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_changed_is_refused_both_ways(hall: Hall, village: Village, damage: str) -> None:
    village.keep(hall)
    file = village.export()
    refusal(hall, village.file("damaged", DAMAGE[damage](file.read_bytes())))
    assert at_the_hall(hall, village) == []
    receipts = carry_in(hall, file).receipts
    with pytest.raises(BundleError) as caught:
        village.take(DAMAGE[damage](receipts))
    assert len(str(caught.value).splitlines()) == 1
    assert village.states() == ["waiting"]


def test_files_that_are_none_of_this_program(
    hall: Hall, village: Village, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    village.keep(hall)
    file = village.export()
    receipts = village.file("back", carry_in(hall, file).receipts)
    assert "newer program" in refusal(hall, village.file("v2", b'{"yinling":"forms","version":2,"new":[]}\n'))
    assert "kiosk outbox import" in refusal(hall, receipts)
    assert "cannot be read" in refusal(hall, tmp_path / "nothing")
    os.mkfifo(tmp_path / "endless")
    assert "is not a file" in refusal(hall, tmp_path / "endless")
    monkeypatch.setattr(bundle, "MAX_FILE_BYTES", file.stat().st_size - 1)
    assert "larger" in refusal(hall, file)


def test_kiosks_that_may_not_bring_forms(hall: Hall, new_village: Callable[..., Village]) -> None:
    """Unknown, waiting, revoked, with an older key: nothing is taken, and each hears why."""
    waiting, village, copied = new_village(KioskState.WAITING), new_village(), new_village()
    definition = changed_service(version=78)
    for one in (waiting, village, copied):
        one.keep(hall, definition)
    assert "waits for approval" in refusal(hall, waiting.export())
    stranger = replace(village, identity=village.identity.model_copy(update={"kiosk": uuid4()}))
    assert "does not know" in refusal(hall, stranger.export())
    thief = village.identity.model_copy(update={"private_key": new_private_key()})
    assert "not signed with the key" in refusal(hall, replace(village, identity=thief).export())
    posing = copied.identity.model_copy(update={"kiosk": village.kiosk.id})
    assert "not signed with the key" in refusal(hall, replace(copied, identity=posing).export())
    with hall.database.write() as session:
        session.execute(update(Kiosk).where(Kiosk.id == village.kiosk.id).values(state=KioskState.REVOKED))
    assert "was revoked" in refusal(hall, village.export())
    assert [at_the_hall(hall, one) for one in (waiting, village, copied)] == [[], [], []]
    assert not hall.definitions.has(definition.hash)


def test_a_key_that_the_hall_has_and_the_kiosk_has_not_heard_of_it(hall: Hall, village: Village) -> None:
    """The answer to a change of keys got lost: either key is good for a file."""
    village.keep(hall)
    village.identity = village.identity.model_copy(
        update={"private_key": new_private_key(), "next_key": village.kiosk.private_key}
    )
    assert carry_in(hall, village.export()).new == 1


def test_the_wrong_hall(hall: Hall, village: Village) -> None:
    village.keep(hall)
    file = village.export()
    others = HallKeys(generate_keys().private, bytes(32))
    elsewhere = replace(hall, keys=others)
    assert "another hall" in refusal(elsewhere, file)
    keys = HallKey(key_id=others.key_id, public_key=others.public, verify_key=others.verify_key)
    theirs = replace(village, identity=village.identity.model_copy(update={"hall_key": keys})).export("theirs")
    assert "another hall" in refusal(hall, theirs)
    with pytest.raises(BundleError, match="another hall"):
        village.take(carry_in(elsewhere, theirs).receipts)
    genuine = carry_in(hall, file).receipts.split(b"\n", 2)[2]
    label = Label.of(Kind.RECEIPTS, village.kiosk.id, hall.keys.key_id, 1, NOW, genuine)
    with pytest.raises(BundleError, match="not signed by this kiosk's hall"):
        village.take(packed(label, genuine, [partial(sign, others.private)]))
    assert village.states() == ["waiting"]


def test_receipts_for_another_kiosk(hall: Hall, village: Village, new_village: Callable[[], Village]) -> None:
    other = new_village()
    village.keep(hall), other.keep(hall)
    with pytest.raises(BundleError, match="another kiosk"):
        other.take(carry_in(hall, village.export()).receipts)
    assert other.states() == ["waiting"]


def test_a_receipt_counts_for_the_very_form_that_it_is_for(
    hall: Hall, village: Village, new_village: Callable[[], Village], tmp_path: Path
) -> None:
    """A form with the same id and other content stays; one whose id belongs to another kiosk is refused."""
    form = village.keep(hall)
    receipts = carry_in(hall, village.export()).receipts
    anew = replace(village, store=Store.open(tmp_path / "anew" / "kiosk.db"))
    anew.store.keep({form: submission(hall.keys.public, form, RIGHT_ANSWERS, "YL-OTHER")})
    assert anew.take(receipts) == {"unknown": 1}
    assert anew.states() == ["waiting"]
    anew.store.close()
    other = new_village()
    other.store.keep({form: submission(hall.keys.public, form, RIGHT_ANSWERS, "YL-THIRD")})
    other.keep(hall)
    done = carry_in(hall, other.export())
    assert (done.new, done.refused) == (1, 1)
    assert other.take(done.receipts) == {"refused": 1, "delivered": 1}
    assert other.states() == ["refused", "delivered"]


def test_receipts_of_an_older_generation(hall: Hall, village: Village) -> None:
    """After a restore the hall's earlier receipts count no more, and what they said is offered again."""
    village.keep(hall)
    old = carry_in(hall, village.export()).receipts
    assert village.take(old) == {"delivered": 1}
    village.keep(hall)
    with hall.database.write() as session:
        begin_generation(session, None)
        generation = state_of(session).generation
    done = carry_in(hall, village.export("second"))
    assert village.take(done.receipts) == {"delivered": 1}
    assert village.states() == ["waiting", "delivered"]
    with pytest.raises(BundleError, match="before the hall's database was put back"):
        village.take(old)
    assert village.states() == ["waiting", "delivered"]
    assert village.take(carry_in(hall, village.export("third")).receipts) == {"delivered": 1}
    assert village.exported().forms == 0
    assert village.exported(delivered_too=True).forms == 2
    receipts = CarriedReceipts.model_validate_json(done.receipts.split(b"\n", 2)[2])
    assert receipts.generation == generation


def test_a_backup_is_heard_of_without_a_line(hall: Hall, village: Village) -> None:
    """Or a kiosk that no line leads to would keep its sealed copies for ever."""
    village.keep(hall)
    receipts = carry_in(hall, village.export()).receipts
    village.take(receipts), village.take(receipts, NOW + timedelta(days=9))
    assert village.states() == ["delivered"]
    with hall.database.write() as session:
        state_of(session).safe_arrival = state_of(session).arrivals
    receipts = carry_in(hall, village.export()).receipts
    village.take(receipts), village.take(receipts, NOW + timedelta(hours=23))
    assert village.states() == ["delivered"]
    village.take(receipts, NOW + timedelta(hours=25))
    assert village.states() == []


def test_what_forms_were_filled_in_by_comes_along(hall: Hall, village: Village) -> None:
    """A hall that lacks it says so, as on the line: the kiosk then brings it when it can."""
    definition = changed_service(version=77)
    village.keep(hall, definition), village.keep(hall, definition)
    assert not hall.definitions.has(definition.hash)
    assert village.take(carry_in(hall, village.export()).receipts) == {"delivered": 2}
    assert hall.definitions.has(definition.hash)
    assert Definitions(village.store).lacking() == []
    unreadable = Definition('{"service": "no definition"}')
    village.keep(hall, unreadable)
    assert village.take(carry_in(hall, village.export()).receipts) == {"delivered": 1}
    assert Definitions(village.store).lacking() == [unreadable.hash]


def test_what_has_no_room_goes_the_next_time(hall: Hall, village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = [village.keep(hall) for _ in range(3)]
    monkeypatch.setattr("offline_cache.carrying.export.MAX_CONTENT_BYTES", 1900)
    made = village.exported()
    assert 0 < made.forms < 3
    assert made.forms + made.left == 3
    rounds = 0
    while (made := village.exported()).forms:
        village.take(carry_in(hall, village.file("part", made.content)).receipts)
        rounds += 1
    assert rounds > 1
    assert at_the_hall(hall, village) == forms


def test_a_stick_that_was_pulled_out(hall: Hall, village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a file never stands under the name that was given."""
    village.keep(hall)
    made = village.exported()

    def pulled_out(_: object, __: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", pulled_out)
    with pytest.raises(OSError, match="Input/output"):
        write_whole(village.stick / "receipts", made.content)
    assert not (village.stick / "receipts").exists()


def test_a_damaged_form_is_counted_and_the_others_go(hall: Hall, village: Village) -> None:
    village.keep(hall)
    second = village.keep(hall)
    with village.store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE submission SET receipt_number = 'x' WHERE sequence = 1")
    made = village.exported()
    assert (made.forms, made.damaged) == (1, 1)
    carry_in(hall, village.file("forms", made.content))
    assert at_the_hall(hall, village) == [second]


def test_a_day_of_the_hall_is_not_asked(hall: Hall, village: Village) -> None:
    """A stick may lie for weeks: its signature has no window, unlike that of a request."""
    village.keep(hall)
    file = village.export()
    late = replace(hall, clock=lambda: NOW + timedelta(days=90))
    assert carry_in(late, file).new == 1


@pytest.mark.parametrize("name", ["f" * 300, "nowhere/f", "\udcff", "\ntwo lines"])
def test_names_of_files_that_cannot_be(
    hall: Hall, village: Village, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, or a file; never a traceback."""
    monkeypatch.setenv("YINLING_DATA", str(village.stick.parent))
    monkeypatch.setenv("YINLING_HALL_DATA", str(hall.settings.folder))
    village.keep(hall)
    forms = village.export()
    for command in (
        partial(kiosk_command, ["outbox", "export", str(village.stick / f"{name}.1")]),
        partial(hall_command, ["carry-in", str(forms), "--out", str(village.stick / f"{name}.2")]),
        partial(kiosk_command, ["outbox", "import", str(village.stick / f"{name}.2")]),
        partial(hall_command, ["carry-in", str(village.stick / f"{name}.3"), "--out", str(village.stick / "more")]),
    ):
        status, told = command(), capsys.readouterr()
        assert (status, bool(told.err)) in ((0, False), (1, True))
        told.out.encode()
        assert len(told.err.splitlines()) == (1 if told.err else 0)


def test_a_command_says_what_it_refuses_once(
    hall: Hall, new_village: Callable[..., Village], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of the log stood before the sentence."""
    monkeypatch.setenv("YINLING_HALL_DATA", str(hall.settings.folder))
    village = new_village(KioskState.WAITING)
    village.keep(hall)
    assert hall_command(["carry-in", str(village.export()), "--out", str(village.stick / "back")]) == 1
    assert caplog.records == []


@pytest.mark.parametrize("key", ["forms", "definitions"])
def test_nonsense_of_a_kiosk_gone_mad_takes_no_memory(hall: Hall, village: Village, key: str) -> None:
    """Sixty megabytes of {} took eighteen gigabytes: something was kept of each."""
    content = json.dumps({"forms": [], "definitions": [], key: [{}] * 3000, "x": 1}).encode()
    sealed = seal(hall.keys.public, content, sealing_context_of(village.kiosk.id, 1))
    label = Label.of(Kind.FORMS, village.kiosk.id, hall.keys.key_id, 1, NOW, sealed)
    file = village.file("mad", packed(label, sealed, [partial(sign_with, village.kiosk.private_key)]))
    with pytest.raises(BundleError, match="update this hall") as caught:
        carry_in(hall, file)
    assert isinstance(caught.value.__cause__, ValidationError)
    assert caught.value.__cause__.error_count() <= 3


def test_what_could_not_be_done_goes_on_the_stick_too(hall: Hall, village: Village) -> None:
    name = uuid4()
    WorkOrders(village.store).keep(name, order(hall, name, number="400000000010", reason="papers", sound=b"sound"))
    form = village.keep(hall)
    made = village.exported()
    assert (made.forms, made.orders) == (1, 1)
    file = village.file("forms", made.content)
    done = [carry_in(hall, file) for _ in range(2)]
    assert [(one.new, one.known, one.refused) for one in done] == [(2, 0, 0), (0, 2, 0)]
    assert village.take(done[0].receipts) == {"delivered": 2}
    assert village.take(done[1].receipts) == {"already": 2}
    assert WorkOrders(village.store).state("400000000010") is ParcelState.TOLD
    assert (village.exported().forms, village.exported().orders) == (0, 0)
    assert village.exported(delivered_too=True).orders == 1
    with hall.database.read() as session:
        assert session.scalar(select(WorkOrder.number).where(WorkOrder.id == name)) == "400000000010"
        assert session.get(Submission, form) is not None


def test_the_commands_count_forms_and_orders(
    hall: Hall, village: Village, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Receipts for one order were told and written down as for one form."""
    monkeypatch.setenv("YINLING_DATA", str(village.stick.parent))
    WorkOrders(village.store).keep(name := uuid4(), order(hall, name, number="400000000010", reason="papers"))
    out = village.stick / "forms.yinling"
    assert kiosk_command(["outbox", "export", str(out)]) == 0
    assert capsys.readouterr().out.startswith("0 forms and 1 work orders are in ")
    receipts = village.file("back", carry_in(hall, out).receipts)
    assert kiosk_command(["outbox", "import", str(receipts)]) == 0
    assert capsys.readouterr().out.startswith("1 forms and work orders are delivered now, 0 were before.")
    assert "1 forms and work orders" in village.store.audit.path.read_text("utf-8")
    assert kiosk_command(["outbox", "export", str(village.stick / "more")]) == 0
    assert capsys.readouterr().out == "Nothing waits: nothing was written.\n"


def test_a_receipt_for_another_order_counts_for_nothing(hall: Hall, village: Village) -> None:
    name = uuid4()
    WorkOrders(village.store).keep(name, order(hall, name, number="400000000010", reason="papers"))
    receipts = carry_in(hall, village.export()).receipts
    with village.store.transaction() as session:
        session.delete(session.get(WorkOrderRow, str(name)))
    WorkOrders(village.store).keep(name, order(hall, name, number="400000000010", reason="other"))
    assert village.take(receipts) == {"unknown": 1}
