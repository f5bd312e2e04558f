"""Several of the things on offer, kept as their ids with spaces between, in the order in which they are offered.

`min` and `max` bound how many. A choice that is `alone` ("none of these") goes with no other.
"""

from collections.abc import Sequence

from forms.field import Asked, Field, FieldKind, Verdict, as_text
from forms.fields.choice import wrong_choices
from forms.values.characters import are_digits, tidy


def _judge(text: str, asked: Asked) -> Verdict:
    chosen = tidy(text).split()
    if not set(chosen) <= set(asked.choices):
        return Verdict(" ".join(chosen), "not_a_choice")
    chosen = [one for one in asked.choices if one in chosen]
    least, most = bounds(asked.field)
    code = None
    if lonely(asked.field).intersection(chosen):
        code = "chosen_alone" if len(chosen) > 1 else None
    elif len(chosen) < least:
        code = "chosen_too_few"
    elif len(chosen) > most:
        code = "chosen_too_many"
    return Verdict(" ".join(chosen), code)


def toggled(field: Field, value: str, one: str, offered: Sequence[str]) -> str:
    """The answer with `one` more or less. What goes with no other takes the others away, and is taken away by them."""
    chosen, alone = set(value.split()), lonely(field)
    if one in chosen:
        chosen.remove(one)
    else:
        chosen = {one} if one in alone else {*(chosen - alone), one}
    return " ".join(other for other in offered if other in chosen)


def lonely(field: Field) -> set[str]:
    """The ids of the choices that go with no other."""
    return {choice.id for choice in field.choices if choice.alone}


def bounds(field: Field) -> tuple[int, int]:
    """How many may be chosen, at least and at most. One that is `alone` is enough, whatever the least."""
    return int(field.least or 1), int(field.most or 99)


def _read(raw: object) -> str | None:
    if not isinstance(raw, list):
        return as_text(raw)
    whole = all(isinstance(one, str) and len(one.split()) == 1 for one in raw)
    return " ".join(raw) if whole else None


def _wrong_settings(field: Field) -> str | None:
    for name, bound in (("min", field.least), ("max", field.most)):
        if bound is not None and not (are_digits(bound) and 1 <= int(bound) <= 99):
            return f"its {name} {bound!r} is no number: write how many may be chosen, such as 2"
    least, most = bounds(field)
    if least > most:
        return "its max is less than the least number"
    if field.choices and least > len(field.choices):
        return f"its min is {least}, and it has only {len(field.choices)} choices"
    return wrong_choices(field)


KIND = FieldKind(
    judge=_judge,
    codes=("not_a_choice", "chosen_alone", "chosen_too_few", "chosen_too_many"),
    if_empty="none_chosen",
    read=_read,
    settings=("choices", "choices_from", "choice_filter", "min", "max"),
    wrong_settings=_wrong_settings,
    bounds=lambda field, lang: {"min": str(bounds(field)[0]), "max": str(bounds(field)[1])},
    value=lambda text: tuple(text.split()),
)
