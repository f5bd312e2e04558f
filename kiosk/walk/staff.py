"""The walk through what has to do with staff: the call, trouble, the maintenance screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from forms import Service
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.state.finding import Finding
from kiosk.state.hall_news import StaffCall
from kiosk.texts.languages import Lang
from kiosk.walk.walked_terminal import STAFF, WalkedTerminal

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
    hall.offline = False
    staff = STAFF[session.look.lang]
    calls = (
        StaffCall("requested", "", True, called_at=t.seconds),
        StaffCall("notified", "", True, called_at=t.seconds),
        StaffCall("acknowledged", staff, True, called_at=t.seconds),
    )
    for call in calls:
        hall.call_state = call
        session.tick()
        yield f"help-{call.state}"
    session.do("resume")
    yield "home-help-coming"
    hall.call_state = StaffCall("notified", "", True, staff_page_open=False)
    session.tick()
    yield "home-help-unanswered"
    session.do("help")
    yield "help-unanswered"
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
