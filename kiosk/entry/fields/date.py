"""A day: taken from cards, typed as eight digits, or dictated, also in parts; of a private one no year is said."""

from collections.abc import Iterator
from datetime import date

from forms import Field
from forms.fields.date import bounds
from forms.values.dates import EARLIEST, LATEST, DateError, read_date
from forms.values.days import day_in_words, month_and_day
from kiosk.entry.answer_text import AnswerText
from kiosk.entry.date_steps import DateSteps
from kiosk.entry.dictated import Reply
from kiosk.entry.field_input import FieldInput, Hand
from kiosk.entry.privacy import filled_in, is_public
from kiosk.texts.languages import Lang

CARDS_AHEAD = 10  # years; a day farther off is typed


def _take(answer: AnswerText, field: Field, said: str, today: date) -> Reply | None:
    """A date may come in parts: the year, then month and day, then of which calendar."""
    before = _without(answer.part, said)
    problems = []
    for whole in dict.fromkeys((before + said, said + before, said)):
        try:
            day = read_date(whole, today, *bounds(field, today))
        except DateError as error:
            problems.append(error.code)
            continue
        answer.replace(day.strftime("%Y%m%d"))
        answer.part = ""
        return Reply("dictation.check", day.isoformat())
    problem = problems[0]
    answer.part = "" if problem in ("date_impossible", "date_range") else before + said
    return Reply("dictation.go_on") if problem == "date_unclear" else Reply(problem=problem)


def _without(part: str, said: str) -> str:
    """What is kept of the parts of a date when some of them are said again."""
    year = part[: part.find("年") + 1]
    if "年" in said and year:
        part = part.removeprefix(year)
    if "月" in said and "月" in part:
        part = year if "年" not in said else ""
    return part


def _said(value: str, lang: Lang) -> str:
    return f"{filled_in(value, lang)}{'，' if lang == 'zh' else ', '}{month_and_day(value, lang)}"


def _read_back(field: Field, dictated: str, lang: Lang) -> str:
    if len(dictated) < len("1945-03-08"):  # a digit was put right
        return " ".join(dictated)
    return day_in_words(dictated, lang) if is_public(field, dictated) else month_and_day(dictated, lang)


def _walk(hand: Hand, field: Field) -> Iterator[str]:
    """Step by step to the example, by the moon, and the digits."""
    hand.do("calendar", "moon")
    example = DateSteps(EARLIEST, LATEST, moon=True).on(date.fromisoformat(field.example))
    for number, shown in zip(example.taken, ("year", "month", "day", "moon"), strict=True):
        hand.do("step", str(number))
        yield shown
    hand.do("calendar", "sun")
    hand.do("erase")
    yield "sun"
    hand.do("way", "digits")
    yield "digits"
    hand.do("clear")


def _steps(field: Field, today: date) -> DateSteps:
    """The cards of a field without a last day go only some years on: nobody has to pass by the eighties to come."""
    least, most = bounds(field, today)
    if field.most is None:
        most = min(most, date(max(least, today).year + CARDS_AHEAD, 12, 31))
    return DateSteps(least, most)


INPUT = FieldInput(
    methods=("cards", "digits"),
    steps=_steps,
    placeholder=lambda field: field.kind.grouped(field.example.replace("-", "")),
    dictation=lambda field: "date",
    take=_take,
    said=_said,
    read_back=_read_back,
    walk=_walk,
)
