"""Saving a visit for another day, and taking it up again: what kiosk.session.session does about slips."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.hall.service import CannotKeep
from kiosk.screens import compose
from kiosk.state.draft import Draft, DraftError, draft_of, restore
from kiosk.state.slip import CODE, Slip, SlipError, is_code

if TYPE_CHECKING:
    from kiosk.session.session import Session


def is_under_way(session: "Session") -> bool:
    """Whether something was filled in that another errand would push aside."""
    visit = session.visit
    if visit is None or visit.stage == "sent" or visit.service.kind == "query":
        return False
    return any((*visit.answers.values(), *visit.typed.values()))


def save(session: "Session") -> None:
    """Lay the visit by; it stays in memory only until the visitor has taken the slip."""
    session.overlay = None
    try:
        session.slip = session.desk.shelf.lay_by(draft_of(session))
    except CannotKeep:
        session.tell("slip.cannot_keep")
        return
    session.place = "slip"
    _print(session, session.slip)


def ask_for_code(session: "Session") -> None:
    """Where the digits of a slip are put in."""
    if is_under_way(session):
        session.tell("come_back.busy")
        return
    session.visit, session.place = None, "come-back"
    session.pad.begin(CODE, "", session.today())


def try_code(session: "Session") -> None:
    """The digits are put in."""
    digits = session.pad.text
    if is_code(digits):
        take_up(session, lambda: session.desk.shelf.by_code(digits))
    else:
        _open_nothing(session, "come_back.digits")


def take_up(session: "Session", find: Callable[[], Draft]) -> None:
    """Go on with what a slip keeps, at the same question."""
    if is_under_way(session):
        session.tell("come_back.busy")
        return
    try:
        draft = find()
        look = replace(draft.look, headset=session.look.headset)  # who listens now, not who did then
        restore(session, draft.model_copy(update={"look": look}))
    except SlipError as error:
        _open_nothing(session, f"come_back.{error.reason}")
    except DraftError:
        _open_nothing(session, "come_back.gone")
    else:
        now = session.visit
        changed = now is not None and draft.visit is not None and now.service.version != draft.visit.version
        session.tell("come_back.changed" if changed else "come_back.here", *session.screen().say)


def _open_nothing(session: "Session", key: str) -> None:
    """Beside the digits it is shown as what is wrong with them."""
    session.tell(key)
    if session.place == "come-back":
        session.wronged, session.remarked = session.remarked, None


def _print(session: "Session", slip: Slip) -> None:
    printer = session.printer
    if printer is None:
        return
    session.printing = "printing"
    paper = compose.paper(session, slip)

    def show(printed: bool) -> None:
        if session.slip is slip:
            session.printing = "printed" if printed else "failed"
            session.report(f"slip.{session.printing}")

    session.in_background(lambda: printer.print(paper), show, lambda _: show(False))
