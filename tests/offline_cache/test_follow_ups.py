"""What is asked of a form after it was sent goes to the hall after the form, once, whatever happens on the way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fake_hall import FakeHall
from sqlalchemy import text

from offline_cache.hall_client import HallClient
from offline_cache.parcels.follow_ups import FollowUps
from offline_cache.parcels.unfinished import all_due, retry_refused
from offline_cache.status import outbox_status, stuck_forms
from offline_cache.store import Store, StoreError
from offline_cache.sync import Sync
from offline_cache.tables import ParcelState
from protocol.after_sending import FollowUp, FollowUpKind, Outcome

TAKE_BACK = FollowUpKind.TAKE_BACK


@pytest.fixture
def sync(store: Store, client: HallClient) -> Sync:
    return Sync(store, client, lambda tries: 10.0)


def take_back(store: Store, now: datetime, form: UUID, name: UUID | None = None) -> UUID:
    name = name or uuid4()
    visitor = f"level=2;by=sender;at={int(now.timestamp())}"
    FollowUps(store).keep(name, form, FollowUp(kind=TAKE_BACK, made_at=now, visitor=visitor))
    return name


def test_it_waits_for_its_form_and_goes_after_it(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    form = keep("A-1")
    name = take_back(store, now, form)
    hall.is_down = True
    sync.sync_once(now)
    assert FollowUps(store).outcome(form, TAKE_BACK) is ParcelState.WAITING
    hall.is_down = False
    sync.sync_once(now + timedelta(minutes=1))
    asked = [one for one in hall.requests if str(form) in one]
    assert asked[-2:] == [f"PUT /submissions/{form}", f"PUT /submissions/{form}/follow-ups/{name}"]
    assert FollowUps(store).outcome(form, TAKE_BACK) is Outcome.TAKEN


def test_a_correction_and_then_a_request_keep_their_order(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    first = keep("A-1")
    take_back(store, now, first)
    second = keep("A-2")
    sync.sync_once(now)
    forms = [one.removeprefix("PUT /submissions/")[:36] for one in hall.requests if "PUT /submissions" in one]
    assert forms == [str(first), str(second), str(first)]


def test_after_a_crash_or_a_second_press_it_is_one_request(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime, path: Path
) -> None:
    form, name = keep("A-1"), uuid4()
    for _ in range(3):
        take_back(store, now, form, name)
    again = Store.open(path)  # as the next process finds it
    assert FollowUps(again).outcome(form, TAKE_BACK) is ParcelState.WAITING
    take_back(again, now, form, name)
    again.close()
    sync.sync_once(now)
    assert list(hall.follow_ups) == [str(name)]
    with pytest.raises(StoreError, match="give the new one a new id"):
        take_back(store, now, uuid4(), name)


def test_an_answer_that_got_lost_is_asked_for_again(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    form = keep("A-1")
    sync.sync_once(now)
    take_back(store, now, form)
    hall.answers_to_lose = 1
    sync.sync_once(now)
    assert FollowUps(store).outcome(form, TAKE_BACK) is ParcelState.WAITING
    sync.sync_once(now + timedelta(seconds=11))
    assert FollowUps(store).outcome(form, TAKE_BACK) is Outcome.TAKEN
    assert len(hall.follow_ups) == 1


def test_what_was_decided_before_is_told(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    form = keep("A-1")
    take_back(store, now, form)
    hall.outcome = "too_late"
    sync.sync_once(now)
    assert FollowUps(store).outcome(form, TAKE_BACK) is Outcome.TOO_LATE


def test_a_form_that_the_hall_does_not_have_is_asked_for_later_and_holds_no_form_up(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    elsewhere = uuid4()
    take_back(store, now, elsewhere)
    keep("A-1")
    assert sync.sync_once(now).delivered == 1
    assert not FollowUps(store).due(now + timedelta(seconds=9))
    assert FollowUps(store).due(now + timedelta(seconds=11))
    all_due(store)
    assert FollowUps(store).due(now), "who asks by hand does not wait"


def test_one_that_the_hall_refuses_stays_for_staff(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    form = keep("A-1")
    name = take_back(store, now, form)
    body = b'{"detail": "The visitor has to show who they are first."}'
    hall.trouble[f"/submissions/{form}/follow-ups/{name}"] = (403, {"Content-Type": "application/json"}, body)
    sync.sync_once(now)
    assert FollowUps(store).outcome(form, TAKE_BACK) is ParcelState.REFUSED
    assert not FollowUps(store).due(now + timedelta(days=1))
    (told,) = outbox_status(store)["follow_ups"]
    assert (told["submission"], told["kind"], told["state"]) == (str(form), "take_back", "refused")
    assert "show who they are" in told["last_error"]
    assert (stuck_forms(store).refused, stuck_forms(store).because) == (1, (told["last_error"],))
    hall.trouble.clear()
    assert (retry_refused(store, str(uuid4())), retry_refused(store, str(form))) == (0, 1)
    sync.sync_once(now)
    assert FollowUps(store).outcome(form, TAKE_BACK) is Outcome.TAKEN
    assert outbox_status(store)["follow_ups"] == []


def test_what_waits_or_is_damaged_on_the_disk_is_told(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    waiting, damaged = take_back(store, now, keep("A-1")), take_back(store, now, keep("A-2"))
    with store.transaction() as session:
        session.execute(text("UPDATE follow_up SET body = body || ' ' WHERE uuid = :uuid"), {"uuid": str(damaged)})
    told = {one["follow_up"]: one["state"] for one in outbox_status(store)["follow_ups"]}
    assert told == {str(waiting): "waiting", str(damaged): "damaged"}
    assert (stuck_forms(store).refused, stuck_forms(store).held) == (0, 1)
    sync.sync_once(now)
    assert list(hall.follow_ups) == [str(waiting)]


def test_a_hall_that_went_back_in_time_is_told_again(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime
) -> None:
    hall.generation = uuid4()
    form, backup = keep("A-1"), hall.back_up()
    take_back(store, now, form)
    sync.sync_once(now)
    hall.follow_ups.clear()
    hall.restore(backup)
    keep("A-2")
    sync.sync_once(now + timedelta(minutes=1))
    assert [one for one, _ in hall.follow_ups.values()] == [str(form)]


def test_it_goes_a_month_after_the_hall_was_told(
    store: Store, sync: Sync, keep: Callable[[str], UUID], now: datetime
) -> None:
    form = keep("A-1")
    take_back(store, now, form)
    FollowUps(store).drop_old(now + timedelta(days=99))
    assert FollowUps(store).outcome(form, TAKE_BACK) is ParcelState.WAITING, "nothing is dropped that waits"
    sync.sync_once(now)
    FollowUps(store).drop_old(now + timedelta(days=31))
    assert FollowUps(store).outcome(form, TAKE_BACK) is None
