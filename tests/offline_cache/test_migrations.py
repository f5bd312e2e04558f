"""A store of an older version becomes one of this version with everything in it, or stays as it was."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Column, Integer, String, inspect

from offline_cache import database
from offline_cache.calls import Calls
from offline_cache.database import fill, open_engine
from offline_cache.disk.raw_tables import tables
from offline_cache.drafts import Drafts
from offline_cache.migrate import upgrade
from offline_cache.migrations import STEPS, schema_version
from offline_cache.store import Store, StoreError, StoreFull, open_or_quarantine
from protocol.process import whole_files

STORES = Path(__file__).with_name("stores")  # what the program of each version wrote, as SQL
OLD_VERSIONS = sorted(int(one.stem.removeprefix("version_")) for one in STORES.glob("*.sql"))
KIOSK = "村委会-1"
NEXT = schema_version() + 1


@pytest.fixture
def old_store(path):
    """Four forms: delivered, waiting, put off for a minute, and one damaged; a call, a small fact, a draft since 2."""

    def make(version: int) -> Path:
        path.parent.mkdir()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript((STORES / f"version_{version}.sql").read_text("utf-8"))
            connection.execute("PRAGMA journal_mode = WAL")
        return path

    return make


def change_tables(op):
    """What a later version may well want: values, types, rules and names of columns that are full already."""
    op.execute("UPDATE submission SET kiosk = kiosk || ' A'")
    with op.batch_alter_table("submission") as table:
        table.alter_column("service_version", type_=Integer)
        table.create_unique_constraint("one_receipt", ["receipt_number"])
    with op.batch_alter_table("call") as table:
        table.alter_column("staff", new_column_name="taken_by")
        table.drop_column("last_error")
        table.add_column(Column("priority", Integer, nullable=False, server_default="1"), insert_after="state")


@pytest.fixture
def next_version(monkeypatch):
    monkeypatch.setitem(STEPS, NEXT, change_tables)


def content(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return [f"version {version}", *connection.iterdump()]


def sendable(store: Store, now: datetime) -> list[str]:
    return [kept.body.receipt_number for number in store.due(now) if (kept := store.load(number))]


def schema(path: Path) -> object:
    """Columns in their order, keys and rules of every table."""
    engine = open_engine(path)
    look = inspect(engine)
    found = {
        name: (
            [(one["name"], str(one["type"]), one["nullable"], one["default"]) for one in look.get_columns(name)],
            look.get_pk_constraint(name)["constrained_columns"],
            look.get_unique_constraints(name),
            look.get_foreign_keys(name),
            look.get_indexes(name),
        )
        for name in look.get_table_names()
    }
    engine.dispose()
    return found


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_everything_in_an_older_store_is_still_there(old_store, now, version):
    store = Store.open(old_store(version))
    assert [item.state for item in store.outbox()] == ["delivered", "waiting", "waiting", "damaged"]
    assert sendable(store, now) == ["A-2"]
    assert sendable(store, now + timedelta(minutes=1)) == ["A-2", "A-3"]
    form = store.load(2)
    assert (form.submission, form.body.receipt_number, form.body.sealed) == (UUID(int=2), "A-2", b"\x02" * 24)
    assert Calls(store, None).current().state == "requested"
    assert store.get("colour") == "red"
    assert (Drafts(store).find("name", "name-1", now) is not None) == (version >= 2)


def test_there_is_a_store_of_every_version_before_this_one():
    assert set(range(1, schema_version())) <= set(OLD_VERSIONS)


@pytest.mark.parametrize("version", OLD_VERSIONS)
def test_an_older_store_gets_the_same_tables_as_a_fresh_one(old_store, tmp_path, version):
    assert schema(old_store(version)) == schema(tmp_path / "fresh.db")


def test_the_steps_from_nothing_make_the_same_tables_as_the_program(tmp_path):
    steps = tmp_path / "steps.db"
    fill(steps, lambda connection: upgrade(connection, steps, schema_version()))
    assert schema(steps) == schema(tmp_path / "fresh.db")


# --- a step that changes tables with rows in them ---


def test_changed_rows_are_whole_and_damaged_ones_stay_damaged(old_store, next_version):
    path = old_store(2)
    open_engine(path).dispose()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
        whole = {table.name: [is_intact for _, is_intact, _ in table.rows(connection)] for table in tables(connection)}
        assert whole == {
            "submission": [True, True, True, False],
            "outbox": [True] * 4,
            "call": [True],
            "setting": [True, True],
            "draft": [True],
            "definition": [],
            "follow_up": [],
            "work_order": [],
        }
        names = [name for _, name, *_ in connection.execute("PRAGMA table_info(call)")]
        assert names[3:6] == ["state", "priority", "own_step"]
        assert "taken_by" in names
        assert "last_error" not in names
        assert connection.execute("SELECT typeof(service_version) FROM submission").fetchone() == ("integer",)
        with pytest.raises(sqlite3.IntegrityError, match="receipt_number"):
            connection.execute("UPDATE submission SET receipt_number = 'A-1'")


def test_the_changed_store_works_and_is_as_safe_as_any(old_store, form, now, monkeypatch):
    """With a change that the classes of this version do not mind."""
    monkeypatch.setitem(STEPS, NEXT, change_kiosk)
    store = Store.open(old_store(2))
    assert store.load(2).body.kiosk == f"{KIOSK} A"
    store.keep({UUID(int=9): form("A-9")})
    assert [item.state for item in store.outbox()] == ["delivered", "waiting", "waiting", "damaged", "waiting"]
    with store.transaction() as session:
        pragma = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        targets = [one["referred_table"] for one in inspect(session.connection()).get_foreign_keys("outbox")]
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert targets == ["submission"]


def change_kiosk(op):
    op.execute("UPDATE submission SET kiosk = kiosk || ' A'")
    with op.batch_alter_table("submission", recreate="always") as table:
        table.alter_column("kiosk", type_=String(200))


def test_a_damaged_older_store_gives_its_whole_forms_to_the_new_version(old_store, now, monkeypatch):
    path = old_store(2)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"cannot be reached")] ^= 1  # an outbox row
    hole = raw.index(b"name-1") // 4096 * 4096
    raw[hole : hole + 4096] = b"\xaa" * 4096  # all drafts
    path.write_bytes(raw)
    monkeypatch.setitem(STEPS, NEXT, change_kiosk)
    store, aside = open_or_quarantine(path)
    assert aside.read_bytes() == raw
    assert [(one.receipt_number, one.state) for one in store.outbox()] == [
        ("A-1", "delivered"),
        ("A-2", "waiting"),
        ("A-3", "waiting"),
    ]
    assert sendable(store, now) == ["A-2", "A-3"]
    assert store.load(3).body.kiosk == f"{KIOSK} A"
    assert store.get("colour") == "red"


# --- the copy ---


def test_a_copy_of_before_is_beside_it_with_what_was_only_in_the_log(old_store, next_version):
    path = old_store(2)
    with closing(sqlite3.connect(path)) as running:  # its log is not yet in the file
        running.execute("UPDATE setting SET value = 'blue' WHERE name = 'colour'")
        running.commit()
        before = content(path)
        open_engine(path).dispose()
    copy = path.with_name("kiosk.db.version-2")
    assert content(copy) == before
    assert any("'blue'" in line for line in before)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert content(path)[0] == f"version {NEXT}"


def test_the_copy_takes_the_place_of_the_store_for_whoever_goes_back(old_store, monkeypatch, now):
    path = old_store(2)
    with monkeypatch.context() as newer:
        newer.setitem(STEPS, NEXT, change_tables)
        open_engine(path).dispose()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(path)
    path.with_name("kiosk.db.version-2").replace(path)
    assert sendable(Store.open(path), now) == ["A-2"]


# --- what may go wrong ---


def fails(op):
    change_tables(op)
    raise LookupError("nobody thought of this")


def fills_the_disk(op):
    (pages,) = op.get_bind().exec_driver_sql("PRAGMA page_count").one()
    op.get_bind().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    op.get_bind().exec_driver_sql("CREATE TABLE large AS SELECT zeroblob(1000000)")


def loses_forms(op):
    op.execute("DELETE FROM submission WHERE sequence = 1")


def breaks_a_rule(op):
    op.execute("UPDATE submission SET receipt_number = 'A-1'")
    change_tables(op)


@pytest.mark.parametrize(
    ("step", "kind", "said"),
    [
        (fails, StoreError, "stays at version 2.*nobody thought of this.*install the version.*before"),
        (breaks_a_rule, StoreError, "stays at version 2.*UNIQUE constraint failed"),
        (loses_forms, StoreError, "stays at version 2.*belong"),
        (fills_the_disk, StoreFull, "is full; free some space"),
    ],
)
def test_a_failed_step_changes_nothing_and_says_what_to_do(old_store, monkeypatch, now, step, kind, said):
    path = old_store(2)
    before = content(path)
    with monkeypatch.context() as newer:
        newer.setitem(STEPS, NEXT, step)
        with pytest.raises(kind, match=said) as error:
            open_or_quarantine(path)
    assert "\n" not in str(error.value)
    assert content(path) == before
    assert sendable(Store.open(path), now) == ["A-2"]  # the version before goes on with it
    assert {one.name for one in path.parent.iterdir()} <= {
        "kiosk.db", "kiosk.db-wal", "kiosk.db-shm", "kiosk.db.version-2",
    }  # fmt: skip


def test_without_room_for_the_copy_no_step_runs(old_store, next_version, monkeypatch):
    path = old_store(2)
    before = content(path)

    def no_room(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(whole_files.os, "fsync", no_room)
        with pytest.raises(StoreFull, match="free some space"):
            Store.open(path)
    assert content(path) == before
    assert not list(path.parent.glob("*.version-*")) + list(path.parent.glob("*.new-*"))


def test_a_power_cut_in_a_step_leaves_the_old_store(old_store, monkeypatch, now):
    path = old_store(2)
    child = os.fork()
    if not child:
        monkeypatch.setitem(STEPS, NEXT, lambda op: (change_tables(op), os._exit(7)))
        Store.open(path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert sendable(Store.open(path), now) == ["A-2"]


def test_the_second_of_two_programs_finds_it_done(old_store, monkeypatch):
    path, taken = old_store(2), []
    monkeypatch.setitem(STEPS, NEXT, lambda op: (taken.append(1), change_kiosk(op)))
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: Store.open(path), range(4)))
    monkeypatch.setattr(database, "_checked_version", lambda engine, path: 2)  # looked before the first was done
    stores.append(Store.open(path))
    assert len(taken) == 1
    assert {store.load(2).body.kiosk for store in stores} == {f"{KIOSK} A"}
    assert [one.name for one in path.parent.glob("*.version-*")] == ["kiosk.db.version-2"]


# --- what it costs ---


def test_alembic_is_loaded_for_an_older_store_only(path):
    """Each process of the terminal would hold 11 MB more."""
    code = f"""
import sys
from pathlib import Path
from kiosk.processes import equipment, sync_process
from offline_cache.store import open_or_quarantine
path = Path({str(path)!r})
open_or_quarantine(path)[0].close()
path.write_bytes(path.read_bytes()[:-6000])
store, aside = open_or_quarantine(path)
assert aside
store.close()
open_or_quarantine(path)[0].set("a", "b")
assert "alembic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
