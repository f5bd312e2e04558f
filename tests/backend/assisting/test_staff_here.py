"""Staff show at a kiosk who they are: the hall believes its own badges and PINs, notes it, and forgets in time."""

from datetime import timedelta

import pytest
from accounts_support import PIN, WRONG_PIN, join
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, SigningKiosk, StandingClock
from httpx import Response
from sqlalchemy import select

from backend.accounts import members
from backend.accounts.permissions import Role
from backend.accounts.sessions import SignedIn
from backend.accounts.tables import StaffMember
from backend.assisting.staff_here import new_badge
from backend.audit.log import entries
from backend.hall.hall import Hall
from backend.reading.breaker import take_reading
from backend.reading.limits import LIMITS, Tier
from protocol.levels import By, Claim
from protocol.staff.badge import Badge
from protocol.staff.roster import Roster

pytestmark = pytest.mark.usefixtures("cheap_pins")


@pytest.fixture
def badge(client: TestClient, hall: Hall) -> str:
    """李芳's, of a shift that has just begun."""
    join(client, hall)
    return new_badge(hall, signed_in(hall)).signed(hall.keys.private)


def signed_in(hall: Hall) -> SignedIn:
    with hall.database.read() as session:
        member = session.scalars(select(StaffMember).where(StaffMember.name == "李芳")).one()
    return SignedIn(member.name, member.role, member.id, member.id, hall.clock() + timedelta(hours=8), has_pin=True)


def show(client: TestClient, **what: str) -> Response:
    return client.post("/kiosks/staff", json=what)


def test_a_badge_of_today_is_believed_and_written_down(client: TestClient, hall: Hall, badge: str) -> None:
    assert show(client, badge=badge).json()["name"] == "李芳"
    with hall.database.read() as session:
        last = list(entries(session))[-1].record
    assert (last["who"], last["action"], last["detail"]) == ("李芳", "at_kiosk", "badge")


def test_nothing_else_is(client: TestClient, hall: Hall, badge: str, clock: StandingClock) -> None:
    staff = signed_in(hall)
    now = int(clock().timestamp())
    of_another_hall = Badge(staff.member, staff.name, now, now + 60).signed(b"o" * 32)
    for wrong in (of_another_hall, badge[:-8], "YLB1.a.b", "张三"):
        assert show(client, badge=wrong).json()["code"] == "not_staff"
    clock.pass_(hours=8)
    assert show(client, badge=badge).status_code == 403


def test_a_picture_of_a_badge_is_soon_worth_nothing(client: TestClient, badge: str, clock: StandingClock) -> None:
    clock.pass_(minutes=5)
    assert show(client, badge=badge).status_code == 200
    clock.pass_(seconds=1)
    assert show(client, badge=badge).json()["code"] == "not_staff"


def test_name_and_pin_do_too_and_wrong_ones_have_to_wait(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    assert show(client, name="李芳", pin=PIN).json()["name"] == "李芳"
    answers = [show(client, name="李芳", pin=WRONG_PIN).status_code for _ in range(6)]
    assert answers == [403] * 5 + [429]


def test_who_was_disabled_is_known_no_more(client: TestClient, hall: Hall, badge: str) -> None:
    join(client, hall, "赵敏", Role.ADMIN)
    members.disable(hall, "赵敏", signed_in(hall).member)
    assert show(client, badge=badge).status_code == 403
    told = Roster.model_validate(client.get("/kiosks/staff").json())
    assert [one.name for one in told.members] == ["赵敏"]
    told.check(hall.keys.verify_key)


def test_what_a_kiosk_says_of_staff_counts_only_while_they_are_there(
    client: TestClient, hall: Hall, badge: str, kiosk: SigningKiosk, clock: StandingClock
) -> None:
    """A card or a claim alone opens nothing: what staff have looked at needs staff."""
    kiosk.claim = Claim(By.STAFF)
    asked = {"resident_id": "110105193812310028"}
    ask = lambda: client.post("/queries/progress", json=asked, auth=kiosk).status_code  # noqa: E731
    assert ask() == 403
    show(client, badge=badge)
    assert ask() == 200
    clock.pass_(seconds=601)
    assert ask() == 403
    show(client, badge=new_badge(hall, signed_in(hall)).signed(hall.keys.private))
    assert client.delete("/kiosks/staff").status_code == 204
    assert ask() == 403
    show(client, badge=new_badge(hall, signed_in(hall)).signed(hall.keys.private))
    join(client, hall, "赵敏", Role.ADMIN)
    members.disable(hall, "赵敏", signed_in(hall).member)
    assert ask() == 403, "who may not log in any more vouches for nobody"


def test_what_staff_look_at_by_a_kiosk_counts_as_theirs(
    client: TestClient, hall: Hall, badge: str, kiosk: SigningKiosk
) -> None:
    kiosk.claim = Claim(By.STAFF)
    show(client, badge=badge)
    ask = lambda: client.post("/queries/progress", json={"resident_id": "110105193812310028"}, auth=kiosk)  # noqa: E731
    with hall.database.write() as session:
        assert take_reading(session, hall, "李芳", Tier.L3, LIMITS[Tier.L3].slow - 1) is None
    assert ask().status_code == 200
    assert ask().json()["code"] == "reading_slow"
    with hall.database.read() as session:
        asked = [one.record for one in entries(session) if one.record["action"] == "asked_at_kiosk"]
    assert [(one["who"], one["subject"]) for one in asked] == [("李芳", str(kiosk.id))]


def test_the_page_shows_ones_own_badge(clerk: TestClient) -> None:
    shown = clerk.post("/staff/badge", headers=FROM_PAGE)
    assert shown.json()["picture"].lstrip().startswith("<?xml")
    assert shown.headers["cache-control"] == "no-store"
