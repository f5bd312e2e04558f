"""Conditions and values as a service file writes them. They are data, never code: nothing is ever eval'd.

A condition is true, false, or None: not known yet. False and anything is false, true or anything is true, else not
known wins. A value is None where it is not known yet, and "" where the answer is empty.
"""

import operator
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from forms.expressions import arithmetic
from forms.expressions.answers import (
    Age,
    AgeAtLeast,
    Answered,
    Eq,
    FieldValue,
    In,
    InArea,
    Matches,
    Node,
    ParameterValue,
    Part,
    RepeatName,
    Selected,
)
from forms.expressions.arithmetic import How
from forms.expressions.facts import Facts, Value
from forms.expressions.parameters import Plain, as_value

TODAY = "today"


# Conditions


class All(Node):
    """Each of these is true."""

    all: list["Condition"] = Field(min_length=1)

    def holds(self, facts: Facts) -> bool | None:
        return _every(one.holds(facts) for one in self.all)


class Any_(Node):
    """One of these is true, or more."""

    any: list["Condition"] = Field(min_length=1)

    def holds(self, facts: Facts) -> bool | None:
        return _some(one.holds(facts) for one in self.any)


class Not(Node):
    """The condition is false."""

    not_: "Condition" = Field(alias="not")

    def holds(self, facts: Facts) -> bool | None:
        held = self.not_.holds(facts)
        return None if held is None else not held


class Comparison(Node):
    """One of those below: the one key of each is a list of two values."""

    test: ClassVar[Callable[[Any, Any], bool]]

    @property
    def compared(self) -> list["Expression"]:
        (values,) = dict(self).values()
        return list(values)

    def holds(self, facts: Facts) -> bool | None:
        first, second = _values(self.compared, facts)
        return arithmetic.compared(first, second, type(self).test)


Two = Annotated[list["Expression"], Field(min_length=2, max_length=2)]


class LessThan(Comparison):
    """The first value is less than the second: a smaller number, an earlier day."""

    test = operator.lt
    less_than: Two


class AtMost(Comparison):
    """The first value is the second or less."""

    test = operator.le
    at_most: Two


class MoreThan(Comparison):
    """The first value is more than the second: a greater number, a later day."""

    test = operator.gt
    more_than: Two


class AtLeast(Comparison):
    """The first value is the second or more."""

    test = operator.ge
    at_least: Two


class Same(Comparison):
    """Both values are the same, and neither is empty."""

    test = operator.eq
    same: Two


class OfMembers(Node):
    of: RepeatName
    where: "Condition"

    def held(self, facts: Facts) -> Iterator[bool | None]:
        """Of each member, and None for those who are still to come."""
        return _of_each(facts, self.of, self.where)


class Some(Node):
    """The condition is true of at least one member of a repeat."""

    some: OfMembers

    def holds(self, facts: Facts) -> bool | None:
        return _some(self.some.held(facts))


class Every(Node):
    """The condition is true of each member of a repeat; of nobody, where there are none."""

    every: OfMembers

    def holds(self, facts: Facts) -> bool | None:
        return _every(self.every.held(facts))


# Values


class Sum(Node):
    """All of these added up. An empty answer adds nothing."""

    sum: list["Expression"] = Field(min_length=1)

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.total(_values(self.sum, facts))


class Product(Node):
    """These multiplied."""

    product: list["Expression"] = Field(min_length=1)

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.multiplied(_values(self.product, facts))


class Difference(Node):
    """The first less the second; of two days, the number of days between them."""

    difference: Two

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.difference(*_values(self.difference, facts))


class Quotient(Node):
    """The first divided by the second."""

    quotient: Two

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.quotient(*_values(self.quotient, facts))


class Smallest(Node):
    """The smallest of these numbers, or the first of these days. Empty answers are left out."""

    smallest: list["Expression"] = Field(min_length=1)

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.extreme(_values(self.smallest, facts), min)


class Largest(Node):
    """The largest of these numbers, or the last of these days. Empty answers are left out."""

    largest: list["Expression"] = Field(min_length=1)

    def value(self, facts: Facts) -> Value | None:
        return arithmetic.extreme(_values(self.largest, facts), max)


class Rounded(Node):
    """The value as a multiple of `to`: rounded `down`, `up`, or to the nearest (`half_up`)."""

    class Body(Node):
        value: "Expression"
        to: int | float = Field(1, gt=0, allow_inf_nan=False)
        how: How

    rounded: Body

    def value(self, facts: Facts) -> Value | None:
        body = self.rounded
        return arithmetic.rounded(value_of(body.value, facts), Decimal(str(body.to)), body.how)


class Tier(Node):
    """One tier: the value where its condition is true; the last one may say `otherwise`."""

    when: "Condition | None" = None
    value: "Expression | None" = None
    otherwise: "Expression | None" = None

    @model_validator(mode="after")
    def _says_one_value(self) -> "Tier":
        said = (self.when is not None, self.value is not None, self.otherwise is not None)
        if said not in ((True, True, False), (False, False, True)):
            raise ValueError("a tier says `when` and `value`, or only `otherwise`")
        return self


class Choose(Node):
    """The value of the first of these whose condition is true, else that of `otherwise`; else nothing."""

    choose: list[Tier] = Field(min_length=1)

    def value(self, facts: Facts) -> Value | None:
        for tier in self.choose:
            if tier.when is None:
                return value_of(tier.otherwise, facts)
            if (held := tier.when.holds(facts)) is not False:
                return value_of(tier.value, facts) if held else None
        return ""


class Count(Node):
    """How many members of a repeat there are, or of how many a condition is true."""

    class Body(Node):
        of: RepeatName
        where: "Condition | None" = None

    count: Body

    def value(self, facts: Facts) -> Value | None:
        held = [*_of_each(facts, self.count.of, self.count.where)]
        return None if None in held else Decimal(held.count(True))


class Total(Node):
    """A value of each member of a repeat, added up. An empty answer adds nothing."""

    class Body(Node):
        of: RepeatName
        value: "Expression"

    total: Body

    def value(self, facts: Facts) -> Value | None:
        body = self.total
        members = facts.members(body.of)
        values = [value_of(body.value, facts.of_member(body.of, answers)) for answers in members.each]
        return arithmetic.total(values) if members.are_all else None


def value_of(expression: "Expression | None", facts: Facts) -> Value | None:
    """What a value is now."""
    if isinstance(expression, BaseModel):
        return expression.value(facts)
    if expression is None:
        return None
    return facts.today if expression == TODAY else as_value(expression)


def _values(expressions: Sequence["Expression"], facts: Facts) -> list[Value | None]:
    return [value_of(one, facts) for one in expressions]


def _of_each(facts: Facts, repeat: str, where: "Condition | None") -> Iterator[bool | None]:
    members = facts.members(repeat)
    for answers in members.each:
        yield where is None or where.holds(facts.of_member(repeat, answers))
    if not members.are_all:
        yield None


def _every(held: Iterator[bool | None]) -> bool | None:
    found = set(held)
    return False if False in found else None if None in found else True


def _some(held: Iterator[bool | None]) -> bool | None:
    found = set(held)
    return True if True in found else None if None in found else False


def _key(value: Any) -> str | None:
    """The one key that says which this is; None lets pydantic say that it knows none such."""
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ("plain",))
    return next((kind for kind in _KINDS if kind in keys or f"{kind}_" in keys), None)


Condition = Annotated[
    Annotated[Eq, Tag("eq")]
    | Annotated[In, Tag("in")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[LessThan, Tag("less_than")]
    | Annotated[AtMost, Tag("at_most")]
    | Annotated[MoreThan, Tag("more_than")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[Same, Tag("same")]
    | Annotated[AgeAtLeast, Tag("age_at_least")]
    | Annotated[Selected, Tag("selected")]
    | Annotated[InArea, Tag("in_area")]
    | Annotated[Matches, Tag("matches")]
    | Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Some, Tag("some")]
    | Annotated[Every, Tag("every")],
    Discriminator(_key),
]
Expression = Annotated[
    Annotated[Plain, Tag("plain")]
    | Annotated[FieldValue, Tag("field")]
    | Annotated[ParameterValue, Tag("parameter")]
    | Annotated[Sum, Tag("sum")]
    | Annotated[Product, Tag("product")]
    | Annotated[Difference, Tag("difference")]
    | Annotated[Quotient, Tag("quotient")]
    | Annotated[Smallest, Tag("smallest")]
    | Annotated[Largest, Tag("largest")]
    | Annotated[Rounded, Tag("rounded")]
    | Annotated[Age, Tag("age")]
    | Annotated[Part, Tag("part")]
    | Annotated[Choose, Tag("choose")]
    | Annotated[Count, Tag("count")]
    | Annotated[Total, Tag("total")],
    Discriminator(_key),
]
_KINDS = [one.__metadata__[-1].tag for union in (Condition, Expression) for one in get_args(get_args(union)[0])]
