"""Dictation on a question with a pad: what was said goes into the pad, or mends what is there. Nothing is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from forms import Catalogue, Field
from forms.fields.date import bounds as date_bounds
from forms.values.amounts import read_amount
from forms.values.dates import DateError, read_date
from kiosk.entry import spoken
from kiosk.entry.answer_entry import Pad
from kiosk.entry.spoken import Correction
from kiosk.screens.model import Button, Screen

# Which of voice.recognition.dictation.KINDS a question is dictated in.
_KINDS = {"phone": "phone", "resident_id": "id", "bank_card": "digits", "receipt_number": "digits", "address": "number"}
_KINDS |= {"date": "date", "amount": "amount", "choice": "choice", "consent": "choice"}
_HOUSE = 6  # digits: shorter numbers are also said as 十八 or 一百零五


def kind_of(field: Field) -> str | None:
    """How the answer to a question may be dictated; None when it may not."""
    if field.type == "digits":
        return "number" if field.min_length == 1 and field.max_length <= _HOUSE else "digits"
    return _KINDS.get(field.type)


@dataclass(frozen=True)
class Reply:
    """What follows: the text `key` is said, after `read_back` (what was just put in). `problem` is an error code of
    the field that is shown instead; `confirmed` when the person says that the answer is right."""

    key: str = ""
    read_back: str = ""
    problem: str = ""
    confirmed: bool = False


CONFIRMED = Reply(confirmed=True)


def kind_on(catalogue: Catalogue, screen: str) -> str | None:
    """How the answer on a question's screen ("question-phone", or with its service before it) may be dictated."""
    service, _, name = screen.rpartition(":")
    for one in catalogue.services.values():
        for field in one.steps:
            if service in ("", one.id) and name == f"question-{field.id}":
                return kind_of(field)
    return None


def chosen(screen: Screen, said: str) -> Button | None:
    """The choice of a screen that was meant: by place, by name or a part of it, or by yes or no."""
    names = [
        [
            button.label,
            *(one.text for one in screen.phrases if (one.action, one.value) == (button.action, button.value)),
        ]
        for button in screen.choices
    ]
    place = spoken.choice(said, names)
    if place is None and (right := spoken.yes_no(said)) is not None:
        wanted = "yes" if right else "no"
        place = next((at for at, button in enumerate(screen.choices) if button.value == wanted), None)
    return None if place is None else screen.choices[place]


def take(pad: Pad, field: Field, said: str, today: date) -> Reply | None:
    """Put what was said into the pad; None when it makes no sense here."""
    if fix := spoken.correction(said):
        return _mend(pad, fix)
    right = spoken.yes_no(said)
    if right is not None:
        return _judged(pad, right)
    takers: dict[str, Callable[[Pad, Field, str, date], Reply | None]] = {"date": _date, "amount": _amount}
    return takers.get(field.type, _digits)(pad, field, said, today)


def _judged(pad: Pad, right: bool) -> Reply | None:
    """对 or 不对, which is about something only after a dictation."""
    if pad.before is None:
        return None
    if right:
        return CONFIRMED
    pad.undo()
    return Reply("dictation.say_again")


def _mend(pad: Pad, fix: Correction) -> Reply:
    if fix.of == "erase":
        pad.erase()
        return Reply("dictation.erased")
    if fix.of == "clear":
        pad.clear()
        return Reply("dictation.cleared")
    if not pad.mark(fix.of, fix.place, fix.count):
        return Reply("dictation.no_such_place")
    if fix.becomes and pad.put(fix.becomes):
        return Reply("dictation.check", fix.becomes)
    return Reply("dictation.say_digit" if fix.of == "digit" and fix.count == 1 else "dictation.say_group")


def _digits(pad: Pad, field: Field, said: str, today: date) -> Reply | None:
    digits = spoken.number(said) if kind_of(field) == "number" else spoken.digits(said)
    if digits is None or ("X" in digits and field.type != "resident_id"):
        return None
    marked = pad.marked
    if not pad.put(digits):
        again = "dictation.say_digit" if marked and marked[1] == 1 else "dictation.say_group"
        return Reply(again if marked else "dictation.too_many")
    full = len(pad.text) == {"phone": 11}.get(field.type, pad.longest)
    return Reply("dictation.check" if full or marked else "dictation.go_on", digits)


def _date(pad: Pad, field: Field, said: str, today: date) -> Reply | None:
    """A date may come in parts: the year, then month and day, then of which calendar."""
    before = _without(pad.part, said)
    problems = []
    for whole in dict.fromkeys((before + said, said + before, said)):
        try:
            day = read_date(whole, today, *date_bounds(field, today))
        except DateError as error:
            problems.append(error.code)
            continue
        pad.replace(day.strftime("%Y%m%d"))
        pad.part = ""
        return Reply("dictation.check", day.isoformat())
    problem = problems[0]
    pad.part = "" if problem in ("date_impossible", "date_range") else before + said
    return Reply("dictation.go_on") if problem == "date_unclear" else Reply(problem=problem)


def _without(part: str, said: str) -> str:
    """What is kept of the parts of a date when some of them are said again."""
    year = part[: part.find("年") + 1]
    if "年" in said and year:
        part = part.removeprefix(year)
    if "月" in said and "月" in part:
        part = year if "年" not in said else ""
    return part


def _amount(pad: Pad, field: Field, said: str, today: date) -> Reply | None:
    amount = read_amount(said)
    if amount is None:
        return None
    return Reply(
        "dictation.check" if pad.replace(str(amount).removesuffix(".00")) else "dictation.too_many", str(amount)
    )
