"""Staff see when a form was filled in and who has waited longest, whenever it arrived."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, NOW, RIGHT_ANSWERS, StandingClock, submission
from sqlalchemy import text

from backend.hall.hall import Hall


@pytest.fixture
def arrive(clerk: TestClient, hall: Hall):
    """A form with this receipt number, filled in then by the kiosk's clock, arrives now."""

    def arrive(number: str, created_at: datetime) -> UUID:
        form = uuid4()
        body = submission(hall.keys.public, form, RIGHT_ANSWERS, number, created_at=created_at).model_dump_json()
        assert clerk.put(f"/submissions/{form}", content=body, headers=JSON_BODY).status_code == 201
        return form

    return arrive


def board(clerk: TestClient) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = clerk.get("/staff/submissions").json()["submissions"]
    return shown


def test_whoever_has_waited_longest_stands_first_whenever_the_form_arrived(
    clerk: TestClient, arrive, clock: StandingClock
) -> None:
    arrive("filled-today", NOW)
    clock.pass_(hours=1)
    arrive("filled-three-days-ago", NOW - timedelta(days=3))
    assert [form["receipt_number"] for form in board(clerk)] == ["filled-three-days-ago", "filled-today"]
    assert board(clerk)[0]["filled_at"] == (NOW - timedelta(days=3)).isoformat().replace("+00:00", "Z")


def test_what_is_done_hides_nobody_who_waits(clerk: TestClient, arrive, clock: StandingClock) -> None:
    done = [arrive(f"done-{number}", NOW - timedelta(days=9 - number)) for number in range(2)]
    arrive("waits", NOW)
    for form in done:
        clerk.put(f"/submissions/{form}/status", json={"status": "done"})
    assert [form["receipt_number"] for form in board(clerk)] == ["waits", "done-1", "done-0"]


@pytest.mark.parametrize(
    ("created_at", "filled_at", "clock_wrong"),
    [
        (NOW - timedelta(days=3), NOW - timedelta(days=3), False),
        (NOW + timedelta(minutes=2), NOW, False),  # never later than the arrival
        (NOW + timedelta(days=1), NOW, True),
        (datetime(1970, 1, 1, 8, tzinfo=UTC), NOW, True),
        (NOW - timedelta(days=400), NOW, True),
    ],
)
def test_a_wrong_clock_of_the_kiosk_is_said_and_the_arrival_shown(
    clerk: TestClient, arrive, created_at: datetime, filled_at: datetime, clock_wrong: bool
) -> None:
    arrive("YL-0001", created_at)
    (form,) = board(clerk)
    assert (form["filled_at"], form["clock_wrong"]) == (filled_at.isoformat().replace("+00:00", "Z"), clock_wrong)


def test_forms_of_before_the_update_keep_their_day(clerk: TestClient, hall: Hall, arrive) -> None:
    """The database of an older hall is brought up to date: its forms have no `filled_at` yet."""
    arrive("three-days", NOW - timedelta(days=3)), arrive("future", NOW + timedelta(days=9))
    with hall.database.write() as session:
        for name in ("ix_submissions_filled_at", "ix_submissions_status_filled_at"):
            session.execute(text(f"DROP INDEX {name}"))
        for name in ("filled_at", "clock_wrong"):
            session.execute(text(f"ALTER TABLE submissions DROP COLUMN {name}"))
        for statement in ("ALTER TABLE calls DROP COLUMN called_at", "DROP TABLE open_pages"):
            session.execute(text(statement))  # of a later step
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    hall.database.migrate()
    forms = {form["receipt_number"]: form for form in board(clerk)}
    assert forms["three-days"]["filled_at"] == (NOW - timedelta(days=3)).isoformat().replace("+00:00", "Z")
    assert [forms[number]["clock_wrong"] for number in ("three-days", "future")] == [False, True]
