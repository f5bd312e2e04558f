"""Which services are done most on this kiosk, and nothing else of who did them."""

from datetime import date, timedelta

import pytest

from kiosk.hall.stored_usage import HALF_LIFE_DAYS, StoredUsage
from offline_cache.store import Store

TODAY = date(2026, 11, 23)


def of(store: Store, days: int = 0) -> StoredUsage:
    return StoredUsage(store, lambda: TODAY + timedelta(days=days))


def test_it_counts_over_restarts(store: Store) -> None:
    for name in ("allowance", "allowance", "hours"):
        of(store).count(name)
    assert of(store).counts() == {"allowance": 2, "hours": 1}


def test_what_is_long_ago_counts_less_and_is_forgotten(store: Store) -> None:
    for _ in range(4):
        of(store).count("heating")
    of(store, HALF_LIFE_DAYS).count("allowance")
    assert of(store, HALF_LIFE_DAYS).counts() == pytest.approx({"heating": 2, "allowance": 1})
    assert of(store, 2 * 365).counts() == {}


def test_a_clock_that_was_set_back_changes_nothing(store: Store) -> None:
    of(store).count("allowance")
    assert of(store, -400).counts() == {"allowance": 1}


def test_only_names_of_services_and_numbers_are_kept(store: Store) -> None:
    of(store).count("allowance")
    assert store.get("service_usage") == '{"day":"2026-11-23","counts":{"allowance":1.0}}'


def test_a_damaged_count_begins_anew(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.set("service_usage", '{"day": "yesterday"}')
    assert of(store).counts() == {}
    assert "counted anew" in caplog.text
    of(store).count("allowance")
    assert of(store).counts() == {"allowance": 1}


def test_without_the_store_nobody_is_stopped(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.close()
    store.path.write_bytes(b"broken")
    of(store).count("allowance")
    assert of(store).counts() == {}
    assert caplog.records
