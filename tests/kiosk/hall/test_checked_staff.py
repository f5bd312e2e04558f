"""Staff at a kiosk: the hall judges; without a line a badge is good by the list that the hall has signed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from fake_hall import URL, FakeHall

from kiosk.hall.checked_staff import CheckedStaff
from kiosk.hall.staff_at_kiosk import NotStaff
from kiosk.hall.staff_list import keep_roster, kept_roster
from kiosk.operations.staff_roster import FETCH_EVERY, StaffRoster
from kiosk.state.assistance import Staff
from offline_cache.hall_client import HallClient
from offline_cache.store import Store
from offline_cache.sync import PINNED_KEY
from protocol.signing import SignatureError, verify_key_of
from protocol.staff.badge import Badge
from protocol.staff.here import StaffCheck
from protocol.staff.roster import LASTS_S, Member, signed_roster
from protocol.wire import HallKey

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
OURS, ANOTHER = bytes(31) + b"1", bytes(31) + b"2"
LI_FANG = Staff(UUID(int=7), "李芳", 8 * 3600.0)
BADGE = Badge(LI_FANG.member, "李芳", SECONDS, SECONDS + 8 * 3600)
PATH = "/kiosks/staff"


class Terminal:
    """A kiosk whose clock is moved by hand."""

    def __init__(self, store: Store, hall: FakeHall) -> None:
        self.store, self.hall, self.now = store, hall, NOW
        store.set(
            PINNED_KEY, HallKey(key_id="1", public_key=bytes(32), verify_key=verify_key_of(OURS)).model_dump_json()
        )
        self.staff = CheckedStaff(store, self.client, lambda: self.now)

    def client(self) -> HallClient:
        client = HallClient(URL)
        client.session.mount(URL, self.hall)
        return client

    def keep(self, *members: UUID, private: bytes = OURS, now: int = SECONDS) -> None:
        roster = signed_roster(private, now, tuple(Member(member=one, name="李芳") for one in members))
        keep_roster(self.store.path.parent, roster, verify_key_of(private))

    def shows(self, badge: Badge = BADGE, private: bytes = OURS) -> Staff | NotStaff:
        return self.staff.check(StaffCheck(badge=badge.signed(private)))

    def types(self, pin: str = "246810") -> Staff | NotStaff:
        return self.staff.check(StaffCheck(name="李芳", pin=pin))


@pytest.fixture
def terminal(store: Store) -> Terminal:
    return Terminal(store, FakeHall())


def answer(
    status: int, body: dict[str, str], headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    return status, headers or {}, json.dumps(body).encode()


def test_the_hall_says_who_it_is(terminal: Terminal) -> None:
    terminal.hall.trouble[PATH] = answer(200, {"member": str(LI_FANG.member), "name": "李芳"})
    assert terminal.shows() == LI_FANG
    assert terminal.types() == replace(LI_FANG, lasts_s=None)


def test_whom_the_hall_does_not_know_no_list_lets_in(terminal: Terminal) -> None:
    terminal.keep(LI_FANG.member)
    terminal.hall.trouble[PATH] = answer(403, {"detail": "The hall does not know this badge.", "code": "not_staff"})
    assert terminal.shows() == terminal.types() == NotStaff("unknown")


def test_after_too_many_wrong_pins_one_waits(terminal: Terminal) -> None:
    terminal.hall.trouble[PATH] = answer(429, {"detail": "Too many wrong tries."}, {"Retry-After": "30"})
    assert terminal.types() == NotStaff("wait", 30)


def test_without_a_line_a_badge_is_good_by_the_list_and_a_pin_is_not(terminal: Terminal) -> None:
    terminal.hall.is_down = True
    assert terminal.shows() == NotStaff("no_list")
    terminal.keep(LI_FANG.member)
    assert terminal.shows() == LI_FANG
    assert terminal.types() == NotStaff("no_line")
    assert terminal.staff.names() == ["李芳"]


@pytest.mark.parametrize("hours", [8, -1])
def test_a_badge_counts_within_its_shift(terminal: Terminal, hours: int) -> None:
    terminal.hall.is_down = True
    terminal.keep(LI_FANG.member, now=SECONDS - 2 * 3600)
    terminal.now += timedelta(hours=hours)
    assert terminal.shows() == NotStaff("unknown")


def test_a_badge_of_another_hall_or_of_whom_the_list_does_not_know(terminal: Terminal) -> None:
    terminal.hall.is_down = True
    terminal.keep(UUID(int=8))
    assert terminal.shows() == terminal.shows(private=ANOTHER) == NotStaff("unknown")


def test_a_list_ends(terminal: Terminal) -> None:
    terminal.hall.is_down = True
    terminal.keep(LI_FANG.member, now=SECONDS - LASTS_S)
    assert terminal.shows() == NotStaff("no_list")
    assert terminal.staff.names() == []


def test_a_list_that_another_has_signed_is_not_kept_and_one_that_lies_there_not_used(terminal: Terminal) -> None:
    terminal.hall.is_down = True
    terminal.keep(LI_FANG.member, private=ANOTHER)  # as if somebody had put it there
    assert terminal.shows() == NotStaff("no_list")
    folder, ours = terminal.store.path.parent, verify_key_of(OURS)
    with pytest.raises(SignatureError):
        keep_roster(folder, signed_roster(ANOTHER, SECONDS, ()), ours)


def test_the_list_comes_once_after_the_start_then_once_an_hour(terminal: Terminal) -> None:
    roster = signed_roster(OURS, SECONDS, (Member(member=LI_FANG.member, name="李芳"),))
    terminal.hall.trouble[PATH] = 200, {}, roster.model_dump_json().encode()
    looks = StaffRoster(terminal.store, terminal.client())
    for now in (NOW, NOW + FETCH_EVERY / 2, NOW + FETCH_EVERY):
        looks.look(now)
    assert terminal.hall.requests == [f"GET {PATH}"] * 2
    assert kept_roster(terminal.store.path.parent) == roster


def test_the_end_of_help_that_a_crash_ended_is_written_down_once_at_the_next_start(terminal: Terminal) -> None:
    member = str(LI_FANG.member)

    def ends_at_a_start() -> list[tuple[str, str, str]]:
        terminal.staff = CheckedStaff(terminal.store, terminal.client, lambda: terminal.now)
        records = [one.record for one in terminal.store.audit.entries()]
        return [(one["who"], one["subject"], one["detail"]) for one in records if one["action"] == "help_ended"]

    terminal.staff.note("staff", "staff_arrived", member, "badge")
    assert ends_at_a_start() == [], "nobody had agreed yet"
    terminal.staff.note("visitor", "help_agreed", member)
    terminal.staff.note("staff", "corrected", "phone")
    ended = [("kiosk", member, "restart")]
    assert [ends_at_a_start() for _ in range(2)] == [ended, ended]
    terminal.staff.note("visitor", "help_agreed", member)
    terminal.staff.note("staff", "help_ended", member, "staff")
    assert ends_at_a_start() == [*ended, ("staff", member, "staff")]
