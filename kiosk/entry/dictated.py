"""What a dictation does to the text of an answer, and what is said then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from forms import Field
from forms.field import Asked
from kiosk.entry import spoken
from kiosk.entry.answer_text import AnswerText


@dataclass(frozen=True)
class Reply:
    """What follows: the text `key` is said, after `read_back` (what was just put in). `problem` is an error code of
    the field that is shown instead; `confirmed` when the person says that the answer is right."""

    key: str = ""
    read_back: str = ""
    problem: str = ""
    confirmed: bool = False


Take = Callable[[AnswerText, Field, str, date], Reply | None]


def take_digits(
    answer: AnswerText,
    field: Field,
    said: str,
    today: date,
    *,
    read: Callable[[str], str | None] = spoken.digits,
    with_x: bool = False,
) -> Reply | None:
    """Put digits behind those that are there, or in the marked place; None when `read` finds none in what was said.

    `with_x` says that an X may be the last.
    """
    digits = read(said)
    if digits is None or ("X" in digits and not with_x):
        return None
    marked = answer.marked
    if not answer.put(digits):
        if marked:
            return Reply("dictation.say_digit" if marked.missing == 1 else "dictation.say_group")
        some_fit = field.kind.digits and len(answer.typed) < field.longest(answer.typed)
        return Reply(problem="too_much_said" if some_fit else field.when_full)
    whole = marked or _is_whole(answer.text, field, today)
    return Reply("dictation.check" if whole else "dictation.go_on", digits)


def _is_whole(text: str, field: Field, today: date) -> bool:
    """Whether no more fits, or the number is right as it is; words may still follow the number of an address."""
    if len(text) == field.longest(text):
        return True
    verdict = field.kind.judge(text, Asked(field, today))
    return field.kind.digits is not None and not (verdict.error or verdict.warning)
