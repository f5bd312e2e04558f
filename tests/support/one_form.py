"""Filling in one form after another in one stay."""

from typing import Literal

from stdnum.iso7064 import mod_11_2

from kiosk.session.session import Session
from kiosk.state.visit import Visit

OWN = "11010519491231002X"
MOTHERS, FATHERS = (body + mod_11_2.calc_check_digit(body) for body in ("11010519380307202", "11010519360508201"))


def visit(session: Session) -> Visit:
    assert session.state.visit
    return session.state.visit


def begin(session: Session, service: str) -> None:
    session.do("choose", service)
    session.do("next")


def begin_for_oneself(session: Session, service: str = "old-age-allowance") -> None:
    """To the question after the first one, for whom it is."""
    begin(session, service)
    session.do("answer", "self")


def fill_in(session: Session, known: Literal["stop", "take"] = "stop", **answers: str) -> None:
    """Answer until the check: by `answers`, else by examples. What is known ends it, or is taken over, where it is
    not to be answered otherwise."""
    for _ in range(200):
        if visit(session).stage == "known" and known == "take":
            lines = visit(session).offer.lines
            other = next((name for name, line in lines.items() if answers.get(name, line.value) != line.value), None)
            session.do("correct", other) if other else session.do("reuse")
        elif visit(session).stage == "question":
            give(session, answers.get(visit(session).field.id))
        else:
            return
    raise AssertionError("It is asked without end.")


def give(session: Session, answer: str | None = None) -> None:
    """Answer the question that is asked."""
    field, offered = visit(session).field, [one.id for one in visit(session).choices()]
    if answer is None:
        answer = field.example if field.example in offered or not offered else offered[0]
    if field.type == "multiple_choice":
        for one in answer.split():
            session.do("toggle", one)
        session.do("next")
    elif offered or field.type == "consent":
        session.do("answer", answer)
    else:
        session.do("clear")
        session.state.entry.add(answer.replace("-", "") if field.type == "date" else answer)
        session.do("next")
