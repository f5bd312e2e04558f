"""Staff show who they are: by a badge that is scanned, or by name and PIN."""

from collections.abc import Callable
from functools import partial

from kiosk.hall.staff_at_kiosk import NotStaff
from kiosk.session.assisting import helping
from kiosk.session.common.digit_keys import after_key
from kiosk.session.common.presenter import Presenter
from kiosk.state.actions import Action, Plain
from kiosk.state.assistance import SigningIn, Staff
from kiosk.state.maintenance import LEAST_PIN_DIGITS, MOST_PIN_DIGITS
from protocol.calls.messages import ArrivedBy
from protocol.staff.badge import LONGEST
from protocol.staff.here import StaffCheck


def show_badge(p: Presenter, badge: str) -> None:
    """It was scanned, on any screen."""
    if len(badge) > LONGEST:
        p.tell("assist.badge_unknown")
        return
    p.tell("assist.looking", kind="progress")
    _check(p, StaffCheck(badge=badge), ArrivedBy.BADGE, partial(_not_by_badge, p))


def names(p: Presenter) -> None:
    """Who may help here, to choose oneself from: first who has the call."""
    call = p.state.hall.call
    coming = [call.staff] if call and call.is_open and call.staff else []
    listed = tuple(dict.fromkeys([*coming, *p.hall.staff.names()]))
    if listed:
        p.state.signing_in, p.state.overlay = SigningIn(listed), "staff_names"
    else:
        p.state.overlay = None
        p.tell("assist.no_names")


def name(p: Presenter, chosen: str) -> None:
    assert p.state.signing_in is not None, "this is offered on the list of names only"
    p.state.signing_in.name, p.state.overlay = chosen, "staff_pin"


def take(p: Presenter, action: Action) -> bool:
    """Handle the keys of the PIN; False for every other action, which its usual handler takes."""
    state = p.state.signing_in
    if p.state.overlay != "staff_pin" or state is None:
        return False
    typed = after_key(state.typed, action, MOST_PIN_DIGITS)
    if typed is not None:
        state.typed, state.why = typed, "" if typed else state.why
    elif action == Plain("next"):
        _try_pin(p, state)
    else:
        return False
    return True


def _try_pin(p: Presenter, state: SigningIn) -> None:
    pin, state.typed = state.typed, ""
    if state.looking or p.monotonic() < state.wait_until:
        return
    if len(pin) < LEAST_PIN_DIGITS:
        _not_by_pin(p, state, NotStaff("unknown"))
        return
    state.looking, state.why = True, ""
    _check(p, StaffCheck(name=state.name, pin=pin), ArrivedBy.PIN, partial(_not_by_pin, p, state))


def _check(p: Presenter, shown: StaffCheck, by: helping.Shown, refused: Callable[[NotStaff], None]) -> None:
    """What comes once the visitor has gone is dropped."""
    visitors = p.state.visitors

    def done(found: Staff | NotStaff) -> None:
        if isinstance(found, NotStaff):
            p.hall.staff.note("kiosk", "staff_refused", detail=found.why)
        if p.state.visitors != visitors:
            p.staff_left()
        elif isinstance(found, Staff):
            helping.arrive(p, found, by)
        else:
            refused(found)
        p.show()

    p.in_background(lambda: p.hall.staff.check(shown), done, lambda away: done(NotStaff("no_line")))


def _not_by_badge(p: Presenter, why: NotStaff) -> None:
    p.tell("assist.badge_no_list" if why.why == "no_list" else "assist.badge_unknown")


def _not_by_pin(p: Presenter, state: SigningIn, why: NotStaff) -> None:
    state.looking, state.why = False, why.why
    state.wait_until = p.monotonic() + why.wait_s
    if p.state.signing_in is state and p.state.overlay == "staff_pin":
        p.speak((p.screen().error,), "error")
