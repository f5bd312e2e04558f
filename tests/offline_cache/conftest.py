import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fake_hall import URL, FakeHall

from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from protocol.wire import Submission

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store" / "kiosk.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


@pytest.fixture
def form() -> Callable[..., Submission]:
    def make(receipt_number: str = "A-1", sealed: bytes | None = None) -> Submission:
        sealed = os.urandom(400) if sealed is None else sealed
        return Submission(
            service_id="old-age-allowance",
            service_version="1",
            kiosk="村委会-1",
            receipt_number=receipt_number,
            created_at=NOW,
            sealed=sealed,
            sha256=sha256(sealed).hexdigest(),
        )

    return make


@pytest.fixture
def keep(store: Store, form: Callable[..., Submission]) -> Callable[[str], UUID]:
    """Keep a form with this receipt number; its id."""

    def keep(receipt_number: str) -> UUID:
        submission = uuid4()
        store.keep({submission: form(receipt_number)})
        return submission

    return keep


@pytest.fixture
def hall() -> FakeHall:
    return FakeHall()


@pytest.fixture
def client(hall: FakeHall) -> HallClient:
    client = HallClient(URL)
    client.session.mount(URL, hall)
    return client
