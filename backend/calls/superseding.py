"""How many calls may wait: one of each kiosk, as the person who stands there now is who needs help, and only so many of
callers that have not proven who they are. A call that somebody has taken stays theirs until it is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from backend.calls.tables import Call
from protocol.wire import CallState

MOST_UNPROVEN = 20
OPEN = [state for state in CallState if not state.is_over]
WAITING = [state for state in CallState if state.may_become(CallState.ACKNOWLEDGED)]


_WAITS = Call.state.in_(WAITING)
_IS_UNPROVEN = Call.kiosk_id.is_(None)


def supersede(session: Session, call_id: UUID, now: datetime) -> None:
    """Of the calls that wait where this one does, only the newest goes on: one that came late ends none that came after
    it. An unproven one never takes the place of a kiosk's."""
    call = session.execute(select(Call.kiosk, Call.kiosk_id).where(Call.id == call_id, _WAITS)).one_or_none()
    if call is None:
        return
    if call.kiosk_id:
        _keep_newest(session, Call.kiosk_id == call.kiosk_id, 1, call_id, now)
        return
    _keep_newest(session, and_(_IS_UNPROVEN, Call.kiosk == call.kiosk), 1, call_id, now)
    _keep_newest(session, _IS_UNPROVEN, MOST_UNPROVEN, call_id, now)


def _keep_newest(session: Session, which: ColumnElement[bool], most: int, call_id: UUID, now: datetime) -> None:
    """Of several that came at the same moment this call is the newest."""
    by_age = Call.received_at.desc(), (Call.id == call_id).desc()
    newest = select(Call.id).where(which, _WAITS).order_by(*by_age).limit(most)
    others = update(Call).where(which, _WAITS, Call.id.not_in(newest))
    cancelled = others.values(state=CallState.CANCELLED, updated_at=now)
    session.execute(cancelled, execution_options={"synchronize_session": False})
