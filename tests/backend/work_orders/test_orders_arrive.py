"""What somebody could not get done arrives once, gets a day, and is never refused for what it says."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, StandingClock, enrolled
from left_orders import NUMBER, leave, order
from spoken_sound import spoken
from sqlalchemy import select

from backend.hall.hall import Hall
from backend.work_orders.due import due_day
from backend.work_orders.intake import MANY_AN_HOUR
from backend.work_orders.tables import WorkOrder
from forms.hall.opening_hours import OpeningHours
from protocol.sealing import OVERHEAD_BYTES
from protocol.wire import MAX_SEALED_BYTES

FRIDAY = date(2026, 11, 20)


def rows(hall: Hall) -> list[WorkOrder]:
    with hall.database.read() as session:
        return list(session.scalars(select(WorkOrder).order_by(WorkOrder.received_at, WorkOrder.id)))


def test_the_same_order_is_kept_once_and_always_gets_its_receipt(client: TestClient, hall: Hall) -> None:
    name = uuid4()
    body = order(hall, name, reason="papers").model_dump_json(exclude_none=True)
    first, again = (client.put(f"/work-orders/{name}", content=body, headers=JSON_BODY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == {"order": str(name), "number": NUMBER}
    assert [one.number for one in rows(hall)] == [NUMBER]
    other = order(hall, name, reason="other").model_dump_json(exclude_none=True)
    assert client.put(f"/work-orders/{name}", content=other, headers=JSON_BODY).status_code == 409
    client.auth = enrolled(hall, "另一台")
    assert client.put(f"/work-orders/{name}", content=body, headers=JSON_BODY).status_code == 409


def test_the_longest_speech_has_room_and_a_stranger_none(client: TestClient, hall: Hall) -> None:
    leave(client, hall, sound=bytes(MAX_SEALED_BYTES - OVERHEAD_BYTES))
    client.auth = None
    body = order(hall, uuid4(), reason="papers").model_dump_json(exclude_none=True)
    assert client.put(f"/work-orders/{uuid4()}", content=body, headers=JSON_BODY).status_code == 401


def test_what_this_hall_cannot_open_or_does_not_know_is_kept_all_the_same(client: TestClient, hall: Hall) -> None:
    name = uuid4()
    body = order(hall, name, reason="reason_of_next_year", service_id="never-heard-of")
    body = body.model_copy(update={"sound": b"sealed to another key"})
    content = body.model_dump_json(exclude_none=True)
    assert client.put(f"/work-orders/{name}", content=content, headers=JSON_BODY).status_code == 201
    assert [one.reason for one in rows(hall)] == ["reason_of_next_year"]


@pytest.mark.parametrize(
    ("left", "arrived", "days", "due"),
    [
        (FRIDAY, FRIDAY, 1, date(2026, 11, 21)),  # a Saturday morning
        (FRIDAY, FRIDAY, 2, date(2026, 11, 23)),  # and then a Sunday
        (date(2026, 12, 31), date(2026, 12, 31), 1, date(2027, 1, 2)),  # New Year's Day
        (FRIDAY - timedelta(days=9), FRIDAY, 3, date(2026, 11, 21)),  # it waited on a kiosk without a line
        (FRIDAY - timedelta(days=1), FRIDAY, 3, date(2026, 11, 23)),
    ],
    ids=["saturday", "over-sunday", "new-year", "offline", "yesterday"],
)
def test_days_on_which_the_hall_is_closed_do_not_count(
    left: date, arrived: date, days: int, due: date, hours: OpeningHours
) -> None:
    assert due_day(hours, left, arrived, days) == due


@pytest.fixture
def hours() -> OpeningHours:
    morning = ["08:30-11:30"]
    week = dict.fromkeys(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"], morning)
    closed = {"2027-01-01": {"zh": "元旦放假", "en": "New Year's Day"}}
    return OpeningHours.model_validate({"week": week | {"sunday": []}, "closed": closed})


def test_a_hall_that_is_never_open_counts_every_day(hours: OpeningHours) -> None:
    never = hours.model_copy(update={"week": hours.week.model_copy(update={day: [] for day, _ in hours.week})})
    assert due_day(never, FRIDAY, FRIDAY, 3) == FRIDAY + timedelta(days=3)


def test_a_reason_may_have_a_day_of_its_own(client: TestClient, hall: Hall) -> None:
    for number, reason in (("400000000002", "machine"), ("400000000010", "papers"), ("400000000028", None)):
        leave(client, hall, number=number, reason=reason, sound=b"" if reason else spoken(1))
    assert {one.number: one.due.isoformat() for one in rows(hall)} == {
        "400000000002": "2026-11-21",
        "400000000010": "2026-11-24",
        "400000000028": "2026-11-24",
    }


def test_the_orders_of_a_kiosk_gone_mad_are_kept_and_marked(
    client: TestClient, hall: Hall, clock: StandingClock
) -> None:
    for _ in range(MANY_AN_HOUR + 1):
        leave(client, hall, reason="machine")
        clock.pass_(seconds=1)
    client.auth = enrolled(hall, "另一台")
    leave(client, hall, reason="machine")
    assert [one.one_of_many for one in rows(hall)] == [False] * MANY_AN_HOUR + [True, False]


def test_nothing_that_was_said_or_left_is_on_the_halls_disk_in_the_clear(
    client: TestClient, hall: Hall, tmp_path: Path
) -> None:
    sound = spoken(1)
    leave(client, hall, sound=sound, phone="13987654321")
    on_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert NUMBER.encode() in on_disk
    assert sound[-200:-100] not in on_disk
    assert b"13987654321" not in on_disk
