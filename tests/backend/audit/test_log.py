from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hall_support import NOW, settings_in
from project import ROOT
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.audit.log import entries, head_of, note
from backend.foundation.database import Database
from backend.hall.hall import Hall, open_hall
from protocol.chain import first_bad


def whole(hall: Hall) -> int:
    """How many records the chain has; it is as it was written."""
    with hall.database.read() as session:
        kept = list(entries(session))
        assert first_bad(kept, [head_of(session)]) is None
    return len(kept)


def test_what_is_rolled_back_leaves_no_record(hall: Hall) -> None:
    def fail(session: Session) -> None:
        note(session, hall, "李芳", "open", "1")
        raise RuntimeError

    with pytest.raises(RuntimeError), hall.database.write() as session:
        fail(session)
    with hall.database.write() as session:
        note(session, hall, "李芳", "open", "2")
        note(session, hall, "李芳", "reveal", "2", "phone")
    with hall.database.read() as session:
        assert [one.record["subject"] for one in entries(session)] == ["2", "2"]
    assert whole(hall) == 2


def test_many_writers_of_two_workers_make_one_chain(hall: Hall, tmp_path: Path) -> None:
    other = open_hall(settings_in(tmp_path))

    def write(number: int) -> None:
        worker = (hall, other)[number % 2]
        with worker.database.write() as session:
            note(session, worker, "李芳", "open", number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(48)))
    other.database.close()
    assert whole(hall) == 48


def test_a_record_that_was_written_before_there_was_a_chain_is_its_beginning(hall: Hall, tmp_path: Path) -> None:
    old = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(ROOT / "backend" / "migrations"))
    with old.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for number in (3, 7):
            row = {"id": number, "at": NOW.replace(tzinfo=None).isoformat(" ", "microseconds")}
            connection.execute(text("INSERT INTO audit VALUES (:id, :at, '李芳', 'open', 'x', '')"), row)
    old.migrate()
    with old.read() as session:
        kept = list(entries(session))
        assert [(one.sequence, one.record["who"], one.record["at"]) for one in kept] == [
            (1, "李芳", "2026-11-20T09:30:00.000000+00:00"),
            (2, "李芳", "2026-11-20T09:30:00.000000+00:00"),
        ]
        assert first_bad(kept, [head_of(session)]) is None
    old.close()
