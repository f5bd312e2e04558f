"""When the hall is open: today and the six days after."""

import datetime

from protocol.levels import Level
from protocol.queries import QueryInputs
from protocol.wire import WireAnswer, Words


class Inputs(QueryInputs):
    """Nothing."""

    @property
    def needs(self) -> Level:
        return Level.NOBODY


class Span(WireAnswer):
    """Open from one time of day to another, as the hall's clocks show them."""

    opens: datetime.time
    closes: datetime.time


class Day(WireAnswer):
    """Open during `spans`, in order; without any it is closed, on some dates for the reason `closed`."""

    date: datetime.date
    spans: list[Span]
    closed: Words | None = None


class Answer(WireAnswer):
    """`phone` is the hall's own, if it has one."""

    days: list[Day]
    phone: str | None = None
