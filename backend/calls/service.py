"""Calls for a staff member: what kiosks and staff do to them, in the database or else in memory."""

import logging
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from backend.calls import stored
from backend.calls.record import Caller, CallRecord, begun, moved, stepped
from backend.calls.superseding import supersede
from backend.calls.tables import Call
from backend.calls.without_disk import keep_step, kept_one, move_kept
from backend.events.presence import staff_page_open
from backend.foundation.database import AWAY
from backend.foundation.errors import RequestError, UnknownError
from backend.hall.hall import Hall
from backend.kiosks.signed import SignedKiosk
from protocol.calls.messages import CallRequest, CallStatus
from protocol.calls.states import ENDS, CallState, Move, after

log = logging.getLogger("yinling.hall")


class MovedCall(CallStatus):
    """How a call stands after an act of staff; `done`: that act, or the same one a moment before."""

    done: bool


class OtherKiosksCallError(RequestError):
    """Nobody else may change what a kiosk has asked for under its own key."""

    status = 409

    def __init__(self) -> None:
        super().__init__("This call is another kiosk's: only that one may change it.")


def put_call(
    hall: Hall, call_id: UUID, body: CallRequest, kiosk: SignedKiosk | None, sent_at: datetime | None = None
) -> CallStatus:
    """Take in a call, or what its kiosk has done since.

    `kiosk` is who signed it: None is taken too, and changes nothing of a call that was signed. `sent_at` is what the
    kiosk's clock said then. OtherKiosksCallError. Where the database takes nothing the call is kept in memory.
    """
    caller = Caller(kiosk.name if kiosk else body.kiosk, kiosk.id if kiosk else None)
    if kept_one(hall, call_id):  # it is not all written down yet, though the database is back
        return _told_kept(hall, keep_step(hall, call_id, body, caller, sent_at))
    try:
        with hall.database.write() as session:
            call = _put(session, hall, call_id, body, caller, sent_at)
        hall.feed.wake()
        return _told(hall, call)
    except AWAY:
        try:
            return _told_kept(hall, keep_step(hall, call_id, body, caller, sent_at))
        except OSError as error:
            log.error("a call cannot be kept", extra={"fields": {"error": type(error).__name__}})
        raise


def _put(
    session: Session, hall: Hall, call_id: UUID, body: CallRequest, caller: Caller, sent_at: datetime | None
) -> CallRecord:
    now = hall.clock()
    call = stored.found(session, call_id, to_change=True)
    if call is None:
        new = begun(call_id, body, caller, now, sent_at)
        if stored.add(session, hall, new):
            supersede(session, hall, call_id)
            return new.call
        call = stored.found(session, call_id, to_change=True)
        assert call is not None, "another request has just written it"
    if call.kiosk_id != caller.kiosk_id:
        if call.kiosk_id is None:  # whoever signs it first has called
            call = call.model_copy(update={"kiosk": caller.kiosk, "kiosk_id": caller.kiosk_id})
            stored.put(session, hall, stepped(call, body, now))
            supersede(session, hall, call_id)
        elif caller.kiosk_id or not ENDS.isdisjoint(body.moves):
            raise OtherKiosksCallError
        return call
    new = stepped(call, body, now)
    if new.call != call:
        stored.put(session, hall, new)
    return new.call


def get_call(hall: Hall, call_id: UUID, kiosk: SignedKiosk | None = None) -> CallStatus:
    """UnknownError when there is no such call, or it is not that of the kiosk that asks."""
    if call := kept_one(hall, call_id):
        if kiosk and call.kiosk_id not in (None, kiosk.id):
            raise UnknownError
        return _told_kept(hall, call)
    with hall.database.read() as session:
        found = stored.found(session, call_id)
        if found is None or (kiosk and found.kiosk_id not in (None, kiosk.id)):
            raise UnknownError
        return _told(hall, found, session)


def move_call(hall: Hall, call_id: UUID, move: Move, staff: str, asked: str | None = None) -> MovedCall:
    """What a member of staff does on the page; who comes second is told how the call stands. UnknownError.

    `asked`: the colleague to whom the call is handed back.
    """
    if kept_one(hall, call_id):
        return _move_kept(hall, call_id, move, staff, asked)
    try:
        with hall.database.write() as session:
            call = stored.found(session, call_id, to_change=True)
            if call is None:
                raise UnknownError
            new = moved(call, move, hall.clock(), staff, asked)
            if new.changes:
                stored.put(session, hall, new)
            if new.call.state.is_waiting:  # handed back, while a newer call of the same kiosk rings
                supersede(session, hall, call_id)
        hall.feed.wake()
        return _answer(_told(hall, new.call), move, staff, has_moved=bool(new.changes))
    except AWAY:
        return _move_kept(hall, call_id, move, staff, asked)


def notify(hall: Hall, calls: Collection[UUID]) -> None:
    """A staff page has shown these calls; the first page's word moves them, and the others hear of it."""
    in_memory = [call for call in calls if kept_one(hall, call)]
    waiting = and_(Call.id.in_(calls), Call.id.not_in(in_memory), Call.state == CallState.REQUESTED)
    try:
        with hall.database.read() as session:  # every open page says so, and the first has moved them
            is_first = session.scalar(select(exists().where(waiting)))
        if is_first:
            with hall.database.write() as session:
                stored.show(session, hall, session.scalars(select(Call.id).where(waiting)).all())
            hall.feed.wake()
    except AWAY:
        in_memory = list(calls)
    for call in in_memory:
        move_kept(hall, call, Move.SHOW)


def _move_kept(hall: Hall, call_id: UUID, move: Move, staff: str, asked: str | None) -> MovedCall:
    new = move_kept(hall, call_id, move, staff, asked)
    if new is None:
        raise UnknownError
    return _answer(_told_kept(hall, new.call), move, staff, has_moved=bool(new.changes))


def _answer(status: CallStatus, move: Move, staff: str, *, has_moved: bool) -> MovedCall:
    """Two taps by the same person are one act."""
    again = status.staff == staff and status.state in {after(state, move) for state in CallState}
    return MovedCall(**status.model_dump(), done=has_moved or again)


def _told(hall: Hall, call: CallRecord, session: Session | None = None) -> CallStatus:
    if session is None:
        with hall.database.read() as session:
            return _told(hall, call, session)
    now = hall.clock()
    is_open = bool(session.scalar(select(staff_page_open(now))))
    return call.status(now, page_open=is_open, phone=_phone(hall))


def _told_kept(hall: Hall, call: CallRecord) -> CallStatus:
    """Of a call in memory: only the pages of this process are known."""
    return call.status(hall.clock(), page_open=hall.feed.has_pages, phone=_phone(hall))


def _phone(hall: Hall) -> str:
    return hall.catalogue.counters.phone or ""
