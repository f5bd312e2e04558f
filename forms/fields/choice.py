"""One of several things on offer; `choices` names them, or `choices_from` a list that fields share."""

from forms.field import Asked, Field, FieldKind, Verdict
from forms.values.characters import tidy


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy(text)
    return Verdict(value, None if value in asked.choices else "not_a_choice")


def _wrong_settings(field: Field) -> str | None:
    if field.choices and field.choices_from:
        return "it may have choices or choices_from, not both"
    return None if field.choices or field.choices_from else "it has to have choices, or choices_from"


KIND = FieldKind(
    judge=_judge,
    codes=("not_a_choice",),
    settings=("choices", "choices_from", "choice_filter"),
    wrong_settings=_wrong_settings,
    optional=False,
)
