"""Filling in the forms of a life event in one stay."""

from one_form import give, visit

from kiosk.screens.common.model import Screen
from kiosk.session.session import Session
from kiosk.state.bundle import Bundle

EIGHTY, MOVING, DISABILITY = "turning-eighty", "moving-in-with-children", "disability-in-the-family"
ALLOWANCE, CARD, BUS = "old-age-allowance", "senior-card", "senior-bus-card"


def bundle(session: Session) -> Bundle:
    assert session.state.bundle
    return session.state.bundle


def begin_event(session: Session, event: str = EIGHTY) -> None:
    session.do("event", event)
    session.do("next")
    session.do("next")


def fill_in_all(session: Session, **answers: str) -> list[str]:
    """To the check; the screens that were shown, each with its errand."""
    shown = []
    for _ in range(200):
        if visit(session).stage not in ("question", "known"):
            return shown
        shown.append(f"{visit(session).service.id}:{session.screen().name}")
        if visit(session).stage == "known":
            session.do("reuse")
        else:
            give(session, answers.get(visit(session).field.id))
    raise AssertionError("It is asked without end.")


def at_check(session: Session, event: str = EIGHTY, **answers: str) -> list[str]:
    begin_event(session, event)
    shown = fill_in_all(session, **answers)
    assert session.screen().name == "check"
    return shown


def values(session: Session, service: str) -> dict[str, str]:
    form = next(one for one in bundle(session).taken if one.service.id == service)
    return dict(form.answers)


def headings(shown: Screen) -> list[str]:
    return [row.value for row in shown.rows if row.heading]
