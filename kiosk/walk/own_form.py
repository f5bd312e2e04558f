"""A form's own page, and what can be said there, walked once."""

from collections.abc import Iterator

from kiosk.screens.common.offered import buttons
from kiosk.state.hall_news import TakenBack
from kiosk.walk.walked_terminal import WalkedPrinter, WalkedTerminal

_OUTCOMES: tuple[TakenBack, ...] = ("saved", "taken", "too_late", "refused")


def printed(t: WalkedTerminal, name: str) -> Iterator[str]:
    """What was decided, or answered to a work order, on paper; nothing where there is no such thing on the screen."""
    for works in (True, False):
        t.session.equip(printer=WalkedPrinter(works))
        if any(one.action == "print_result" for one in buttons(t.session.screen())):
            yield f"{name}-can-print"
            t.session.do("print_result")
            yield f"{name}-printing"
            t.finish_background()
            yield f"{name}-{t.session.state.printing}"
    t.session.equip()


def own_form(t: WalkedTerminal, name: str, walked: set[str]) -> Iterator[str]:
    """From a screen that leads to one, and back to it; none where it does not. What can be done there is left out where
    it was `walked`."""
    session = t.session
    shown = next((one for one in buttons(session.screen()) if one.action == "own_form"), None)
    if shown is None:
        return
    session.do("own_form", shown.value)
    yield f"{name}-own-form"
    may_change = any(one.action == "amend" for one in buttons(session.screen()))
    kind = "may change" if may_change else "closed"
    if kind not in walked:
        walked.add(kind)
        yield from _changed(t, name) if may_change else printed(t, f"{name}-own-form")
    session.do("back")


def _changed(t: WalkedTerminal, name: str) -> Iterator[str]:
    """What becomes of one that is not decided."""
    session = t.session
    session.do("amend")
    t.finish_background()
    yield f"{name}-own-form-away"
    if paper := next((one for one in buttons(session.screen()) if one.action == "brought"), None):
        session.do("brought", paper.value)
        yield f"{name}-own-form-brought"
        t.hall.call_state = None
    session.do("take_back")
    yield f"{name}-own-form-sure"
    session.do("take_back")
    for outcome in _OUTCOMES:
        t.hall.outcome = outcome
        yield f"{name}-own-form-{outcome}"
    t.hall.outcome = "saved"
    t.hall.followed_up.clear()
