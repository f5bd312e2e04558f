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


def test_whoever_has_waited_longest_stands_first_whenever_the_form_arrived(
    clerk: TestClient, arrive, clock: StandingClock
) -> None:
    arrive("filled-today", NOW)
    clock.pass_(hours=1)
    arrive("filled-three-days-ago", NOW - timedelta(days=3))
    assert [form["receipt_number"] for form in board(clerk)] == ["filled-three-days-ago", "filled-today"]
    assert board(clerk)[0]["filled_at"] == (NOW - timedelta(days=3)).isoformat().replace("+00:00", "Z")


def test_whoever_has_just_come_is_listed_however_many_wait(clerk: TestClient, arrive, monkeypatch) -> None:
    """The person stands at the desk and asks for that form; one that was done a moment ago is found too."""
    monkeypatch.setattr("backend.submissions.board.MOST", 2)
    for days in (9, 8, 7, 6, 5):
        arrive(f"waits-{days}", NOW - timedelta(days=days))
    done = arrive("just-done", NOW - timedelta(minutes=2))
    clerk.put(f"/submissions/{done}/status", json={"status": "done"})
    arrive("stands-here", NOW - timedelta(minutes=1))
    answer = clerk.get("/staff/submissions").json()
    assert [form["receipt_number"] for form in answer["submissions"]] == [
        "waits-9",
        "waits-8",
        "stands-here",
        "just-done",
    ]
    assert answer["more_waiting"] == 3


def test_a_short_list_is_whole_and_lists_each_form_once(clerk: TestClient, arrive) -> None:
    for number in range(3):
        arrive(f"waits-{number}", NOW - timedelta(days=9 - number))
    answer = clerk.get("/staff/submissions").json()
    assert [form["receipt_number"] for form in answer["submissions"]] == ["waits-0", "waits-1", "waits-2"]
    assert answer["more_waiting"] == 0


def test_what_is_done_hides_nobody_who_waits(clerk: TestClient, arrive, clock: StandingClock) -> None:
    done = [arrive(f"done-{number}", NOW - timedelta(days=9 - number)) for number in range(2)]
    arrive("waits", NOW)
    for form in done:
        clerk.put(f"/submissions/{form}/status", json={"status": "done"})
    assert [form["receipt_number"] for form in board(clerk)] == ["waits", "done-1", "done-0"]


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
