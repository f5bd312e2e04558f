"""The hall is brought what forms were filled in by when it lacks that, however long the line is down."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from offline_cache.hall_client import HallBlocked, HallUnreachable
from offline_cache.store import Store
from offline_cache.sync import Sync, SyncSummary
from offline_cache.versions.definitions import Definitions, keep_definition
from protocol.wire import HALL_HEADER

DOCUMENT = '{"service":{"id":"old-age-allowance","title":{"en":"Allowance","zh":"高龄津贴"},"version":1}}'
DIGEST = sha256(DOCUMENT.encode()).hexdigest()
PATH = f"/definitions/{DIGEST}"


@pytest.fixture
def sync(store, client):
    return Sync(store, client, delay_s=lambda attempts: 10.0 * attempts)


@pytest.fixture
def send(store, form):
    """Keep a form that was filled in by DOCUMENT."""

    def keep(receipt_number, document=DOCUMENT):
        body = form(receipt_number).model_copy(update={"definition": sha256(document.encode()).hexdigest()})
        store.keep({uuid4(): body}, lambda session: keep_definition(session, body.definition, document))

    return keep


def puts(hall):
    return [one.removeprefix("PUT /").split("/")[0] for one in hall.requests if one.startswith("PUT")]


def test_it_is_brought_once_right_after_the_form_that_needs_it(sync, store, hall, send, now):
    send("A-1"), send("A-2")
    assert sync.sync_once(now) == SyncSummary(delivered=2)
    assert puts(hall) == ["submissions", "definitions", "submissions"]
    assert hall.definitions == {DIGEST: DOCUMENT}
    assert [form["definition"] for form in hall.forms.values()] == [DIGEST, DIGEST]


def test_it_is_brought_after_days_without_a_line_and_a_restart(store, path, client, hall, send, now):
    send("A-1")
    hall.before_answer = lambda asked: setattr(hall, "is_down", asked.startswith("/submissions"))
    assert Sync(store, client).sync_once(now).delivered == 1, "though the line broke right after"
    assert Definitions(store).lacking() == [DIGEST]
    store.close()
    hall.is_down, hall.before_answer = False, lambda path: None
    again = Store.open(path)
    sync = Sync(again, client)
    assert sync.sync_once(now + timedelta(days=5)) == SyncSummary(), "no form is due"
    assert hall.definitions == {DIGEST: DOCUMENT}
    assert Definitions(again).lacking() == []
    hall.requests.clear()
    sync.sync_once(now + timedelta(days=6))
    assert hall.requests == []


def test_a_power_cut_after_the_answer_sends_the_form_again_and_forgets_nothing(
    sync, store, hall, send, now, monkeypatch
):
    send("A-1")
    monkeypatch.setattr(store, "delivered", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        sync.sync_once(now)
    assert Definitions(store).lacking() == [DIGEST]


@pytest.mark.parametrize("status", [500, 404])
def test_one_that_fails_while_the_hall_works_holds_no_form_up(sync, hall, send, now, status):
    hall.trouble[PATH] = (status, {}, b'{"detail": "no"}')
    send("A-1"), send("A-2")
    assert sync.sync_once(now) == SyncSummary(delivered=2)
    assert not sync.line.is_blocked
    tries = hall.requests.count(f"PUT {PATH}")
    sync.sync_once(now + timedelta(seconds=9))
    assert hall.requests.count(f"PUT {PATH}") == tries, "it waits"
    del hall.trouble[PATH]
    sync.sync_once(now + timedelta(seconds=60))
    assert hall.definitions == {DIGEST: DOCUMENT}


def test_one_that_the_hall_refuses_is_not_brought_again(sync, store, hall, send, now):
    hall.trouble[PATH] = (422, {HALL_HEADER: "first"}, b'{"detail": "not of this hash"}')
    send("A-1")
    assert sync.sync_once(now).delivered == 1
    assert Definitions(store).lacking() == []


def test_a_busy_hall_is_left_alone(sync, hall, send, now):
    hall.trouble[PATH] = (503, {"Retry-After": "30"}, b"")
    send("A-1"), send("A-2")
    assert isinstance(sync.sync_once(now).error, HallUnreachable)
    assert sync.line.seconds_until_forms_are_due(now) == 30.0


def test_an_older_hall_says_nothing_of_definitions_and_is_asked_nothing(sync, hall, send, now):
    hall.is_older = True
    send("A-1")
    assert sync.sync_once(now) == SyncSummary(delivered=1)
    assert puts(hall) == ["submissions"]


def test_one_that_is_too_large_for_the_wire_holds_nothing_up(sync, store, hall, send, now):
    send("A-1", document="{" + " " * 600_000 + "}")
    assert sync.sync_once(now).delivered == 1
    assert Definitions(store).lacking() == []
    assert hall.definitions == {}


def test_a_damaged_definition_is_never_brought_and_is_mended_by_the_next_form(sync, store, hall, send, now):
    send("A-1")
    with store.transaction() as session:
        session.connection().exec_driver_sql("UPDATE definition SET document = '{}'")
    assert Definitions(store).get(DIGEST) is None
    assert sync.sync_once(now).delivered == 1
    assert hall.definitions == {}
    send("A-2")
    assert sync.sync_once(now).delivered == 1
    assert hall.definitions == {DIGEST: DOCUMENT}


def test_the_wrong_hall_gets_nothing(sync, hall, send, now):
    send("A-1")
    sync.sync_once(now)
    hall.definitions.clear()
    hall.key = {"key_id": "other", "public_key": "B" * 43 + "="}
    send("A-2")
    assert isinstance(sync.sync_once(now).error, HallBlocked)
    assert hall.definitions == {}
