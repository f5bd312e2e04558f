"""How many calls may be open: one of each kiosk, as the person who stands there now is who needs help, and only so many
of callers that have not proven who they are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from backend.calls.tables import Call
from protocol.wire import CallState

MOST_UNPROVEN = 20
OPEN = [state for state in CallState if not state.is_over]


def supersede(session: Session, call_id: UUID, now: datetime) -> None:
    """End what the call takes the place of, if it is open itself: an unproven one never that of a kiosk."""
    call = session.execute(select(Call.kiosk, Call.kiosk_id).where(Call.id == call_id, _IS_OPEN)).one_or_none()
    if call is None:
        return
    if call.kiosk_id:
        _cancel(session, and_(Call.kiosk_id == call.kiosk_id, Call.id != call_id), now)
        return
    _cancel(session, and_(_IS_UNPROVEN, Call.kiosk == call.kiosk, Call.id != call_id), now)
    newest = (
        select(Call.id).where(_IS_UNPROVEN, _IS_OPEN).order_by(Call.received_at.desc(), Call.id).limit(MOST_UNPROVEN)
    )
    _cancel(session, and_(_IS_UNPROVEN, Call.id.not_in(newest)), now)


_IS_OPEN = Call.state.in_(OPEN)
_IS_UNPROVEN = Call.kiosk_id.is_(None)


def _cancel(session: Session, which: ColumnElement[bool], now: datetime) -> None:
    cancelled = update(Call).where(which, _IS_OPEN).values(state=CallState.CANCELLED, updated_at=now)
    session.execute(cancelled, execution_options={"synchronize_session": False})
