"""The walk through a visit with which staff help: who has come, consent, and what they have while they help."""

from collections.abc import Iterator
from uuid import UUID

from forms import Service
from kiosk.hall.staff_at_kiosk import NotStaff
from kiosk.state.assistance import Staff
from kiosk.state.hall_news import StaffCall
from kiosk.walk.walked_terminal import STAFF, WalkedTerminal
from protocol.calls.states import CallState
from protocol.calls.waiting import OTHER_WAYS_S

PIN, WRONG, TOO_MANY, OFFLINE = "246810", "111111", "222222", "333333"


def assisting(t: WalkedTerminal, service: Service) -> Iterator[str]:
    session, staff = t.session, STAFF[t.session.look.lang]
    known: dict[str, Staff | NotStaff] = {
        PIN: Staff(UUID(int=7), staff),
        TOO_MANY: NotStaff("wait", 30),
        OFFLINE: NotStaff("no_line"),
    }
    t.hall.staff.by_pin, t.hall.staff.listed = known, (staff,)
    session.do("choose", service.id)
    session.do("next")
    t.hall.call_state = StaffCall(CallState.ACKNOWLEDGED, staff, True, called_at=t.seconds)
    session.tick()
    session.do("help")
    session.do("staff_way")
    yield "assist-names"
    session.do("staff_name", staff)
    yield "assist-pin"
    for label, pin in {"wrong": WRONG, "no-line": OFFLINE, "wait": TOO_MANY}.items():
        _type(t, pin)
        yield f"assist-pin-{label}"
    t.seconds += 30
    _type(t, PIN)
    yield "assist-consent"
    session.do("agree_help")
    yield "assisted-question"
    visit = session.state.visit
    if visit:
        visit.fill({field.id: field.example for field in visit.service.fields})
    session.do("steps")
    yield "assist-steps"
    session.do("covered")
    yield "assist-covered"
    if rows := session.screen().rows:
        session.do("uncover", rows[-1].change.value if rows[-1].change else "")
        yield "assist-reasons"
        session.do("uncover_why", "compare_paper")
        yield "assist-uncovered"
    session.do("steps")
    session.do("vouch")
    yield "assisted-vouched"
    session.do("steps")
    session.do("help_done")
    t.finish_background()
    yield "assisted-ended"
    t.hall.call_state = StaffCall(CallState.NOTIFIED, "", True, called_at=t.seconds, staff_page_open=False)
    session.tick()
    yield "check-help-unanswered"
    t.seconds += OTHER_WAYS_S
    session.tick()
    yield "check-help-other-ways"
    t.hall.call_state = None
    session.wipe()
    session.do("start")


def _type(t: WalkedTerminal, pin: str) -> None:
    for digit in pin:
        t.session.do("type", digit)
    t.session.do("next")
    t.finish_background()
