"""How urgent a call is: arithmetic of the seconds since the press, by the hall's clock, and of nothing else.

Nothing of it is kept, so no restart forgets it, and a call that is handed back goes on from where it was.
"""

from collections.abc import Collection
from enum import StrEnum

from protocol.calls.messages import Need

ESCALATES_S = (60.0, 120.0)  # it rings for all other staff too; for the lead, and louder
AMBER_S, RED_S = ESCALATES_S  # the clock of waiting turns
ARRIVAL_GOAL_S = 180.0  # by then somebody should be at the kiosk
OTHER_WAYS_S = 300.0  # then phone, counter and ticket are offered
ASKED_FIRST_S = 30.0  # for so long a call that was handed to a colleague rings for that one alone
MARKS_S = (*ESCALATES_S, ARRIVAL_GOAL_S, OTHER_WAYS_S)
_AHEAD_S = {Need.STANDING: 120.0, Need.SEEING: 60.0, Need.HEARING: 60.0}


class Colour(StrEnum):
    """Of the clock that tells staff how long somebody has waited."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


def escalation(waited_s: float) -> int:
    """0, 1 or 2, of a call that nobody has."""
    return sum(waited_s >= mark for mark in ESCALATES_S)


def colour(waited_s: float) -> Colour:
    return Colour.RED if waited_s >= RED_S else Colour.AMBER if waited_s >= AMBER_S else Colour.CALM


def offers_other_ways(waited_s: float) -> bool:
    """Whether the visitor is told of phone, counter and ticket, where nobody is with them yet."""
    return waited_s >= OTHER_WAYS_S


def priority(waited_s: float, needs: Collection[Need]) -> float:
    """The greatest comes first: seconds of waiting, and some more for who can stand, see or hear badly."""
    return waited_s + sum(_AHEAD_S[need] for need in needs)


def passed_a_mark(before_s: float, now_s: float) -> bool:
    """Whether how a call is shown has changed by itself meanwhile."""
    return any(before_s < mark <= now_s for mark in MARKS_S)
