"""One of several things on offer; `choices` names them, or `choices_from` a list that fields share."""

from forms.field import Asked, Field, FieldKind, Verdict
from forms.values.characters import tidy


def judge(text: str, asked: Asked) -> Verdict:
    value = tidy(text)
    return Verdict(value, None if value in asked.choices else "not_a_choice")


def wrong_choices(field: Field) -> str | None:
    """What is wrong with where the choices come from, of a field for one or for several of them."""
    if field.choices and field.choices_from:
        return "it may have choices or choices_from, not both"
    return None if field.choices or field.choices_from else "it has to have choices, or choices_from"


def _wrong_settings(field: Field) -> str | None:
    if any(choice.alone for choice in field.choices):
        return "alone is for the choices of a multiple_choice; of these only one is taken anyway"
    return wrong_choices(field)


KIND = FieldKind(
    judge=judge,
    codes=("not_a_choice",),
    settings=("choices", "choices_from", "choice_filter", "search"),
    wrong_settings=_wrong_settings,
)
