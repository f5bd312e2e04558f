"""The number of a resident ID card."""

from forms.field import Asked, FieldKind, Verdict
from forms.values.characters import in_groups, tidy_number
from forms.values.digit_counts import TOO_FEW, TOO_MANY
from forms.values.resident_id import DIGITS, problem


def _judge(text: str, asked: Asked) -> Verdict:
    value = tidy_number(text)
    return Verdict(value, problem(value, asked.today))


KIND = FieldKind(
    judge=_judge,
    codes=(
        TOO_FEW,
        TOO_MANY,
        "resident_id_old",
        "resident_id_characters",
        "resident_id_region",
        "resident_id_birth_date",
        "resident_id_check_digit",
    ),
    settings=("card_itself",),
    digits=lambda text, field: DIGITS,
    visible=(1, 1),
    grouped=lambda text: in_groups(text, (6, 8, 4)),
    hides_example=True,
    wrong_example="110105194912310020",
    tells_age=True,
    of_one_person=True,
)
