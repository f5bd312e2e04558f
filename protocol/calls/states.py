"""How far a call for a member of staff has come, and what may happen to it: one table, which kiosk and hall both ask.

It knows no clock and no wire. A move that does not fit where a call stands changes nothing.
"""

from collections.abc import Mapping
from enum import StrEnum


class CallState(StrEnum):
    """How far a call has come."""

    REQUESTED = "requested"
    NOTIFIED = "notified"  # a staff page has shown it
    ACKNOWLEDGED = "acknowledged"  # a person has it, and comes after what they are doing
    EN_ROUTE = "en_route"
    REMOTE = "remote"  # nobody is on site: a person phones instead
    ARRIVED = "arrived"
    ASSISTING = "assisting"  # the visitor has let the person help on the screen
    RESOLVED = "resolved"  # a person says that it is done; the visitor may still say how it went
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ABANDONED = "abandoned"  # the visitor has gone, and nobody had come

    @property
    def is_over(self) -> bool:
        """Nothing follows."""
        return self in (CallState.CLOSED, CallState.CANCELLED, CallState.ABANDONED)

    @property
    def is_waiting(self) -> bool:
        """It rings: nobody has it."""
        return self in (CallState.REQUESTED, CallState.NOTIFIED)

    @property
    def is_open(self) -> bool:
        """Staff are needed."""
        return not self.is_over and self is not CallState.RESOLVED


class Move(StrEnum):
    """What happens to a call."""

    PRESS = "press"  # once more, or with more to tell: it stays where it is
    SHOW = "show"
    TAKE = "take"  # 一会儿去
    SET_OUT = "set_out"  # 马上去
    PHONE = "phone"
    HAND_BACK = "hand_back"  # to all, or to a colleague who is asked first
    ARRIVE = "arrive"
    ASSIST = "assist"
    RESOLVE = "resolve"
    CANCEL = "cancel"
    LEAVE = "leave"  # the visitor has gone, or has said how it went


_WAITING = [state for state in CallState if state.is_waiting]
_OPEN = [state for state in CallState if state.is_open]
_TAKEN = [state for state in _OPEN if not state.is_waiting]
_COME = (CallState.ARRIVED, CallState.ASSISTING)

_TABLE: Mapping[Move, Mapping[CallState, CallState]] = {
    Move.PRESS: {state: state for state in _OPEN},
    Move.SHOW: {CallState.REQUESTED: CallState.NOTIFIED},
    Move.TAKE: dict.fromkeys(_WAITING, CallState.ACKNOWLEDGED),
    Move.SET_OUT: dict.fromkeys((*_WAITING, CallState.ACKNOWLEDGED), CallState.EN_ROUTE),
    Move.PHONE: dict.fromkeys((*_WAITING, CallState.ACKNOWLEDGED, CallState.EN_ROUTE), CallState.REMOTE),
    Move.HAND_BACK: dict.fromkeys(_TAKEN, CallState.NOTIFIED),
    # Again where somebody has arrived: by their badge after the page said so, or a colleague.
    Move.ARRIVE: {state: CallState.ARRIVED for state in _OPEN if state is not CallState.ASSISTING},
    Move.ASSIST: {CallState.ARRIVED: CallState.ASSISTING},
    Move.RESOLVE: dict.fromkeys(_OPEN, CallState.RESOLVED),
    # The two that end a call do so wherever it stands: what is over on the kiosk can always be over at the hall.
    Move.CANCEL: dict.fromkeys(_OPEN, CallState.CANCELLED) | {CallState.RESOLVED: CallState.CLOSED},
    Move.LEAVE: dict.fromkeys((*_WAITING, CallState.ACKNOWLEDGED, CallState.EN_ROUTE), CallState.ABANDONED)
    | dict.fromkeys((CallState.REMOTE, *_COME, CallState.RESOLVED), CallState.CLOSED),
}

KIOSK_MOVES = frozenset({Move.PRESS, Move.ARRIVE, Move.ASSIST, Move.RESOLVE, Move.CANCEL, Move.LEAVE})
STAFF_MOVES = frozenset({Move.TAKE, Move.SET_OUT, Move.PHONE, Move.HAND_BACK, Move.ARRIVE, Move.RESOLVE})  # on the page
ENDS = frozenset({Move.CANCEL, Move.LEAVE})
_OF_WHO_HAS_IT = frozenset({Move.SET_OUT, Move.PHONE})  # the others a colleague may make too, and is named


def after(state: CallState, move: Move) -> CallState | None:
    """Where a call stands after a move; None where the move does not fit."""
    return _TABLE[move].get(state)


def is_theirs(move: Move, has_it: str | None, who: str) -> bool:
    """Whether `who` may make this move on the page, where `has_it` is who has the call."""
    return move in STAFF_MOVES and (move not in _OF_WHO_HAS_IT or has_it in (None, who))
