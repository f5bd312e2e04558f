"""A kiosk gone mad does not fill the hall's disk, and hinders no other."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import JSON_BODY, RIGHT_ANSWERS, SigningKiosk, enrolled, submission
from httpx import Response

from backend.foundation.rates import Rate
from backend.hall.hall import Hall
from backend.kiosks.amounts import LEAST_KIB
from forms.definition import Definition

DAY_S = 86_400


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    time = [1000.0]
    monkeypatch.setattr("backend.kiosks.amounts.monotonic", lambda: time[0])
    return time


def bring(client: TestClient, hall: Hall, length: int = 0) -> Response:
    form = uuid4()
    body = submission(hall.keys.public, form, RIGHT_ANSWERS | {"x": "x" * length}).model_dump_json()
    return client.put(f"/submissions/{form}", content=body, headers=JSON_BODY)


def test_it_waits_and_others_do_not(client: TestClient, hall: Hall, kiosk: SigningKiosk, time: list[float]) -> None:
    client.app.state.brought = Rate(burst=100, every_s=1.0)  # type: ignore[attr-defined]
    assert bring(client, hall, 50_000).status_code == 201
    told = bring(client, hall, 50_000)
    assert (told.status_code, told.json()["code"]) == (429, "too_much")
    assert int(told.headers["Retry-After"]) > 10
    assert bring(client, hall).status_code == 201, "a small one still has room"
    document = Definition.of(hall.catalogue, hall.catalogue.service("old-age-allowance")).document + " " * 50_000
    wanted = {"content": b'{"document": "%s"}' % document.encode().replace(b'"', b'\\"'), "headers": JSON_BODY}
    assert client.put(f"/definitions/{Definition(document).hash}", **wanted).status_code == 429
    client.auth = enrolled(hall, "大厅二号")
    assert bring(client, hall, 50_000).status_code == 201
    client.auth = kiosk
    time[0] += int(told.headers["Retry-After"]) + LEAST_KIB
    assert bring(client, hall, 50_000).status_code == 201


def test_what_a_village_has_kept_for_a_year_goes_at_once_and_a_disk_lasts_for_weeks(client: TestClient) -> None:
    rate: Rate = client.app.state.brought  # type: ignore[attr-defined]
    assert not any(rate.take("kiosk", 0.0, LEAST_KIB) for _ in range(60_000))
    a_day = rate.burst + DAY_S / rate.every_s
    assert a_day < 10 * 1024 * 1024, "KiB"
