"""Typed conditions over answers. They are data, never code: nothing is ever eval'd."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from forms.values.resident_id import birth_date, full_months_between

Parameters = Mapping[str, int]


@dataclass(frozen=True)
class Members:
    """Who is in a repeat so far: the answers as each one's own conditions see them, and whether these are all."""

    each: tuple[Mapping[str, str], ...]
    are_all: bool


@dataclass(frozen=True)
class Facts:
    """What a condition may look at."""

    answers: Mapping[str, str]
    parameters: Parameters
    today: date
    members: Mapping[str, Members] = field(default_factory=dict)  # of each repeat of the form

    def with_answers(self, answers: Mapping[str, str]) -> "Facts":
        """As one member's conditions see them."""
        return replace(self, answers=answers)


class _Condition(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Eq(_Condition):
    """The answer of a field is this one."""

    class Body(_Condition):
        field: str
        value: str

    eq: Body

    def holds(self, facts: Facts) -> bool:
        return facts.answers.get(self.eq.field) == self.eq.value


class In(_Condition):
    """The answer of a field is one of these."""

    class Body(_Condition):
        field: str
        values: list[str]

    in_: Body = Field(alias="in")

    def holds(self, facts: Facts) -> bool:
        return facts.answers.get(self.in_.field) in self.in_.values


class Answered(_Condition):
    """The field has an answer."""

    answered: str

    def holds(self, facts: Facts) -> bool:
        return bool(facts.answers.get(self.answered))


class AgeAtLeast(_Condition):
    """The age in full years by the birth date inside a resident ID; an ID that cannot be read does not hold."""

    class Body(_Condition):
        field: str
        years: int | str  # a number, or the name of a parameter
        months_early: int | str = 0

    age_at_least: Body

    def holds(self, facts: Facts) -> bool:
        born = birth_date(facts.answers.get(self.age_at_least.field, ""))
        if born is None:
            return False
        body = self.age_at_least
        months = 12 * number(body.years, facts.parameters) - number(body.months_early, facts.parameters)
        return full_months_between(born, facts.today) >= months


class All(_Condition):
    """Each of these is true."""

    all: list["Condition"] = Field(min_length=1)

    def holds(self, facts: Facts) -> bool:
        return all(condition.holds(facts) for condition in self.all)


class Any_(_Condition):
    """One of these is true, or more."""

    any: list["Condition"] = Field(min_length=1)

    def holds(self, facts: Facts) -> bool:
        return any(condition.holds(facts) for condition in self.any)


class Not(_Condition):
    """The condition is not true."""

    not_: "Condition" = Field(alias="not")

    def holds(self, facts: Facts) -> bool:
        return not self.not_.holds(facts)


_KINDS = ("eq", "in", "answered", "age_at_least", "all", "any", "not")


def _kind(value: Any) -> str | None:
    """The one key that says which condition this is; None lets pydantic say that it knows none such."""
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return next((kind for kind in _KINDS if kind in keys or f"{kind}_" in keys), None)


Condition = Annotated[
    Annotated[Eq, Tag("eq")]
    | Annotated[In, Tag("in")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[AgeAtLeast, Tag("age_at_least")]
    | Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_kind),
]
All.model_rebuild()
Any_.model_rebuild()
Not.model_rebuild()


def number(value: int | str, parameters: Parameters) -> int:
    """A number written in the service file, or the parameter it names; KeyError when there is no such parameter."""
    return value if isinstance(value, int) else parameters[value]


def parts(condition: Condition | None) -> list[Condition]:
    """The condition and everything inside it."""
    match condition:
        case None:
            return []
        case All():
            inside = condition.all
        case Any_():
            inside = condition.any
        case Not():
            inside = [condition.not_]
        case _:
            inside = []
    return [condition, *(part for one in inside for part in parts(one))]


def fields_in(condition: Condition | None) -> set[str]:
    """The ids of every field the condition looks at."""
    names = set()
    for part in parts(condition):
        match part:
            case Eq():
                names.add(part.eq.field)
            case In():
                names.add(part.in_.field)
            case Answered():
                names.add(part.answered)
            case AgeAtLeast():
                names.add(part.age_at_least.field)
    return names


def parameters_in(condition: Condition | None) -> set[str]:
    """The names of every parameter the condition needs."""
    bodies = [part.age_at_least for part in parts(condition) if isinstance(part, AgeAtLeast)]
    return {value for body in bodies for value in (body.years, body.months_early) if isinstance(value, str)}


def satisfied_by(condition: Condition | None) -> dict[str, str]:
    """Answers that make a condition about choices hold."""
    match condition:
        case Eq():
            return {condition.eq.field: condition.eq.value}
        case In():
            return {condition.in_.field: condition.in_.values[0]}
        case All():
            return {field: value for part in condition.all for field, value in satisfied_by(part).items()}
        case Any_():
            return satisfied_by(condition.any[0])
        case _:
            return {}
