"""SQLite's writers stand in one line, over all processes of a hall."""

import sqlite3
from pathlib import Path
from threading import Thread

import pytest
from hall_support import settings_in
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend.foundation.database import _OPTIONS, Database
from backend.foundation.writers_line import WritersLine


def test_one_of_another_process_waits_its_turn(tmp_path: Path) -> None:
    """Findings 17 to 23: they asked SQLite again and again, and some starved. Two lines are as two processes."""
    here, there = WritersLine(tmp_path / "hall.db"), WritersLine(tmp_path / "hall.db")
    order: list[str] = []

    def write() -> None:
        with there.turn(5):
            order.append("there")

    with here.turn(5):
        other = Thread(target=write)
        other.start()
        other.join(0.2)
        order.append("here")
    other.join()
    assert order == ["here", "there"]


def test_who_waits_too_long_is_told_and_the_next_is_told_at_once(tmp_path: Path) -> None:
    line = WritersLine(tmp_path / "hall.db")

    def write() -> None:
        with pytest.raises(OperationalError, match="waiting for others"), line.turn(0.05):
            pass

    with line.turn(5):
        other = Thread(target=write)
        other.start()
        other.join()
    with line.turn(0.05):
        pass


def test_the_turn_ends_with_the_process_that_had_it(tmp_path: Path) -> None:
    first = WritersLine(tmp_path / "hall.db")
    turn = first.turn(5)
    turn.__enter__()
    first.close()  # as the system does when a process is killed
    with WritersLine(tmp_path / "hall.db").turn(5):
        pass


def test_after_waiting_in_vain_nobody_waits_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding 14: each of 60 writers waited in turn."""
    monkeypatch.setitem(_OPTIONS["sqlite"], "connect_args", {"timeout": 0.1})
    database = Database(settings_in(tmp_path).database_url)
    database.migrate()
    other = sqlite3.connect(tmp_path / "hall.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for said in ("database is locked", "away a moment ago"):
        with pytest.raises(OperationalError, match=said), database.write() as session:
            session.execute(text("DELETE FROM calls"))
    other.close()
    database._away_until = 0.0
    with database.write() as session:
        session.execute(text("DELETE FROM calls"))
