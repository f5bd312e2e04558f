"""How many calls may wait: one of each kiosk, as the person who stands there now is who needs help, and only so many of
callers that have not proven who they are. A call that somebody has taken stays theirs until it is over, and one whose
visitor has gone and waits for the phone stays until somebody has phoned."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import Session

from backend.calls import stored
from backend.calls.record import superseded
from backend.calls.tables import Call
from backend.hall.hall import Hall
from protocol.calls.states import CallState

MOST_UNPROVEN = 20
OPEN = [state for state in CallState if state.is_open]
WAITING = [state for state in CallState if state.is_waiting]


_WAITS = and_(Call.state.in_(WAITING), not_(Call.has_gone))
_IS_UNPROVEN = Call.kiosk_id.is_(None)


def supersede(session: Session, hall: Hall, call_id: UUID) -> None:
    """Of the calls that wait where this one does, only the newest goes on: one that came late ends none that came after
    it. An unproven one never takes the place of a kiosk's."""
    call = session.execute(select(Call.kiosk, Call.kiosk_id).where(Call.id == call_id, _WAITS)).one_or_none()
    if call is None:
        return
    in_memory = set(hall.memory.names())  # of which the database does not know all yet
    for other in {*_older(session, call_id, call.kiosk, call.kiosk_id)}:
        if str(other) in in_memory:
            continue
        found = stored.found(session, other, to_change=True)
        if found and found.state.is_waiting:  # else somebody has taken it just now
            stored.put(session, hall, superseded(found, hall.clock()))


def _older(session: Session, call_id: UUID, kiosk: str, kiosk_id: UUID | None) -> Iterator[UUID]:
    if kiosk_id:
        yield from _all_but_newest(session, Call.kiosk_id == kiosk_id, 1, call_id)
        return
    yield from _all_but_newest(session, and_(_IS_UNPROVEN, Call.kiosk == kiosk), 1, call_id)
    yield from _all_but_newest(session, _IS_UNPROVEN, MOST_UNPROVEN, call_id)


def _all_but_newest(session: Session, which: ColumnElement[bool], most: int, call_id: UUID) -> Iterator[UUID]:
    """Of several that came at the same moment this call is the newest."""
    by_age = Call.received_at.desc(), (Call.id == call_id).desc()
    yield from session.scalars(select(Call.id).where(which, _WAITS).order_by(*by_age).offset(most))
