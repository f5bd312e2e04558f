"""One's own account of the medical insurance: what is on it, and what moved in a period."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from protocol.levels import By, Level
from protocol.queries import OfficeAnswer, OfficeInputs
from protocol.wire import WireAnswer

MOST_MOVEMENTS = 12  # are told one by one, the newest


class Inputs(OfficeInputs):
    """`resident_id` (18 characters) of the card that was shown."""

    resident_id: Annotated[str, Field(pattern=r"^\d{17}[\dX]$", repr=False)]
    period: Literal["this_month", "three_months", "this_year", "last_year"]

    @property
    def needs(self) -> Level:
        return Level.SHOWN

    @property
    def shown_by(self) -> frozenset[By]:
        return frozenset({By.CARD, By.STAFF})


class Movement(WireAnswer):
    """Money that came onto the account (more than 0) or left it, in yuan."""

    on: date
    amount: Decimal
    what: str


class Answer(OfficeAnswer):
    """Amounts in yuan: the balance at the end of the day `as_of`; what came and what was `spent` in the whole period,
    and its newest movements, the newest first."""

    balance: Decimal | None = None
    as_of: date | None = None
    came: Decimal | None = None
    spent: Decimal | None = None
    movements: list[Movement] | None = None
