"""Accounts: added, disabled, given another role or a new code; sessions that are listed and ended."""

from uuid import UUID

import pytest
from accounts_support import PIN, WRONG_PIN, choose_pin, join, log_in, new_browser
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, StandingClock
from sqlalchemy import select

from backend.accounts import login, members, pins
from backend.accounts.browser import SESSION_COOKIE, Browser
from backend.accounts.login import WrongCodeError
from backend.accounts.members import LastAdminError, MemberState, NameTakenError
from backend.accounts.permissions import Role
from backend.accounts.sessions import Cookies
from backend.accounts.tables import StaffMember
from backend.audit.tables import Audit
from backend.foundation.errors import UnknownError
from backend.hall.hall import Hall

NOBODY = UUID(int=9)
pytestmark = pytest.mark.usefixtures("cheap_pins")


def id_of(hall: Hall, name: str = "李芳") -> UUID:
    return next(one.id for one in members.accounts(hall) if one.name == name)


def test_a_code_is_good_once_and_the_person_chooses_the_pin(client: TestClient, hall: Hall) -> None:
    code = members.add(hall, "console", "李芳", Role.LEAD).code
    assert choose_pin(client, code, pin="123456").json()["code"] == "weak_pin"
    assert choose_pin(client, code, name="王强").json()["code"] == "wrong_code"
    assert choose_pin(client, "AAAA-BBBB-CCCC").json()["code"] == "wrong_code"
    assert choose_pin(client, code.lower()).status_code == 204
    assert (client.get("/staff/me").json()["role"], client.get("/staff/me").json()["has_pin"]) == ("lead", True)
    assert choose_pin(new_browser(client), code).json()["code"] == "wrong_code"
    assert log_in(new_browser(client)).status_code == 204


def test_of_two_who_use_one_code_at_the_same_time_one_gets_in(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    code, browser = members.add(hall, "console", "李芳", Role.STAFF).code, Browser("", "?", False, Cookies("", ""))

    def slow(*_: object) -> str:
        monkeypatch.undo()
        login.choose_first_pin(hall, "李芳", code, "905217", browser)
        return "the hash of the slower one"

    monkeypatch.setattr(pins, "hashed", slow)
    with pytest.raises(WrongCodeError):
        login.choose_first_pin(hall, "李芳", code, PIN, browser)
    assert login.log_in(hall, "李芳", "905217", browser)


@pytest.mark.parametrize("hours", [24, -1])
def test_a_code_is_good_for_a_day_whatever_the_clock_does(
    client: TestClient, hall: Hall, clock: StandingClock, hours: int
) -> None:
    code = members.add(hall, "console", "李芳", Role.STAFF).code
    clock.pass_(hours=hours)
    assert choose_pin(client, code).json()["code"] == "wrong_code"


def test_no_two_have_one_name(hall: Hall) -> None:
    members.add(hall, "console", "李芳", Role.STAFF)
    with pytest.raises(NameTakenError):
        members.add(hall, "console", "李芳", Role.ADMIN)


def test_a_disabled_account_ends_its_pages_at_once_and_is_told_why(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    members.disable(hall, "console", id_of(hall))
    assert client.get("/staff/me").status_code == 401
    assert log_in(client).json()["code"] == "account_disabled"
    members.enable(hall, "console", id_of(hall))
    assert client.get("/staff/me").status_code == 401
    assert log_in(client).status_code == 204


def test_a_reset_ends_the_pin_the_pages_and_what_browsers_are_known(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    code = members.reset_pin(hall, "console", id_of(hall)).code
    assert client.get("/staff/me").status_code == 401
    assert client.get("/staff/ringing").status_code == 401
    assert log_in(client).json()["code"] == "wrong_pin"
    assert choose_pin(client, code, pin="905217").status_code == 204


def test_a_role_counts_from_the_next_request(client: TestClient, hall: Hall) -> None:
    join(client, hall, "赵敏", Role.ADMIN)
    other = new_browser(client)
    join(other, hall)
    assert other.get("/staff/accounts").status_code == 403
    change = client.put(f"/staff/accounts/{id_of(hall)}/role", json={"role": "admin"}, headers=FROM_PAGE)
    assert change.status_code == 204
    assert other.get("/staff/accounts").status_code == 200


def test_one_admin_who_can_log_in_is_left(client: TestClient, hall: Hall) -> None:
    join(client, hall, "赵敏", Role.ADMIN)
    only = id_of(hall, "赵敏")
    with pytest.raises(LastAdminError):
        members.disable(hall, "赵敏", only)
    with pytest.raises(LastAdminError):
        members.set_role(hall, "赵敏", only, Role.LEAD)
    assert client.get("/staff/me").json()["role"] == "admin"
    members.add(hall, "赵敏", "钱一", Role.ADMIN)  # has a code with which they may come
    members.disable(hall, "赵敏", only)


def test_admins_see_and_end_the_sessions_of_others(client: TestClient, hall: Hall) -> None:
    join(client, hall, "赵敏", Role.ADMIN)
    other = new_browser(client)
    other.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0"
    join(other, hall)
    accounts = {one["name"]: one for one in client.get("/staff/accounts").json()}
    (session,) = accounts["李芳"]["sessions"]
    assert session["browser"] == "Edge, Windows"
    of_other = f"/staff/accounts/{accounts['李芳']['id']}/sessions/{session['id']}"
    assert client.delete(of_other.replace(accounts["李芳"]["id"], str(NOBODY)), headers=FROM_PAGE).status_code == 404
    assert client.delete(of_other, headers=FROM_PAGE).status_code == 204
    assert other.get("/staff/me").status_code == 401


def test_one_ends_one_s_own_sessions_and_no_other_s(client: TestClient, hall: Hall) -> None:
    join(client, hall, "赵敏", Role.ADMIN)
    (of_admin,) = client.get("/staff/me/sessions").json()
    here, there = new_browser(client), new_browser(client)
    join(here, hall)
    log_in(there)
    mine = {one["id"] for one in here.get("/staff/me/sessions").json()}
    (other,) = mine - {here.get("/staff/me").json()["session"]}
    assert here.delete(f"/staff/me/sessions/{of_admin['id']}").status_code == 404
    assert here.delete(f"/staff/me/sessions/{other}").status_code == 204
    assert [one.get("/staff/me").status_code for one in (here, there, client)] == [200, 401, 200]


def test_another_pin_takes_the_current_one_and_ends_the_other_pages(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    there = new_browser(client)
    log_in(there)

    def change(**body: str) -> int:
        return client.put("/staff/me/pin", json=body, headers=FROM_PAGE).status_code

    assert [change(pin="905218"), change(current=WRONG_PIN, pin="905218")] == [403, 403]
    assert there.get("/staff/me").status_code == 200
    assert change(current=PIN, pin="905218") == 204
    assert [one.get("/staff/me").status_code for one in (client, there)] == [200, 401]
    assert [log_in(client).status_code, log_in(client, "905218").status_code] == [401, 204]


def test_whoever_logs_in_again_has_one_session_in_this_browser(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    before = client.cookies[SESSION_COOKIE]
    log_in(client)
    assert len(client.get("/staff/me/sessions").json()) == 1
    client.cookies.set(SESSION_COOKIE, before)
    assert client.get("/staff/me").status_code == 401


def test_a_login_page_learns_how_many_ring_only_where_somebody_was_in_before(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    client.post("/staff/logout", headers=FROM_PAGE)
    assert (client.get("/staff/ringing").status_code, client.get("/staff/ringing").json()) == (200, 0)
    assert new_browser(client).get("/staff/ringing").status_code == 401


def test_every_change_is_in_the_audit_and_nothing_secret(client: TestClient, hall: Hall) -> None:
    join(client, hall, "赵敏", Role.ADMIN)
    code = members.add(hall, "赵敏", "李芳", Role.STAFF).code
    for change in (members.disable, members.enable, members.reset_pin):
        change(hall, "赵敏", id_of(hall))
    members.set_role(hall, "赵敏", id_of(hall), Role.LEAD)
    client.post("/staff/logout", headers=FROM_PAGE)
    with hall.database.read() as session:
        told = [(row.who, row.action, row.detail) for row in session.scalars(select(Audit).order_by(Audit.sequence))]
        hashes = session.scalars(select(StaffMember.pin_hash)).all()
    assert told == [
        ("console", "account_add", "admin"),
        ("赵敏", "pin_chosen", ""),
        ("赵敏", "log_in", "?, ?"),
        ("赵敏", "account_add", "staff"),
        ("赵敏", "account_disable", ""),
        ("赵敏", "account_enable", ""),
        ("赵敏", "account_reset_pin", ""),
        ("赵敏", "account_role", "lead"),
        ("赵敏", "log_out", ""),
    ]
    assert not any(secret in f"{told}{hashes}" for secret in (PIN, code))


def test_accounts_that_are_not_there(hall: Hall) -> None:
    for change in (members.disable, members.enable, members.reset_pin):
        with pytest.raises(UnknownError):
            change(hall, "console", NOBODY)
    assert members.accounts(hall) == []


def test_the_state_of_an_account(client: TestClient, hall: Hall, clock: StandingClock) -> None:
    members.add(hall, "console", "钱一", Role.STAFF)
    join(client, hall)
    members.disable(hall, "console", id_of(hall))
    states = {one.name: (one.state, one.code_until is not None) for one in members.accounts(hall)}
    assert states == {"李芳": (MemberState.DISABLED, False), "钱一": (MemberState.NEW, True)}
    clock.pass_(days=2)
    assert members.accounts(hall)[1].code_until is None
