"""The circuit breaker on reading personal data."""

from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, StandingClock, call_request, send_form, settings_in
from sqlalchemy import select

from backend.accounts.permissions import Role, Staff
from backend.audit.log import entries
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall, open_hall
from backend.reading.breaker import SamePersonError, reopen, take_reading
from backend.reading.limits import LIMITS, Tier
from backend.reading.tables import Reader, Reading

ID = UUID(int=11)
LEAD = Staff("王强", Role.LEAD)


def read(hall: Hall, tier: Tier, who: str = "李芳") -> str | None:
    """One look; the code of why there was none."""
    with hall.database.write() as session:
        refusal = take_reading(session, hall, who, tier)
    return refusal.code if refusal else None


def read_without_a_pause(hall: Hall, clock: StandingClock, tier: Tier, count: int) -> None:
    for _ in range(count):
        clock.pass_(seconds=LIMITS[tier].gap.total_seconds())
        assert read(hall, tier) is None


@pytest.mark.parametrize(("tier", "slow", "stop"), [(Tier.L3, 60, 200), (Tier.L4, 10, 20)])
def test_much_reading_is_slow_and_unusually_much_stops(
    hall: Hall, clock: StandingClock, tier: Tier, slow: int, stop: int
) -> None:
    for _ in range(slow):
        assert read(hall, tier) is None
    assert read(hall, tier) == "reading_slow"
    read_without_a_pause(hall, clock, tier, stop - slow)
    clock.pass_(minutes=2)
    assert read(hall, tier) == "reading_stopped"
    assert read(hall, Tier.L3) == read(hall, Tier.L4) == "reading_stopped"
    clock.pass_(days=400)
    assert read(hall, tier) == "reading_stopped"  # time alone opens nothing
    assert read(hall, tier, "赵敏") is None  # others go on


def test_an_hour_later_the_count_is_new(hall: Hall, clock: StandingClock) -> None:
    for _ in range(60):
        read(hall, Tier.L3)
    clock.pass_(minutes=61)
    assert [read(hall, Tier.L3) for _ in range(60)] == [None] * 60


def test_three_times_what_one_usually_reads_stops_too(hall: Hall, clock: StandingClock) -> None:
    for _ in range(12):  # twelve hours of five looks each
        for _ in range(5):
            read(hall, Tier.L4)
        clock.pass_(hours=1)
    for _ in range(10):
        assert read(hall, Tier.L4) is None
    read_without_a_pause(hall, clock, Tier.L4, 5)
    assert read(hall, Tier.L4) == "reading_stopped"


def test_a_restart_forgives_nothing(hall: Hall, clock: StandingClock, tmp_path: Path) -> None:
    for _ in range(10):
        read(hall, Tier.L4)
    read_without_a_pause(hall, clock, Tier.L4, 10)
    assert read(hall, Tier.L4) == "reading_stopped"
    again = open_hall(settings_in(tmp_path), clock)
    assert read(again, Tier.L4) == "reading_stopped"
    again.database.close()


def stop(hall: Hall, who: str) -> None:
    with hall.database.write() as session:
        session.add(Reader(who=who, counted_since=None, stopped_at=hall.clock(), stopped_for=Tier.L4))


def test_a_second_person_lets_one_go_on_and_nobody_themselves(hall: Hall) -> None:
    stop(hall, "李芳")
    with pytest.raises(SamePersonError):
        reopen(hall, "李芳", Staff("李芳", Role.ADMIN))
    with pytest.raises(UnknownError):
        reopen(hall, "赵敏", LEAD)
    reopen(hall, "李芳", LEAD)
    assert read(hall, Tier.L4) is None
    with hall.database.read() as session:
        acts = [(one.record["who"], one.record["action"], one.record["subject"]) for one in entries(session)]
    assert acts == [("王强", "reading_reopened", "李芳")]


def test_what_was_read_before_the_second_person_looked_counts_no_more(hall: Hall, clock: StandingClock) -> None:
    for _ in range(10):
        read(hall, Tier.L4)
    read_without_a_pause(hall, clock, Tier.L4, 10)
    assert read(hall, Tier.L4) == "reading_stopped"
    reopen(hall, "李芳", LEAD)
    clock.pass_(seconds=1)
    assert [read(hall, Tier.L4) for _ in range(10)] == [None] * 10


def test_forms_and_calls_come_in_while_staff_are_stopped_and_the_page_says_why(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    stop(hall, "李芳")
    send_form(clerk, hall.keys.public, ID)
    assert clerk.put(f"/calls/{ID}", content=call_request(), headers=JSON_BODY).status_code in (200, 201)
    refused = clerk.post(f"/submissions/{ID}/open")
    assert (refused.status_code, refused.json()["code"]) == (403, "reading_stopped")
    moved = clerk.put(f"/submissions/{ID}/status", json={"status": "in_review"})
    assert moved.status_code == 204  # work goes on without reading
    reading = clerk.get("/staff/reading").json()
    assert reading["pace"] == "stopped"
    assert [one["who"] for one in reading["stopped"] if one["is_me"]] == ["李芳"]
    assert clerk.post("/staff/reading/reopen", json={"who": "李芳"}).status_code == 403
    with hall.database.read() as session:
        assert not any(one.record["action"] == "open" for one in entries(session))


def test_opening_and_uncovering_count_by_how_private_the_answer_is(clerk: TestClient, hall: Hall) -> None:
    send_form(clerk, hall.keys.public, ID)
    clerk.post(f"/submissions/{ID}/open")
    for field in ("town", "phone", "resident_id"):
        assert clerk.post(f"/submissions/{ID}/reveal", json={"field": field}).status_code == 200
    with hall.database.read() as session:
        assert sorted(session.scalars(select(Reading.tier))) == [Tier.L3, Tier.L3, Tier.L3, Tier.L4]


def test_a_slow_look_says_how_long_to_wait(clerk: TestClient, hall: Hall) -> None:
    send_form(clerk, hall.keys.public, ID)
    for _ in range(10):
        read(hall, Tier.L4)
    refused = clerk.post(f"/submissions/{ID}/reveal", json={"field": "resident_id"})
    assert (refused.status_code, refused.json()["code"]) == (429, "reading_slow")
    assert int(refused.headers["Retry-After"]) == 60
    assert clerk.get("/staff/reading").json()["pace"] == "slow"


def test_a_clock_that_was_far_ahead_at_the_reopening_leaves_nobody_uncounted(hall: Hall, clock: StandingClock) -> None:
    clock.pass_(days=3650)
    stop(hall, "李芳")
    reopen(hall, "李芳", LEAD)
    clock.pass_(days=-3650)
    assert [read(hall, Tier.L4) for _ in range(11)] == [None] * 10 + ["reading_slow"]
