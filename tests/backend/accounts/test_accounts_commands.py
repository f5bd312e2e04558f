"""`hall staff`, from the console."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from accounts_support import PIN
from hall_support import FROM_PAGE, HallProcess, settings_in

from backend.accounts import login, members
from backend.accounts.browser import Browser
from backend.accounts.permissions import Role
from backend.accounts.sessions import Cookies
from backend.cli import main
from backend.hall.hall import open_hall

Serve = Callable[..., HallProcess]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YINLING_HALL_DATA", str(tmp_path))
    open_hall(settings_in(tmp_path)).database.close()
    return tmp_path


def staff(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main(["staff", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_life_of_an_account(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added = staff(capsys, "add", "李芳", "--role", "admin")
    assert (added["name"], len(added["code"])) == ("李芳", 14)
    staff(capsys, "add", "王强")
    listed = [(one["name"], one["role"], one["state"]) for one in staff(capsys, "list")]
    assert listed == [("李芳", "admin", "new"), ("王强", "staff", "new")]
    assert staff(capsys, "role", "王强", "lead")["role"] == "lead"
    assert staff(capsys, "disable", "王强")["state"] == "disabled"
    assert staff(capsys, "enable", "王强")["state"] == "new"
    assert staff(capsys, "reset-pin", "王强")["code"] != added["code"]
    assert main(["staff", "list"]) == 0
    assert "李芳  admin  new" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["add", "李芳"], 1, "There is an account of this name already"),
        (["disable", "王强"], 1, "There is no account of the name 王强: see hall staff list."),
        (["disable", "李芳"], 1, "No other admin can log in"),
        (["role", "李芳", "staff"], 1, "No other admin can log in"),
        (["role", "王强", "lead"], 1, "There is no account of the name 王强"),
        (["role", "李芳"], 2, "the following arguments are required: ROLE"),
        (["role", "李芳", "boss"], 2, "invalid choice: 'boss'"),
        (["add", "李\u202e芳"], 2, "without invisible characters: type it anew"),
        (["add", "王强", "--role", "boss"], 2, "invalid choice: 'boss'"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, sentence: str
) -> None:
    staff(capsys, "add", "李芳", "--role", "admin")
    try:
        got = main(["staff", *arguments])
    except SystemExit as end:
        got = int(end.code or 0)
    assert got == status
    assert sentence in capsys.readouterr().err


def test_a_hall_with_an_admin_prints_no_pin_and_believes_nobody_about_addresses(folder: Path, serve: Serve) -> None:
    hall = open_hall(settings_in(folder))
    code = members.add(hall, "console", "赵敏", Role.ADMIN).code
    login.choose_first_pin(hall, "赵敏", code, PIN, Browser("", "?", False, Cookies("", "")))
    hall.database.close()
    served = serve()
    assert served.started["pin"] is None
    claimed = FROM_PAGE | {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    body = {"name": "赵敏", "pin": PIN}
    answer = requests.post(f"{served.url}/staff/login", json=body, headers=claimed, timeout=30)
    assert answer.status_code == 204
    assert "Secure" not in answer.headers["set-cookie"]  # nobody named a proxy
