"""Admins are told that somebody guesses PINs, also when the guess was right in the end."""

import json
from pathlib import Path
from typing import Any

import pytest
from accounts_support import PIN, WRONG_PIN, join, log_in, new_browser
from fastapi.testclient import TestClient
from hall_support import StandingClock, settings_in

from backend.accounts import members
from backend.accounts.identify import identify
from backend.accounts.login import WrongPinError
from backend.accounts.permissions import Role
from backend.audit.log import entries
from backend.cli import main
from backend.hall.hall import Hall, open_hall

pytestmark = pytest.mark.usefixtures("cheap_pins")


def told(clerk: TestClient) -> list[tuple[str | None, int]]:
    return [(one["name"], one["waits"]) for one in clerk.get("/staff/accounts/guesses").json()]


def test_a_few_slips_are_nobodys_business_and_what_is_tried_beyond_them_is_told(
    clerk: TestClient, hall: Hall, clock: StandingClock
) -> None:
    thief = new_browser(clerk)
    join(new_browser(clerk), hall, "王强")
    for _ in range(4):
        log_in(thief, WRONG_PIN, "王强")
    assert told(clerk) == []
    log_in(thief, WRONG_PIN, "王强")
    assert log_in(thief, WRONG_PIN, "王强").status_code == 429  # which tries nothing
    assert told(clerk) == [("王强", 1)]
    clock.pass_(seconds=31)
    log_in(thief, WRONG_PIN, "王强")
    assert told(clerk) == [("王强", 2)]
    clock.pass_(minutes=5)
    assert log_in(thief, PIN, "王强").status_code == 204
    assert told(clerk) == [("王强", 2)], "the right guess does not wipe out what was before"
    with hall.database.read() as session:
        actions = [(one.record["who"], one.record["action"]) for one in entries(session)]
    assert actions[-3:] == [("?", "wrong_pin"), ("?", "wrong_pin"), ("王强", "log_in")]
    clock.pass_(hours=11)
    assert told(clerk) == [("王强", 2)]


def test_after_three_days_it_is_over(hall: Hall, clock: StandingClock) -> None:
    members.add(hall, "console", "王强", Role.STAFF)
    for _ in range(5):
        with pytest.raises(WrongPinError):
            identify(hall, "王强", WRONG_PIN)  # at the console
    assert [one.guesses is not None for one in members.accounts(hall)] == [True]
    clock.pass_(days=3, seconds=1)
    assert [one.guesses for one in members.accounts(hall)] == [None]


def test_guessing_at_the_pin_of_the_console_under_any_name_is_told_too(clerk: TestClient) -> None:
    thief = new_browser(clerk)
    answers = [log_in(thief, WRONG_PIN, f"某人{number}").status_code for number in range(21)]
    assert answers == [401] * 20 + [429]
    assert told(clerk) == [(None, 1)]


def test_whoever_guesses_the_present_pin_at_somebodys_open_page_is_told(clerk: TestClient, hall: Hall) -> None:
    desk = new_browser(clerk)
    join(desk, hall, "王强")
    for _ in range(5):
        assert desk.put("/staff/me/pin", json={"current": WRONG_PIN, "pin": "480263"}).status_code == 403
    assert told(clerk) == [("王强", 1)]


def test_the_console_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    hall = open_hall(settings_in(tmp_path))
    members.add(hall, "console", "王强", Role.STAFF)
    for name in ("王强", "某人"):
        for _ in range(5):
            with pytest.raises(WrongPinError):
                identify(hall, name, WRONG_PIN)
    hall.database.close()
    assert main(["staff", "list"]) == 0
    out = capsys.readouterr().out
    assert "Somebody guesses at the PIN of 王强 (made to wait: 1; last: " in out
    assert "Somebody guesses at a PIN under a name that has no account (made to wait: 1;" in out
    assert main(["staff", "list", "--json"]) == 0
    listed: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["guesses"]["waits"]) for one in listed] == [("王强", 1)]
