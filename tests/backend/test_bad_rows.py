"""What is stored may be damaged, or older than a check: the row is left out, and staff still see all others."""

import logging
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, KIOSK, call_request, enrolled, send_form
from sqlalchemy import text

from backend.hall.hall import Hall

BAD, GOOD = UUID(int=1), UUID(int=2)
FAR = "10000-01-01 07:30:00.000000"  # what PostgreSQL in Shanghai made of 9999-12-31T23:30Z


def spoil(hall: Hall, table: str, column: str, value: object, key: str) -> None:
    with hall.database.write() as session:
        done = session.execute(
            text(f"UPDATE {table} SET {column} = :value WHERE {'name' if table == 'kiosks' else 'id'} = :key"),
            {"value": value, "key": key},
        )
        assert done.rowcount == 1


@pytest.fixture
def filled(clerk: TestClient, hall: Hall) -> TestClient:
    for number in (BAD, GOOD):
        kiosk = enrolled(hall, str(number))
        assert clerk.put(f"/calls/{number}", content=call_request(), headers=JSON_BODY, auth=kiosk).status_code == 200
        send_form(clerk, hall.keys.public, number)
        beat = {"version": "0.1.0", "waiting": 0, "degraded": []}
        assert clerk.put(f"/kiosks/{number}/heartbeat", json=beat, auth=kiosk).status_code == 200
    return clerk


@pytest.mark.parametrize(
    ("view", "table", "column", "value"),
    [
        ("calls", "calls", "called_at", FAR),
        ("calls", "calls", "kiosk", b"\xff"),
        ("submissions", "submissions", "filled_at", FAR),
        ("submissions", "submissions", "intake", "refused"),
        ("kiosks", "kiosks", "seen_at", FAR),
        ("kiosks", "kiosks", "degraded", "{not json"),
        ("kiosks", "kiosks", "waiting", "many"),
    ],
)
def test_a_row_that_cannot_be_read_hides_no_other(
    filled: TestClient, hall: Hall, caplog: pytest.LogCaptureFixture, view: str, table: str, column: str, value: object
) -> None:
    spoil(hall, table, column, value, str(BAD) if table == "kiosks" else BAD.hex)
    answer = filled.get(f"/staff/{view}")
    assert answer.status_code == 200
    shown = answer.json()["submissions"] if view == "submissions" else answer.json()
    assert {row["name" if table == "kiosks" else "id"] for row in shown} - {KIOSK} == {str(GOOD)}
    assert [record.levelno for record in caplog.records if "cannot be read" in record.message] == [logging.ERROR]


def test_a_form_with_the_time_of_a_mad_clock_is_shown(filled: TestClient, hall: Hall) -> None:
    spoil(hall, "submissions", "created_at", FAR, BAD.hex)
    assert len(filled.get("/staff/submissions").json()["submissions"]) == 2
