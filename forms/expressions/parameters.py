"""Numbers and days that are local policy: each with the days from which it counts, and where it is written."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StrictFloat, StrictInt, StrictStr, model_validator
from pydantic import Field as Bounds

from forms.texts import NonEmpty, Strict, Unit
from forms.values.days import NO_SUCH_DAY, no_such_day, read_day


def _as_written(plain: object) -> object:
    if no_such_day(plain):
        raise ValueError(NO_SUCH_DAY.format(plain))
    return plain.isoformat() if isinstance(plain, date) else plain  # YAML reads 2026-01-31 as a date


def as_value(plain: int | float | str) -> Decimal | date | str:
    """A number, a day or a text as it stands in a file."""
    if not isinstance(plain, str):
        return Decimal(str(plain))
    return read_day(plain) or plain


def _is_number_or_day(plain: int | float | str) -> int | float | str:
    if isinstance(as_value(plain), str):
        raise ValueError(f"{plain!r} is neither a number nor a day such as 2026-01-31")
    return plain


# As it stands in a file: a number, a day such as 2026-01-31, or a text.
Plain = Annotated[
    StrictInt | Annotated[StrictFloat, Bounds(allow_inf_nan=False)] | StrictStr, BeforeValidator(_as_written)
]
NumberOrDay = Annotated[Plain, AfterValidator(_is_number_or_day)]


class DatedValue(Strict):
    """What a parameter is from one day on."""

    from_: date = Bounds(alias="from")
    """The first day on which it counts."""
    value: NumberOrDay
    """The number, or a day such as `2026-01-31`."""
    source: NonEmpty
    """Where it is written: the document, and which article of it."""


class Parameter(Strict):
    """A number or a day that is local policy, with its history."""

    values: tuple[DatedValue, ...] = Bounds(min_length=1)
    """What it is and was, each from one day on. Before the first of these days it is not known."""
    unit: Unit | None = None
    """What is counted, in one word (`yuan`, 岁) or as a text. A text writes what is in 元 as money, else the number."""
    review_by: date | None = None
    """The day by which somebody should look whether it still holds. Past it, it is still used, and staff are told."""

    @model_validator(mode="after")
    def _each_day_once(self) -> "Parameter":
        days = [one.from_ for one in self.values]
        if len(set(days)) < len(days):
            raise ValueError("two values count from the same day: take one out")
        return self

    @property
    def is_money(self) -> bool:
        return self.unit is not None and self.unit.zh == "元"


Parameters = Mapping[str, Parameter | NumberOrDay]


def values_of(parameter: "Parameter | int | float | str") -> tuple[int | float | str, ...]:
    """Every value that it has or had, as written."""
    return tuple(one.value for one in parameter.values) if isinstance(parameter, Parameter) else (parameter,)


def value_on(parameter: "Parameter | int | float | str", day: date) -> Decimal | date | str | None:
    """What it is on that day; None before the first day from which it counts."""
    if not isinstance(parameter, Parameter):
        return as_value(parameter)
    begun = [one for one in parameter.values if one.from_ <= day]
    return as_value(max(begun, key=lambda one: one.from_).value) if begun else None
