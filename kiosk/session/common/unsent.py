"""Whoever leaves what they filled in is asked first."""

from kiosk.session.common.presenter import Presenter
from kiosk.state.session_state import OUTSIDE


def asks_first(p: Presenter, what: str) -> bool:
    """Whether answers that were not sent would be lost, or staff would come to somebody who has left: the first press
    for `what` warns, the second goes there."""
    state = p.state
    unsent = state.location in OUTSIDE and any(one.answers for one in state.forms)
    staff_come = what == "goodbye" and state.staff_have_to_come and state.staff_are_coming
    if not (unsent or staff_come):
        state.to_drop = ""
        return False
    return not p.confirmed(what, "promise.ask" if staff_come else "home.unsent")
