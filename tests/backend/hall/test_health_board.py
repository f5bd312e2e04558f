"""Staff see what is the matter with the hall itself: finding 13."""

from threading import Event
from time import monotonic

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from backend import app
from backend.audit.tables import Audit
from backend.audit.verify import verify_and_tell
from backend.hall import watch
from backend.hall.hall import Hall


def test_staff_are_told_what_does_not_work(clerk: TestClient, hall: Hall) -> None:
    assert clerk.get("/staff/health").json() == []
    hall.watch.stop()
    hall.watch._seen = watch._Seen(database=False, disk=False, at=monotonic())
    assert clerk.get("/staff/health").json() == ["database", "disk"]


def test_the_hall_verifies_its_audit_by_itself_and_tells_who_can_do_something_about_it(
    clerk: TestClient, hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    """`clerk` has logged in, which is the first record."""
    verify_and_tell(hall)
    assert clerk.get("/staff/health").json() == []
    with hall.database.write() as session:
        session.execute(update(Audit).values(who="王强"))
    verify_and_tell(hall)
    assert clerk.get("/staff/health").json() == ["audit"]
    (told,) = [one for one in caplog.records if one.message == "the audit is not as it was written"]
    assert told.fields == {"record": 1}  # type: ignore[attr-defined]


def test_it_does_so_soon_after_its_start_and_then_every_day(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Event()
    monkeypatch.setattr(app, "FIRST_AFTER_S", 0.0)
    monkeypatch.setattr(app, "verify_and_tell", lambda of: looked.set() if of is hall else None)
    with TestClient(app.create_app(hall, print)):
        assert looked.wait(5)
