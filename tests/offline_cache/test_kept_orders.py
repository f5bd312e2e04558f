"""What somebody could not get done goes to the hall after the forms, once, whatever happens on the way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fake_hall import FakeHall
from sqlalchemy import text

from offline_cache.hall_client import HallClient
from offline_cache.parcels.unfinished import retry_refused
from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.status import outbox_status, stuck_forms
from offline_cache.store import Store, StoreError
from offline_cache.sync import Sync
from offline_cache.tables import ParcelState
from protocol.work_orders.order import WorkOrderRequest

NUMBER = "400000000002"


@pytest.fixture
def sync(store: Store, client: HallClient) -> Sync:
    return Sync(store, client, lambda tries: 10.0)


def leave(store: Store, now: datetime, number: str = NUMBER, name: UUID | None = None) -> UUID:
    name = name or uuid4()
    order = WorkOrderRequest(kiosk="k", number=number, created_at=now, screen="home", lang="zh", sound=b"sealed")
    WorkOrders(store).keep(name, order)
    return name


def test_it_waits_without_a_line_and_goes_after_the_forms_once(
    store: Store, sync: Sync, hall: FakeHall, keep: Callable[[str], UUID], now: datetime, path: Path
) -> None:
    name = leave(store, now)
    form = keep("A-1")
    hall.is_down = True
    sync.sync_once(now)
    again = Store.open(path)  # as the next process finds it
    leave(again, now, name=name)  # a second press
    assert WorkOrders(again).state(NUMBER) is ParcelState.WAITING
    again.close()
    hall.is_down = False
    sync.sync_once(now + timedelta(seconds=30), stop=lambda: bool(hall.forms))  # a round ends after the form
    hall.answers_to_lose = 1
    for minute in range(1, 4):
        sync.sync_once(now + timedelta(minutes=minute))
    put = [one.removeprefix("PUT /") for one in hall.requests if "/submissions/" in one or "/work-orders/" in one]
    assert put.index(f"submissions/{form}") < put.index(f"work-orders/{name}")
    assert put.count(f"work-orders/{name}") == 2
    assert len(hall.work_orders) == 1
    assert WorkOrders(store).state(NUMBER) is ParcelState.TOLD
    assert outbox_status(store)["work_orders"] == []


def test_another_one_under_the_same_number_or_id_is_not_taken(store: Store, now: datetime) -> None:
    name = leave(store, now)
    with pytest.raises(StoreError, match="give the new one a new id"):
        leave(store, now, "400000000010", name)
    with pytest.raises(StoreError):
        leave(store, now, NUMBER, uuid4())


def test_one_that_the_hall_refuses_stays_for_staff_and_can_be_sent_again(
    store: Store, sync: Sync, hall: FakeHall, now: datetime
) -> None:
    name = leave(store, now)
    hall.trouble[f"/work-orders/{name}"] = (409, {"Content-Type": "application/json"}, b'{"detail": "Another one."}')
    sync.sync_once(now)
    (told,) = outbox_status(store)["work_orders"]
    assert (told["number"], told["state"], told["last_error"]) == (NUMBER, "refused", "Another one.")
    assert (stuck_forms(store).refused, stuck_forms(store).because) == (1, ("Another one.",))
    hall.trouble.clear()
    assert (retry_refused(store, "400000000010"), retry_refused(store, NUMBER)) == (0, 1)
    sync.sync_once(now)
    assert WorkOrders(store).state(NUMBER) is ParcelState.TOLD


def test_a_damaged_one_is_told_and_never_sent(store: Store, sync: Sync, hall: FakeHall, now: datetime) -> None:
    leave(store, now)
    with store.transaction() as session:
        session.execute(text("UPDATE work_order SET body = body || ' '"))
    sync.sync_once(now)
    assert [one["state"] for one in outbox_status(store)["work_orders"]] == ["damaged"]
    assert stuck_forms(store).held == 1
    assert not hall.work_orders


def test_a_hall_that_went_back_is_told_again_within_a_week(
    store: Store, sync: Sync, hall: FakeHall, now: datetime
) -> None:
    hall.generation = uuid4()
    name = leave(store, now)
    sync.sync_once(now)
    leave(store, now, "400000000028")
    sync.sync_once(now)
    assert hall.requests.count(f"PUT /work-orders/{name}") == 1, "the same hall is told once"
    hall.work_orders.clear()
    hall.generation = uuid4()
    leave(store, now, "400000000010")  # so that there is a reason to ask for the key
    sync.sync_once(now + timedelta(minutes=1))
    assert str(name) in hall.work_orders
    WorkOrders(store).drop_old(now + timedelta(days=6))
    assert WorkOrders(store).state(NUMBER) is ParcelState.TOLD
    WorkOrders(store).drop_old(now + timedelta(days=8))
    assert WorkOrders(store).state(NUMBER) is None, "its sealed sound is not kept for longer"
