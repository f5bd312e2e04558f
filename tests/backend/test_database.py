import sys
from pathlib import Path

import pytest
from older_hall import check_up_to_date, fill
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from backend.foundation.database import Database
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall


def test_what_a_hall_of_before_holds_is_there_after_the_update(tmp_path: Path) -> None:
    """And the migrations make the tables that the code expects."""
    database = Database(f"sqlite:///{tmp_path / 'older.db'}")
    (tmp_path / "older.db").touch()  # else a ready one is put there
    tables = fill(database, "0024")
    database.migrate()
    check_up_to_date(database, tables)
    database.close()


def test_sqlite_keeps_what_was_acknowledged(hall: Hall) -> None:
    with hall.database.read() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2  # FULL


def test_nobody_waits_again_for_a_server_that_was_just_waited_for_in_vain(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall.database, "_line", None)  # as of a server
    with pytest.raises(PoolTimeoutError), hall.database.read():
        raise PoolTimeoutError
    for ask in (hall.database.read, hall.database.write):
        with pytest.raises(OperationalError, match="a moment ago"), ask():
            pass


def test_a_database_from_the_future_is_left_alone(hall: Hall) -> None:
    with hall.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SetupError, match="newer version"):
        hall.database.migrate()


def test_a_corrupt_database_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(SetupError, match="damaged; put back your backup"):
        Database(f"sqlite:///{path}").migrate()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not one"),
        ("mysql://a@b/c", "does not speak 'mysql'"),
        ("postgresql+psycopg://a:secret@b/c", "make POSTGRESQL=1 setup"),
        ("sqlite:////nowhere/at/all/hall.db", "check that its folder exists"),
    ],
)
def test_a_wrong_url_is_one_plain_sentence_without_its_password(
    url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it were not installed
    with pytest.raises(SetupError, match=said) as caught:
        Database(url).migrate()
    assert "secret" not in str(caught.value)
