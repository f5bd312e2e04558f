"""Between which days or amounts an answer has to lie, from the `min` and `max` of its field."""

from datetime import date
from decimal import Decimal

from forms.dates import EARLIEST, LATEST
from forms.schema import Field

LEAST_YUAN, MOST_YUAN = "0", "99999999.99"


def date_bounds(field: Field, today: date) -> tuple[date, date]:
    """The first and the last day that a date field takes."""

    def day(bound: str | None, usual: date) -> date:
        if bound is None:
            return usual
        return today if bound == "today" else date.fromisoformat(bound)

    return day(field.min, EARLIEST), day(field.max, LATEST)


def amount_bounds(field: Field) -> tuple[Decimal, Decimal]:
    """The least and the most yuan that an amount field takes."""
    return Decimal(field.min or LEAST_YUAN), Decimal(field.max or MOST_YUAN)


def in_words(field: Field, lang: str) -> dict[str, str]:
    """{"min", "max"} of a date or an amount as a message names them; nothing for other fields."""
    if field.type == "amount":
        return {"min": field.min or LEAST_YUAN, "max": field.max or MOST_YUAN}
    if field.type != "date":
        return {}
    return {
        "min": _bound(field.min or EARLIEST.isoformat(), lang),
        "max": _bound(field.max or LATEST.isoformat(), lang),
    }


def _bound(bound: str, lang: str) -> str:
    if bound == "today":
        return "今天" if lang == "zh" else "today"
    return day_in_words(bound, lang)


def day_in_words(iso: str, lang: str) -> str:
    """1945年3月8日, March 8, 1945."""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else f"{day:%B} {day.day}, {day.year}"
