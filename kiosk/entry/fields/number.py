"""A whole number: typed, or dictated as people say how many there are; nothing of a private one is said."""

from datetime import date

from forms import Field
from forms.field import Asked
from kiosk.entry.answer_text import AnswerText
from kiosk.entry.dictated import Reply
from kiosk.entry.field_input import FieldInput
from kiosk.entry.privacy import filled_in, is_public
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts


def _take(answer: AnswerText, field: Field, said: str, today: date) -> Reply | None:
    verdict = field.kind.judge(said, Asked(field, today))
    if verdict.error == "number_unclear":
        return None
    if verdict.error:
        return Reply(problem=verdict.error)
    answer.replace(verdict.value)
    return Reply("dictation.check", verdict.value)


def with_unit(field: Field, value: str, lang: Lang) -> str:
    return f"{value} {field.unit.written(lang)}" if field.unit and value else value


def _shown(field: Field, value: str, texts: Texts, lang: Lang) -> str:
    return with_unit(field, value, lang)


def _read_back(field: Field, dictated: str, lang: Lang) -> str:
    return with_unit(field, dictated, lang) if is_public(field, dictated) else ""


INPUT = FieldInput(dictation=lambda field: "count", take=_take, shown=_shown, said=filled_in, read_back=_read_back)
