"""Finding 7: forms that a kiosk thinks delivered are gone from a hall whose old database was put back."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from offline_cache.store import Store
from offline_cache.sync import Sync
from offline_cache.worker import SyncWorker
from protocol.wire import IntakeStatus

KIOSK = "村委会-1"


@pytest.fixture
def worker(store, client, hall):
    hall.generation = UUID(int=1)
    return SyncWorker(store, client, kiosk=KIOSK, version="0.1.0", delay_s=lambda tries: 1.0)


def receipts(store: Store) -> list[str | None]:
    return [item.receipt_number for item in store.outbox()]


def test_a_restored_hall_gets_every_form_again_that_it_lost(worker, store, hall, keep, now):
    keep("A-1"), keep("A-2")
    worker.step(now)
    backup = hall.back_up()
    lost = keep("A-3")
    worker.step(now + timedelta(seconds=1))
    hall.restore(backup)
    assert str(lost) not in hall.forms
    worker.step(now + timedelta(seconds=61))
    assert len(hall.forms) == 3
    assert {item.state for item in store.outbox()} == {"delivered"}
    hall.requests.clear()
    worker.step(now + timedelta(seconds=122))
    assert not [one for one in hall.requests if "/submissions/" in one]  # once is enough


def test_a_new_form_goes_before_those_that_are_offered_again(worker, store, hall, keep, now):
    for number in range(5):
        keep(f"A-{number}")
    worker.step(now)
    hall.restore({"forms": {}, "arrivals": {}})
    new = keep("B-1")
    worker.step(now + timedelta(seconds=61))
    assert hall.arrivals[str(new)] == 1
    assert len(hall.forms) == 6


def test_who_only_asks_a_restored_hall_offers_all_again(store, client, hall, keep, now):
    """`kiosk outbox sync`, and a visitor's question, meet the hall too."""
    hall.generation = UUID(int=1)
    keep("A-1")
    Sync(store, client).sync_once(now)
    hall.restore({"forms": {}, "arrivals": {}})
    keep("A-2")
    Sync(store, client).sync_once(now)
    assert len(hall.forms) == 2


def test_what_an_answer_of_before_confirmed_is_offered_again(worker, store, hall, keep, now):
    """The answer was under way while the hall was restored, and another process has met the restored one already."""
    keep("A-1")
    hall.restore({"forms": {}, "arrivals": {}})
    worker.step(now)
    store.delivered(1, now, IntakeStatus.RECEIVED, UUID(int=1), 7)  # of before
    hall.requests.clear()
    worker.step(now + timedelta(seconds=61))
    assert [one for one in hall.requests if "/submissions/" in one]


def test_an_older_hall_without_generations_is_left_in_peace(worker, store, hall, keep, now):
    hall.generation = None
    keep("A-1")
    worker.step(now)
    hall.requests.clear()
    worker.step(now + timedelta(seconds=61))
    assert not [one for one in hall.requests if "/submissions/" in one]


def test_a_copy_goes_a_day_after_a_backup_holds_it_and_not_before(worker, store, hall, keep, now):
    keep("A-1")
    worker.step(now)
    hall.back_up()
    keep("A-2")  # after the backup
    worker.step(now + timedelta(seconds=61))
    worker.step(now + timedelta(hours=23))
    assert receipts(store) == ["A-1", "A-2"]
    worker.step(now + timedelta(hours=25))
    assert receipts(store) == ["A-2"]
    keep("A-3")
    assert receipts(store) == ["A-2", "A-3"]


def test_a_restored_hall_holds_nothing_in_a_backup(worker, store, hall, keep, now):
    keep("A-1")
    worker.step(now)
    hall.back_up()
    worker.step(now + timedelta(seconds=61))
    hall.restore({"forms": {}, "arrivals": {}})
    worker.step(now + timedelta(hours=25))
    worker.step(now + timedelta(hours=50))
    assert receipts(store) == ["A-1"]
    assert len(hall.forms) == 1


def test_a_clock_that_was_set_back_keeps_no_copy_for_ever(worker, store, hall, keep, now):
    worker._clock = lambda: now + timedelta(days=3650)
    keep("A-1")
    worker.step(now)
    hall.back_up()
    worker.step(now + timedelta(minutes=2))
    worker.step(now + timedelta(minutes=4))
    worker.step(now + timedelta(hours=26))
    assert receipts(store) == []


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_every_form_is_there_once(worker, store, hall, keep, now, seed):
    """Forms, lost answers, backups, restores and days in any order: in the end the hall or its backup has each form."""
    random, ids, backups, moment = Random(seed), set(), [{"forms": {}, "arrivals": {}}], now
    for _ in range(25):
        moment += timedelta(seconds=61)
        match random.randrange(7):
            case 0 | 1:
                ids.add(str(keep(f"A-{len(ids)}")))
            case 2:
                hall.is_down = not hall.is_down
            case 3:
                backups.append(hall.back_up())
            case 4:
                hall.restore(backups[-1])  # the newest; of an older one what a newer had promised would be lost
            case 5:
                hall.answers_to_lose = 2
            case _:
                moment += timedelta(hours=random.choice([1, 23, 30]))
        worker.step(moment)
    hall.is_down = False
    for _ in range(3):
        moment += timedelta(seconds=301)
        worker.step(moment)
    assert set(hall.forms) == ids
    assert {item.state for item in store.outbox()} <= {"delivered"}
