"""A number of the visitor's own that staff may phone them at; left only by who wants to."""

from forms.fields.numbers.phone import LONGEST, is_phone
from kiosk.hall.service import CannotKeep
from kiosk.session.common.digit_keys import after_key
from kiosk.session.common.presenter import Presenter
from kiosk.state.actions import Action, Plain
from kiosk.state.session_state import Remark


def ask(p: Presenter) -> None:
    p.state.overlay, p.state.number_typed = "number", ""


def take(p: Presenter, action: Action) -> bool:
    """Handle the keys of the number; False for every other action, which its usual handler takes."""
    state = p.state
    if state.overlay != "number":
        return False
    typed = after_key(state.number_typed, action, LONGEST)
    if typed is not None:
        state.number_typed = typed
        return True
    match action:
        case Plain("next"):
            _leave(p)
        case Plain("resume"):
            state.overlay, state.number_typed = "help", ""
        case _:
            return False
    return True


def _leave(p: Presenter) -> None:
    state = p.state
    if not is_phone(state.number_typed):
        _refuse(p, "help.number.wrong")
        return
    try:
        p.hall.leave_number(state.number_typed)
    except CannotKeep:
        _refuse(p, "help.number.cannot")
        return
    state.overlay, state.number_typed = "help", ""
    p.note_hall_news()
    call = state.hall.call
    p.tell("help.number.kept" if call and call.reached_hall else "help.number.kept_here", kind="progress")


def _refuse(p: Presenter, key: str) -> None:
    p.state.code_error = Remark(key)
    p.speak((p.screen().error,), "error")
