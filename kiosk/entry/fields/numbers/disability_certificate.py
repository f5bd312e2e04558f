"""The number of a disability certificate; the ID number in it may end in an X."""

from functools import partial

from forms.field import PERSON_NUMBER
from kiosk.entry.dictated import take_digits
from kiosk.entry.field_input import FieldInput

INPUT = FieldInput(
    keys=("X",), dictation=lambda field: "id", take=partial(take_digits, with_x=True), begins_with=PERSON_NUMBER
)
