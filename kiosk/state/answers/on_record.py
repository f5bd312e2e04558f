"""What offices have on record of the people of one form: what may be looked for, was found, and was shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from forms import Field
from forms.field import PERSON_NUMBER
from forms.validate import check_field
from kiosk.state.answers.address import parts
from kiosk.state.answers.known_answers import Form, Known, KnownAnswers, same_person
from protocol.queries.on_record import Registry

_ADDRESS = "address"


@dataclass(frozen=True)
class Wanted:
    """The open questions that a registry may answer, all about whoever has shown the card with this number."""

    registry: Registry
    resident_id: str = field(repr=False)
    fields: tuple[Field, ...]

    @property
    def values(self) -> frozenset[str]:
        return frozenset(map(_value, self.fields))


@dataclass
class Records:
    """By question; `asked` are those for which the visitor has said whether the hall may look, `shown` those of which
    the record was seen."""

    asked: set[str] = field(default_factory=set)
    found: dict[str, Known] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def wanted(self, form: Form, known: KnownAnswers, number: str) -> Wanted | None:
        """What may be looked for next of the person with this ID number; None for nothing."""
        new = [
            one
            for one in form.asked
            if one.on_record
            and not {one.id} & {*form.done, *self.asked}
            and _number(form, one) == number
            and known.about(form, one) is None
        ]
        if not new:
            return None
        registry = _registry(new[0])
        return Wanted(registry, number, tuple(one for one in new if _registry(one) == registry))

    def show(self, names: Iterable[str]) -> None:
        self.shown |= self.found.keys() & set(names)

    def contradicted(self, form: Form) -> Mapping[str, Known]:
        """What was seen and is answered otherwise."""
        seen = {name: self.found[name] for name in self.found.keys() & self.shown & form.done}
        return {name: known for name, known in seen.items() if known.value != form.answers.get(name, "")}

    def forget(self, name: str) -> None:
        """It was about another person."""
        del self.found[name]
        self.shown.discard(name)


def read(form: Form, wanted: Wanted, values: Mapping[str, str], as_of: date | None) -> dict[str, Known]:
    """What was told, by question; what is no right answer is left out."""
    told = {one.id: values[value] for one in wanted.fields if (value := _value(one)) != _ADDRESS and value in values}
    like = next((one for one in wanted.fields if _value(one) == _ADDRESS), None)
    if like and _ADDRESS in values:
        asked = [one for one in form.asked if one.on_record == like.on_record and same_person(one, like)]
        told |= parts(form.catalogue, asked, values[_ADDRESS], form.answers)
    found: dict[str, Known] = {}
    answers = dict(form.answers)
    for one in wanted.fields:
        value, error, _ = check_field(form.catalogue, one, told.get(one.id), answers, form.today)
        if value and not error:
            found[one.id], answers[one.id] = Known(value, "provider", as_of), value
    return found


def _number(form: Form, like: Field) -> str:
    """The ID number that was given of the person of this question."""
    about = (one for one in form.asked if one.topic == PERSON_NUMBER and same_person(one, like))
    return next((form.answers.get(one.id, "") for one in about if one.id in form.done), "")


def _registry(one: Field) -> Registry:
    return cast(Registry, (one.on_record or "").partition(".")[0])


def _value(one: Field) -> str:
    return (one.on_record or "").partition(".")[2]
