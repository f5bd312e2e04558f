"""The walk through what has to do with staff: the call, trouble, the maintenance screen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from forms import Service
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.state.hall_news import StaffCall
from kiosk.state.maintenance import Finding
from kiosk.texts.languages import Lang
from kiosk.walk.walked_terminal import STAFF, WalkedTerminal
from protocol.calls.messages import Need, Rating
from protocol.calls.states import CallState
from protocol.calls.waiting import OTHER_WAYS_S

PHONE = "0512 55550134"  # of the hall, or of a phone beside the kiosk

# What a doctor might find, and the mend.
FOUND: tuple[tuple[str, Literal["ok", "degraded", "failed"], dict[Lang, tuple[str, str]]], ...] = (
    ("screen", "ok", {"zh": ("597 × 336 毫米，是屏幕自己报的", ""), "en": ("597 x 336 mm, as the panel says", "")}),
    (
        "microphone",
        "degraded",
        {"zh": ("没有插话筒，大家用手点", "插上一个话筒。"), "en": ("none is plugged in", "Plug in a microphone.")},
    ),
    (
        "store",
        "failed",
        {"zh": ("硬盘剩下不到 64 MB", "腾出一些地方。"), "en": ("less than 64 MB are free", "Free some space.")},
    ),
)


@dataclass
class KnownPin:
    """A kiosk.session.common.maintenance_service.PinLock that opens for one PIN, and that nobody has to wait for."""

    PIN: ClassVar[str] = "246810"
    is_set: bool = False

    def wait_s(self) -> int:
        return 0

    def opens(self, pin: str) -> bool:
        return pin == self.PIN


def help(t: WalkedTerminal) -> Iterator[str]:
    session, hall = t.session, t.hall
    hall.offline = True
    session.do("help")
    yield "help-offline"
    t.seconds += OTHER_WAYS_S
    session.tick()
    yield "help-offline-other-ways"
    hall.offline = False
    staff = STAFF[session.look.lang]
    pressed = StaffCall(CallState.REQUESTED, "", True, called_at=t.seconds)
    taken = replace(pressed, staff=staff)
    calls = {
        "requested": pressed,
        "notified": replace(pressed, state=CallState.NOTIFIED),
        "acknowledged": replace(taken, state=CallState.ACKNOWLEDGED),
        "handed-back": replace(taken, state=CallState.NOTIFIED),
        "remote": replace(taken, state=CallState.REMOTE),
        "remote-here": replace(taken, state=CallState.REMOTE, phone_here=PHONE),
        "remote-own": replace(taken, state=CallState.REMOTE, has_number=True),
        "remote-hall": replace(taken, state=CallState.REMOTE, hall_phone=PHONE),
        "arrived": replace(taken, state=CallState.ARRIVED),
        "assisting": replace(taken, state=CallState.ASSISTING),
        "resolved": replace(taken, state=CallState.RESOLVED),
        "en-route": replace(taken, state=CallState.EN_ROUTE),
    }
    for name, hall.call_state in calls.items():
        session.tick()
        yield f"help-{name}"
    session.do("need", Need.HEARING.value)
    yield "help-need"
    session.do("resume")
    yield "home-help-coming"
    hall.call_state = replace(pressed, state=CallState.NOTIFIED, staff_page_open=False, escalation=1)
    session.tick()
    yield "home-help-unanswered"
    session.do("help")
    yield "help-unanswered"
    late = t.seconds - OTHER_WAYS_S
    hall.call_state = replace(calls["remote"], called_at=late)
    session.tick()
    yield "help-remote-other-ways"
    waits_long = replace(pressed, escalation=2, hall_phone=PHONE, called_at=late)
    hall.call_state = waits_long
    session.tick()
    yield "help-other-ways"
    session.do("leave_number")
    yield "help-number"
    session.do("next")
    yield "help-number-wrong"
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    yield "help-number-left"
    hall.call_state = replace(pressed, reached_hall=False, called_at=late)
    session.do("leave_number")
    for digit in "13800138000":
        session.do("type", digit)
    session.do("next")
    yield "help-number-kept-here"
    hall.call_state = waits_long
    session.do("resume")
    yield "home-help-other-ways"
    session.do("help")
    session.do("cancel_help")
    session.do("help")
    hall.call_state = calls["resolved"]
    session.tick()
    session.do("rate", Rating.BAD.value)
    yield "help-not-done"
    session.do("resume")
    hall.call_state = calls["resolved"]
    session.do("help")
    session.do("cancel_help")


def trouble(t: WalkedTerminal, service: Service) -> Iterator[str]:
    reasons: tuple[Literal["store_full", "no_hall_key"], ...] = ("store_full", "no_hall_key")
    for reason in reasons:
        t.hall.broken = reason
        t.session.do("choose", service.id)
        yield f"trouble-{reason}"
        t.session.do("home")
    yield "home-not-met"
    t.hall.broken = None


def maintenance(t: WalkedTerminal) -> Iterator[str]:
    session, lock = t.session, KnownPin()
    found = [Finding(part, status, *told[session.look.lang]) for part, status, told in FOUND]
    session.maintained_by(MaintenanceService(lock, lambda show: show(found), lambda how: None))
    session.open_maintenance()
    yield "maintenance-no-pin"
    lock.is_set = True
    session.do("resume")
    session.open_maintenance()
    yield "maintenance-pin"
    session.do("type", "1")
    session.do("next")
    yield "maintenance-pin-wrong"
    for digit in KnownPin.PIN:
        session.do("type", digit)
    session.do("next")
    yield "maintenance"
    session.do("resume")
    session.maintained_by(None)
