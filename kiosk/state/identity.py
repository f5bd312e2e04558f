"""What an ID card answers in a visit, and whose it is: that of whom it is for, or of the agent who acts for them."""

from typing import Literal

from forms import Field
from forms.field import Whose
from forms.people.agents import AGENT
from forms.repeats import member_of
from kiosk.entry.field_input import input_of
from kiosk.state.visit import Visit

TWO_AGENTS: Literal["two agents"] = "two agents"


def card_itself(visit: Visit) -> Field | None:
    """The question that only an ID card on the reader answers."""
    return next((field for field in visit.service.fields if field.card_itself), None)


def at_question(visit: Visit) -> list[Field]:
    """What a card answers here: the question of the card itself, of whatever stands on the screen; else the present
    question, and the next to it where they ask for name and number."""
    itself = card_itself(visit)
    if itself and visit.stage != "sent":
        return [itself]
    part = input_of(visit.field).from_card if visit.stage in ("known", "question") else None
    if part is None:
        return []
    fields = visit.fields()
    at = [field.id for field in fields].index(visit.field_id)
    pair = fields[at : at + 2] if part == "name" else fields[max(at - 1, 0) : at + 1]
    of_one = len({(member_of(one), one.whose) for one in pair}) == 1
    return pair if of_one and [input_of(f).from_card for f in pair] == ["name", "number"] else [fields[at]]


def of(visit: Visit, whose: Whose) -> list[Field]:
    """What a card of that person answers: the present question where it is about them, else their name and number."""
    here = at_question(visit)
    return here if here and here[0].whose == whose else _named(visit, whose)


def whose(visit: Visit, number: str) -> Whose | Literal["two agents"] | None:
    """Whose card this is, where something is asked that a card answers; None where the visitor has to say so."""
    here = at_question(visit)[0]
    agent, applicant = _number(visit, "agent"), _number(visit, "applicant")
    if member_of(here) or not _named(visit, "agent") or (visit.changing and number not in (agent, applicant)):
        return here.whose
    if number in (agent, applicant):
        return "agent" if number == agent else "applicant"
    if here.whose == AGENT:
        return TWO_AGENTS if agent else None
    return "applicant" if agent else None


def person(visit: Visit) -> Field | None:
    """The question for the name of whom it is done for: the last before the first ID number.

    A member of a repeat only where nobody else is named.
    """
    fields, name = [field for field in visit.fields() if field.whose != AGENT], None
    own = [field for field in fields if not member_of(field)]
    for field in own if any(input_of(field).from_card == "name" for field in own) else fields:
        part = input_of(field).from_card
        if part == "name":
            name = field
        elif part == "number" and name:
            break
    return name


def _named(visit: Visit, whose: Whose) -> list[Field]:
    """The questions for their name and number."""
    asked = (field for field in visit.fields() if field.whose == whose and not member_of(field))
    return [field for field in asked if input_of(field).from_card]


def _number(visit: Visit, whose: Whose) -> str:
    numbers = [one for one in _named(visit, whose) if input_of(one).from_card == "number"]
    return next((answer for one in numbers if (answer := visit.answers.get(one.id))), "")
