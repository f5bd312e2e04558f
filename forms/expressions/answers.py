"""Conditions and values that look at one answer, and what all of the language share."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from forms.expressions import arithmetic
from forms.expressions.facts import Facts, Value
from forms.values.patterns import Pattern, matches


@dataclass(frozen=True)
class Names:
    """Marks a key whose text is the name of something: a field (or calculation), a parameter, a repeat."""

    what: str


FieldName = Annotated[str, Names("field")]
ParameterName = Annotated[str, Names("parameter")]
NumberOrParameter = Annotated[int | str, Names("parameter")]
RepeatName = Annotated[str, Names("repeat")]


class Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Eq(Node):
    """The answer of a field is this one."""

    class Body(Node):
        field: FieldName
        value: str

    eq: Body

    def holds(self, facts: Facts) -> bool | None:
        return _is_one_of(facts, self.eq.field, [self.eq.value])


class In(Node):
    """The answer of a field is one of these."""

    class Body(Node):
        field: FieldName
        values: list[str] = Field(min_length=1)

    in_: Body = Field(alias="in")

    def holds(self, facts: Facts) -> bool | None:
        return _is_one_of(facts, self.in_.field, self.in_.values)


class InArea(Node):
    """The choice of a field is one of these areas, or lies within one: a village within its town."""

    class Body(Node):
        field: FieldName
        areas: list[str] = Field(min_length=1)

    in_area: Body

    def holds(self, facts: Facts) -> bool | None:
        place = facts.value(self.in_area.field)
        while isinstance(place, str) and place not in self.in_area.areas and place in facts.within:
            place = facts.within[place]
        return None if place is None else place in self.in_area.areas


class Selected(Node):
    """Of several choices, this is one that was chosen."""

    class Body(Node):
        field: FieldName
        value: str

    selected: Body

    def holds(self, facts: Facts) -> bool | None:
        chosen = facts.value(self.selected.field)
        if isinstance(chosen, tuple):
            return self.selected.value in chosen
        return None if chosen is None else chosen == self.selected.value


class Answered(Node):
    """The field has an answer."""

    answered: FieldName

    def holds(self, facts: Facts) -> bool | None:
        value = facts.value(self.answered)
        return None if value is None else value not in ("", ())


class Matches(Node):
    """The answer of a field is written so, from its first character to its last: a regular expression of RE2."""

    class Body(Node):
        field: FieldName
        pattern: Pattern

    matches: Body

    def holds(self, facts: Facts) -> bool | None:
        value = facts.value(self.matches.field)
        return matches(self.matches.pattern, value) if isinstance(value, str) else None


class AgeAtLeast(Node):
    """The age in full years, by a birthday or the one inside a resident ID. `years` and `months_early` are numbers or
    names of parameters; with `months_early` one may come that many months before."""

    class Body(Node):
        field: FieldName
        years: NumberOrParameter
        months_early: NumberOrParameter = 0

    age_at_least: Body

    def holds(self, facts: Facts) -> bool | None:
        body = self.age_at_least
        born = facts.value(body.field)
        years, early = (
            arithmetic.number(facts.parameter(one) if isinstance(one, str) else Decimal(one))
            for one in (body.years, body.months_early)
        )
        months = arithmetic.months_old(born, facts.today)
        if born == "":
            return False
        return None if years is None or early is None or months is None else months >= 12 * years - early


class FieldValue(Node):
    """The answer of a field, or what a calculation gave."""

    field: FieldName

    def value(self, facts: Facts) -> Value | None:
        return facts.value(self.field)


class ParameterValue(Node):
    """A parameter as it is today."""

    parameter: ParameterName

    def value(self, facts: Facts) -> Value | None:
        return facts.parameter(self.parameter)


class Age(Node):
    """The age in full years, by a birthday or the one inside a resident ID."""

    age: FieldName

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.age(facts.value(self.age), facts.today)


class Part(Node):
    """Some characters of an answer, counted from 1: the first 18 of a certificate's number."""

    class Body(Node):
        field: FieldName
        from_: int = Field(alias="from", ge=1)
        to: int

    part: Body

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.part(facts.value(self.part.field), self.part.from_, self.part.to)


def _is_one_of(facts: Facts, field: str, values: Sequence[str]) -> bool | None:
    known = facts.value(field)
    return None if known is None else facts.written(field) in values
