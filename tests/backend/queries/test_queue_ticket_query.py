from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import StandingClock, enrolled, settings_in
from sqlalchemy import select

from backend.hall.hall import Hall, open_hall
from backend.kiosks.levels import Visitor
from backend.privacy.retention import QUEUE_DAYS, prune_a_piece
from backend.queries.queue_ticket import answer, half_of
from backend.queue.tables import QueueTicket
from backend.queue.tickets import waiting
from protocol.levels import Granted, Level
from protocol.queries.opening_hours import Span
from protocol.queries.queue_ticket import Inputs

FRIDAY = datetime(
    2026, 11, 20, 9, 30
).astimezone()  # where the hall is, open from 8:30 to 11:30 and from 14:00 to 17:00
WANTED = {"matter": "money", "slot": "now", "senior": "no", "mobility": "none"}


@pytest.fixture(autouse=True)
def _on_a_friday(clock: StandingClock) -> None:
    clock.now = FRIDAY


def drawn(client: TestClient, **other: str) -> dict[str, Any]:
    """What the hall says to a kiosk; each time another id unless one is given."""
    told = client.post("/queries/queue_ticket", json={"id": str(uuid4()), **WANTED, **other})
    assert told.status_code == 200, told.text
    said: dict[str, Any] = told.json()
    return said


def number(client: TestClient, **other: str) -> int:
    ticket = drawn(client, **other)["ticket"]
    assert ticket is not None
    drawn_number: int = ticket["number"]
    return drawn_number


def test_numbers_follow_each_other_and_the_same_id_gets_the_same_number_again(client: TestClient) -> None:
    again = str(uuid4())
    assert [number(client), number(client, id=again), number(client)] == [1, 2, 3]
    assert number(client, id=again) == 2
    assert number(client) == 4


def test_the_same_id_of_another_kiosk_is_another_number(hall: Hall, client: TestClient) -> None:
    same = str(uuid4())
    first = number(client, id=same)
    client.auth = enrolled(hall, "柳林村二号")
    assert number(client, id=same) == first + 1


def test_numbers_begin_anew_each_day_and_one_of_yesterday_is_still_told_with_its_day(
    client: TestClient, clock: StandingClock
) -> None:
    clock.now = FRIDAY + timedelta(days=3, hours=7)  # on a Monday, just before it closes
    late = str(uuid4())
    assert [number(client), number(client, id=late)] == [1, 2]
    clock.pass_(hours=7, minutes=31)  # midnight has passed, and the kiosk asks again
    told = drawn(client, id=late)["ticket"]
    assert (told["number"], told["day"]) == (2, "2026-11-23")
    clock.pass_(hours=8, minutes=30)
    assert number(client) == 1


def test_two_kiosks_that_draw_at_once_get_two_numbers(tmp_path: Path) -> None:
    halls = [open_hall(settings_in(tmp_path), StandingClock(FRIDAY)) for _ in range(2)]
    kiosks = [enrolled(halls[0], name) for name in ("一号", "二号")]
    at_once = Barrier(2)

    def draw_some(hall: Hall, at: int) -> list[int]:
        visitor, found = Visitor(kiosks[at].signed(), Granted(Level.NOBODY)), []
        at_once.wait()
        for _ in range(10):
            told = answer(hall, visitor, Inputs.model_validate({"id": uuid4(), **WANTED})).ticket
            assert told is not None
            found.append(told.number)
        return found

    with ThreadPoolExecutor(2) as pool:
        both = [one for part in pool.map(draw_some, halls, range(2)) for one in part]
    for hall in halls:
        hall.database.close()
    assert sorted(both) == list(range(1, 21))


def test_who_is_old_goes_first_and_how_many_are_before_is_told_once_numbers_are_called(
    hall: Hall, client: TestClient
) -> None:
    young, old = str(uuid4()), str(uuid4())
    assert number(client) == 1
    assert number(client, slot="afternoon", senior="yes") == 2
    assert drawn(client, id=young)["ticket"] == {
        "number": 3, "day": "2026-11-20", "half": "morning", "first": False, "ahead": None, "called": None,
    }  # fmt: skip
    assert drawn(client, id=old, senior="yes")["ticket"]["first"] is True
    with hall.database.write() as session:
        assert [one.number for one in session.scalars(waiting(hall.today))] == [4, 1, 3, 2]
        first = session.scalars(select(QueueTicket).where(QueueTicket.number == 1)).one()
        first.called_at = hall.clock()
    assert drawn(client, id=old)["ticket"]["ahead"] == 0
    assert drawn(client, id=young)["ticket"]["ahead"] == 1
    assert drawn(client, id=young)["ticket"]["called"] == 1
    assert drawn(client, slot="afternoon")["ticket"]["ahead"] == 3
    assert drawn(client, slot="afternoon", senior="yes")["ticket"]["ahead"] == 3


@pytest.mark.parametrize(
    ("slot", "at", "half"),
    [
        ("now", time(7), "morning"),
        ("now", time(11), "morning"),
        ("now", time(11, 45), "afternoon"),
        ("now", time(15), "afternoon"),
        ("now", time(17), None),
        ("morning", time(8), "morning"),
        ("morning", time(11, 45), None),
        ("morning", time(15), None),
        ("afternoon", time(8), "afternoon"),
        ("afternoon", time(16, 59), "afternoon"),
        ("afternoon", time(18), None),
    ],
)
def test_a_number_is_for_a_time_at_which_the_hall_is_open(slot: str, at: time, half: str | None) -> None:
    spans = [Span(opens=time(8, 30), closes=time(11, 30)), Span(opens=time(14), closes=time(17))]
    assert half_of(spans, slot, at) == half
    assert half_of([], slot, at) is None


def test_a_hall_that_is_open_through_noon_has_a_morning_and_an_afternoon() -> None:
    spans = [Span(opens=time(9), closes=time(17))]
    assert [half_of(spans, "now", time(hour)) for hour in (8, 11, 12, 16, 17)] == [
        "morning", "morning", "afternoon", "afternoon", None,
    ]  # fmt: skip


def test_when_it_is_closed_there_is_no_number_and_the_next_hours_are_told(
    client: TestClient, clock: StandingClock
) -> None:
    clock.now = FRIDAY + timedelta(hours=9)
    told = drawn(client)
    assert told["ticket"] is None
    assert told["opens"]["date"] == "2026-11-21"
    clock.now = FRIDAY + timedelta(days=3, hours=3)  # Monday noon: the morning is over, and it opens again today
    assert drawn(client, slot="morning")["opens"]["date"] == "2026-11-23"
    assert number(client) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"id": "12"}, {"slot": "tomorrow"}, {"senior": "perhaps"}, {"matter": "A B"}, {"mobility": "x" * 99}, {"a": "b"}],
)
def test_what_a_kiosk_may_not_ask_is_refused(client: TestClient, wrong: dict[str, str]) -> None:
    asked = {"id": str(UUID(int=1)), **WANTED, **wrong}
    assert client.post("/queries/queue_ticket", json=asked).status_code == 422
    assert number(client) == 1


def test_old_numbers_go_by_themselves(hall: Hall, client: TestClient, clock: StandingClock) -> None:
    number(client)
    clock.pass_(days=QUEUE_DAYS + 1)
    while prune_a_piece(hall):
        pass
    with hall.database.read() as session:
        assert session.scalars(select(QueueTicket)).all() == []
