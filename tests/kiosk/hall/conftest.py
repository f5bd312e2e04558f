from collections.abc import Iterator
from pathlib import Path

import pytest

from offline_cache.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "kiosk.db")
    yield store
    store.close()
