"""Finding 13: on a full disk a call for help was not even tried."""

from datetime import UTC, datetime
from threading import Event

import pytest

from offline_cache.calls import new_call
from offline_cache.diskless import DisklessCalls
from offline_cache.store import Store


@pytest.fixture
def told(hall) -> Event:
    """Set with each request that reaches the hall."""
    told = Event()
    hall.before_answer = lambda _path: told.set()
    return told


def test_a_call_reaches_the_hall_without_a_disk_and_its_end_too(tmp_path, hall, client, told):
    path = tmp_path / "nowhere" / "kiosk.db"
    calls = DisklessCalls(path, lambda: client, lambda: datetime.now(UTC))
    call = calls.request(new_call("村委会-1", "home", None, "不会用", datetime.now(UTC)))
    assert told.wait(10)
    calls.cancel(call)
    assert calls._thread
    calls._thread.join(10)
    assert hall.calls[str(call)]["state"] == "cancelled"
    assert calls.current().state == "cancelled"
    assert not path.parent.exists()


def test_without_a_line_it_waits_in_memory(tmp_path, hall, client, now):
    hall.is_down = True
    calls = DisklessCalls(tmp_path / "kiosk.db", lambda: client, lambda: now)
    call = calls.request(new_call("村委会-1", "home", None, "不会用", now))
    assert calls.request(new_call("村委会-1", "home", None, "快来", now)) == call
    view = calls.current()
    assert (view.state, view.reached_hall, view.reason) == ("requested", False, "不会用；快来")
    calls.cancel(call)


def test_a_store_in_memory_is_a_store(tmp_path, form):
    store = Store.in_memory(tmp_path / "kiosk.db")
    store.set("colour", "red")
    assert store.get("colour") == "red"
    assert list(tmp_path.iterdir()) == []
