"""A telephone number, with a button for those who have none."""

from forms import Field
from forms.fields.numbers.phone import NONE
from kiosk.entry.field_input import FieldInput, Offer
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts


def _shown(field: Field, value: str, texts: Texts, lang: Lang) -> str:
    return texts("no_phone", lang) if value == NONE else field.kind.grouped(value)


INPUT = FieldInput(
    offers=(Offer("no_phone", "no-phone", "no_phone", NONE),),
    dictation=lambda field: "phone",
    shown=_shown,
)
