"""Sealed drafts on the shelf: one a form, gone when they are old, and room for them in stores of older kiosks."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from offline_cache.drafts import Drafts, KeptDraft
from offline_cache.store import Store, StoreCorrupt, open_or_quarantine

STORES = Path(__file__).with_name("stores")


@pytest.fixture
def draft(now):
    return KeptDraft("name-1", "code-1", "form-1", b"sealed", b"wrapped", now + timedelta(days=7))


def test_a_draft_is_found_by_either_name_after_a_restart(path, now, draft):
    store = Store.open(path)
    Drafts(store).keep(draft)
    store.close()
    drafts = Drafts(Store.open(path))
    assert drafts.find("name", "name-1", now) == draft
    assert drafts.find("code_name", "code-1", now) == draft
    assert drafts.find("name", "another", now) is None


def test_a_later_draft_of_the_same_form_replaces_the_first(store, now, draft):
    drafts = Drafts(store)
    drafts.keep(draft)
    drafts.keep(replace(draft, name="name-2", code_name="code-2"))
    assert drafts.find("name", "name-1", now) is None
    assert drafts.find("name", "name-2", now)


def test_a_draft_expires_and_leaves_the_disk(store, path, now, draft):
    drafts = Drafts(store)
    drafts.keep(draft)
    drafts.keep(replace(draft, name="n", code_name="c", form="f", expires_at=now + timedelta(days=9)))
    drafts.drop_expired(now + timedelta(days=6, hours=23))
    assert drafts.find("name", "name-1", now)
    drafts.drop_expired(now + timedelta(days=7))
    assert drafts.find("name", "name-1", now) is None  # also for a clock that is set back
    assert drafts.find("name", "n", now)


def test_a_sent_form_has_no_draft(store, now, draft):
    drafts = Drafts(store)
    drafts.keep(draft)
    drafts.drop("form-1")
    assert drafts.find("name", "name-1", now) is None


def test_a_damaged_draft_is_never_handed_out(store, path, now, draft):
    Drafts(store).keep(draft)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE draft SET sealed = x'00'")
    assert Drafts(store).find("name", "name-1", now) is None


def test_a_store_of_an_older_kiosk_gets_its_shelf(path, now, draft):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.executescript((STORES / "version_1.sql").read_text("utf-8"))
    store = Store.open(path)
    Drafts(store).keep(draft)
    assert Drafts(store).find("name", "name-1", now) == draft


def test_drafts_move_out_of_a_damaged_store(path, now, draft):
    store = Store.open(path)
    Drafts(store).keep(draft)
    for number in range(200):
        store.set(f"padding {number}", "x" * 400)
    store.close()
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(StoreCorrupt):
        Store.open(path)
    store, _ = open_or_quarantine(path)
    assert Drafts(store).find("name", "name-1", now) == draft
