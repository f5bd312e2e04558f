"""What became of calls: a day's, a kiosk's, with who did what and when; and those whose visitor went unanswered."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel
from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from backend.accounts.permissions import Staff
from backend.audit.log import note
from backend.calls.tables import Call, CallChange
from backend.events.feed import announce
from backend.foundation.database import changed, readable
from backend.hall.hall import Hall
from backend.hall.screens import screen_words
from protocol.calls.messages import ArrivedBy, Need, Rating
from protocol.calls.states import CallState, Move
from protocol.wire import Words

MOST = 50  # calls of one page
CURSOR = r"^[0-9a-f]{32}$"


class CallEntry(BaseModel):
    """One change of a call. `who`: a member of staff, "" for the visitor or the hall; `detail` as in CallChange."""

    at: AwareDatetime
    move: Move
    state: CallState
    who: str
    detail: str


class PastCall(BaseModel):
    """A call, open or over, with all that happened to it. `proven` as on the board."""

    id: UUID
    kiosk: str
    proven: bool
    screen: Words
    service: Words | None
    reason: str
    needs: list[Need]
    called_at: AwareDatetime
    state: CallState
    staff: str | None
    arrived_by: ArrivedBy | None
    other_way: bool
    rating: Rating | None
    changes: list[CallEntry]

    @classmethod
    def of(cls, hall: Hall, call: Call, changes: Sequence[CallChange]) -> Self:
        same = ("id", "kiosk", "reason", "needs", "called_at", "state", "staff", "arrived_by", "other_way", "rating")
        return cls(
            **{name: getattr(call, name) for name in same},
            proven=call.kiosk_id is not None,
            screen=screen_words(hall, call.screen, call.service_id),
            service=hall.definitions.title(call.service_id) if call.service_id else None,
            changes=[CallEntry.model_validate(one, from_attributes=True) for one in changes],
        )


class PastCalls(BaseModel):
    """A page, the newest press first. `following`: the cursor of the next one, where there is more."""

    calls: list[PastCall]
    following: str | None


def past_calls(hall: Hall, day: date | None, kiosk: str, cursor: UUID | None) -> PastCalls:
    """All calls, or those of a day where the hall stands, or of a kiosk; after the call that is the cursor."""
    wanted = select(Call).order_by(Call.called_at.desc(), Call.id).limit(MOST + 1)
    if day:
        begins, ends = hall.moments_of(day)
        wanted = wanted.where(Call.called_at >= begins, Call.called_at < ends)
    if kiosk:
        wanted = wanted.where(Call.kiosk == kiosk)
    with hall.database.read() as session:
        if cursor:
            wanted = wanted.where(_after(session, cursor))
        calls = _with_changes(session, hall, wanted)
    return PastCalls(calls=calls[:MOST], following=calls[MOST - 1].id.hex if len(calls) > MOST else None)


def missed_calls(hall: Hall) -> list[PastCall]:
    """Those whose visitor has gone while nobody had come, until a lead has seen them; the newest first."""
    wanted = select(Call).where(_MISSED).order_by(Call.called_at.desc()).limit(MOST)
    with hall.database.read() as session:
        return _with_changes(session, hall, wanted)


def see_missed(hall: Hall, calls: Collection[UUID], staff: Staff) -> None:
    """A lead knows of these."""
    with hall.database.write() as session:
        for call in calls:
            if changed(session, update(Call).where(Call.id == call, _MISSED).values(seen_by=staff.name)):
                note(session, hall, staff.name, "call", call, "missed_seen")
                announce(session, "missed_call", call, hall.clock())
    hall.feed.wake()


_MISSED = and_(Call.state == CallState.ABANDONED, Call.seen_by.is_(None))


def _after(session: Session, cursor: UUID) -> ColumnElement[bool]:
    """Nothing where the call has gone meanwhile: it was too old."""
    at: datetime | None = session.scalar(select(Call.called_at).where(Call.id == cursor))
    return or_(Call.called_at < at, and_(Call.called_at == at, Call.id > cursor))


def _with_changes(session: Session, hall: Hall, wanted: Select[Any]) -> list[PastCall]:
    calls = readable(session, wanted, lambda row: row[0])
    changes: dict[UUID, list[CallChange]] = {call.id: [] for call in calls}
    for one in session.scalars(select(CallChange).where(CallChange.call.in_(changes)).order_by(CallChange.id)):
        changes[one.call].append(one)
    return [PastCall.of(hall, call, changes[call.id]) for call in calls]
