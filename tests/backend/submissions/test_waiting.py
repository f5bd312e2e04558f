"""Staff see when a form was filled in and who has waited longest, whenever it arrived."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.config import Config
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, NOW, RIGHT_ANSWERS, StandingClock, submission
from project import ROOT
from sqlalchemy import select, text

from backend.foundation.database import Database
from backend.hall.hall import Hall
from backend.submissions.tables import Submission


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


def test_forms_of_before_the_update_keep_their_day(tmp_path: Path) -> None:
    """The database of the first version is brought up to date: its forms have no `filled_at` yet."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(ROOT / "backend" / "migrations"))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for number, created_at in ((1, NOW - timedelta(days=3)), (2, NOW + timedelta(days=9))):
            row = {"id": UUID(int=number).hex, "created_at": in_sqlite(created_at), "received_at": in_sqlite(NOW)}
            connection.execute(text(OLD_FORM), row)
    database.migrate()
    with database.read() as session:
        forms = session.execute(select(Submission.filled_at, Submission.clock_wrong).order_by(Submission.id)).all()
    database.close()
    assert [tuple(form) for form in forms] == [(NOW - timedelta(days=3), False), (NOW, True)]


OLD_FORM = """
    INSERT INTO submissions VALUES (
        :id, '', 'old-age-allowance', '1', '柳林村一号', 'YL-0001', :created_at, :received_at, x'',
        'received', NULL, NULL, 'received', '', :received_at
    )"""


def in_sqlite(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}"
