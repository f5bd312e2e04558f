"""Calls for help while the database takes nothing, as when the disk is full: they are kept in memory, shown to staff as
all others, and written down as soon as that is possible."""

import asyncio
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select, update
from sqlalchemy.exc import DataError, IntegrityError

from backend.calls.superseding import MOST_UNPROVEN, supersede
from backend.calls.tables import Call
from backend.events.feed import announce
from backend.foundation.database import AWAY, insert_new
from backend.hall.hall import Hall
from protocol.wire import CallState

MOST = 500  # at once: a few kilobytes each
MOST_OF_KIOSK = 5
LOOKS_EVERY_S = 1.0
log = logging.getLogger("yinling.hall")


class KeptCall(BaseModel):
    """A row of `Call`."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kiosk: str
    kiosk_id: UUID | None
    screen: str
    service_id: str | None
    reason: str
    requested_at: datetime
    called_at: datetime
    received_at: datetime
    state: CallState
    staff: str | None
    updated_at: datetime


def kept(hall: Hall) -> dict[UUID, KeptCall]:
    """Those that are not written yet, as they are now."""
    found = (hall.memory.read(name) for name in hall.memory.names())
    calls = (KeptCall.model_validate_json(content) for content in found if content is not None)
    return {call.id: call for call in calls}


def kept_one(hall: Hall, call_id: UUID) -> KeptCall | None:
    content = hall.memory.read(str(call_id))
    return KeptCall.model_validate_json(content) if content is not None else None


def keep(hall: Hall, row: dict[str, Any]) -> KeptCall:
    """Take a call in, or take over what its kiosk says anew. OSError when memory has no room either."""
    new = KeptCall.model_validate(row)
    with hall.memory.locked():
        before = kept_one(hall, new.id) or _written(hall, new.id)
        if before is not None and before.kiosk_id not in (None, new.kiosk_id):
            return before  # another kiosk's; the database says so once it is back
        if before is None:
            _make_room(hall, new)
        call = new if before is None else before.model_copy(update=_news(before, new))
        hall.memory.write(str(call.id), call.model_dump_json().encode())
    _tell(hall, call)
    return call


def _make_room(hall: Hall, new: KeptCall) -> None:
    """Neither a kiosk gone mad nor all strangers together take the room of others. OSError when there is none."""
    theirs = [call for call in kept(hall).values() if call.kiosk_id == new.kiosk_id]
    least_needed = sorted(theirs, key=lambda call: (call.state is CallState.ACKNOWLEDGED, call.received_at))
    most = MOST_OF_KIOSK if new.kiosk_id else MOST_UNPROVEN
    for call in least_needed[: max(0, len(theirs) + 1 - most)]:
        hall.memory.remove(str(call.id))
    if len(hall.memory.names()) >= MOST:
        raise OSError("too many calls are kept in memory")


def move_kept(hall: Hall, call_id: UUID, state: CallState, staff: str | None) -> KeptCall | None:
    """Move a call forward in memory; None when nobody knows it."""
    with hall.memory.locked():
        call = kept_one(hall, call_id) or _written(hall, call_id)
        if call is None:
            return None
        if call.state.may_become(state):
            moved = {"state": state, "updated_at": hall.clock()} | ({"staff": staff} if staff else {})
            call = call.model_copy(update=moved)
            hall.memory.write(str(call.id), call.model_dump_json().encode())
    _tell(hall, call)
    return call


def write_down(hall: Hall) -> None:
    """Bring all that is in memory into the database. DBAPIError or TimeoutError when it takes nothing yet."""
    with hall.memory.locked():
        for call in kept(hall).values():
            try:
                _write_down(hall, call)
            except (DataError, IntegrityError) as error:  # this one will never fit, and staff have seen it
                log.error("a call cannot be written down", extra={"fields": {"error": type(error).__name__}})
            hall.memory.remove(str(call.id))
    hall.feed.wake()


def _write_down(hall: Hall, call: KeptCall) -> None:
    earlier = [state for state in CallState if state.may_become(call.state)]
    values = call.model_dump(include={"state", "staff", "reason", "kiosk", "kiosk_id", "updated_at"})
    with hall.database.write() as session:
        if insert_new(session, Call, call.model_dump()):
            supersede(session, call.id, hall.clock())
        else:
            session.execute(update(Call).where(Call.id == call.id, Call.state.in_(earlier)).values(values))
        announce(session, "call", call.id, hall.clock())
    log.info("a call was written down")


async def keep_writing_down(hall: Hall) -> None:
    """In the server's loop. Staff pages of every process are told of what came to another one's memory."""
    told: list[str] = []
    while True:
        await asyncio.sleep(LOOKS_EVERY_S)
        names = hall.memory.names()
        if names and names != told:
            hall.feed.hint("call")
        told = names
        if names and hall.watch.health.stores_forms:
            try:
                await asyncio.to_thread(write_down, hall)
            except (*AWAY, OSError) as error:
                log.error("calls stay in memory for now", extra={"fields": {"error": type(error).__name__}})


def _news(before: KeptCall, new: KeptCall) -> dict[str, Any]:
    news: dict[str, Any] = {"kiosk": new.kiosk, "kiosk_id": new.kiosk_id, "updated_at": new.updated_at}
    if not before.state.is_over:
        news |= {"screen": new.screen, "service_id": new.service_id, "reason": new.reason}
    return news | ({"state": new.state} if before.state.may_become(new.state) else {})


def _written(hall: Hall, call_id: UUID) -> KeptCall | None:
    """As the database has it, where that can be read."""
    try:
        with hall.database.read() as session:
            row = session.scalars(select(Call).where(Call.id == call_id)).one_or_none()
            return KeptCall.model_validate(row) if row is not None else None
    except AWAY:
        return None


def _tell(hall: Hall, call: KeptCall) -> None:
    log.warning("a call is kept in memory", extra={"fields": {"state": call.state.value}})
    hall.feed.hint("call")
