"""Forms reach the hall once each, oldest first, whatever the line and the clock do."""

from datetime import timedelta
from itertools import count

import pytest

from offline_cache.hall_client import HallBlocked, HallUnreachable
from offline_cache.retry import LONGEST_DELAY_S, backoff_s
from offline_cache.sync import Sync, SyncSummary, pin_hall_key, pinned_hall_key
from protocol.wire import HALL_HEADER


@pytest.fixture
def sync(store, client):
    return Sync(store, client, delay_s=lambda attempts: 10.0 * attempts)


def states(store):
    return {item.receipt_number: item.state for item in store.outbox()}


def test_everything_is_delivered_oldest_first_and_kept(sync, store, hall, keep, now):
    ids = [keep(f"A-{number}") for number in range(3)]
    assert sync.sync_once(now) == SyncSummary(delivered=3)
    assert list(hall.forms) == [str(one) for one in ids]
    assert set(states(store).values()) == {"delivered"}
    assert store.outbox_item(ids[0]).delivered_at == now.isoformat()
    assert [one.record["subject"] for one in store.audit.entries() if one.record["action"] == "sent"] == list(
        states(store)
    )
    assert store.load(1) is not None  # the sealed copy stays until the hall says that it is backed up


def test_what_is_delivered_is_not_sent_again(sync, store, hall, keep, now):
    keep("A-1")
    sync.sync_once(now)
    hall.requests.clear()
    store.all_due()
    assert sync.sync_once(now + timedelta(days=1)) == SyncSummary()
    assert hall.requests == []


def test_a_lost_answer_makes_no_second_form(sync, store, hall, keep, now):
    submission = keep("A-1")

    def lose_the_answer(path):
        if path.startswith("/submissions"):
            hall.forms[str(submission)] = store.load(1).body.model_dump(mode="json")
            hall.trouble[path] = (200, {}, b'{"submission"')

    hall.before_answer = lose_the_answer
    assert sync.sync_once(now).delivered == 0
    hall.before_answer, hall.trouble = lambda path: None, {}
    store.all_due()
    assert sync.sync_once(now).delivered == 1
    assert len(hall.forms) == 1


def test_no_line_ends_the_round_and_all_wait(sync, store, hall, keep, now):
    keep("A-1"), keep("A-2")
    hall.is_down = True
    summary = sync.sync_once(now)
    assert isinstance(summary.error, HallUnreachable)
    assert summary.left == 2
    assert len(hall.requests) == 1
    assert states(store) == {"A-1": "waiting", "A-2": "waiting"}
    assert "cannot be reached" in store.outbox()[1].last_error
    assert sync.sync_once(now + timedelta(seconds=9)) == SyncSummary()
    hall.is_down = False
    assert sync.sync_once(now + timedelta(seconds=10)).delivered == 2


def test_after_a_restart_the_line_is_tried_at_once(store, client, hall, keep, now):
    keep("A-1")
    hall.is_down = True
    Sync(store, client, lambda failures: 15.0).sync_once(now)
    hall.is_down = False
    assert Sync(store, client).sync_once(now + timedelta(seconds=1)).delivered == 1


def test_waits_grow_with_each_failure_of_the_line_but_not_far(store, client, hall, keep, now):
    keep("A-1")
    hall.is_down = True
    sync, waits = Sync(store, client, delay_s=lambda failures: 4.0 * failures), []
    for _ in range(5):
        sync.sync_once(now)
        waits.append(sync.line.seconds_until_due(now))
        now += timedelta(seconds=waits[-1])
    assert waits == [4.0, 8.0, 12.0, 15.0, 15.0]


def test_what_is_kept_while_the_line_is_down_waits_behind_what_is_older(sync, hall, keep, now):
    """The form of whoever stands there now does not overtake those of yesterday."""
    hall.is_down = True
    ids = [keep(f"A-{number}") for number in range(2)]
    sync.sync_once(now)
    hall.is_down = False
    ids.append(keep("A-2"))
    assert sync.sync_once(now + timedelta(seconds=9)) == SyncSummary()
    assert sync.sync_once(now + timedelta(seconds=10)).delivered == 3
    assert list(hall.forms) == [str(one) for one in ids]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_jumps_strands_nothing(sync, hall, keep, now, years):
    keep("A-1")
    hall.is_down = True
    sync.sync_once(now)
    hall.is_down = False
    assert sync.sync_once(now + timedelta(days=365 * years)).delivered == 1


def test_a_refused_form_does_not_stop_the_rest(sync, store, hall, keep, now):
    bad = keep("A-1")
    keep("A-2")
    why = b'{"detail": "This service is not known here."}'
    hall.trouble[f"/submissions/{bad}"] = (422, {HALL_HEADER: "first"}, why)
    assert sync.sync_once(now) == SyncSummary(delivered=1, refused=1)
    assert states(store) == {"A-1": "refused", "A-2": "delivered"}
    acts = {one.record["subject"]: one.record["action"] for one in store.audit.entries()}
    assert acts == {"A-1": "refused", "A-2": "sent"}
    assert store.outbox_item(bad).last_error == "This service is not known here."
    assert sync.sync_once(now) == SyncSummary()


def test_a_form_that_breaks_the_hall_does_not_stop_the_rest(sync, store, hall, keep, now):
    bad = keep("A-1")
    keep("A-2")
    hall.trouble[f"/submissions/{bad}"] = (500, {}, b"")
    assert sync.sync_once(now) == SyncSummary(delivered=1, left=1)
    assert states(store) == {"A-1": "waiting", "A-2": "delivered"}
    assert store.seconds_until_due(now) == 10.0  # its own wait; the line has none
    keep("A-3")
    assert sync.sync_once(now).delivered == 1


def test_an_answer_that_gets_lost_changes_no_order(sync, hall, keep, now):
    ids = [keep(f"A-{number}") for number in range(3)]
    hall.trouble[f"/submissions/{ids[0]}"] = (500, {}, b"")
    hall.before_answer = lambda path: hall.trouble.clear() if path == "/health" else None
    assert sync.sync_once(now) == SyncSummary(delivered=3)
    assert list(hall.forms) == [str(one) for one in ids]


def test_a_form_that_hangs_holds_up_one_try_and_then_nobody(sync, hall, keep, now):
    """`stop`, as when somebody presses for help, does not wait for a second try; the others come next."""
    hangs, *others = [keep(f"A-{number}") for number in range(3)]
    hall.trouble[f"/submissions/{hangs}"] = (500, {}, b"")
    stop = count()
    assert sync.sync_once(now, stop=lambda: next(stop) == 1) == SyncSummary(left=3)
    assert len([line for line in hall.requests if "submissions" in line]) == 1
    assert sync.sync_once(now) == SyncSummary(delivered=2, left=1)
    assert list(hall.forms) == [str(one) for one in others]


def test_an_answer_that_gets_lost_as_the_round_ends_changes_no_order(sync, hall, keep, now):
    ids = [keep(f"A-{number}") for number in range(3)]
    hall.trouble[f"/submissions/{ids[0]}"] = (500, {}, b"")
    stop = count()
    sync.sync_once(now, stop=lambda: next(stop) == 1)
    hall.trouble.clear()
    assert sync.sync_once(now) == SyncSummary(delivered=3)
    assert list(hall.forms) == [str(one) for one in ids]


def test_a_hall_in_trouble_is_not_asked_for_each_form(store, client, hall, keep, now):
    """Its database is away: every form would fail, and so does what tells whether one alone has failed."""
    ids = [keep(f"A-{number}") for number in range(5)]
    hall.trouble = {f"/submissions/{one}": (500, {}, b"") for one in ids} | {"/health": (500, {}, b"")}
    sync = Sync(store, client, delay_s=lambda failures: 10.0)
    assert sync.sync_once(now).left == 5
    assert len([line for line in hall.requests if "submissions" in line]) == 1
    hall.trouble.clear()
    assert sync.sync_once(now + timedelta(seconds=10)).delivered == 5
    assert list(hall.forms) == [str(one) for one in ids]


def test_a_damaged_form_is_not_sent_and_not_tried_for_ever(sync, store, hall, keep, now):
    damaged = keep("A-1")
    keep("A-2")
    with store.transaction() as session:
        session.connection().exec_driver_sql("UPDATE submission SET sealed = x'00' WHERE sequence = 1")
    assert sync.sync_once(now) == SyncSummary(delivered=1, damaged=1)
    assert str(damaged) not in hall.forms
    assert states(store)["A-1"] == "damaged"
    assert store.seconds_until_due(now) is None


def test_the_hall_may_ask_for_patience_but_not_for_ever(sync, store, hall, keep, now):
    first = keep("A-1")
    keep("A-2")
    hall.trouble[f"/submissions/{first}"] = (503, {"Retry-After": "120"}, b"")
    sync.sync_once(now)
    assert sync.line.seconds_until_forms_are_due(now) == 120.0
    assert hall.forms == {}  # busy is busy for all
    hall.trouble[f"/submissions/{first}"] = (503, {"Retry-After": "99999999"}, b"")
    now += timedelta(seconds=120)
    sync.sync_once(now)
    assert sync.line.seconds_until_forms_are_due(now) == 300.0


def test_a_wrong_address_blocks_all_until_it_is_mended(sync, store, hall, keep, now):
    keep("A-1"), keep("A-2")
    hall.trouble["/key"] = (404, {}, b"<html>")
    summary = sync.sync_once(now)
    assert isinstance(summary.error, HallBlocked)
    assert states(store) == {"A-1": "blocked", "A-2": "blocked"}
    hall.trouble.clear()
    assert sync.sync_once(now + timedelta(hours=1)).delivered == 2


def test_a_hall_with_another_key_gets_nothing(sync, store, client, hall, keep, now):
    assert pinned_hall_key(store) is None
    pin_hall_key(store, client)
    pinned = pinned_hall_key(store)
    keep("A-1")
    hall.key = {"key_id": "second", "public_key": "B" * 43 + "="}
    summary = sync.sync_once(now)
    assert "another key (second) than before (first)" in str(summary.error)
    assert hall.forms == {}
    assert pinned_hall_key(store) == pinned


def test_a_round_can_be_interrupted_between_two_forms(sync, store, keep, now):
    keep("A-1"), keep("A-2"), keep("A-3")
    asked = count()
    assert sync.sync_once(now, stop=lambda: next(asked) == 1) == SyncSummary(delivered=1, left=2)
    assert store.seconds_until_due(now) == 0.0


def test_delays_are_random_grow_and_stay_bounded():
    longest = [max(backoff_s(attempts) for _ in range(200)) for attempts in (1, 4, 40, 4000)]
    assert longest[0] <= 2.0 < longest[1] <= 16.0 < longest[2] <= LONGEST_DELAY_S
    assert longest[3] <= LONGEST_DELAY_S
    shortest = [min(backoff_s(attempts) for _ in range(200)) for attempts in (1, 40)]
    assert 1.0 <= shortest[0] < 1.5
    assert shortest[1] < 100.0
