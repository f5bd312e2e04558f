"""Calls for a staff member. They only move forward, and one UUID is one call however often it is sent."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Update, and_, exists, or_, select, update
from sqlalchemy.orm import Session

from backend.calls.superseding import OPEN, supersede
from backend.calls.tables import Call
from backend.calls.without_disk import KeptCall, keep, kept_one, move_kept
from backend.events.feed import announce
from backend.events.presence import staff_page_open
from backend.foundation.database import AWAY, changed, insert_new
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.kiosks.signed import SignedKiosk
from protocol.wire import CallRequest, CallState, CallStatus

log = logging.getLogger("yinling.hall")
LONGEST_WAY = timedelta(days=1)  # nobody waits longer: the kiosk's clock was set meanwhile


class OtherKiosksCallError(RequestError):
    """Nobody else may change what a kiosk has asked for under its own key."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This call is another kiosk's: only that one may change it.")


def put_call(
    hall: Hall, call_id: UUID, body: CallRequest, kiosk: SignedKiosk | None, sent_at: datetime | None = None
) -> CallStatus:
    """A kiosk requests, cancels or closes a call; another reason for an open one is taken over and announced.

    `kiosk` is who signed it: None is taken too, and changes nothing of a call that was signed. `sent_at` is what the
    kiosk's clock said then. OtherKiosksCallError. Where the database takes nothing the call is kept in memory.
    """
    now = hall.clock()
    waited = min(max(sent_at - body.requested_at, timedelta(0)), LONGEST_WAY) if sent_at else timedelta(0)
    who = {"kiosk": kiosk.name if kiosk else body.kiosk, "kiosk_id": kiosk.id if kiosk else None}
    row = {**body.model_dump(), **who, "id": call_id, "staff": None}
    row |= {"called_at": now - waited, "received_at": now, "updated_at": now}
    try:
        return _put(hall, call_id, body, kiosk, row)
    except AWAY:
        try:
            return _status(hall, keep(hall, row))
        except OSError as error:
            log.error("a call cannot be kept", extra={"fields": {"error": type(error).__name__}})
        raise


def _put(hall: Hall, call_id: UUID, body: CallRequest, kiosk: SignedKiosk | None, row: dict[str, object]) -> CallStatus:
    now = hall.clock()
    with hall.database.write() as session:
        is_new = insert_new(session, Call, row)
        if is_new:
            supersede(session, call_id, now)
        elif not _is_theirs(session, call_id, kiosk, now):
            if kiosk or body.state.is_over:
                raise OtherKiosksCallError
            return get_call(hall, call_id)
        is_news = is_new or changed(session, _with_reason_of(body, call_id, now))
        if is_news:
            announce(session, "call", call_id, now)
    if is_news:
        hall.feed.wake()
    if is_new or body.state is CallState.REQUESTED:
        return get_call(hall, call_id)
    return move_call(hall, call_id, body.state)


def _is_theirs(session: Session, call_id: UUID, kiosk: SignedKiosk | None, now: datetime) -> bool:
    """Whether a stored call is the kiosk's. One that came without a signature becomes that of who signs it first."""
    if kiosk:
        unsigned = update(Call).where(Call.id == call_id, Call.kiosk_id.is_(None))
        if changed(session, unsigned.values(kiosk=kiosk.name, kiosk_id=kiosk.id)):
            supersede(session, call_id, now)
    owner = session.scalar(select(Call.kiosk_id).where(Call.id == call_id))
    return owner == (kiosk.id if kiosk else None)


def _with_reason_of(body: CallRequest, call_id: UUID, now: datetime) -> Update:
    other = update(Call).where(Call.id == call_id, Call.state.in_(OPEN), Call.reason != body.reason)
    return other.values(screen=body.screen, service_id=body.service_id, reason=body.reason, updated_at=now)


def get_call(hall: Hall, call_id: UUID, kiosk: SignedKiosk | None = None) -> CallStatus:
    """UnknownError when there is no such call, or it is not that of the kiosk that asks."""
    if call := kept_one(hall, call_id):
        if kiosk and call.kiosk_id not in (None, kiosk.id):
            raise UnknownError
        return _status(hall, call)
    with hall.database.read() as session:
        wanted = select(Call.state, Call.staff, Call.reason, staff_page_open(hall.clock())).where(Call.id == call_id)
        if kiosk:
            wanted = wanted.where(or_(Call.kiosk_id == kiosk.id, Call.kiosk_id.is_(None)))
        row = session.execute(wanted).one_or_none()
    if row is None:
        raise UnknownError
    state, staff, reason, page_open = row
    return CallStatus(call=call_id, state=state, staff=staff, reason=reason, staff_page_open=page_open)


def move_call(hall: Hall, call_id: UUID, state: CallState, staff: str | None = None) -> CallStatus:
    """Move a call forward; one that is already there or beyond stays as it is, with the name it has."""
    if kept_one(hall, call_id):
        return _move_kept(hall, call_id, state, staff)
    try:
        return _move(hall, call_id, state, staff)
    except AWAY:
        return _move_kept(hall, call_id, state, staff)


def notify(hall: Hall, calls: Collection[UUID]) -> None:
    """A staff page has shown these calls; one event tells the other pages that they need not say so."""
    in_memory = [call for call in calls if kept_one(hall, call)]
    waiting = and_(Call.id.in_(calls), Call.id.not_in(in_memory), Call.state == CallState.REQUESTED)
    try:
        with hall.database.read() as session:  # every open page says so, and the first has moved them
            is_first = session.scalar(select(exists().where(waiting)))
        if is_first:
            with hall.database.write() as session:
                now = hall.clock()
                moved = update(Call).where(waiting).values(state=CallState.NOTIFIED, updated_at=now)
                if changed(session, moved):
                    announce(session, "call", next(iter(calls)), now)
            hall.feed.wake()
    except AWAY:
        in_memory = list(calls)
    for call in in_memory:
        move_kept(hall, call, CallState.NOTIFIED, None)


def _move_kept(hall: Hall, call_id: UUID, state: CallState, staff: str | None) -> CallStatus:
    call = move_kept(hall, call_id, state, staff)
    if call is None:
        raise UnknownError
    return _status(hall, call)


def _status(hall: Hall, call: KeptCall) -> CallStatus:
    """Of a call in memory: only the pages of this process are known."""
    page_open = hall.feed.has_pages
    return CallStatus(call=call.id, state=call.state, staff=call.staff, reason=call.reason, staff_page_open=page_open)


def _move(hall: Hall, call_id: UUID, state: CallState, staff: str | None) -> CallStatus:
    now = hall.clock()
    values = {"state": state, "updated_at": now} | ({"staff": staff} if staff else {})
    earlier = [before for before in CallState if before.may_become(state)]
    with hall.database.write() as session:
        has_moved = changed(session, update(Call).where(Call.id == call_id, Call.state.in_(earlier)).values(values))
        if has_moved:
            announce(session, "call", call_id, now)
    if has_moved:
        hall.feed.wake()
    return get_call(hall, call_id)
