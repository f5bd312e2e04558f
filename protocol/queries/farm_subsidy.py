"""One's own farm subsidies of a year."""

from datetime import date
from decimal import Decimal
from typing import Literal

from protocol.queries import OfficeAnswer, OwnOfficeInputs
from protocol.wire import WireAnswer


class Inputs(OwnOfficeInputs):
    """The year by the hall's clock."""

    year: Literal["this_year", "last_year", "year_before_last"]
    item: Literal["all", "land", "grain", "machine"] = "all"


class Row(WireAnswer):
    """One subsidy as the office lists it, in yuan; `paid_on` is None where it is not paid yet, or not known to be."""

    what: str
    amount: Decimal
    area_mu: Decimal | None = None
    paid_on: date | None = None


class Answer(OfficeAnswer):
    """`rows` of the item in that `year`, and those of which the office does not say which item they are; `others` says
    how many of other items there are. Both None where the office did not tell."""

    year: int = 0
    rows: list[Row] | None = None
    others: int | None = None
