"""What is owed for water, power or gas, by the account number that stands on every bill. It names nobody."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from protocol.levels import Level
from protocol.queries import OfficeInputs, SumAnswer

Utility = Literal["water", "power", "gas"]


class Inputs(OfficeInputs):
    utility: Utility
    account_number: Annotated[str, Field(pattern=r"^\d{6,20}$", repr=False)]

    @property
    def needs(self) -> Level:
        return Level.TYPED


class Answer(SumAnswer):
    """`owed` in yuan for the time up to the day `until`, to be paid by `pay_by`; 0 is told where nothing is owed."""

    until: date | None = None
    pay_by: date | None = None
