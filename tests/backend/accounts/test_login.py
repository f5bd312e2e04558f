import pytest
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, StandingClock

from backend.accounts.guard import COOKIE


def log_in(client: TestClient, pin: str, name: str = "李芳"):
    return client.post("/staff/login", json={"name": name, "pin": pin}, headers=FROM_PAGE)


def test_a_pin_works_once_and_the_console_shows_the_next(client: TestClient, pins: list[str]) -> None:
    assert log_in(client, pins[0]).status_code == 204
    assert len(pins) == 2
    assert client.get("/staff/me").json()["name"] == "李芳"
    client.cookies.clear()
    assert log_in(client, pins[0]).status_code == 401 or pins[0] == pins[1]
    assert log_in(client, pins[1], "王强").status_code == 204


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient, pins: list[str]) -> None:
    cookie = log_in(client, pins[0]).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_five_wrong_pins_make_even_the_right_one_wait(
    client: TestClient, pins: list[str], clock: StandingClock
) -> None:
    wrong = "000000" if pins[0] != "000000" else "111111"
    assert [log_in(client, wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    blocked = log_in(client, pins[0])
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "30")
    clock.pass_(seconds=31)
    assert log_in(client, pins[0]).status_code == 204


@pytest.mark.parametrize(("name", "pin"), [("", "123456"), ("  ", "123456"), ("李芳", "12345"), ("李芳", "abcdef")])
def test_a_login_without_a_name_or_a_pin_is_told_so(client: TestClient, name: str, pin: str) -> None:
    assert log_in(client, pin, name).status_code == 422


def test_a_shift_ends(clerk: TestClient, clock: StandingClock) -> None:
    clock.pass_(hours=11, minutes=59)
    assert clerk.get("/staff/me").status_code == 200
    clock.pass_(minutes=1)
    assert clerk.get("/staff/me").status_code == 401


def test_logging_out_ends_the_session_at_the_hall_too(clerk: TestClient) -> None:
    cookie = clerk.cookies[COOKIE]
    assert clerk.post("/staff/logout").status_code == 204
    clerk.cookies.set(COOKIE, cookie)
    assert clerk.get("/staff/me").status_code == 401
