"""The hall of a real terminal: a real store and worker, no hall on the line. Nothing that fails reaches the screen."""

import os
import signal
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from fake_hall import URL, FakeHall
from project import ASSETS
from sqlalchemy import select

from forms import Catalogue, load_catalogue
from forms.definition import Definition
from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import CannotKeep, HallAway, HallService, NewForm
from kiosk.processes.sync_process import RemoteSync
from kiosk.queries import Asked, query_named
from kiosk.texts.strings import Texts
from offline_cache.calls import Calls
from offline_cache.hall_client import HallClient, HallUnreachable
from offline_cache.http.hall_told import keep_told
from offline_cache.store import Store, StoreError, StoreFull
from offline_cache.sync import PINNED_KEY
from offline_cache.tables import CallRow
from offline_cache.worker import HallState, SyncWorker
from protocol.calls.messages import Arrival, ArrivedBy, CallRequest, Need, number_context
from protocol.calls.states import CallState
from protocol.receipts.new_number import new_receipt_number
from protocol.receipts.phone_page import new_code, page_key
from protocol.sealing import generate_keys, open_sealed
from protocol.wire import AnswerSource, HallKey, HeartbeatAnswer, IntakeStatus, SealedForm, sealing_context

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEYS = generate_keys()
ANSWERS = {"name": "仇玉兰", "resident_id": "110105193812310028"}


class NoHall(HallClient):
    """The line is down; no socket is opened."""

    def _send(self, method: str, path: str, body: Any, identity: Any = None, claim: Any = None) -> bytes:
        raise HallUnreachable("The hall cannot be reached; trying again.")


@pytest.fixture
def met(store: Store) -> Store:
    """A store of a kiosk that has met its hall."""
    store.set(PINNED_KEY, HallKey(key_id="first", public_key=KEYS.public).model_dump_json())
    return store


def allowance(catalogue: Catalogue) -> Definition:
    return Definition.of(catalogue, catalogue.service("old-age-allowance"))


def context_of(submission: UUID, number: str, catalogue: Catalogue) -> bytes:
    head = allowance(catalogue).head
    return sealing_context(submission, head.id, str(head.version), number, allowance(catalogue).hash)


def new_hall_service(store: Store) -> OfflineHallService:
    client = NoHall("http://127.0.0.1:8300")
    worker = SyncWorker(store, client, kiosk="村委会-1", version="1")
    return OfflineHallService("村委会-1", store, worker, lambda: client, clock=lambda: NOW)


def test_a_kept_form_can_be_opened_by_the_hall_only(met: Store, catalogue: Catalogue, tmp_path: Path) -> None:
    hall = new_hall_service(met)
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    assert len(number) == 12
    assert hall.receipt_state(number) == "saved"
    kept = met.load(met.due(NOW)[0])
    assert kept
    context = context_of(kept.submission, number, catalogue)
    form = SealedForm.model_validate_json(open_sealed(KEYS.private, kept.body.sealed, context))
    assert (form.answers, form.lang) == (ANSWERS, "zh")
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for value in ANSWERS.values():
        assert value.encode() not in on_disk


@pytest.mark.parametrize("takes", [True, False])
def test_where_answers_came_from_goes_inside_the_form_where_the_hall_can_read_it(
    met: Store, catalogue: Catalogue, takes: bool
) -> None:
    key = HallKey(key_id="first", public_key=KEYS.public, takes_sources=takes)
    met.set(PINNED_KEY, key.model_dump_json())
    card = AnswerSource(source="card", at=NOW.date(), checked=True, reused=True)
    form = NewForm(allowance(catalogue), ANSWERS, new_receipt_number(), sources={"name": card})
    (number,) = new_hall_service(met).keep([form], "zh")
    kept = met.load(met.due(NOW)[0])
    assert kept
    inside = open_sealed(KEYS.private, kept.body.sealed, context_of(kept.submission, number, catalogue))
    assert SealedForm.model_validate_json(inside).sources == ({"name": card} if takes else {})
    assert (b"sources" in inside) is takes, "an older hall takes no form with a word that it does not know"


def test_the_hash_of_the_pages_code_goes_with_the_form_and_the_code_stays_here(
    met: Store, catalogue: Catalogue, tmp_path: Path
) -> None:
    hall = new_hall_service(met)
    assert hall.public_url() == ""
    keep_told(met, HeartbeatAnswer(generation=uuid4(), safe_arrival=0, public_url="https://hall.example"))
    assert hall.public_url() == "https://hall.example"
    code = new_code()
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number(), code)], "zh")
    (without,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    kept = {one.body.receipt_number: one.body for at in met.due(NOW) if (one := met.load(at))}
    assert kept[number].page_key == page_key(number, code)
    assert kept[without].page_key is None
    assert code.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_the_receipt_follows_the_form(met: Store, catalogue: Catalogue) -> None:
    hall = new_hall_service(met)
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    met.delivered(met.due(NOW)[0], NOW, IntakeStatus.RECEIVED)
    assert hall.receipt_state(number) == "delivered"
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    met.refused(met.due(NOW)[0], NOW, "no")
    assert hall.receipt_state(number) == "held"


def test_no_form_before_the_hall_was_met(store: Store, catalogue: Catalogue) -> None:
    hall = new_hall_service(store)
    assert hall.trouble() == "no_hall_key"
    with pytest.raises(CannotKeep):
        hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")


def test_a_hall_with_a_key_that_is_none_stops_no_screen(store: Store, catalogue: Catalogue) -> None:
    store.set(PINNED_KEY, HallKey(key_id="odd", public_key=b"short").model_dump_json())
    with pytest.raises(CannotKeep) as told:
        new_hall_service(store).keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    assert told.value.reason == "store_failed"


@pytest.mark.parametrize(
    ("error", "reason"), [(StoreFull("full"), "store_full"), (StoreError("broken"), "store_failed")]
)
def test_a_store_that_fails_is_told_not_thrown(
    met: Store, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, error: StoreError, reason: str
) -> None:
    hall = new_hall_service(met)
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    hall.call("home", None)

    def fail(*_: object, **__: object) -> None:
        raise error

    for name in ("transaction", "free_space_ok"):
        monkeypatch.setattr(met, name, fail)
    with pytest.raises(CannotKeep) as told:
        hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    assert told.value.reason == reason
    assert hall.trouble() == "store_failed"
    assert hall.receipt_state(number) == "held"
    hall.call("home", None)
    call = hall.staff_call()  # which needs no store
    assert call
    assert (call.state, call.reached_hall) == ("requested", False)
    hall.cancel_call()
    hall.visit_over()
    with pytest.raises(HallAway):
        look_up(hall, {"receipt_number": number})


def look_up(hall: HallService, answers: dict[str, str]) -> list[str]:
    """What the visitor reads of the answer."""
    catalogue, texts = load_catalogue(ASSETS), Texts.load(ASSETS)
    return [line.value.zh for line in query_named("progress").ask(hall, Asked(answers, catalogue, texts)).lines]


def test_looking_up(met: Store, catalogue: Catalogue) -> None:
    hall = new_hall_service(met)
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    found = look_up(hall, {"way": "receipt", "receipt_number": number})
    assert "没有送到大厅" in found[0]
    with pytest.raises(HallAway):
        look_up(hall, {"receipt_number": "400000000002"})
    with pytest.raises(HallAway):
        look_up(hall, {"resident_id": ANSWERS["resident_id"]})


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        (
            {"way": "receipt", "receipt_number": "400000000002"},
            {"receipt_number": "400000000002", "resident_id": None, "phone_last4": None},
        ),
        (
            {"way": "receipt", "receipt_number": "400000000002", "phone_last4": "8000"},
            {"receipt_number": "400000000002", "resident_id": None, "phone_last4": "8000"},
        ),
        (
            {"way": "card", "resident_id": ANSWERS["resident_id"]},
            {"receipt_number": None, "resident_id": ANSWERS["resident_id"], "phone_last4": None},
        ),
    ],
)
def test_the_hall_is_asked_in_one_way_and_its_words_are_shown(
    met: Store, answers: dict[str, str], asked: dict[str, str | None]
) -> None:
    hall, client = FakeHall(), HallClient(URL)
    client.session.mount("http://", hall)
    hall.key = {"key_id": "first", "public_key": b64encode(KEYS.public).decode()}
    words = {"zh": "正在办", "en": "Under way"}
    line = {"receipt_number": "400000000002", "service_id": "old-age-allowance", "status": "in_review", "words": words}
    hall.answers["progress"] = {"lines": [line | {"updated_at": NOW.isoformat(), "note": "请带户口本"}]}
    service = OfflineHallService(
        "村委会-1", met, SyncWorker(met, client, kiosk="村委会-1", version="1"), lambda: client
    )
    assert look_up(service, answers) == ["请带户口本", "正在办", "4000 0000 0002"]
    assert hall.asked == [asked]


class AnotherHall(HallClient):
    """Answers, with another key than the hall that was met; remembers what it was told."""

    told: list[bytes]

    def _send(self, method: str, path: str, body: Any, identity: Any = None, claim: Any = None) -> bytes:
        self.told.append(str((path, body)).encode())
        return HallKey(key_id="other", public_key=generate_keys().public).model_dump_json().encode()


def test_an_id_number_goes_to_no_hall_with_another_key(met: Store) -> None:
    client = AnotherHall("http://127.0.0.1:8300")
    client.told = []
    worker = SyncWorker(met, client, kiosk="村委会-1", version="1")
    hall = OfflineHallService("村委会-1", met, worker, lambda: client, clock=lambda: NOW)
    with pytest.raises(HallAway) as away:
        look_up(hall, {"resident_id": ANSWERS["resident_id"]})
    assert away.value.why == "staff", "the line is up; waiting for it would be bad advice"
    assert ANSWERS["resident_id"].encode() not in b"".join(client.told)


HTML = b"<!DOCTYPE html><title>Login</title>"


@pytest.mark.parametrize("query", ["medical_insurance", "farm_subsidy", "utility_bill"])
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, {}, b'{"detail": "Not Found"}'), "staff"),  # an old hall, which does not know the query
        ((200, {}, HTML), "offline"),
        ((302, {"Location": "http://elsewhere.example/login"}, b""), "staff"),
        ((403, {}, HTML), "staff"),
        ((200, {}, b'{"office": "told", "balance": [1], "rows": "none", "owed": {}}'), "staff"),
        ((200, {}, b'{"office": "perhaps"}'), "staff"),
        ((200, {}, b"{}"), "staff"),
        ((200, {}, b'{"office": "to'), "offline"),
        ((503, {}, HTML), "offline"),
        ((429, {"Retry-After": "30"}, b'{"detail": "wait"}'), "staff"),
    ],
)
def test_whatever_answers_instead_of_the_hall_shows_nothing(
    met: Store, query: str, answer: tuple[int, dict[str, str], bytes], why: str
) -> None:
    hall, client = FakeHall(), HallClient(URL)
    client.session.mount("http://", hall)
    hall.key = {"key_id": "first", "public_key": b64encode(KEYS.public).decode()}
    hall.trouble[f"/queries/{query}"] = answer
    worker = SyncWorker(met, client, kiosk="村委会-1", version="1")
    service = OfflineHallService("村委会-1", met, worker, lambda: client)
    given = {"consent": "yes", "resident_id": ANSWERS["resident_id"], "period": "this_year", "year": "this_year"}
    given |= {"account_number": "1000000012", "utility": "water"}
    with pytest.raises(HallAway) as away:
        query_named(query).ask(service, Asked(given, load_catalogue(ASSETS), Texts.load(ASSETS)))
    assert away.value.why == why


def test_a_form_that_staff_must_see_is_not_promised_to_be_sent(met: Store, catalogue: Catalogue) -> None:
    hall = new_hall_service(met)
    (number,) = hall.keep([NewForm(allowance(catalogue), ANSWERS, new_receipt_number())], "zh")
    met.refused(1, NOW, "another body is there already")
    with pytest.raises(HallAway) as away:
        look_up(hall, {"receipt_number": number})
    assert away.value.why == "staff"


def test_one_call_at_a_time_and_none_for_the_next_visitor(met: Store) -> None:
    hall = new_hall_service(met)
    assert hall.staff_call() is None
    hall.call("home", None)
    first = met.get("device_sequence")
    hall.call("question-name", "old-age-allowance")
    assert met.get("device_sequence") == first
    call = hall.staff_call()
    assert call
    assert (call.state, call.reached_hall) == ("requested", False)
    again = new_hall_service(met).staff_call()
    assert again, "switched off and on, it is still this person's call"
    hall.visit_over()
    assert hall.staff_call() is None
    assert new_hall_service(met).staff_call() is None


def test_who_has_never_met_a_hall_does_not_promise_to_keep_forms(store: Store) -> None:
    line = SyncWorker(store, NoHall("http://127.0.0.1:8300"), kiosk="村委会-1", version="1")
    line.state = HallState(reached=False)
    hall = OfflineHallService("村委会-1", store, line, lambda: NoHall("http://127.0.0.1:8300"), clock=lambda: NOW)
    assert hall.notices() == ("not_met",)
    store.set(PINNED_KEY, HallKey(key_id="first", public_key=KEYS.public).model_dump_json())
    assert hall.notices() == ("offline",)


MATTER = "养老金资格认证：今天在这里，请工作人员看一下"


def test_a_promise_survives_a_kill_right_after_sending(met: Store, catalogue: Catalogue) -> None:
    child = os.fork()
    if child == 0:
        fresh = Store.open(met.path)
        new_hall_service(fresh).keep([NewForm(allowance(catalogue), ANSWERS, "400000000002")], "zh", MATTER)
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    call = new_hall_service(met).staff_call()
    assert call
    assert (call.state, call.matter) == ("requested", MATTER)


def test_form_and_call_are_kept_together_or_not_at_all(
    met: Store, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = new_hall_service(met)

    def fail(*_: object, **named: object) -> None:
        raise StoreFull("full")

    monkeypatch.setattr(Calls, "request_in", fail)
    with pytest.raises(CannotKeep):
        hall.keep([NewForm(allowance(catalogue), ANSWERS, "400000000002")], "zh", MATTER)
    assert met.outbox() == []
    assert hall.staff_call() is None


def test_forms_that_are_handed_in_at_once_are_kept_at_once_and_sent_one_by_one(
    met: Store, catalogue: Catalogue
) -> None:
    services = ("old-age-allowance", "senior-card", "senior-bus-card")
    definitions = [Definition.of(catalogue, catalogue.service(one)) for one in services]
    forms = [NewForm(one, ANSWERS, new_receipt_number(), new_code()) for one in definitions]
    hall = new_hall_service(met)
    assert hall.keep(forms, "zh", MATTER) == [one.number for one in forms]
    sent = [kept.body for number in met.due(NOW) if (kept := met.load(number))]
    assert [one.service_id for one in sent] == list(services)
    (bundle,) = {one.bundle for one in sent}
    assert bundle
    assert [one.page_key for one in sent] == [page_key(one.number, one.page_code) for one in forms]
    assert all(hall.is_kept(one.number) and hall.definition(one.definition.hash) for one in forms)
    call = hall.staff_call()
    assert call
    assert call.matter == MATTER
    (alone,) = hall.keep(forms[:1], "zh")
    item = met.load(met.due(NOW)[-1])
    assert item
    assert (item.body.receipt_number, item.body.bundle) == (alone, None)


def test_a_matter_is_added_to_the_open_call(met: Store, catalogue: Catalogue) -> None:
    hall = new_hall_service(met)
    hall.call("question-phone", "old-age-allowance")
    before = met.get("device_sequence")
    hall.keep([NewForm(allowance(catalogue), ANSWERS, "400000000002")], "zh", MATTER)
    hall.call("home", None, "别的")
    hall.call("home", None, "别的")
    call = hall.staff_call()
    assert call
    assert (call.state, call.matter) == ("requested", f"{MATTER}；别的")
    assert int(met.get("device_sequence") or 0) == int(before or 0) + 1, "a form, no second call"


def test_the_visit_follows_the_call_that_takes_over_what_staff_did_not_hear_of(
    met: Store, catalogue: Catalogue
) -> None:
    hall, client = FakeHall(), HallClient(URL)
    client.session.mount("http://", hall)
    calls, visitor = Calls(met, client), new_hall_service(met)
    visitor.call("home", None)
    calls.refresh(NOW)
    (first,) = hall.calls
    hall.move_call(first, "closed")
    visitor.keep([NewForm(allowance(catalogue), ANSWERS, "400000000002")], "zh", MATTER)
    calls.refresh(NOW)
    call = visitor.staff_call()
    assert call
    assert (call.state, call.matter) == ("requested", MATTER)
    calls.refresh(NOW)
    visitor.visit_over()
    calls.refresh(NOW)
    assert [call["state"] for call in hall.calls.values()] == ["closed", "abandoned"]
    assert visitor.staff_call() is None


@pytest.mark.parametrize(
    ("ended_by", "state"), [("cancel_call", CallState.CANCELLED), ("visit_over", CallState.ABANDONED)]
)
def test_a_call_that_was_opened_anew_just_now_is_ended_too(met: Store, ended_by: str, state: CallState) -> None:
    hall, client = FakeHall(), HallClient(URL)
    client.session.mount("http://", hall)
    calls, visitor = Calls(met, client), new_hall_service(met)
    visitor.call("home", None)
    calls.refresh(NOW)
    hall.move_call(next(iter(hall.calls)), "closed")
    visitor.call("receipt", None, MATTER)
    calls.refresh(NOW)
    getattr(visitor, ended_by)()
    view = calls.current()
    assert view
    assert (view.state, view.reason) == (state, MATTER)


def test_what_staff_have_closed_is_known_after_a_restart(met: Store) -> None:
    hall = new_hall_service(met)
    hall.call("receipt", "pension-certification", MATTER)
    calls = Calls(met, None)
    view = calls.current()
    assert view
    calls.resolve(view.call, Arrival(staff="王丽", by=ArrivedBy.BADGE))
    again = new_hall_service(met).staff_call()
    assert again
    assert (again.state, again.matter) == ("resolved", MATTER)


class Clocks:
    """The one that may be set and the one that only runs forward."""

    def __init__(self) -> None:
        self.now, self.seconds = NOW, 1000.0

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds


def switched_on(store: Store, clocks: Clocks) -> OfflineHallService:
    client = NoHall("http://127.0.0.1:8300")
    worker = SyncWorker(store, client, kiosk="村委会-1", version="1")
    return OfflineHallService(
        "村委会-1", store, worker, lambda: client, clock=lambda: clocks.now, monotonic=lambda: clocks.seconds
    )


def waited_s(hall: OfflineHallService, clocks: Clocks) -> float:
    call = hall.staff_call()
    assert call
    return clocks.seconds - call.called_at


def test_how_long_somebody_waits_counts_from_the_press_over_restarts(met: Store) -> None:
    clocks = Clocks()
    hall = switched_on(met, clocks)
    hall.call("home", None)
    clocks.pass_(40)
    assert waited_s(hall, clocks) == 40
    clocks.seconds = 7.0  # switched off and on
    assert waited_s(switched_on(met, clocks), clocks) == 40


@pytest.mark.parametrize("by", [timedelta(hours=-3), timedelta(days=400)])
def test_setting_the_clock_changes_nothing_for_who_waits(met: Store, by: timedelta) -> None:
    clocks = Clocks()
    hall = switched_on(met, clocks)
    hall.call("home", None)
    assert waited_s(hall, clocks) == 0
    clocks.now += by
    clocks.pass_(20)
    assert waited_s(hall, clocks) == 20


def test_the_visitors_process_learns_that_no_staff_page_is_open(met: Store) -> None:
    """It shares the store with the sync process, which alone talks to the hall and tells what it heard."""
    hall, client = FakeHall(), HallClient(URL)
    client.session.mount("http://", hall)
    hall.key = {"key_id": "first", "public_key": b64encode(KEYS.public).decode()}
    worker = SyncWorker(met, client, kiosk="村委会-1", version="1", clock=lambda: NOW)
    visitor = RemoteSync(met, Silent(), HallState())  # type: ignore[arg-type]
    service = OfflineHallService("村委会-1", met, visitor, lambda: client, clock=lambda: NOW)

    def told() -> bool:
        worker.step(NOW + timedelta(seconds=2 * len(hall.requests)))
        visitor.state = worker.state
        call = service.staff_call()
        assert call
        return call.staff_page_open

    service.call("home", None)
    assert told(), "an older hall does not say"
    for page_open in (False, True, False):
        next(iter(hall.calls.values()))["staff_page_open"] = page_open
        assert told() is page_open
    service.cancel_call()
    service.call("home", None)
    call = service.staff_call()
    assert call
    assert call.staff_page_open, "nothing is known of a new call yet"


class Silent:
    def send(self, what: object) -> None: ...


def test_a_number_to_be_phoned_at_is_nowhere_on_the_disk_in_the_clear(met: Store, tmp_path: Path) -> None:
    hall = new_hall_service(met)
    hall.call("home", None)
    hall.leave_number("13800138000")
    row = Calls(met, None).current()
    assert row
    assert row.has_number
    on_disk = b"".join(one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
    assert b"13800138000" not in on_disk
    assert b64encode(b"13800138000") not in on_disk
    with met.transaction() as session:
        body = CallRequest.model_validate_json(session.scalars(select(CallRow.body)).one())
    assert body.call_back
    assert open_sealed(KEYS.private, body.call_back, number_context(row.call)) == b"13800138000"
    call = hall.staff_call()
    assert call
    assert call.has_number


def test_without_the_halls_key_no_number_is_kept(store: Store) -> None:
    hall = new_hall_service(store)
    hall.call("home", None)
    with pytest.raises(CannotKeep):
        hall.leave_number("13800138000")


def test_what_the_visitor_says_of_the_call_goes_to_the_hall(met: Store) -> None:
    fake, client = FakeHall(), HallClient(URL)
    client.session.mount("http://", fake)
    calls, hall = Calls(met, client), new_hall_service(met)
    hall.call("home", None, needs=(Need.HEARING,))
    calls.refresh(NOW)
    hall.tell_needs((Need.HEARING, Need.SEEING))
    hall.tell_other_ways()
    hall.tell_other_ways()
    view = calls.refresh(NOW + timedelta(seconds=5))
    assert view
    assert view.needs == (Need.HEARING, Need.SEEING)
    assert view.other_way
    with met.transaction() as session:
        body = CallRequest.model_validate_json(session.scalars(select(CallRow.body)).one())
    assert body.step == 2, "other ways are told once"
