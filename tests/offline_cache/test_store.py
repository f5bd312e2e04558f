"""Nothing that was kept is lost, nothing damaged is used, and every trouble is one plain sentence."""

import sqlite3
import threading
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import text

from offline_cache import rescue
from offline_cache.database import open_engine
from offline_cache.status import outbox_status
from offline_cache.store import OutboxState, Store, StoreCorrupt, StoreError, StoreFull, open_or_quarantine
from protocol.wire import IntakeStatus


def test_a_kept_form_comes_back_the_same_after_a_restart(path, form):
    submission, body = uuid4(), form()
    store = Store.open(path)
    store.keep({submission: body})
    store.close()
    again = Store.open(path)
    assert [again.load(number).body for number in again.due(body.created_at)] == [body]
    assert again.outbox_item(submission).state == "waiting"


def test_disk_writes_are_forced_and_foreign_keys_hold(path):
    with open_engine(path).connect() as connection:
        pragma = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_keeping_the_same_form_twice_keeps_it_once(store, form):
    submission, body = uuid4(), form()
    store.keep({submission: body})
    store.keep({submission: body})
    assert len(store.outbox()) == 1


def test_forms_of_one_sending_are_kept_together_or_not_at_all(path, form):
    """Should the second fail, the first is not there either, nor what was to be kept with them."""
    Store.open(path).close()
    other = sqlite3.connect(path)
    other.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON submission WHEN NEW.receipt_number = 'A-2' "
        "BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    other.commit()
    store, forms, together = Store.open(path), {uuid4(): form(f"A-{number}") for number in (1, 2, 3)}, []
    with pytest.raises(StoreError):
        store.keep(forms, together.append)
    assert (store.outbox(), together) == ([], [])
    other.execute("DROP TRIGGER refuse")
    other.commit()
    store.keep(forms, together.append)
    store.keep(forms, together.append)
    assert [item.receipt_number for item in store.outbox()] == ["A-1", "A-2", "A-3"]
    assert len(together) == 1


def test_another_form_under_a_known_id_is_an_error(store, form):
    submission = uuid4()
    store.keep({submission: form("A-1")})
    with pytest.raises(StoreError, match="kept already with other content"):
        store.keep({submission: form("A-2")})
    assert [item.receipt_number for item in store.outbox()] == ["A-1"]


def test_a_form_is_never_kept_without_its_place_in_the_outbox(path, form):
    """Should the outbox row fail, the form is not there either: both are one transaction."""
    Store.open(path).close()
    other = sqlite3.connect(path)
    other.execute("CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
    other.commit()
    store = Store.open(path)
    with pytest.raises(StoreError):
        store.keep({uuid4(): form()})
    assert store.outbox() == []


def test_many_threads_may_keep_at_once(store, form):
    ids = [uuid4() for _ in range(40)]
    threads = [threading.Thread(target=store.keep, args=({one: form(str(index))},)) for index, one in enumerate(ids)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {item.submission for item in store.outbox()} == {str(one) for one in ids}


def test_forms_are_due_oldest_first_even_when_the_clock_went_back(store, keep, now):
    keep("first"), keep("second")
    for sequence in store.due(now):
        store.put_off(sequence, now, "no answer", lambda tries: 60.0)
    assert store.due(now + timedelta(seconds=59)) == []
    assert store.due(now + timedelta(seconds=60)) == [1, 2]
    assert store.due(now - timedelta(days=3650)) == [1, 2]
    assert store.seconds_until_due(now + timedelta(seconds=20)) == 40.0


def test_status_tells_all_but_no_answers(store, keep, now):
    keep("A-1"), keep("A-2"), keep("A-3"), keep("A-4")
    store.delivered(1, now, IntakeStatus.RECEIVED)
    store.refused(2, now, "The receipt number is taken.")
    store.delivered(3, now, IntakeStatus.RECEIVED)
    store.wait_for_line(OutboxState.BLOCKED, "Wrong address.")
    status = outbox_status(store)
    counts = {name: status[name] for name in ("waiting", "delivered", "refused", "blocked", "damaged")}
    assert counts == {"waiting": 0, "delivered": 2, "refused": 1, "blocked": 1, "damaged": 0}
    assert status["entries"][1] | {"submission": ""} == {
        "submission": "",
        "definition": None,
        "receipt_number": "A-2",
        "service_id": "old-age-allowance",
        "state": "refused",
        "attempts": 1,
        "next_try_at": None,
        "last_error": "The receipt number is taken.",
        "created_at": now.isoformat(),
        "delivered_at": None,
    }


def test_files_are_for_this_user_only(path, form):
    Store.open(path).close()
    path.chmod(0o644)
    store = Store.open(path)
    store.keep({uuid4(): form()})
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == {"kiosk.db": 0o600, "kiosk.db-wal": 0o600, "kiosk.db-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


# --- damage ---


@pytest.mark.parametrize("broken", [b"", b"not a database at all" * 300], ids=["empty", "garbage"])
def test_a_corrupt_file_is_set_aside_and_the_kiosk_goes_on(path, form, broken):
    Store.open(path).close()
    path.write_bytes(broken)
    with pytest.raises(StoreCorrupt, match="is damaged"):
        Store.open(path)
    store, aside = open_or_quarantine(path)
    assert aside.read_bytes() == broken
    store.keep({uuid4(): form()})
    assert len(store.outbox()) == 1


def test_damage_that_sqlite_quotes_is_damage(path, form):
    """Its message holds the damaged bytes, which no text can."""
    store = Store.open(path)
    store.keep({uuid4(): form()})
    store.close()
    content = path.read_bytes()
    content = content.replace(b"tablesubmissionsubmission", b"table\xff\xc1bmissionsubmission")
    path.write_bytes(content.replace(b"CREATE TABLE submission", b"CREATE TABLX submission"))
    with pytest.raises(StoreCorrupt, match="is damaged"):
        Store.open(path)
    assert open_or_quarantine(path)[1] is not None


def test_what_is_still_whole_moves_into_the_fresh_store(path, form, now):
    bodies = [form(str(number)) for number in range(30)]
    store = Store.open(path)
    for body in bodies:
        store.keep({uuid4(): body})
    store.delivered(1, now, IntakeStatus.RECEIVED)
    store.set("colour", "red")
    store.close()
    content = bytearray(path.read_bytes())
    hole = content.index(bodies[15].sealed) // 4096 * 4096  # one page of the file
    content[hole : hole + 4096] = b"\xaa" * 4096
    content[content.index(bodies[3].sealed)] ^= 1  # and one form changed unnoticed by SQLite
    path.write_bytes(content)
    store, aside = open_or_quarantine(path)
    assert aside.read_bytes() == content
    assert store.outbox()[0].state == "delivered"
    assert store.get("colour") == "red"
    sent = [store.load(number).body for number in store.due(now)]
    assert all(body in bodies and body != bodies[3] for body in sent)
    assert 15 <= len(sent) < 28
    store.keep({uuid4(): form("later")})
    assert store.outbox()[-1].receipt_number == "later"


def test_a_truncated_store_gives_back_what_is_left(path, form, now):
    store = Store.open(path)
    for number in range(30):
        store.keep({uuid4(): form(str(number))})
    store.close()
    path.write_bytes(path.read_bytes()[:-6000])
    with pytest.raises(StoreCorrupt):
        Store.open(path)
    store, aside = open_or_quarantine(path)
    assert aside is not None
    assert {item.state for item in store.outbox()} <= {"waiting"}


@pytest.mark.parametrize("moment", ["_carry_over", "sync_to_disk"])
def test_a_power_cut_while_forms_are_saved_from_damage_loses_none(path, form, now, monkeypatch, moment):
    store = Store.open(path)
    bodies = [form(str(number)) for number in range(30)]
    for body in bodies:
        store.keep({uuid4(): body})
    store.close()
    content = bytearray(path.read_bytes())
    hole = content.index(bodies[15].sealed) // 4096 * 4096
    content[hole : hole + 4096] = b"\xaa" * 4096
    path.write_bytes(content)

    def no_power(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(rescue, moment, no_power)
        with pytest.raises(KeyboardInterrupt):
            open_or_quarantine(path)
    store, _ = open_or_quarantine(path)
    assert len(store.due(now)) >= 15


def test_a_whole_store_is_not_set_aside(path):
    Store.open(path).close()
    assert open_or_quarantine(path)[1] is None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE submission SET sealed = zeroblob(400) WHERE sequence = 1",
        "UPDATE submission SET sealed = 9000 WHERE sequence = 1",
        "UPDATE submission SET receipt_number = CAST(x'ff41' AS TEXT) WHERE sequence = 1",
        "UPDATE submission SET created_at = '2026-03-01T09:00:01+00:00' WHERE sequence = 1",
        "UPDATE outbox SET state = 'delivered' WHERE sequence = 1",
        "UPDATE outbox SET attempts = '0' || x'00' WHERE sequence = 1",
        "UPDATE outbox SET row_hash = '' WHERE sequence = 1",
        "DELETE FROM outbox WHERE sequence = 1",
    ],
)
def test_a_damaged_row_is_reported_and_never_sent(path, form, now, damage):
    store = Store.open(path)
    store.keep({uuid4(): form("A-1")}), store.keep({uuid4(): form("A-2")})
    store.close()
    with sqlite3.connect(path) as other:
        other.execute(damage)
    store = Store.open(path)
    assert [item.state for item in store.outbox()] == ["damaged", "waiting"]
    assert [kept.body.receipt_number for number in store.due(now) if (kept := store.load(number))] == ["A-2"]
    assert outbox_status(store)["damaged"] == 1


def test_a_flipped_bit_is_found_or_harmless(path, form, now):
    """A changed bit anywhere in the file is reported, or lay in unused space: every form is still the one kept."""
    bodies = [form(str(number)) for number in range(30)]
    store = Store.open(path)
    for body in bodies:
        store.keep({uuid4(): body})
    store.close()
    whole, random = path.read_bytes(), Random(4)
    in_a_form = [whole.index(body.sealed) + random.randrange(400) for body in bodies]
    anywhere = [random.randrange(len(whole)) for _ in range(60)]
    for position in in_a_form + anywhere:
        flipped = bytearray(whole)
        flipped[position] ^= 1 << random.randrange(8)
        path.write_bytes(flipped)
        try:
            store = Store.open(path)
            is_reported = outbox_status(store)["damaged"] > 0
            loaded = [kept.body for number in store.due(now) if (kept := store.load(number))]
            store.close()
        except StoreError:
            continue
        assert all(body in bodies for body in loaded)
        assert is_reported or (loaded == bodies and position not in in_a_form)


def test_a_damaged_counter_gives_no_number_twice(path, form):
    store = Store.open(path)
    store.keep({uuid4(): form("A-1")})
    store.close()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE setting SET value = '0' WHERE name = 'device_sequence'")
    store = Store.open(path)
    store.keep({uuid4(): form("A-2")})
    assert [item.receipt_number for item in store.outbox()] == ["A-1", "A-2"]


# --- the disk and the file system ---


def test_a_full_disk_keeps_nothing_and_recovers(path, form):
    store = Store.open(path)
    store.keep({uuid4(): form("A-1")})
    with store.transaction() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    large = form("A-2", sealed=b"x" * 100_000)
    with pytest.raises(StoreFull, match="is full; free some space"):
        store.keep({uuid4(): large})
    assert [item.receipt_number for item in store.outbox()] == ["A-1"]
    with store.transaction() as session:
        session.execute(text(f"PRAGMA max_page_count = {pages * 1000}"))
    store.keep({uuid4(): large})
    assert [item.receipt_number for item in store.outbox()] == ["A-1", "A-2"]


def test_room_is_checked_before_a_form_starts(store):
    assert store.free_space_ok(min_bytes=1)
    assert not store.free_space_ok(min_bytes=1 << 60)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be"):
        Store.open(tmp_path / "file" / "kiosk.db")


def test_a_store_from_a_newer_version_is_refused_and_left_alone(path):
    Store.open(path).close()
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=r"newer version.*update the kiosk") as caught:
        open_or_quarantine(path)
    assert not isinstance(caught.value, StoreCorrupt)
    assert path.exists()


def test_small_facts_are_kept_by_name(store):
    assert store.get("colour") is None
    store.set("colour", "red")
    store.set("colour", "green")
    assert store.get("colour") == "green"
