"""A whole number: typed, or dictated as people say how many there are; nothing of a private one is said."""

from datetime import date

from forms import Field
from forms.field import Asked
from kiosk.entry.answer_text import AnswerText
from kiosk.entry.dictated import Reply
from kiosk.entry.field_input import FieldInput
from kiosk.entry.privacy import filled_in, is_public
from kiosk.texts.languages import Lang


def _take(answer: AnswerText, field: Field, said: str, today: date) -> Reply | None:
    verdict = field.kind.judge(said, Asked(field, today))
    if verdict.error == "number_unclear":
        return None
    if verdict.error:
        return Reply(problem=verdict.error)
    answer.replace(verdict.value)
    return Reply("dictation.check", verdict.value)


def _read_back(field: Field, dictated: str, lang: Lang) -> str:
    return field.kind.in_words(field, dictated, lang) if is_public(field, dictated) else ""


INPUT = FieldInput(dictation=lambda field: "count", take=_take, said=filled_in, read_back=_read_back)
