"""Under which names the hall answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hall_support import NOW, settings_in

from backend.app import create_app
from backend.hall.hall import Hall
from backend.server.certificates import Certificates
from backend.server.own_name import names_in, own_names


@pytest.fixture
def client(hall: Hall) -> Iterator[TestClient]:
    with TestClient(create_app(hall, print, ["hall.example", "192.0.2.7"])) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["hall.example", "HALL.example:8300", "192.0.2.7:8300", "yinling-hall", "testserver:1"]
)
def test_its_own_names_and_the_address_that_was_reached(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8300", "", "hall.example.evil.example", "[::2]:8300", "["]
)
def test_any_other_host_is_refused(client: TestClient, host: str) -> None:
    """Findings 17 to 23: a page from elsewhere, under a name of its own for the hall's address, could talk to it."""
    answer = client.get("/staff", headers={"Host": host})
    assert answer.status_code == 421
    assert "YINLING_HALL_NAMES" in answer.json()["detail"]
    assert "content-security-policy" in answer.headers


def test_names_are_of_the_settings_the_machine_and_the_certificate(tmp_path: Path) -> None:
    chosen = settings_in(tmp_path).model_copy(update={"names": ("Hall.Example",)})
    assert {"hall.example", "localhost", "127.0.0.1"} < set(own_names("0.0.0.0", chosen))
    assert "0.0.0.0" not in own_names("0.0.0.0", chosen)
    file = Certificates(tmp_path).for_server("a.pem", ["county.example", "192.0.2.1"], NOW)
    assert names_in(file) == ["county.example", "192.0.2.1"]
    assert names_in(tmp_path / "none") == []
