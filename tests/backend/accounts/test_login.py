"""The PIN of the console, and what every login gives."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from accounts_support import WRONG_PIN, join, log_in, new_browser
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, StandingClock, settings_in

from backend.accounts import login, members
from backend.accounts.browser import BROWSER_COOKIE, SESSION_COOKIE
from backend.accounts.console_pin import next_pin
from backend.accounts.permissions import Role
from backend.app import create_app
from backend.audit.log import entries
from backend.hall.hall import Hall, open_hall

pytestmark = pytest.mark.usefixtures("cheap_pins")


def test_the_pin_of_the_console_works_once_and_makes_the_first_admin(client: TestClient, pins: list[str]) -> None:
    assert log_in(client, pins[0]).status_code == 204
    me = client.get("/staff/me").json()
    assert (me["name"], me["role"], me["has_pin"]) == ("李芳", "admin", False)
    assert log_in(new_browser(client), pins[0]).status_code == 401 or pins[0] == pins[1]


def test_the_console_prints_pins_until_an_admin_can_log_in_without(
    client: TestClient, hall: Hall, pins: list[str]
) -> None:
    log_in(client, pins[0])
    assert len(pins) == 2  # 李芳 has no PIN of her own: were her browser closed now, nobody could get in
    assert client.put("/staff/me/pin", json={"pin": "730164"}, headers={"X-Staff-Page": "1"}).status_code == 204
    assert next_pin(hall) is None
    assert log_in(new_browser(client), pins[1], "王强").status_code == 401


def test_the_own_hall_of_a_terminal_always_lets_a_newcomer_in(tmp_path: Path, clock: StandingClock) -> None:
    hall = open_hall(settings_in(tmp_path).model_copy(update={"is_of_a_terminal": True}), clock)
    with TestClient(create_app(hall, (pins := []).append), headers=dict(FROM_PAGE)) as client:
        join(client, hall, "赵敏", Role.ADMIN)
        pins.append(next_pin(hall))
        clock.pass_(days=-3650)  # it started before its clock was set
        newcomer = new_browser(client)
        assert log_in(newcomer, pins[0], "钱一").status_code == 204
        assert newcomer.get("/staff/me").json()["role"] == "admin"
        assert len(pins) == 2
    hall.database.close()


def test_the_pin_of_the_console_is_good_for_a_day(client: TestClient, pins: list[str], clock: StandingClock) -> None:
    """Finding 9: it never expired."""
    clock.pass_(hours=24)
    assert log_in(client, pins[0]).status_code == 401


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(client: TestClient, pins: list[str]) -> None:
    cookies = log_in(client, pins[0]).headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=strict" in cookie for cookie in cookies)


def test_five_wrong_pins_make_even_the_right_one_wait(
    client: TestClient, pins: list[str], clock: StandingClock
) -> None:
    wrong = WRONG_PIN if pins[0] != WRONG_PIN else "905218"
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
    cookie = clerk.cookies[SESSION_COOKIE]
    assert clerk.post("/staff/logout").status_code == 204
    clerk.cookies.set(SESSION_COOKIE, cookie)
    assert clerk.get("/staff/me").status_code == 401


def test_a_page_that_was_opened_under_a_clock_ten_years_ahead_ends_when_it_is_set_right(
    client: TestClient, pins: list[str], clock: StandingClock
) -> None:
    """Finding 10: old cookies work."""
    clock.pass_(days=3650)
    pins.append(next_pin(client.app.state.hall) or "")
    log_in(client, pins[-1])
    assert client.get("/staff/me").status_code == 200
    clock.pass_(days=-3650)
    assert client.get("/staff/me").status_code == 401
    clock.pass_(minutes=-4)
    assert log_in(client, pins[-1]).status_code == 401  # the PIN that was printed then, too


def test_two_logins_at_once_hold_up_nothing_else(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash takes memory and a core: others wait, but neither the loop nor the threads of calls wait with them."""
    inside, most, entered, go_on = 0, 0, threading.Semaphore(0), threading.Event()

    def slow(*_: object) -> login.Entered:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        entered.release()
        assert go_on.wait(20)
        inside -= 1
        raise login.WrongPinError

    monkeypatch.setattr(login, "log_in", slow)
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(log_in, client, "730164") for _ in range(6)]
        assert entered.acquire(timeout=20)
        assert entered.acquire(timeout=20)
        assert client.get("/health").status_code == 200
        go_on.set()
        assert {one.result().status_code for one in answers} == {401}
    assert most == 2


def test_a_browsers_cookie_that_this_hall_never_gave_is_not_taken_over(client: TestClient, pins: list[str]) -> None:
    """Whoever planted it would have tries of their own at every account of this browser."""
    client.cookies.set(BROWSER_COOKIE, "planted", path="/")
    assert "planted" not in log_in(client, pins[0]).headers["set-cookie"]
    ours = client.cookies.get(BROWSER_COOKIE, domain="testserver.local")
    client.cookies.delete(BROWSER_COOKIE, domain="")
    assert f"{BROWSER_COOKIE}={ours};" in log_in(client, pins[1]).headers["set-cookie"]


def test_what_the_console_has_let_in_or_made_an_admin_is_on_the_record(
    client: TestClient, hall: Hall, pins: list[str]
) -> None:
    """Else whoever has the console could be anybody, and no record would tell."""
    with hall.database.write() as session:
        members.new_member(session, "李芳", Role.STAFF)
    log_in(client, pins[0], "李芳")
    log_in(client, pins[1], "王强")
    with hall.database.read() as session:
        told = [(one.record["who"], one.record["action"], one.record["detail"]) for one in entries(session)]
    assert told == [
        ("console", "account_role", "admin"),
        ("李芳", "log_in", "?, ?, by the console's PIN"),
        ("console", "account_add", "admin"),
        ("王强", "log_in", "?, ?, by the console's PIN"),
    ]
