"""An amount of money: digits with a point, or dictated as a whole; nothing of a private one is said."""

from datetime import date

from forms import Field
from forms.values.amounts import read_amount
from kiosk.entry.answer_text import AnswerText
from kiosk.entry.dictated import Reply
from kiosk.entry.field_input import FieldInput
from kiosk.entry.privacy import filled_in, is_public
from kiosk.texts.languages import Lang


def _take(answer: AnswerText, field: Field, said: str, today: date) -> Reply | None:
    amount = read_amount(said)
    if amount is None:
        return None
    fits = answer.replace(str(amount).removesuffix(".00"))
    return Reply("dictation.check" if fits else "dictation.too_many", str(amount))


def _read_back(field: Field, dictated: str, lang: Lang) -> str:
    if not is_public(field, dictated):
        return ""
    return f"{dictated.removesuffix('.00')}{'元' if lang == 'zh' else ' yuan'}"


INPUT = FieldInput(
    keys=(".",),
    dictation=lambda field: "amount",
    take=_take,
    said=filled_in,
    read_back=_read_back,
)
