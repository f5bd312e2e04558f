"""Kiosk and hall keep the ends of each other's audit: whoever cuts one is found by the other, one heartbeat later."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW, StandingClock, enrolled, settings_in
from sqlalchemy import delete, update
from to_hall import URL, ToHall

from backend.app import create_app
from backend.audit.log import entries, note
from backend.audit.tables import Audit, AuditChain, AuditHead
from backend.audit.verify import verify
from backend.hall.hall import Hall, open_hall
from offline_cache.audit.heads import held_by_hall
from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from offline_cache.worker import SyncWorker
from protocol.chain import first_bad


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path / "hall"), StandingClock())
    yield hall
    hall.database.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "kiosk.db")
    yield store
    store.close()


@pytest.fixture
def worker(hall: Hall, store: Store, tmp_path: Path) -> Iterator[SyncWorker]:
    with TestClient(create_app(hall, lambda pin: None)) as app:
        client = HallClient(URL, identity=enrolled(hall).in_file(tmp_path / "identity.json", hall))
        client.session.mount(URL, ToHall(app, hall.clock))
        yield SyncWorker(store, client, kiosk="柳林村一号", version="1")


def beats(worker: SyncWorker, minutes: int) -> None:
    worker.step(NOW + timedelta(minutes=minutes))
    assert worker.state.reached, worker.state.error


def test_a_hall_that_cuts_its_audit_is_found_by_a_kiosk(hall: Hall, worker: SyncWorker) -> None:
    for number in range(4):
        with hall.database.write() as session:
            note(session, hall, "李芳", "reveal", number, "phone")
    beats(worker, 0)
    with hall.database.write() as session:
        session.execute(delete(Audit).where(Audit.sequence > 2))
        last = list(entries(session))[-1]
        session.execute(update(AuditChain).values(sequence=last.sequence, hash=last.hash))
        session.execute(delete(AuditHead))
    assert verify(hall).first_bad is None
    beats(worker, 1)
    bad = verify(hall).first_bad
    assert bad is not None
    assert bad.sequence == 3


def test_a_kiosk_that_cuts_its_audit_is_found_by_the_hall(hall: Hall, store: Store, worker: SyncWorker) -> None:
    for number in range(4):
        store.audit.note("staff", "pin", str(number))
    beats(worker, 0)
    lines = store.audit.path.read_bytes().splitlines(keepends=True)
    store.audit.path.write_bytes(b"".join(lines[:2]))
    held = held_by_hall(store)
    assert held is not None
    bad = first_bad(store.audit.entries(), [held])
    assert bad is not None
    assert bad.sequence == 3
    beats(worker, 1)
    with hall.database.read() as session:
        assert "audit_went_back" in {one.record["action"] for one in entries(session)}
