"""From what the session is doing to the screen that shows it: one function a kind of screen, no state of its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.devices.printers import Paper
from kiosk.hall.service import StaffCall
from kiosk.screens import check, overlays, question
from kiosk.screens import disambiguation as doubt
from kiosk.screens import home as places
from kiosk.screens import results as endings
from kiosk.screens import staff_call as calling
from kiosk.screens.composer import Composer
from kiosk.screens.model import Screen
from kiosk.screens.offered import buttons, offers
from kiosk.state.slip import Slip
from kiosk.state.visit import Visit
from kiosk.texts.privacy import filled_so_far

if TYPE_CHECKING:
    from kiosk.session.session import Session

__all__ = ["buttons", "call_news", "offers", "paper", "screen"]

_OVERLAYS: dict[str, Callable[[Composer], Screen]] = {
    "help": calling.help,
    "idle": overlays.idle,
    "settings": overlays.settings,
    "trouble": overlays.trouble,
    "explain": overlays.explain,
    "card": overlays.identity_card,
    "practice": overlays.practice,
    "maintenance": overlays.maintenance,
}
_PLACES: dict[str, Callable[[Composer], Screen]] = {
    "attract": places.attract,
    "home": places.home,
    "slip": places.slip,
    "come-back": places.come_back,
    "goodbye": places.goodbye,
}
_STAGES: dict[str, Callable[[Composer, Visit], Screen]] = {
    "prerequisites": question.prerequisites,
    "question": question.question,
    "check": check.check,
}


def screen(session: "Session") -> Screen:
    """The screen of this moment."""
    shown = _shown(session)
    if shown.entry is None:
        return shown
    return replace(shown, entry=replace(shown.entry, said=filled_so_far(shown.entry, session.look)))


def call_news(session: "Session", call: StaffCall | None) -> tuple[str, ...]:
    """What to say when a call has changed by itself."""
    return calling.news(Composer(session), call)


def paper(session: "Session", slip: Slip) -> Paper:
    """What is printed of a slip."""
    return places.paper(Composer(session), slip)


def _shown(session: "Session") -> Screen:
    composer = Composer(session)
    if session.overlay == "which":
        return doubt.which(composer, _beneath(composer))
    return _OVERLAYS[session.overlay](composer) if session.overlay else _beneath(composer)


def _beneath(composer: Composer) -> Screen:
    """The screen without what lies over it."""
    session = composer.session
    visit = session.visit
    if session.place != "visit" or visit is None:
        return _PLACES[session.place](composer)
    if visit.stage == "sent":
        return endings.answer(composer, visit) if visit.service.kind == "query" else endings.receipt(composer, visit)
    return _STAGES[visit.stage](composer, visit)
