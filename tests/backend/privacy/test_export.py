"""An export of all forms takes two people."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from hall_support import RIGHT_ANSWERS, StandingClock, settings_in, signed, submission

from backend.accounts.members import new_member
from backend.accounts.permissions import Role, Staff
from backend.accounts.pins import hashed
from backend.audit.log import entries
from backend.cli import main
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall, open_hall
from backend.privacy import export
from backend.submissions.intake import take_in

LEAD, ADMIN, STAFF = Staff("王强", Role.LEAD), Staff("赵敏", Role.ADMIN), Staff("李芳", Role.STAFF)
PIN = "592741"


@pytest.fixture
def at_console(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """A hall with two forms, one of them sealed for another, and three accounts that all have the same PIN."""
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    hall = open_hall(settings_in(tmp_path))
    take_in(hall, UUID(int=1), submission(hall.keys.public, UUID(int=1), RIGHT_ANSWERS), signed(hall))
    take_in(hall, UUID(int=2), submission(hall.keys.public, UUID(int=1), RIGHT_ANSWERS), signed(hall))
    with hall.database.write() as session:
        for staff in (LEAD, ADMIN, STAFF):
            member = new_member(session, staff.name, staff.role)
            member.pin_hash = hashed(hall.keys, member.id, PIN)
    yield hall
    hall.database.close()


def typed(monkeypatch: pytest.MonkeyPatch, *pins: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{pin}\n" for pin in pins)))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["export", *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_two_people_at_the_console_open_every_form(
    at_console: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, PIN, PIN)
    assert main(["export", "--by", "王强", "--second", "赵敏", "--json"]) == 0
    opened, shut = json.loads(capsys.readouterr().out)
    assert opened["answers"] == RIGHT_ANSWERS
    assert opened["receipt_number"] == "YL-0001"
    assert "cannot be opened" in shut["error"]
    with at_console.database.read() as session:
        told = [(one.record["who"], one.record["action"]) for one in entries(session)]
    assert told == [
        ("王强", "export_asked"),
        ("赵敏", "export_approved"),
        ("王强", "export_made"),
        ("王强, 赵敏", "export"),
        ("王强, 赵敏", "export"),
    ]


def test_nobody_exports_alone(
    at_console: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "takes two people" in refused(capsys)
    typed(monkeypatch, PIN, PIN)
    assert "Somebody else has to approve" in refused(capsys, "--by", "王强", "--second", "王强")
    typed(monkeypatch, PIN, "000000")
    assert "do not belong together" in refused(capsys, "--by", "王强", "--second", "赵敏")
    typed(monkeypatch, PIN)
    assert "李芳 may not export" in refused(capsys, "--by", "李芳")
    typed(monkeypatch, PIN, PIN)
    assert "李芳 may not export" in refused(capsys, "--by", "王强", "--second", "李芳")


def test_the_second_person_may_approve_on_the_staff_page(
    at_console: Hall, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, PIN)
    assert "other than 王强 has to approve" in refused(capsys, "--by", "王强")
    (waiting,) = export.waiting(at_console)
    with pytest.raises(export.SamePersonError):
        export.approve(at_console, waiting.id, LEAD)
    with pytest.raises(export.MayNotExportError):
        export.approve(at_console, waiting.id, STAFF)
    export.approve(at_console, waiting.id, ADMIN)
    typed(monkeypatch, PIN)
    assert main(["export", "--by", "王强", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    typed(monkeypatch, PIN)
    assert "has to approve" in refused(capsys, "--by", "王强")  # an approval is good once


def test_a_request_and_an_approval_last_an_hour(hall: Hall, clock: StandingClock) -> None:
    request = export.ask(hall, LEAD)
    clock.pass_(minutes=61)
    with pytest.raises(UnknownError):
        export.approve(hall, request, ADMIN)
    export.approve(hall, export.ask(hall, LEAD), ADMIN)
    clock.pass_(minutes=61)
    assert export.take_approved(hall, LEAD) is None


def test_the_staff_page_shows_who_asks_and_takes_the_approval(clerk: TestClient, hall: Hall) -> None:
    request = export.ask(hall, LEAD)
    (waiting,) = clerk.get("/staff/exports").json()
    assert (waiting["asked_by"], waiting["is_me"]) == ("王强", False)
    assert clerk.post("/staff/exports/approve", json={"id": str(request)}).status_code == 204
    assert clerk.get("/staff/exports").json() == []
    assert export.take_approved(hall, LEAD) is not None


def test_who_lost_the_right_after_the_approval_exports_nothing(hall: Hall) -> None:
    export.approve(hall, export.ask(hall, LEAD), ADMIN)
    with pytest.raises(export.MayNotExportError):
        export.take_approved(hall, Staff(LEAD.name, Role.STAFF))
    assert export.take_approved(hall, LEAD) is not None


@pytest.mark.parametrize("is_approved", [False, True])
def test_what_was_asked_or_approved_under_a_clock_far_ahead_is_not_good_for_years(
    hall: Hall, clock: StandingClock, is_approved: bool
) -> None:
    clock.pass_(days=3650)
    request = export.ask(hall, LEAD)
    if is_approved:
        export.approve(hall, request, ADMIN)
    clock.pass_(days=-3650)
    assert export.waiting(hall) == []
    assert export.take_approved(hall, LEAD) is None
    with pytest.raises(UnknownError):
        export.approve(hall, request, ADMIN)
