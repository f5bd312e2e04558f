"""What is computed of values that are known, empty or not known yet.

None is not known yet and makes the whole not known. "" is empty: it adds nothing, and is neither more nor less than
anything.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import reduce
from typing import Literal

from forms.expressions.facts import Value
from forms.values.resident_id import birth_date, full_months_between

How = Literal["down", "up", "half_up"]
_ROUNDING = {"down": ROUND_FLOOR, "up": ROUND_CEILING, "half_up": ROUND_HALF_UP}

Known = Value | None


def compared(a: Known, b: Known, test: Callable[[Decimal | date | str, Decimal | date | str], bool]) -> bool | None:
    """Whether two values pass the test; None when one is not known, or they are not of one kind."""
    if a is None or b is None:
        return None
    if a == "" or b == "":
        return False
    if isinstance(a, Decimal) or isinstance(b, Decimal):
        x, y = number(a), number(b)
        return None if x is None or y is None else test(x, y)
    if isinstance(a, date) and isinstance(b, date):
        return test(a, b)
    return test(a, b) if isinstance(a, str) and isinstance(b, str) else None


def number(value: Known) -> Decimal | None:
    """The value as a number; a text of digits too, such as a part of a longer number."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return Decimal(value)
    return value if isinstance(value, Decimal) else None


def total(values: Sequence[Known]) -> Known:
    """All added up, empty ones left out: 0 when there are none."""
    numbers = [number(one) for one in values if one != ""]
    return sum((one for one in numbers if one is not None), Decimal(0)) if None not in numbers else None


def multiplied(values: Sequence[Known]) -> Known:
    return _with_numbers(values, lambda numbers: reduce(lambda a, b: a * b, numbers))


def difference(a: Known, b: Known) -> Known:
    """Of two numbers, or the days between two days."""
    if isinstance(a, date) and isinstance(b, date):
        return Decimal((a - b).days)
    return _with_numbers((a, b), lambda numbers: numbers[0] - numbers[1])


def quotient(a: Known, b: Known) -> Known:
    """Not known where one would divide by nothing."""
    return _with_numbers((a, b), lambda numbers: numbers[0] / numbers[1] if numbers[1] else None)


def extreme(values: Sequence[Known], pick: Callable[[list[Decimal]], Decimal] | Callable[[list[date]], date]) -> Known:
    """The smallest or largest of numbers or of days, empty ones left out; empty when there are none."""
    there = [one for one in values if one != ""]
    if not there:
        return ""
    days = [one for one in there if isinstance(one, date)]
    numbers = [one for one in map(number, there) if one is not None]
    return next((pick(alike) for alike in (days, numbers) if len(alike) == len(there)), None)  # type: ignore[arg-type]


def rounded(value: Known, to: Decimal, how: How) -> Known:
    """To a multiple of `to`."""
    return _with_numbers((value,), lambda numbers: (numbers[0] / to).to_integral_value(_ROUNDING[how]) * to)


def age(value: Known, today: date) -> Known:
    """Full years since a birthday, or the one inside a resident ID; not known when there is none in it."""
    months = months_old(value, today)
    return "" if value == "" else None if months is None else Decimal(months // 12)


def months_old(value: Known, today: date) -> int | None:
    """Full months since a birthday, or the one inside a resident ID."""
    born = value if isinstance(value, date) else birth_date(value) if isinstance(value, str) else None
    return None if born is None else full_months_between(born, today)


def part(value: Known, first: int, last: int) -> Known:
    """Characters of a text, counted from 1; not known where it is shorter."""
    if not isinstance(value, str):
        return None
    return value[first - 1 : last] if not value or len(value) >= last else None


def _with_numbers(values: Sequence[Known], compute: Callable[[Sequence[Decimal]], Decimal | None]) -> Known:
    """Empty when one of them is, not known when one is no number."""
    if None in values:
        return None
    if "" in values:
        return ""
    numbers = [one for one in map(number, values) if one is not None]
    try:
        return compute(numbers) if len(numbers) == len(values) else None
    except InvalidOperation:
        return None
