"""What staff do on the maintenance screen: the PIN, then how every part is, restart and quit."""

from collections.abc import Sequence
from typing import Literal

from kiosk.session.common.digit_keys import after_key
from kiosk.session.common.presenter import Presenter
from kiosk.state.actions import Action, Plain
from kiosk.state.maintenance import MOST_PIN_DIGITS, Finding, MaintenanceState

_URGENCY = ("failed", "degraded", "ok")


def open_maintenance(p: Presenter) -> None:
    """Staff made the sign that docs/maintenance.md describes: ask for the PIN, over whatever is on the screen."""
    if p.maintenance:
        p.state.maintenance = MaintenanceState(has_pin=p.maintenance.lock.is_set)
        p.state.overlay = "maintenance"
        p.somebody_is_here()
        p.speak(())
        p.show()


def take(p: Presenter, action: Action) -> bool:
    """Handle the keys of the PIN; False for every other action, which its usual handler takes."""
    service, state = p.maintenance, p.state.maintenance
    if p.state.overlay != "maintenance" or service is None or state is None:
        return False
    typed = after_key(state.typed, action, MOST_PIN_DIGITS)
    if typed is not None:
        state.typed, state.wrong = typed, state.wrong and not typed
    elif action == Plain("next"):
        state.is_open = service.lock.opens(state.typed)
        state.typed, state.wrong = "", not state.is_open
        service.note("pin" if state.is_open else "pin_refused")
        look_again(p)
        if wrong := p.screen().error:
            p.speak((wrong,), "error")
    else:
        return False
    return True


def restart(p: Presenter) -> None:
    _end(p, "restart")


def quit_terminal(p: Presenter) -> None:
    _end(p, "quit")


def _end(p: Presenter, how: Literal["restart", "quit"]) -> None:
    assert p.maintenance is not None, "this is offered on the maintenance screen only"
    p.maintenance.note(how)
    p.maintenance.end(how)


def look_again(p: Presenter) -> None:
    """Examine every part: when the screen opens, and again when the language changes."""
    state = p.state.maintenance
    if p.maintenance is None or state is None or not state.is_open:
        return
    state.found = None

    def show(found: Sequence[Finding]) -> None:
        """The worst first."""
        if p.state.maintenance is state:
            state.found = sorted(found, key=lambda one: _URGENCY.index(one.status))
            p.show()

    p.maintenance.examine(show)
