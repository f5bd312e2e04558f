"""Every condition of every shipped service comes out true, false and not known: none is dead, none decides too early.

Forms are filled in at random, always the same ones, from answers about which conditions may ask: ages and days around
usual limits, sums around each parameter, every choice; and some questions are left open.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from project import ASSETS
from stdnum.iso7064 import mod_11_2

from forms import Catalogue, Field, Service, load_catalogue
from forms.expressions.facts import Facts
from forms.expressions.parameters import as_value, values_of
from forms.home.events import EventErrand
from forms.repeats import MemberField, seen_from
from forms.validate import is_asked

TODAY = date(2026, 11, 29)
FORMS = 1500
AGES = (1, 16, 17, 18, 40, 59, 60, 61, 64, 65, 66, 69, 70, 79, 80, 81, 89, 90, 99, 100)
DAYS = (
    -3650,
    -1100,
    -400,
    -366,
    -365,
    -200,
    -184,
    -183,
    -182,
    -100,
    -31,
    -1,
    0,
    1,
    30,
    31,
    90,
    182,
    183,
    200,
    365,
    366,
    400,
)
Seen = dict[str, set[bool | None]]

CATALOGUE = load_catalogue(ASSETS)


def id_number(rng: random.Random) -> str:
    born = date(TODAY.year - rng.choice(AGES), TODAY.month, TODAY.day) + timedelta(days=rng.choice((-1, 0, 1)))
    digits = f"{rng.choice(('110105', '330123'))}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return digits + mod_11_2.calc_check_digit(digits)


def sums(catalogue: Catalogue) -> list[Decimal]:
    found = (as_value(value) for one in catalogue.parameters.values() for value in values_of(one))
    return [max(value + step, Decimal(0)) for value in found if isinstance(value, Decimal) for step in (-1, 0, 1)]


SUMS = sums(CATALOGUE)


def an_answer(field: Field, known: Mapping[str, str], rng: random.Random) -> str:
    if not field.required and rng.random() < 0.1:
        return ""
    if field.kind.none and rng.random() < 0.3:
        return field.kind.none
    offered = [one.id for one in CATALOGUE.choices(field, known)]
    numbers = [value for value in known.values() if len(value) == 18]
    match field.type:
        case "multiple_choice":
            return " ".join(one for one in offered if rng.random() < 0.4) or offered[-1]
        case "resident_id":
            return rng.choice([id_number(rng), *numbers])
        case "disability_certificate":
            return rng.choice([id_number(rng), *numbers]) + rng.choice("1234567") + rng.choice("1234")
        case "date":
            return (TODAY + timedelta(days=rng.choice(DAYS))).isoformat()
        case "half_day":
            return rng.choice([one.id for one in field.kind.choices_on(field, TODAY)])
        case "amount":
            return f"{rng.choice([*SUMS, Decimal(rng.randrange(0, 5000))]):.2f}"
        case "number":
            return str(rng.choice([0, 1, 2, 3, rng.randrange(1, 40), int(rng.choice(SUMS))]))
    return rng.choice(offered) if offered else field.example


def conditions(
    service: Service, known: dict[str, str], facts: Facts, rng: random.Random
) -> Iterator[tuple[str, bool | None]]:
    """Fills in one form, and tells how each condition came out while that was done."""
    for field in service.fields_for(known):
        asked = is_asked(field, facts)
        if field.relevant is not None:
            name = field.own_id if isinstance(field, MemberField) else field.id
            yield f"question {name}", asked
            if rng.random() < 0.5:
                yield f"question {name}", field.relevant.holds(seen_from(field, facts))
        if asked and rng.random() < 0.9:
            known[field.id] = an_answer(field, known, rng)
        elif asked is False:
            known[field.id] = ""
    for check in service.checks:
        yield f"check {check.id}", check.expect.holds(facts)
    for number, outcome in enumerate(service.outcomes, 1):
        yield f"outcome {number}", outcome.relevant.holds(facts)


@pytest.mark.parametrize("name", CATALOGUE.services)
def test_every_condition_is_true_false_and_not_known(name: str) -> None:
    rng, seen, service = random.Random(name), Seen(), CATALOGUE.services[name]
    for _ in range(FORMS):
        known: dict[str, str] = {}
        for condition, held in conditions(service, known, CATALOGUE.facts(service, known, TODAY), rng):
            seen.setdefault(condition, set()).add(held)
    short = {condition: {True, False, None} - held for condition, held in seen.items() if len(held) < 3}
    assert not short, "these never come out so"


ADVICE = [(event.id, errand) for event in CATALOGUE.events.values() for errand in event.services if errand.eligible]


@pytest.mark.parametrize(("event", "errand"), ADVICE, ids=lambda one: one if isinstance(one, str) else one.service)
def test_the_advice_of_every_life_event_is_true_false_and_not_known(event: str, errand: EventErrand) -> None:
    """Over the questions of its service."""
    rng, seen, service = random.Random(event), set[bool | None](), CATALOGUE.services[errand.service]
    for _ in range(FORMS // 5):
        known: dict[str, str] = {}
        facts = CATALOGUE.facts(service, known, TODAY)
        for _ in conditions(service, known, facts, rng):
            pass
        assert errand.eligible
        seen.add(errand.eligible.holds(facts))
    assert seen == {True, False, None}
