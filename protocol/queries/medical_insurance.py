"""One's own account of the medical insurance: what is on it, and what moved in a period."""

from datetime import date
from decimal import Decimal
from typing import Literal

from protocol.queries import OfficeAnswer, OwnOfficeInputs
from protocol.wire import WireAnswer

MOST_MOVEMENTS = 12  # are told one by one, the newest


class Inputs(OwnOfficeInputs):
    """The period by the hall's clock."""

    period: Literal["this_month", "three_months", "this_year", "last_year"]


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
