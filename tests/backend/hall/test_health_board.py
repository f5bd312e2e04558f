"""Staff see what is the matter with the hall itself: finding 13."""

from time import monotonic

from fastapi.testclient import TestClient

from backend.hall import watch
from backend.hall.hall import Hall


def test_staff_are_told_what_does_not_work(clerk: TestClient, hall: Hall) -> None:
    assert clerk.get("/staff/health").json() == []
    hall.watch.stop()
    hall.watch._seen = watch._Seen(database=False, disk=False, at=monotonic())
    assert clerk.get("/staff/health").json() == ["database", "disk"]
