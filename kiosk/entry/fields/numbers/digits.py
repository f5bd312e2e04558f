"""Any other number; a short one may be dictated as people say numbers, and is never said back in parts."""

from datetime import date

from forms import Field
from kiosk.entry import spoken
from kiosk.entry.answer_text import AnswerText
from kiosk.entry.dictated import Reply, take_digits
from kiosk.entry.field_input import FieldInput
from kiosk.entry.privacy import LONG, count_back, group_back
from kiosk.texts.languages import Lang

_HOUSE = 6  # digits: shorter numbers are also said as 十八 or 一百零五


def _is_number(field: Field) -> bool:
    return field.min_length == 1 and field.max_length <= _HOUSE


def _take(answer: AnswerText, field: Field, said: str, today: date) -> Reply | None:
    return take_digits(answer, field, said, today, read=spoken.number if _is_number(field) else spoken.digits)


def _read_back(field: Field, dictated: str, lang: Lang) -> str:
    return (group_back if field.max_length >= LONG else count_back)(field, dictated, lang)


INPUT = FieldInput(
    dictation=lambda field: "number" if _is_number(field) else "digits", take=_take, read_back=_read_back
)
