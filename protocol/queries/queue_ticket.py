"""A number of today's queue in the hall, drawn for an id: the same id gets the same number again."""

import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from protocol.levels import Level
from protocol.queries import QueryInputs
from protocol.queries.opening_hours import Day
from protocol.wire import WireAnswer

NO_HELP = "none"  # the answer to the question for help on the way
Half = Literal["morning", "afternoon"]
_Choice = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]  # as a county names it in its service


class Inputs(QueryInputs):
    """`id` is drawn by the kiosk, another one for every visit and for other answers.

    `matter` is what one comes for, `slot` when, `senior` whether one is so old that one goes first, `mobility` what
    help one needs on the way to the counter.
    """

    id: UUID
    matter: _Choice
    slot: Literal["now", "morning", "afternoon"]
    senior: Literal["yes", "no"]
    mobility: _Choice

    @property
    def needs(self) -> Level:
        return Level.NOBODY


class Ticket(WireAnswer):
    """Good on `day` alone, in that half of it. `first`: before all who are younger.

    `ahead` is how many go before, `called` the number that was called last; both None as long as nobody has called a
    number on that day. An older hall tells none.
    """

    number: Annotated[int, Field(ge=1)]
    day: datetime.date
    half: Half
    first: bool
    ahead: int | None = None
    called: int | None = None


class Answer(WireAnswer):
    """Without a `ticket` the hall is closed then; `opens` is the next day on which it is open, if that is known."""

    ticket: Ticket | None = None
    opens: Day | None = None
