"""The hall reads its county's folder: a mistake ends nothing and is shown, and a change needs no restart."""

from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, StandingClock, enrolled, settings_in
from sqlalchemy.exc import OperationalError

from backend.accounts.console_pin import next_pin
from backend.app import create_app
from backend.hall import files
from backend.hall.hall import Hall, open_hall

HOURS = "week: {monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: []}\n"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    (folder / "hall").mkdir(parents=True)
    (folder / "services").mkdir()
    return folder


@pytest.fixture
def hall(tmp_path: Path, county: Path) -> Iterator[Hall]:
    hall = open_hall(settings_in(tmp_path).model_copy(update={"county": county}), StandingClock())
    yield hall
    hall.database.close()


def look(hall: Hall) -> None:
    """Twice, as a file may still be on its way at the first look."""
    hall.files.look()
    hall.files.look()


def test_a_broken_file_of_the_county_is_shown_to_staff_and_left_out(hall: Hall, county: Path) -> None:
    (county / "services" / "old-age-allowance.yaml").write_text("id: old-age-allowance\nversion: one\n", "utf-8")
    (county / "hall" / "opening_hours.yaml").write_bytes(b"\xff\xfe")
    look(hall)
    assert hall.catalogue.source("old-age-allowance") == "shipped"
    pin = next_pin(hall)
    with TestClient(create_app(hall, lambda pin: None)) as client:
        client.auth = enrolled(hall)
        assert client.post("/staff/login", json={"name": "李芳", "pin": pin}, headers=FROM_PAGE).status_code == 204
        shown = client.get("/staff/files").json()
        places = [one["place"] for one in shown]
        assert "services/old-age-allowance.yaml:2" in places
        assert places.count("hall/opening_hours.yaml:1") == 1
        assert len(client.post("/queries/opening_hours", json={}).json()["days"]) == 7


def test_a_new_file_is_taken_without_a_restart(hall: Hall, county: Path) -> None:
    (county / "hall" / "progress.yaml").write_text('received: {zh: 到了, en: "It is here"}\n', "utf-8")
    (county / "hall" / "opening_hours.yaml").write_text(HOURS, "utf-8")
    (county / "county.yaml").write_text("disable: [pension-certification]\n", "utf-8")
    hall.files.look()
    assert "pension-certification" in hall.catalogue.services, "it may still be on its way"
    hall.files.look()
    assert "pension-certification" not in hall.catalogue.services
    assert {"到了", "有人在看"} & {words.zh for words in hall.status_words.values()}
    with TestClient(create_app(hall, lambda pin: None)) as client:
        client.auth = enrolled(hall)
        days = client.post("/queries/opening_hours", json={}).json()["days"]
        assert not any(day["spans"] for day in days)


@pytest.mark.parametrize("troubled", ["KnownRules", "DefinitionBook.keep_own"])
def test_a_database_that_is_away_for_a_moment_only_puts_off_new_files(
    hall: Hall, county: Path, monkeypatch: pytest.MonkeyPatch, troubled: str
) -> None:
    """At each look of the register, or while the new files are kept."""
    troubles, taken = [OperationalError("", None, Exception())], Event()
    real = attrgetter(troubled)(files)

    def away_once(*given: object) -> object:
        if troubles:
            raise troubles.pop()
        return real(*given)

    def judge(hall: Hall) -> None:
        if "pension-certification" not in hall.catalogue.services:
            taken.set()

    monkeypatch.setattr("backend.app.LOOKS_EVERY_S", 0.01)
    monkeypatch.setattr("backend.app.judge_waiting", judge)
    monkeypatch.setattr(f"backend.hall.files.{troubled}", away_once)
    with TestClient(create_app(hall, lambda pin: None)):
        (county / "county.yaml").write_text("disable: [pension-certification]\n", "utf-8")
        assert taken.wait(10.0)
    assert not troubles


def test_without_a_folder_or_a_service_the_hall_serves(tmp_path: Path) -> None:
    settings = settings_in(tmp_path).model_copy(update={"county": tmp_path / "nowhere"})
    hall = open_hall(settings, StandingClock())
    assert hall.catalogue.services
    assert [one.message for one in hall.files.now.mistakes] == ["there is no such folder"]
    hall.database.close()
