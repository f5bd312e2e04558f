"""A day, kept as 1945-03-08; `min` and `max` bound it."""

from datetime import date

from forms.field import Asked, Field, FieldKind, Verdict
from forms.values.characters import in_groups, tidy
from forms.values.dates import EARLIEST, LATEST, DateError, read_date
from forms.values.days import NO_SUCH_DAY, day_in_words, no_such_day, read_day
from forms.values.digit_counts import DigitCount

TODAY = "today"  # as a bound


def bounds(field: Field, today: date) -> tuple[date, date]:
    """The first and the last day that a date field takes."""
    return _day(field.least, today) or EARLIEST, _day(field.most, today) or LATEST


def _day(bound: str | None, today: date) -> date | None:
    if bound is None:
        return None
    return today if bound == TODAY else date.fromisoformat(bound)


def _judge(text: str, asked: Asked) -> Verdict:
    try:
        return Verdict(read_date(text, asked.today, *bounds(asked.field, asked.today)).isoformat())
    except DateError as error:
        return Verdict(tidy(text), error.code)


def _wrong_settings(field: Field) -> str | None:
    for name, bound in (("min", field.least), ("max", field.most)):
        if no_such_day(bound):
            return f"{NO_SUCH_DAY.format(bound)} (its {name})"
        if bound is not None and bound != TODAY and read_day(bound) is None:
            return f"its {name} {bound!r} is no day: write one such as 2026-01-31, or today"
    if field.least and field.most and TODAY not in (field.least, field.most) and field.least > field.most:
        return f"its max {field.most} is before the least day"
    if no_such_day(field.example):
        return f"{NO_SUCH_DAY.format(field.example)} (its example)"
    if read_day(field.example) is None:
        return f"its example {field.example!r} is a date to be written like 1945-03-08"
    return None


def _bounds_in_words(field: Field, lang: str) -> dict[str, str]:
    return {"min": _in_words(field.least, EARLIEST, lang), "max": _in_words(field.most, LATEST, lang)}


def _in_words(bound: str | None, usual: date, lang: str) -> str:
    if bound == TODAY:
        return "今天" if lang == "zh" else "today"
    return day_in_words(bound or usual.isoformat(), lang)


KIND = FieldKind(
    judge=_judge,
    codes=("date_unclear", "date_year", "date_calendar", "date_impossible", "date_range"),
    settings=("min", "max"),
    wrong_settings=_wrong_settings,
    digits=lambda text, field: DigitCount(8, 8),
    grouped=lambda text: in_groups(text, (4, 2, 2)),
    bounds=_bounds_in_words,
    tells_age=True,
    value=read_day,
    in_words=lambda field, value, lang: day_in_words(value, lang),
)
