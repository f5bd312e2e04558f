"""Finding 11: a bit that flipped in the write-ahead log took up to 24 of 30 kept forms with it, and nobody was told."""

import shutil
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import text

from offline_cache.disk.log_damage import damaged_files, is_damaged
from offline_cache.store import Store


def wal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


@pytest.fixture
def cut_off(path, tmp_path):
    """The files as they are now, as after a power cut."""

    def copy() -> Path:
        there = tmp_path / "after" / path.name
        shutil.rmtree(there.parent, ignore_errors=True)
        shutil.copytree(path.parent, there.parent)
        there.with_name(f"{there.name}-shm").unlink(missing_ok=True)
        return there

    return copy


def test_a_kept_form_is_never_in_the_log_alone(store, path, form, cut_off):
    for number in range(30):
        store.keep({uuid4(): form(str(number))})
        assert wal_of(path).stat().st_size == 0
    after = cut_off()
    wal_of(after).unlink()
    assert len(Store.open(after).outbox()) == 30


def test_what_is_small_is_folded_once_it_is_much(store, path):
    for number in range(200):
        store.set("colour", str(number) * 400)
        assert wal_of(path).stat().st_size < 600_000


def test_damage_to_the_log_is_told_and_kept_for_an_engineer(store, path, cut_off):
    """Any bit of what was written, in any place: forms cannot be lost by it, and what is lost is told, but for the last
    change, which looks as if the power had gone."""
    for number in range(4):
        store.set("colour", str(number))
    whole, random = wal_of(path).read_bytes(), Random(6)
    assert not is_damaged(whole)
    for _ in range(60):
        flipped = bytearray(whole)
        flipped[random.randrange(len(whole))] ^= 1 << random.randrange(8)
        after = cut_off()
        wal_of(after).write_bytes(flipped)
        again = Store.open(after)
        assert again.get("colour") in ("2", "3") or damaged_files(after)
        again.close()
        for told in damaged_files(after):
            assert told.read_bytes() == flipped


def test_any_bit_of_the_logs_head_is_damage(store, path):
    for number in range(3):
        store.set("colour", str(number))
    whole = wal_of(path).read_bytes()
    for bit in range(32 * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        assert is_damaged(flipped), bit


def test_what_the_power_cut_short_is_no_damage(store, path):
    for number in range(4):
        store.set("colour", str(number))
    whole = wal_of(path).read_bytes()
    assert not [end for end in range(0, len(whole), 97) if is_damaged(whole[:end])]


def test_sectors_of_the_last_change_that_the_power_cut_kept_off_the_disk_are_no_damage(store, path):
    for number in range(3):
        store.set("colour", str(number))
    synced = wal_of(path).stat().st_size
    store.set("colour", "red" * 3000)
    whole, random = wal_of(path).read_bytes(), Random(7)
    assert len(whole) - synced > 3 * 4096
    for _ in range(60):
        lost = bytearray(whole)
        for start in range(synced, len(whole), 512):
            if random.random() < 0.5:
                lost[start : start + 512] = bytes(len(lost[start : start + 512]))
        assert not is_damaged(lost)
        lost[synced - 5000] ^= 1
        assert is_damaged(lost)


def test_what_is_left_of_an_older_log_is_no_damage(store, path, form):
    store.set("colour", "red" * 5000)
    older = wal_of(path).read_bytes()
    store.keep({uuid4(): form()})  # empties it
    store.set("colour", "blue")
    newer = wal_of(path).read_bytes()
    assert len(newer) < len(older)
    assert not is_damaged(newer + older[len(newer) :])


def test_opening_empties_the_log(store, path, cut_off):
    store.set("colour", "red")
    after = cut_off()
    assert wal_of(after).stat().st_size > 0
    again = Store.open(after)
    assert wal_of(after).stat().st_size == 0
    assert again.get("colour") == "red"
    assert damaged_files(after) == []
    with again.transaction() as session:
        assert session.execute(text("PRAGMA wal_autocheckpoint")).scalar() == 0
