"""Staff see when a form was filled in and who has waited longest, whenever it arrived."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import CLOCKS, JSON_BODY, NOW, RIGHT_ANSWERS, StandingClock, forms_after_the_update, submission

from backend.foundation.database import Database
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


def test_forms_stand_as_they_came_and_say_when_they_were_filled_in(
    clerk: TestClient, arrive, clock: StandingClock
) -> None:
    """Finding 10: a clock that was ten years ahead for a while put all forms of later below those of then."""
    arrive("came-first", NOW)
    clock.pass_(days=3650)
    arrive("came-when-the-clock-was-wrong", NOW)
    clock.pass_(days=-3650)
    arrive("filled-three-days-ago", NOW - timedelta(days=3))
    came = ["came-first", "came-when-the-clock-was-wrong", "filled-three-days-ago"]
    assert [form["receipt_number"] for form in board(clerk)] == came
    assert board(clerk)[2]["filled_at"] == (NOW - timedelta(days=3)).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(("created_at", "good"), CLOCKS)
def test_a_wrong_clock_of_the_kiosk_is_said_and_the_arrival_shown(
    clerk: TestClient, arrive, created_at: datetime, good: bool
) -> None:
    arrive("YL-0001", created_at)
    (form,) = board(clerk)
    filled_at = min(created_at, NOW) if good else NOW
    assert (form["filled_at"], form["clock_wrong"]) == (filled_at.isoformat().replace("+00:00", "Z"), not good)


def test_forms_of_before_the_update_keep_their_day(tmp_path: Path) -> None:
    """The database of the first version is brought up to date: its forms have no `filled_at` yet."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    assert forms_after_the_update(database) == [(min(at, NOW), False) if good else (NOW, True) for at, good in CLOCKS]
    database.close()
