"""The background thread: what a person at the kiosk would notice of it. Time is given, nothing sleeps."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import text

from offline_cache.calls import Calls, new_call
from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.store import Store
from offline_cache.sync import pinned_hall_key
from offline_cache.worker import SHORTEST_WAIT_S, STORE_RETRY_S, SyncWorker
from protocol.wire import HALL_HEADER


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Seconds of the clock by which a round of forms ends: it stands still until a test moves it."""
    seconds = [0.0]
    monkeypatch.setattr("offline_cache.worker.monotonic", lambda: seconds[0])
    return seconds


@pytest.fixture
def seen():
    return []


@pytest.fixture
def worker(store, client, seen):
    return SyncWorker(
        store,
        client,
        kiosk="村委会-1",
        version="0.1.0",
        degraded=lambda: ["no microphone"],
        on_change=seen.append,
        delay_s=lambda attempts: 10.0 * attempts,
    )


def test_first_contact_pins_the_key_and_says_hello(worker, store, hall, seen, now):
    worker.step(now)
    assert pinned_hall_key(store).key_id == "first"
    (beat,) = hall.heartbeats
    assert (beat["version"], beat["waiting"], beat["degraded"]) == ("0.1.0", 0, ["no microphone"])
    assert beat["audit"]["kiosk"]["sequence"] == len(list(store.audit.entries()))
    assert [state.reached for state in seen] == [True]
    worker.step(now + timedelta(seconds=59))
    assert len(hall.heartbeats) == 1
    worker.step(now + timedelta(seconds=60))
    assert len(hall.heartbeats) == 2


def test_whatever_is_degraded_the_hall_is_told(worker, hall, now):
    worker._degraded = lambda: ["a file called \udcff\n\0.yaml", *["x" * 500] * 30]
    worker.step(now)
    (beat,) = hall.heartbeats
    assert beat["degraded"] == ["a file called ���.yaml", *["x" * 200] * 19]


def test_a_kiosk_that_nobody_touches_drops_old_drafts(worker, store, hall, now):
    hall.is_down = True
    kept = KeptDraft("name", "code", "form", b"sealed", b"key", now + timedelta(days=7))
    Drafts(store).keep(kept)
    for day, rows in ((6, 1), (8, 0)):
        worker.step(now + timedelta(days=day))
        with store.transaction() as session:
            assert len(session.execute(text("SELECT name FROM draft")).all()) == rows


def test_nothing_new_is_not_reported(worker, seen, now):
    for minute in range(3):
        worker.step(now + timedelta(minutes=minute))
    assert len(seen) == 1


def test_a_delivery_is_told_to_the_screen(worker, keep, seen, now):
    worker.step(now)
    keep("A-1")
    worker.step(now + timedelta(seconds=1))
    assert [state.delivered for state in seen] == [0, 1]


def test_the_line_comes_back_and_every_form_goes_at_once(store, client, hall, keep, seen, now):
    """However long each form would still have waited."""
    worker = SyncWorker(store, client, kiosk="村委会-1", version="0", on_change=seen.append, delay_s=lambda _: 300.0)
    keep("A-1"), keep("A-2")
    hall.is_down = True
    worker.step(now)
    assert (seen[-1].reached, seen[-1].unsent) == (False, 2)
    hall.is_down = False
    worker.step(now + timedelta(seconds=60))
    assert (seen[-1].reached, seen[-1].unsent, seen[-1].error) == (True, 0, None)
    assert len(hall.forms) == 2


def test_an_answer_to_a_call_sends_all_that_waits_oldest_first(worker, hall, keep, seen, now):
    """Whatever succeeds first: the line would be left alone for eight seconds more, and the call is tried before."""
    ids = [keep(f"A-{number}") for number in range(61)]
    hall.is_down = True
    worker.step(now)
    worker.calls.request(new_call("村委会-1", "home", None, "", now))
    hall.is_down = False
    worker.step(now + timedelta(seconds=2))
    assert list(hall.forms) == [str(one) for one in ids]
    assert (seen[-1].reached, seen[-1].unsent) == (True, 0)


def test_a_busy_hall_gets_the_time_it_asked_for_also_after_a_call(worker, hall, keep, seen, now):
    worker.step(now)
    first = keep("A-1")
    hall.trouble[f"/submissions/{first}"] = (503, {"Retry-After": "50"}, b"")
    worker.step(now + timedelta(seconds=1))
    hall.trouble.clear()
    worker.calls.request(new_call("村委会-1", "home", None, "", now))
    worker.step(now + timedelta(seconds=2))
    assert seen[-1].call.reached_hall
    assert hall.forms == {}
    worker.step(now + timedelta(seconds=51))
    assert len(hall.forms) == 1


def test_a_busy_hall_goes_on_seeing_the_kiosk(worker, hall, keep, seen, now):
    """It answers, so nobody reads that the line is down, and staff do not take the kiosk for a dead one."""
    worker.step(now)
    first = keep("A-1")
    hall.trouble[f"/submissions/{first}"] = (503, {"Retry-After": "3600"}, b"")
    worker.step(now + timedelta(seconds=1))
    assert seen[-1].reached
    for minute in (1, 2, 3):
        worker.step(now + timedelta(minutes=minute))
    assert [beat["waiting"] for beat in hall.heartbeats] == [0, 1, 1, 1]
    assert (seen[-1].reached, seen[-1].unsent) == (True, 1)
    hall.trouble.clear()
    worker.step(now + timedelta(minutes=5, seconds=1))  # no hall may ask for more
    assert seen[-1].unsent == 0


def test_a_busy_hall_that_takes_no_heartbeat_is_asked_again_soon(worker, hall, keep, seen, now):
    hall.trouble["/key"] = (503, {"Retry-After": "120"}, b"")
    keep("A-1")
    worker.step(now)
    assert seen[-1].reached is False
    hall.trouble.clear()
    worker.step(now + timedelta(seconds=10))
    assert (seen[-1].reached, len(hall.heartbeats), hall.forms) == (True, 1, {})
    worker.step(now + timedelta(seconds=120))
    assert len(hall.forms) == 1


def test_a_call_does_not_wait_for_a_form_that_hangs(worker, hall, keep, clock, now):
    """It is pressed while the form waits for an answer: two tries would be ten seconds and more."""
    worker.step(now)
    hangs, other = keep("A-1"), keep("A-2")
    hall.trouble[f"/submissions/{hangs}"] = (504, {}, b"")

    def press(path):
        if path == f"/submissions/{hangs}" and not hall.calls:
            clock[0] += 5.0
            worker.calls.request(new_call("村委会-1", "home", None, "", now))
            worker.wake()

    hall.before_answer = press
    hall.requests.clear()
    worker.step(now + timedelta(seconds=1))
    worker.step(now + timedelta(seconds=6))
    assert [line.split("/")[1] for line in hall.requests][:4] == ["key", "submissions", "kiosks", "calls"]
    assert list(hall.forms) == [str(other)]


def test_a_form_that_was_put_off_is_tried_again_when_the_line_comes_back(worker, store, hall, keep, now):
    worker.step(now)
    alone = keep("A-1")
    hall.trouble[f"/submissions/{alone}"] = (500, {}, b"")
    worker.step(now + timedelta(seconds=1))
    assert store.seconds_until_due(now + timedelta(seconds=1)) == 10.0
    hall.is_down = True
    worker.step(now + timedelta(seconds=60))
    hall.is_down, hall.trouble = False, {}
    worker.step(now + timedelta(seconds=75))
    assert len(hall.forms) == 1


def test_a_heartbeat_that_is_refused_stops_no_form(worker, hall, keep, seen, now):
    keep("A-1")
    why = b'{"detail": "Unknown field."}'
    hall.trouble["/kiosks/%E6%9D%91%E5%A7%94%E4%BC%9A-1/heartbeat"] = (422, {HALL_HEADER: "first"}, why)
    worker.step(now)
    assert (seen[-1].reached, len(hall.forms)) == (True, 1)


def test_another_key_is_said_and_nothing_is_sent(worker, hall, keep, seen, now):
    worker.step(now)
    keep("A-1")
    hall.key = {"key_id": "second", "public_key": "B" * 43 + "="}
    worker.step(now + timedelta(minutes=1))
    assert seen[-1].blocked
    assert "shows another key" in seen[-1].error
    assert hall.forms == {}


def test_a_call_is_asked_about_every_second(worker, hall, seen, now):
    call = worker.calls.request(new_call("村委会-1", "home", None, "", now))
    assert worker.step(now) == 1.0
    hall.calls[str(call)] |= {"state": "acknowledged", "staff": "王丽"}
    worker.step(now + timedelta(seconds=1))
    assert seen[-1].call.staff == "王丽"


def test_a_call_kept_by_another_process_is_found_soon(worker, path, client, hall, now):
    assert worker.step(now) <= 2.0
    call = Calls(Store.open(path), client).request(new_call("村委会-1", "button", None, "", now))
    worker.step(now + timedelta(seconds=2))
    assert str(call) in hall.calls


def test_a_call_goes_before_the_rest_of_a_long_round(worker, hall, keep, now):
    """Twenty forms are waiting; the person presses the button while the first is being sent."""
    for number in range(20):
        keep(f"A-{number}")

    def press(path):
        if path.startswith("/submissions") and not hall.forms:
            worker.calls.request(new_call("村委会-1", "home", None, "", now))
            worker.wake()

    hall.before_answer = press
    assert worker.step(now) == SHORTEST_WAIT_S
    assert len(hall.forms) == 1
    worker.step(now)
    assert len(hall.forms) == 20
    order = [line.split("/")[1] for line in hall.requests]
    assert order.index("calls") < [index for index, kind in enumerate(order) if kind == "submissions"][1]


def test_news_of_a_call_do_not_wait_for_150_forms(worker, hall, keep, seen, now, clock):
    """Each form takes a tenth of a second; somebody takes the call during the first."""
    for number in range(150):
        keep(f"A-{number}")
    call = worker.calls.request(new_call("村委会-1", "home", None, "", now))

    def take_long(path):
        if path.startswith("/submissions"):
            clock[0] += 0.1
            hall.calls[str(call)] |= {"state": "acknowledged", "staff": "王丽"}

    hall.before_answer = take_long
    worker.step(now)
    assert len(hall.forms) < 15
    worker.step(now + timedelta(seconds=1))
    assert seen[-1].call.staff == "王丽"


def test_a_store_in_trouble_is_said_and_does_not_end_the_worker(worker, store, hall, seen, now):
    with store.transaction() as session:
        session.execute(
            text("CREATE TRIGGER no_room BEFORE INSERT ON setting BEGIN SELECT RAISE(ABORT, 'no room'); END")
        )
    assert worker.step(now) == STORE_RETRY_S
    assert "cannot be used" in seen[-1].store_error
    with store.transaction() as session:
        session.execute(text("DROP TRIGGER no_room"))
    worker.step(now + timedelta(minutes=2))
    assert (seen[-1].store_error, seen[-1].reached) == (None, True)


def test_stop_ends_the_thread(worker, hall):
    reached = Event()
    hall.before_answer = lambda path: reached.set()
    worker.start()
    assert reached.wait(10)
    worker.stop()
    assert not worker._thread.is_alive()


def test_the_hall_is_told_what_it_refused_and_why_and_what_is_damaged(worker, store, hall, path, keep, now):
    """Finding 6: staff never saw a refused form."""
    for number in range(3):
        keep(f"A-{number}")
    store.refused(1, now, "No such service.")
    store.refused(2, now, "No such service.")
    with store.transaction() as session:
        session.execute(text("UPDATE submission SET receipt_number = 'B' WHERE sequence = 3"))
    worker.step(now)
    beat = hall.heartbeats[-1]
    assert (beat["refused"], beat["refused_because"], beat["held"]) == (2, ["No such service."], 1)


def test_a_retried_form_is_sent(worker, store, hall, keep, now):
    refused = keep("A-1")
    hall.trouble[f"/submissions/{refused}"] = (422, {HALL_HEADER: "first"}, b'{"detail": "No."}')
    worker.step(now)
    hall.trouble.clear()
    worker.step(now + timedelta(minutes=9))
    assert (hall.forms, store.outbox()[0].state) == ({}, "refused")
    assert store.retry_refused("A-1") == 1
    worker.step(now + timedelta(minutes=10))
    assert (list(hall.forms), store.outbox()[0].state) == ([str(refused)], "delivered")
