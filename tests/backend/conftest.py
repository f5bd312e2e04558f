from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from documented import answers_are_documented
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, NOW, HallProcess, SigningKiosk, StandingClock, enrolled, settings_in
from page_support import start_browser
from project import ROOT
from selenium.webdriver import Chrome

from backend.accounts import pins as pins_of_staff
from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.hall.hall import Hall, open_hall
from backend.providers.simulated.registry import Registry
from backend.providers.simulated.server import Behaviour, SimulatedRegistry


@pytest.fixture(scope="session")
def browser() -> Iterator[Chrome]:
    with start_browser() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def _ready(ready_halls: None) -> None: ...


@pytest.fixture
def cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """PINs that are chosen in this test are hashed at once, not in 100 ms; a check takes what its hash took."""
    monkeypatch.setattr(pins_of_staff, "_PASSES", 1)
    monkeypatch.setattr(pins_of_staff, "_MEMORY_KIB", 64)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def hall(tmp_path: Path, clock: StandingClock) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path), clock)
    yield hall
    hall.database.close()


@pytest.fixture
def pins() -> list[str]:
    """The PINs that the console showed, the newest last."""
    return []


@pytest.fixture
def kiosk(hall: Hall) -> SigningKiosk:
    """柳林村一号, which the hall has taken in."""
    return enrolled(hall)


@pytest.fixture
def client(hall: Hall, pins: list[str], kiosk: SigningKiosk) -> Iterator[TestClient]:
    """What it asks is signed by the kiosk; `client.auth = None` for one that is not."""
    pins.append(next_pin(hall))
    with TestClient(create_app(hall, pins.append)) as client:
        client.auth = kiosk
        answers_are_documented(client)
        yield client


@pytest.fixture
def clerk(client: TestClient, pins: list[str]) -> TestClient:
    """The same client, logged in as 李芳."""
    answer = client.post("/staff/login", json={"name": "李芳", "pin": pins[-1]}, headers=FROM_PAGE)
    assert answer.status_code == 204, answer.text
    client.headers.update(FROM_PAGE)
    return client


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., HallProcess]]:
    """Starts `hall serve`; whatever still runs at the end of the test is stopped."""
    running: list[HallProcess] = []

    def start(*options: str, port: int = 0, checkout: Path = ROOT) -> HallProcess:
        running.append(HallProcess(tmp_path, port, options, checkout).start())
        return running[-1]

    yield start
    for process in running:
        process.stop()


@pytest.fixture(scope="module")
def _served() -> Iterator[SimulatedRegistry]:
    server = SimulatedRegistry(0, Registry(200, seed=1, today=NOW.date), Behaviour())
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
