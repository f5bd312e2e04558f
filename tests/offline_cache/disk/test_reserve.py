"""The last form is kept on a full disk, in room that nothing else could take."""

import shutil
from collections import namedtuple
from uuid import uuid4

import pytest
from sqlalchemy import text

from offline_cache.store import Store, StoreFull

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def full(store, monkeypatch):
    """A disk on which only giving the reserve back makes room."""
    with store.transaction() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 99, 1))
    give_back = store.reserve.give_back

    def room() -> None:
        if store.reserve.is_held():
            store._engine.raw_connection().driver_connection.execute(f"PRAGMA max_page_count = {pages * 100}")
        give_back()

    monkeypatch.setattr(store.reserve, "give_back", room)


def test_the_present_form_is_kept_and_no_new_one_is_begun(store, form, full):
    store.reserve.hold()
    assert store.free_space_ok()
    store.keep({uuid4(): form(sealed=b"x" * 100_000)})
    assert len(store.outbox()) == 1
    assert not store.reserve.is_held()
    assert not store.free_space_ok()


def test_without_a_reserve_nothing_is_kept(store, form, full):
    with pytest.raises(StoreFull, match="free some space"):
        store.keep({uuid4(): form(sealed=b"x" * 100_000)})
    assert store.outbox() == []


def test_the_reserve_takes_real_room_and_is_taken_again_later(path):
    store = Store.open(path)
    store.reserve.hold()
    taken = store.reserve.path.stat()
    assert taken.st_blocks * 512 >= taken.st_size > 0
    store.reserve.give_back()
    store.reserve.hold()
    assert store.reserve.is_held()
    assert [one.name for one in path.parent.glob("*.reserve*")] == ["kiosk.db.reserve"]


def test_a_disk_without_room_has_no_reserve(path, monkeypatch):
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.posix_fallocate", no_room)
    store = Store.open(path)
    store.reserve.hold()
    assert not store.reserve.is_held()
    assert list(path.parent.glob("*.reserve*")) == []
