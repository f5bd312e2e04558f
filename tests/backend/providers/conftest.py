from collections.abc import Iterator
from datetime import date
from threading import Thread

import pytest

from backend.providers.simulated.registry import Registry
from backend.providers.simulated.server import Behaviour, SimulatedRegistry

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def _served() -> Iterator[SimulatedRegistry]:
    server = SimulatedRegistry(0, Registry(200, seed=1, today=lambda: TODAY), Behaviour())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.stop()
    thread.join()


@pytest.fixture
def registry(_served: SimulatedRegistry) -> SimulatedRegistry:
    """The simulated registry on loopback, which does not fail yet."""
    _served.behaviour, _served.asked = Behaviour(), 0
    return _served


@pytest.fixture
def someone(registry: SimulatedRegistry) -> str:
    """An ID number."""
    return next(iter(registry.registry.people))
