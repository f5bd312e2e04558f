"""The morning or afternoon of one of the next days, kept as 2026-11-30-morning; `any` leaves it to the staff.

`min` and `max` bound the days, counted from today (0); what is left of each half may be known (`offered_by`).
"""

import re
from datetime import date, timedelta

from forms.field import Choice, Field, FieldKind
from forms.fields.choice import judge
from forms.texts import Phrases, Text, untranslated
from forms.values.characters import are_digits
from forms.values.days import month_and_day, read_day, weekday_in_words

ANY = "any"
HALVES = {"morning": Text(zh="上午", en="morning"), "afternoon": Text(zh="下午", en="afternoon")}
_ANY_DAY = Text(zh="哪天都行", en="Any day")
MOST_DAYS = 10  # to choose from
FARTHEST = 29  # of days, counted from today
_NEAR = ("今天", "明天", "后天")
_WEEK = 7
_VALUE = re.compile(rf"(\d{{4}}-\d\d-\d\d)-({'|'.join(HALVES)})")


def id_of(day: date, half: str) -> str:
    """The answer that a half of a day is."""
    return f"{day.isoformat()}-{half}"


def _choices(field: Field, today: date) -> tuple[Choice, ...]:
    least, most = _bounds(field)
    ahead = range(least, most + 1)
    halves = [
        _half(today + timedelta(days=days), half, days, days - least < _WEEK) for days in ahead for half in HALVES
    ]
    return (Choice(id=ANY, icon="calendar", label=_ANY_DAY, phrases=Phrases(zh=["都行"], en=["any"])), *halves)


def _half(day: date, half: str, ahead: int, is_only_such_weekday: bool) -> Choice:
    iso, part, label = day.isoformat(), HALVES[half], _text(day, half)
    zh = [f"{month_and_day(iso, 'zh')}{part.zh}"]
    zh += [f"{weekday_in_words(iso, 'zh')}{part.zh}"] if is_only_such_weekday else []
    zh += [f"{_NEAR[ahead]}{part.zh}"] if ahead < len(_NEAR) else []
    en = [f"{weekday_in_words(iso, 'en')} {part.en}"] if is_only_such_weekday else []
    # No file may have such an id, with a day in it.
    return Choice.model_construct(id=id_of(day, half), label=label, phrases=Phrases(zh=zh, en=en))


def _text(day: date, half: str) -> Text:
    iso, part = day.isoformat(), HALVES[half]
    zh = f"{month_and_day(iso, 'zh')} {weekday_in_words(iso, 'zh')} {part.zh}"
    return Text(zh=zh, en=f"{weekday_in_words(iso, 'en')}, {month_and_day(iso, 'en')}, {part.en}")


def in_words(value: str) -> Text:
    """11月30日 星期一 上午; what is no half day as it is."""
    found = _VALUE.fullmatch(value)
    day = read_day(found[1]) if found else None
    return _text(day, found[2]) if found and day else _ANY_DAY if value == ANY else untranslated(value)


def _bounds(field: Field) -> tuple[int, int]:
    """The first and the last day, counted from today."""
    least = int(field.least or 1)
    return least, int(field.most or least + _WEEK - 1)


def _wrong_settings(field: Field) -> str | None:
    for name, bound in (("min", field.least), ("max", field.most)):
        if bound is not None and not (are_digits(bound) and int(bound) <= FARTHEST):
            return f"its {name} {bound!r} is no number of days: write how many days from today, at most {FARTHEST}"
    least, most = _bounds(field)
    if least > most:
        return "its max is less than its min"
    if most - least >= MOST_DAYS:
        return f"its max offers {most - least + 1} days from its min on: at most {MOST_DAYS} can be chosen from"
    return None


KIND = FieldKind(
    judge=judge,
    codes=("not_a_choice",),
    settings=("min", "max", "offered_by"),
    wrong_settings=_wrong_settings,
    choices_on=_choices,
    in_words=lambda field, value, lang: in_words(value).written(lang),
)
