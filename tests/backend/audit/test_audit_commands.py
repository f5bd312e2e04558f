import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hall_support import settings_in
from sqlalchemy import text

from backend.audit.log import note
from backend.audit.verify import verify
from backend.cli import main
from backend.hall.hall import Hall, open_hall
from backend.hall.state import begin_generation


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A hall whose audit has three records."""
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    hall = open_hall(settings_in(tmp_path))
    with hall.database.write() as session:
        for subject in ("1", "2", "3"):
            note(session, hall, "李芳", "reveal", subject, "phone")
    yield hall
    hall.database.close()


def change(hall: Hall, statement: str) -> None:
    with hall.database.write() as session:
        session.execute(text(statement))


def test_a_whole_chain_is_verified(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"]) == 0
    assert capsys.readouterr().out == "All 3 records are as they were written.\n"
    assert main(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"ok": True, "records": 3, "first_bad": None, "restores": 0}


def test_that_the_database_was_put_back_is_told(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    with hall.database.write() as session:
        begin_generation(session, None)
    assert main(["audit", "verify"]) == 0
    assert "put in its place: 1." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 1", 1),
        ("DELETE FROM audit WHERE sequence = 1", 1),
        ("DELETE FROM audit WHERE sequence = 2", 2),
        ("DELETE FROM audit WHERE sequence = 3", 3),
        ("UPDATE audit SET at = 'yesterday' WHERE sequence = 2", 2),
        ("UPDATE audit SET who = x'ff00' WHERE sequence = 2", 2),
        ("UPDATE audit SET detail = CAST(x'ff' AS TEXT) WHERE sequence = 2", 2),
        ("UPDATE audit SET sequence = 'one' WHERE sequence = 1", 1),
        ("UPDATE audit SET hash = '' WHERE sequence = 3", 3),
        ("INSERT INTO audit SELECT 4, at, who, action, subject, detail, hash FROM audit WHERE sequence = 3", 4),
        ("UPDATE audit_chain SET sequence = 2, hash = (SELECT hash FROM audit WHERE sequence = 2)", 3),
        ("UPDATE audit_chain SET pruned_sequence = 1, pruned_hash = (SELECT hash FROM audit WHERE sequence = 1)", 1),
        ("DELETE FROM audit_chain", 3),
    ],
)
def test_the_first_bad_record_is_found(hall: Hall, statement: str, bad: int) -> None:
    change(hall, statement)
    found = verify(hall).first_bad
    assert found is not None
    assert found.sequence == bad


def test_the_first_bad_record_is_named(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    change(hall, "UPDATE audit SET who = '王强' WHERE sequence = 2")
    assert main(["audit", "verify"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "Record 2 " in err
    assert main(["audit", "verify", "--json"]) == 1
    verdict = json.loads(capsys.readouterr().out)
    assert (verdict["ok"], verdict["first_bad"]["sequence"]) == (False, 2)


def test_a_database_in_which_somebody_was_ends_in_a_sentence(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    change(hall, "UPDATE audit SET at = 'yesterday' WHERE sequence = 2")
    assert main(["audit", "show"]) == 0
    assert "2  (cannot be read)" in capsys.readouterr().out.splitlines()
    change(hall, "DROP TABLE audit")
    for act in ("verify", "show"):
        assert main(["audit", act]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_the_records_are_shown(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "show"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert lines[0].endswith("李芳  reveal 1 phone")
    assert main(["audit", "show", "--json"]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["sequence"], one["who"], one["subject"]) for one in shown] == [
        (1, "李芳", "1"),
        (2, "李芳", "2"),
        (3, "李芳", "3"),
    ]
