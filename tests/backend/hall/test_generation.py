"""Finding 7: a hall whose database went back in time says so to its kiosks, by another generation."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, RIGHT_ANSWERS, settings_in, signed, submission

from backend.hall.hall import Hall, open_hall
from backend.hall.state import begin_generation, notice_older_database, witness_file, witness_of
from backend.submissions.intake import take_in

Bring = Callable[[int], object]


@pytest.fixture
def bring(hall: Hall) -> Bring:
    return lambda number: take_in(
        hall, UUID(int=number), submission(hall.keys.public, UUID(int=number), RIGHT_ANSWERS), signed(hall)
    )


def copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def test_a_later_form_has_a_higher_number_and_each_keeps_its_own(client: TestClient, hall: Hall) -> None:
    bodies = {
        id: submission(hall.keys.public, id, RIGHT_ANSWERS).model_dump_json() for id in (UUID(int=1), UUID(int=2))
    }
    receipts = [
        client.put(f"/submissions/{id}", content=bodies[id], headers=JSON_BODY).json()
        for id in (UUID(int=1), UUID(int=2), UUID(int=1))
    ]
    assert receipts[0] == receipts[2]
    assert receipts[0]["arrival"] < receipts[1]["arrival"]
    assert {receipt["generation"] for receipt in receipts} == {client.get("/key").json()["generation"]}


def test_a_kiosk_is_told_the_generation_with_each_heartbeat(client: TestClient) -> None:
    answer = client.put("/kiosks/柳林村一号/heartbeat", json={"version": "0.1.0", "waiting": 0})
    assert answer.status_code == 200
    told = {"generation": client.get("/key").json()["generation"], "safe_arrival": 0}
    assert answer.json().items() >= told.items()


def test_a_start_is_no_new_generation(hall: Hall, tmp_path: Path, bring: Bring) -> None:
    bring(1)
    before = witness_of(tmp_path)
    again = open_hall(settings_in(tmp_path))
    now = witness_of(tmp_path)
    again.database.close()
    assert before
    assert now
    assert now.generation == before.generation
    assert now.arrivals == 1
    assert not notice_older_database(hall.database, tmp_path)


def test_an_older_copy_of_the_database_begins_a_generation(hall: Hall, tmp_path: Path, bring: Bring) -> None:
    bring(1)
    copy(tmp_path / "hall.db", tmp_path / "kept.db")
    bring(2)
    before = witness_of(tmp_path)
    copy(tmp_path / "kept.db", tmp_path / "hall.db")  # also while it runs
    assert notice_older_database(hall.database, tmp_path)
    now = witness_of(tmp_path)
    assert before
    assert now
    assert now.generation != before.generation
    assert not notice_older_database(hall.database, tmp_path)


def test_another_database_begins_one_and_two_halls_agree_in_the_end(hall: Hall, tmp_path: Path) -> None:
    """Two halls on one database, each with a folder of its own, must not begin generations in turns for ever."""
    other = tmp_path / "other"
    other.mkdir()
    assert not notice_older_database(hall.database, other)
    with hall.database.write() as session:
        begin_generation(session, None)
    assert not notice_older_database(hall.database, tmp_path)  # it only moved on
    assert not notice_older_database(hall.database, other)
    witness = witness_of(other)
    assert witness
    witness_file(other).write_text(witness.model_copy(update={"generation": UUID(int=5)}).model_dump_json())
    assert [notice_older_database(hall.database, folder) for folder in (other, tmp_path, other)] == [True, False, False]


def test_a_damaged_witness_witnesses_nothing(hall: Hall, tmp_path: Path) -> None:
    witness_file(tmp_path).write_text("{")
    assert not notice_older_database(hall.database, tmp_path)
    assert witness_of(tmp_path) is not None
