"""Kiosk and hall together: a service that only the kiosk knows is read by the hall all the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import RIGHT_ANSWERS, enrolled, of_person, settings_in
from project import ASSETS
from to_hall import URL, ToHall

from backend.app import create_app
from backend.definitions.book import DefinitionBook
from backend.hall.hall import open_hall
from forms import load_catalogue
from forms.definition import Definition
from kiosk.hall.offline_service import OfflineHallService
from kiosk.hall.service import NewForm
from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from offline_cache.sync import Sync, pin_hall_key
from offline_cache.trust.identity_file import IdentityFile
from offline_cache.worker import SyncWorker
from protocol.receipts.new_number import new_receipt_number

ALLOWANCE = "old-age-allowance"
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TestClient]:
    """A hall whose county has taken the allowance away, before any kiosk ever sent one."""
    opened = open_hall(settings_in(tmp_path / "hall"), lambda: NOW)
    with opened.database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM definitions")
    services = {name: one for name, one in opened.catalogue.services.items() if name != ALLOWANCE}
    catalogue = replace(opened.catalogue, services=services)
    opened.files.now = replace(opened.files.now, catalogue=catalogue)
    opened.files.definitions = DefinitionBook(opened.database, catalogue)
    with TestClient(create_app(opened, lambda pin: None)) as client:
        client.auth = kiosk = enrolled(opened)
        kiosk.in_file(tmp_path / "identity.json", opened)
        yield client
    opened.database.close()


def test_a_form_of_a_service_that_the_hall_never_had_is_judged_and_found(hall: TestClient, tmp_path: Path) -> None:
    catalogue = load_catalogue(ASSETS)
    client = HallClient(URL, identity=IdentityFile(tmp_path / "identity.json"))
    client.session.mount(URL, ToHall(hall, lambda: NOW))
    store = Store.open(tmp_path / "kiosk.db")
    pin_hall_key(store, client)
    worker = SyncWorker(store, client, kiosk="村委会-1", version="1")
    kiosk = OfflineHallService("村委会-1", store, worker, lambda: client, clock=lambda: NOW)
    definition = Definition.of(catalogue, catalogue.service(ALLOWANCE))
    answers = {name: str(value) for name, value in RIGHT_ANSWERS.items()}
    numbers = kiosk.keep([NewForm(definition, answers, new_receipt_number()) for _ in range(2)], "zh")
    assert Sync(store, client).sync_once(NOW).delivered == 2
    lines = of_person(hall)
    assert {line["receipt_number"] for line in lines} == set(numbers)
    assert {line["title"]["zh"] for line in lines} == {catalogue.service(ALLOWANCE).title.zh}
    store.close()
