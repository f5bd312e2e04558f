"""A call as the hall keeps it, and what becomes of it: the same whether a database or memory holds it.

Nothing here is written anywhere: what changes is returned with the changes that the history will tell of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from protocol.calls.messages import ArrivedBy, CallRequest, CallStatus, Need, Rating
from protocol.calls.states import CallState, Move, after, is_theirs
from protocol.calls.waiting import ARRIVAL_GOAL_S, ASKED_FIRST_S, OTHER_WAYS_S, escalation
from protocol.wire import Bytes

ASKED_FIRST = timedelta(seconds=ASKED_FIRST_S)
LONGEST_WAY = timedelta(days=30)  # without a line, where a number was left; more: the kiosk's clock was set meanwhile
NEWER_CALL = "newer_call"  # why the hall ends one: another of the same kiosk took its place
_NOBODY_THERE = (CallState.REQUESTED, CallState.NOTIFIED, CallState.ACKNOWLEDGED, CallState.EN_ROUTE)
_BY_STAFF_THERE = (Move.ARRIVE, Move.RESOLVE)


class Change(BaseModel):
    """One row of the history (tables.CallChange)."""

    at: datetime
    move: Move
    state: CallState
    who: str = ""
    detail: str = ""


class CallRecord(BaseModel):
    """A row of `Call`."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    id: UUID
    kiosk: str
    kiosk_id: UUID | None
    screen: str
    service_id: str | None
    reason: str
    called_at: datetime
    received_at: datetime
    state: CallState
    staff: str | None
    updated_at: datetime
    step: int
    turn: int
    needs: list[Need]
    other_way: bool
    phone_here: str
    call_back: Bytes | None
    has_gone: bool
    asked: str | None
    asked_at: datetime | None
    arrived_by: ArrivedBy | None
    rating: Rating | None

    def waited_s(self, now: datetime) -> float:
        """Since the press; never less than nothing, though the hall's clock was set back."""
        return max(0.0, (now - self.called_at).total_seconds())

    def escalation(self, now: datetime) -> int:
        """0 to 2 (protocol.calls.waiting): by how long it rings already."""
        return escalation(self.waited_s(now)) if self.state.is_waiting else 0

    @property
    def asked_until(self) -> datetime | None:
        """Until then it rings for the colleague alone to whom it was handed."""
        return self.asked_at + ASKED_FIRST if self.asked_at else None

    @property
    def has_come(self) -> bool:
        """Whether a person is with the visitor, at the kiosk or on the phone."""
        return self.state.is_open and self.state not in _NOBODY_THERE

    def is_late(self, now: datetime) -> bool:
        """Whether somebody should have come by now, or should have done with phoning."""
        if self.state is CallState.REMOTE:
            return (now - self.updated_at).total_seconds() >= OTHER_WAYS_S
        return self.waited_s(now) >= ARRIVAL_GOAL_S and not self.has_come

    def status(self, now: datetime, *, page_open: bool, phone: str) -> CallStatus:
        return CallStatus(
            call=self.id,
            state=self.state,
            turn=self.turn,
            step=self.step,
            staff=self.staff,
            escalation=self.escalation(now),
            reason=self.reason,
            staff_page_open=page_open,
            phone=phone,
        )


@dataclass(frozen=True)
class Changed:
    """A call, and what has just happened to it: nothing where there is no change."""

    call: CallRecord
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Caller:
    """Whose call it is: the kiosk that signed it, or what one without a signature says of itself."""

    kiosk: str
    kiosk_id: UUID | None


def begun(call_id: UUID, body: CallRequest, caller: Caller, now: datetime, sent_at: datetime | None) -> Changed:
    """A call that the hall has not heard of, with all that its kiosk has done since; `sent_at` by the kiosk's clock."""
    waited = min(max(sent_at - body.requested_at, timedelta(0)), LONGEST_WAY) if sent_at else timedelta(0)
    call = CallRecord(
        **{**_told(body), "id": call_id, "kiosk": caller.kiosk, "kiosk_id": caller.kiosk_id},
        called_at=now - waited,
        received_at=now,
        updated_at=now,
        state=CallState.REQUESTED,
        staff=None,
        step=0,
        turn=body.heard + 1,
        asked=None,
        asked_at=None,
        arrived_by=None,
        rating=None,
    )
    first = Change(at=now, move=Move.PRESS, state=CallState.REQUESTED)
    later = stepped(call, body, now)
    return Changed(later.call, (first, *later.changes))


def stepped(call: CallRecord, body: CallRequest, now: datetime) -> Changed:
    """What the kiosk has done since the last step that the hall took; a doubled or late message does nothing.

    A kiosk that has heard of a later turn than there is tells of a database that is older than it was.
    """
    moves = body.moves[call.step :]
    if not moves and body.heard <= call.turn:
        return Changed(call)
    values: dict[str, Any] = {"step": max(call.step, body.step), "turn": max(call.turn, body.heard) + 1}
    if moves and call.state.is_open:
        values |= _told(body)
    new, changes = call.model_copy(update=values | {"updated_at": now}), list[Change]()
    for move in moves:
        new, change = _made(new, move, now, *_by_kiosk(move, body, is_proven=call.kiosk_id is not None))
        changes += change
    if new.state is CallState.CLOSED and body.rating:
        new = new.model_copy(update={"rating": body.rating})
    return Changed(new, tuple(changes))


def moved(call: CallRecord, move: Move, now: datetime, who: str = "", asked: str | None = None) -> Changed:
    """A move of the hall or, with `who`, of a member of staff on the page; nothing where it does not fit.

    `asked`: the colleague to whom the call is handed back.
    """
    if who and not is_theirs(move, None if call.state.is_waiting else call.staff, who):
        return Changed(call)
    if move is Move.ARRIVE and call.state is CallState.ARRIVED:
        return Changed(call)  # on the page the first to say so is who has come
    new, changes = _made(call, move, now, who, str(ArrivedBy.PAGE) if move is Move.ARRIVE else asked or "")
    if not changes:
        return Changed(call)
    if move is Move.HAND_BACK:
        new = new.model_copy(update={"asked": asked, "asked_at": now if asked else None})
    if new.state is CallState.RESOLVED and new.has_gone:  # nobody is there to say how it went
        new, last = _made(new, Move.LEAVE, now)
        changes += last
    return Changed(new.model_copy(update={"turn": call.turn + 1}), tuple(changes))


def superseded(call: CallRecord, now: datetime) -> Changed:
    """A newer call of the same kiosk has taken its place."""
    new, changes = _made(call, Move.LEAVE, now, detail=NEWER_CALL)
    return Changed(new.model_copy(update={"turn": call.turn + 1}), tuple(changes))


def _made(
    call: CallRecord, move: Move, now: datetime, who: str = "", detail: str = ""
) -> tuple[CallRecord, list[Change]]:
    state = after(call.state, move)
    if state is None:
        return call, []
    values: dict[str, Any] = {"state": state, "updated_at": now}
    if who:
        values["staff"] = who
    if state.is_waiting:
        values["staff"] = None if move is Move.HAND_BACK else call.staff
    else:
        values |= {"asked": None, "asked_at": None}
    if move is Move.ARRIVE:
        values["arrived_by"] = ArrivedBy(detail)
    if state.is_over:
        values["call_back"] = None
    return call.model_copy(update=values), [Change(at=now, move=move, state=state, who=who, detail=detail)]


def _by_kiosk(move: Move, body: CallRequest, *, is_proven: bool) -> tuple[str, str]:
    """Who made a move there, and how that is known; "" where it was the visitor. Who has not proven to be a kiosk of
    the hall names nobody: it would stand in the audit."""
    if move not in _BY_STAFF_THERE or body.arrival is None:
        return "", ""
    return body.arrival.staff if is_proven else "", str(body.arrival.by) if move is Move.ARRIVE else ""


def _told(body: CallRequest) -> Mapping[str, Any]:
    """What the kiosk tells, and may tell anew as long as staff are needed."""
    told = ("screen", "service_id", "reason", "other_way", "phone_here", "call_back", "has_gone")
    return {name: getattr(body, name) for name in told} | {"needs": list(body.needs)}
