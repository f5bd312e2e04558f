"""How an invented person fills in a form: only what is asked, mostly the usual, now and then something to look at."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from backend.providers.simulated.people import Person
from forms import Catalogue, Field, Service
from forms.people.agents import AGENT
from forms.repeats import MemberField, opens_another
from forms.validate import is_asked

_USUAL, _HAS_THE_PAPER = 0.85, 0.6  # how often the answer is that of the example


def answers_of(
    catalogue: Catalogue,
    service: Service,
    people: Sequence[Person],
    given: Mapping[str, str],
    today: date,
    dice: Random,
) -> dict[str, str]:
    """Of the first of `people`; the second acts for them where somebody does, the others live with them.

    `given` stands instead of what would be answered.
    """
    known: dict[str, str] = {}
    facts = catalogue.facts(service, known, today)
    for field in service.fields_for(known):
        asked = is_asked(field, facts)
        known[field.id] = (given.get(field.id) or _answer(catalogue, field, people, known, dice)) if asked else ""
    return {name: answer for name, answer in known.items() if answer}


def _answer(
    catalogue: Catalogue, field: Field, people: Sequence[Person], known: Mapping[str, str], dice: Random
) -> str:
    who = people[_place(field)]
    match field.type:
        case "person_name":
            return who.full_name
        case "resident_id":
            return who.id_number
        case "phone":
            return who.phone
        case "disability_certificate":
            return f"{who.id_number}{dice.randrange(1, 8)}{dice.randrange(1, 5)}"
    choices = [one.id for one in catalogue.choices(field, known)]
    if opens_another(field):
        return choices[-1]  # no: one more person would only make the form longer
    often = _HAS_THE_PAPER if field.type == "material" else _USUAL
    is_usual = dice.random() < often and (not choices or field.example in choices)
    return field.example if is_usual or not choices else dice.choice(choices)


def _place(field: Field) -> int:
    if field.whose == AGENT:
        return 1
    return 1 + field.place if isinstance(field, MemberField) and field.place else 0
