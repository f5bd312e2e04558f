"""What a provider tells, value by value: one that did not come is `MISSING`, and never made up."""

import re
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from protocol.unseen import without_unseen


class Missing(Enum):
    """Written as null in JSON, or left out."""

    MISSING = None


MISSING: Final = Missing.MISSING
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")


def _written_out(value: object) -> object:
    """ValueError for a number of JSON, which programs read as a fraction to the base of two."""
    if isinstance(value, Decimal) or (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        return value
    raise ValueError('this is a string such as "123.45"')


TwoPlaces = Annotated[Decimal, BeforeValidator(_written_out)]  # yuan, or mu of land; a string in JSON
Day = Annotated[date, Strict()]  # in JSON as 2026-11-20
Words = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f]*$"),
    AfterValidator(without_unseen),  # nothing that turns what stands beside it
    StringConstraints(min_length=1),
]
IdNumber = Annotated[str, Field(pattern=r"^\d{17}[\dX]$", repr=False)]


class Told(BaseModel):
    """An answer, or a row of one. What a newer provider tells beyond it is ignored."""

    model_config = ConfigDict(frozen=True)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the values that did not come, so that this can be said."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is MISSING)
