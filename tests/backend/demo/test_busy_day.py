"""`hall demo`: a hall with one busy day in it."""

import json
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, NOW, settings_in
from project import ASSETS

from backend.accounts import pins
from backend.accounts.permissions import Role
from backend.app import create_app
from backend.cli import main
from backend.demo import running
from backend.demo.day import DEGRADED, SILENT, WAITING, Day, fill
from backend.demo.staff import Login
from backend.demo.timeline import SetClock
from backend.foundation.settings import Settings
from backend.hall.hall import Hall, open_hall

SEED = 7


def filled(folder: Path) -> tuple[Hall, Day]:
    clock = SetClock(NOW)
    settings = settings_in(folder).model_copy(update={"county": running.own_county(folder)})
    hall = open_hall(settings, clock)
    return hall, fill(hall, clock, SEED)


def logged_in(client: TestClient, day: Day, role: Role) -> TestClient:
    login = next(one for one in day.logins if one.role is role)
    answer = client.post("/staff/login", json={"name": login.name, "pin": login.pin}, headers=FROM_PAGE)
    assert answer.status_code == 204, answer.text
    client.headers.update(FROM_PAGE)
    return client


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, ready_halls: None) -> Iterator[TestClient]:
    """Of the admin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "_PASSES", 1)
        patch.setattr(pins, "_MEMORY_KIB", 64)
        hall, day = filled(tmp_path_factory.mktemp("demo"))
        with TestClient(create_app(hall, print)) as client:
            yield logged_in(client, day, Role.ADMIN)
        hall.database.close()


def told(page: TestClient, path: str) -> Any:
    answer = page.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


def work_orders(page: TestClient) -> list[Any]:
    each = (told(page, f"/staff/work-orders?which={which}")["orders"] for which in ("unanswered", "answered", "closed"))
    return [order for orders in each for order in orders]


def test_every_view_of_the_page_has_something_to_show(page: TestClient) -> None:
    forms, orders = told(page, "/staff/submissions"), work_orders(page)
    assert len(forms["submissions"]) == 40
    assert Counter(one["status"] for one in forms["submissions"]).keys() == {one["id"] for one in forms["statuses"]}
    assert [one["corrects"] is None for one in forms["submissions"]].count(False) == 2
    assert max(len(one["together"]) for one in forms["submissions"]) == 2
    assert {one["service"]["zh"] for one in forms["submissions"]} == {one["words"]["zh"] for one in forms["services"]}
    assert {one["state"] for one in orders} == {"open", "in_hand", "answered", "closed"}
    assert [one["overdue"] for one in orders].count(True) == 2
    assert [one["has_sound"] for one in orders].count(True) == 1
    queue = told(page, "/staff/queue")
    assert queue["waiting"]
    assert len(queue["called"]) == len(queue["absent"]) == 1
    assert len(told(page, "/staff/accounts")) == 3
    assert len(told(page, "/staff/rulings/proposed")) == 1


def test_two_calls_ring_and_two_are_somebodys(page: TestClient) -> None:
    calls = told(page, "/staff/calls")
    assert Counter(one["state"] for one in calls) == {
        "requested": 2,
        "acknowledged": 1,
        "assisting": 1,
    }
    assert [one["needs"] for one in calls if one["needs"]] == [["hearing"]]
    assert len(told(page, "/staff/calls/missed")) == 1
    past = told(page, "/staff/calls/history")["calls"]
    assert {"closed", "cancelled", "abandoned"} <= {one["state"] for one in past}


def test_the_kiosks_are_as_they_are_in_a_county(page: TestClient) -> None:
    kiosks = {one["name"]: one for one in told(page, "/staff/kiosks")}
    assert len(kiosks) == 8
    assert kiosks[WAITING]["state"] == "waiting"
    assert kiosks[DEGRADED]["degraded"]
    assert NOW - datetime.fromisoformat(kiosks[SILENT]["seen_at"]) == timedelta(days=3)


def test_every_list_of_the_page_answers(page: TestClient) -> None:
    assert isinstance(page.app, FastAPI)
    schema = page.app.openapi()["paths"]
    lists = [path for path, ways in schema.items() if path.startswith("/staff/") and "get" in ways and "{" not in path]
    asked = [
        path for path in lists if not any(one.get("required") for one in schema[path]["get"].get("parameters", ()))
    ]
    assert len(asked) > 10
    for path in asked:
        if path != "/staff/events":  # never ends
            told(page, path)


def test_every_form_opens_with_what_staff_have_done(page: TestClient) -> None:
    rulings = Counter[str]()
    for form in told(page, "/staff/submissions")["submissions"]:
        beside = told(page, f"/staff/submissions/{form['id']}/ruling")
        rulings.update(one["ruling"]["told"]["kind"] for one in beside["rulings"])
        told(page, f"/staff/submissions/{form['id']}/after")
    assert rulings == {"accepted": 6, "more": 5, "refused": 4}


def seen(page: TestClient) -> list[Any]:
    """All that does not depend on keys and PINs."""
    forms = told(page, "/staff/submissions")["submissions"]
    calls = told(page, "/staff/calls/history")["calls"]
    unnumbered = [one if not one["corrects"] else {**one, "receipt_number": ""} for one in forms]
    return [unnumbered, calls, work_orders(page), told(page, "/staff/queue")]


def test_the_same_seed_gives_the_same_day(page: TestClient, tmp_path: Path, cheap_pins: None) -> None:
    hall, day = filled(tmp_path)
    with TestClient(create_app(hall, print)) as other:
        assert seen(logged_in(other, day, Role.ADMIN)) == seen(page)
    hall.database.close()


def test_nothing_comes_into_a_folder_that_is_somebodys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hall.db").write_text("真的")
    assert main(["demo", "--folder", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path} is not an empty folder: give an empty or a new one, so that no real hall is touched.\n"
    )
    assert [one.name for one in tmp_path.iterdir()] == ["hall.db"]


def test_a_folder_that_cannot_be_made_is_told_by_its_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "demo"
    assert main(["demo", "--folder", str(folder)]) == 1
    assert capsys.readouterr().err == f"{folder} cannot be made (Not a directory): give --folder another one.\n"


def test_it_serves_a_folder_of_its_own_and_takes_it_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, cheap_pins: None
) -> None:
    served: list[Settings] = []

    def serve(settings: Settings, host: str, port: int, workers: int) -> None:
        assert (host, port, workers) == ("127.0.0.1", 8311, 1)
        assert settings.key_file.exists()
        served.append(settings)
        record = partial(logging.LogRecord, "yinling.hall", logging.INFO, "", 0, args=(), exc_info=None)
        log = logging.getLogger("yinling.hall")
        assert (bool(log.filter(record(msg="request"))), bool(log.filter(record(msg="retention")))) == (False, True)

    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path / "real"))
    monkeypatch.setenv("YINLING_HALL_DATABASE_URL", "postgresql+psycopg://hall@db.example/real")
    monkeypatch.setattr(running, "serve", serve)
    monkeypatch.setattr(running, "fill", lambda hall, clock, seed: Day([Login("周敏", Role.STAFF, "582910")], []))
    assert main(["demo", "--port", "8311"]) == 0
    assert "  周敏  PIN: 582910  工作人员 / Staff\n" in capsys.readouterr().out
    assert main(["demo", "--port", "8311", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["logins"] == [{"name": "周敏", "role": "staff", "pin": "582910"}]
    folder = Path(told["folder"])
    assert served[1].database_url == f"sqlite:///{folder / 'hall.db'}"
    assert served[1].assets == ASSETS
    assert not folder.exists()
    assert not (tmp_path / "real").exists()
