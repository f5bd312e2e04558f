"""A kiosk put back to an older program serves people, leaves the newer store alone, and loses and doubles nothing."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from offline_cache.calls import Calls, new_call
from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.errors import StoreNewer
from offline_cache.migrations import STEPS, schema_version
from offline_cache.store import Store, open_or_quarantine
from offline_cache.sync import PINNED_KEY, Sync
from offline_cache.versions import bring_in as bringing_in
from offline_cache.versions.definitions import Definitions, keep_definition
from offline_cache.versions.rollback import open_for_terminal, open_store, program_of

NEWER = schema_version() + 1


@pytest.fixture
def newer_program(monkeypatch):
    """Within it the program knows one more step."""

    class Newer:
        def __enter__(self):
            monkeypatch.setitem(STEPS, NEWER, lambda op: op.execute("UPDATE submission SET kiosk = kiosk || ' A'"))

        def __exit__(self, *_):
            monkeypatch.delitem(STEPS, NEWER)

    return Newer()


@pytest.fixture
def rolled_back(path, form, newer_program, hall):
    """A store that version 0.9.0 used last, with one form delivered to nobody yet."""
    with newer_program:
        opened = open_for_terminal(path, "0.9.0")
        opened.store.set(PINNED_KEY, '{"key_id": "first", "public_key": "' + hall.key["public_key"] + '"}')
        opened.store.keep({UUID(int=1): form("N-1")})
        opened.store.close()
    return path


def numbers(store):
    return [(item.receipt_number, item.state) for item in store.outbox()]


def test_people_are_served_from_a_store_beside_and_staff_are_told_what_to_do(rolled_back, form):
    before = rolled_back.read_bytes()
    opened = open_for_terminal(rolled_back, "0.8.0")
    assert opened.store.path != rolled_back
    assert opened.damaged is None
    assert opened.trouble == (
        "the store was written by program 0.9.0: install it again; until then forms are kept beside it"
    )
    assert program_of(rolled_back) == "0.9.0"
    assert opened.store.get(PINNED_KEY), "forms can be sealed at once, to the hall that was met before"
    opened.store.keep({UUID(int=2): form("O-1")})
    assert numbers(opened.store) == [("O-1", "waiting")]
    opened.store.close()
    assert numbers(open_store(rolled_back)) == [("O-1", "waiting")], "so do the commands"
    assert rolled_back.read_bytes() == before
    with pytest.raises(StoreNewer):
        Store.open(rolled_back)


def test_forward_again_all_is_in_one_store_and_delivered_once(
    rolled_back, form, newer_program, hall, client, now, tmp_path
):
    older = open_for_terminal(rolled_back, "0.8.0").store
    sent, waiting = UUID(int=2), UUID(int=3)
    older.keep({sent: form("O-1")}, lambda session: keep_definition(session, "d" * 64, "{}"))
    Sync(older, client).sync_once(now)
    older.keep({waiting: form("O-2")})
    Definitions(older).is_lacking("d" * 64, True)
    draft = KeptDraft("name", "code", "O-3", b"sealed", b"key", now + timedelta(days=7))
    Drafts(older).keep(draft)
    call = Calls(older, None).request(new_call("村委会-1", "home", None, "", now))
    older.close()
    with newer_program:
        opened = open_for_terminal(rolled_back, "0.9.0")
        assert opened.trouble is None
        assert numbers(opened.store) == [("N-1", "waiting"), ("O-1", "delivered"), ("O-2", "waiting")]
        assert Drafts(opened.store).find("code_name", "code", now) == draft
        assert Calls(opened.store, None).current().call == call
        assert Definitions(opened.store).lacking() == ["d" * 64]
        Sync(opened.store, client).sync_once(now)
        assert list(hall.forms) == [str(sent), str(UUID(int=1)), str(waiting)]
        assert hall.definitions == {"d" * 64: "{}"}
        opened.store.close()
        assert not list(rolled_back.parent.glob("*.beside-*"))
        again = open_for_terminal(rolled_back, "0.9.0").store
        assert len(again.outbox()) == 3


def test_numbers_go_on_so_that_no_two_forms_have_one(rolled_back, form):
    older = open_for_terminal(rolled_back, "0.8.0").store
    older.keep({UUID(int=2): form("O-1")})
    assert older.due(form().created_at) == [2]


def test_a_power_cut_between_bringing_in_and_putting_away_doubles_nothing(
    rolled_back, form, newer_program, monkeypatch
):
    older = open_for_terminal(rolled_back, "0.8.0").store
    older.keep({UUID(int=2): form("O-1")})
    older.close()
    with newer_program:
        with monkeypatch.context() as cut:
            cut.setattr(bringing_in, "_put_away", lambda path, keep: None)
            open_for_terminal(rolled_back, "0.9.0").store.close()
        assert list(rolled_back.parent.glob("*.beside-*"))
        assert len(open_for_terminal(rolled_back, "0.9.0").store.outbox()) == 2


def test_back_and_forth_twice_goes_on_with_the_same_store_beside(rolled_back, form, newer_program):
    for number in (2, 3):
        older = open_for_terminal(rolled_back, "0.8.0").store
        older.keep({UUID(int=number): form(f"O-{number}")})
        older.close()
    assert len(open_for_terminal(rolled_back, "0.8.0").store.outbox()) == 2
    with newer_program:
        assert [name for name, _ in numbers(open_for_terminal(rolled_back, "0.9.0").store)] == ["N-1", "O-2", "O-3"]


def test_a_damaged_row_beside_stays_for_an_engineer_and_the_others_come(rolled_back, form, newer_program):
    older = open_for_terminal(rolled_back, "0.8.0").store
    beside = older.path
    older.keep({UUID(int=2): form("O-1")}), older.keep({UUID(int=3): form("O-2")})
    older.close()
    with closing(sqlite3.connect(beside)) as connection:
        connection.execute("UPDATE submission SET receipt_number = 'X' WHERE receipt_number = 'O-1'")
        connection.commit()
    with newer_program:
        store = open_for_terminal(rolled_back, "0.9.0").store
        assert [name for name, _ in numbers(store)] == ["N-1", "O-2"]
    assert [one.suffix for one in rolled_back.parent.glob("*.beside-*")]
    (kept,) = rolled_back.parent.glob("*.damaged-*")
    assert kept.name.startswith(beside.name)


def test_a_newer_store_that_is_damaged_too_is_left_to_its_program(rolled_back, form):
    size = rolled_back.stat().st_size
    with rolled_back.open("r+b") as file:
        file.seek(size - 3000)
        file.write(b"\xaa" * 3000)
    before = rolled_back.read_bytes()
    with pytest.raises(StoreNewer):
        open_or_quarantine(rolled_back)
    opened = open_for_terminal(rolled_back, "0.8.0")
    opened.store.keep({uuid4(): form("O-1")})
    assert rolled_back.read_bytes() == before
    assert opened.trouble


def test_a_store_in_which_nothing_of_the_newer_program_can_be_read_is_served_beside(path, form):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWER}")
        connection.execute("CREATE TABLE all_is_new (a)")
    opened = open_for_terminal(path, "0.8.0")
    assert opened.trouble == (
        "the store was written by the newer program: install it again; until then forms are kept beside it"
    )
    opened.store.keep({uuid4(): form("O-1")})
