"""Calls for help while the database takes nothing, as when the disk is full: they are kept in memory, shown to staff as
all others, and written down as soon as that is possible. What happens to them is worked out as ever (record)."""

import asyncio
import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import DataError, IntegrityError

from backend.calls import stored
from backend.calls.record import Caller, CallRecord, Change, Changed, begun, moved, stepped
from backend.calls.superseding import MOST_UNPROVEN, supersede
from backend.foundation.database import AWAY
from backend.hall.hall import Hall
from protocol.calls.messages import CallRequest
from protocol.calls.states import Move

MOST = 500  # at once: a few kilobytes each
MOST_OF_KIOSK = 5
LOOKS_EVERY_S = 1.0
log = logging.getLogger("yinling.hall")


class KeptCall(CallRecord):
    """A call with what has happened to it that is not written down."""

    changes: tuple[Change, ...] = ()


def kept(hall: Hall) -> dict[UUID, KeptCall]:
    """Those that are not written yet, as they are now."""
    found = (hall.memory.read(name) for name in hall.memory.names())
    calls = (KeptCall.model_validate_json(content) for content in found if content is not None)
    return {call.id: call for call in calls}


def kept_one(hall: Hall, call_id: UUID) -> KeptCall | None:
    content = hall.memory.read(str(call_id))
    return KeptCall.model_validate_json(content) if content is not None else None


def keep_step(hall: Hall, call_id: UUID, body: CallRequest, caller: Caller, sent_at: datetime | None) -> CallRecord:
    """Take a call in, or what its kiosk has done since. OSError when memory has no room either."""
    with hall.memory.locked():
        before = _known(hall, call_id)
        if before is None:
            new = begun(call_id, body, caller, hall.clock(), sent_at)
            _make_room(hall, new.call)
        elif before.kiosk_id not in (None, caller.kiosk_id):
            return before  # another kiosk's; the database says so once it is back
        else:
            theirs = before.model_copy(update={"kiosk": caller.kiosk, "kiosk_id": caller.kiosk_id})
            new = stepped(theirs, body, hall.clock())
        _write(hall, before, new)
    _tell(hall, new.call)
    return new.call


def move_kept(hall: Hall, call_id: UUID, move: Move, staff: str = "", asked: str | None = None) -> Changed | None:
    """A move of the page in memory; None when nobody knows the call."""
    with hall.memory.locked():
        before = _known(hall, call_id)
        if before is None:
            return None
        new = moved(before, move, hall.clock(), staff, asked)
        _write(hall, before, new)
    _tell(hall, new.call)
    return new


def _known(hall: Hall, call_id: UUID) -> KeptCall | None:
    """As memory has it, else as the database does, where that can be read."""
    if call := kept_one(hall, call_id):
        return call
    try:
        with hall.database.read() as session:
            found = stored.found(session, call_id)
    except AWAY:
        return None
    return KeptCall(**found.model_dump()) if found else None


def _write(hall: Hall, before: KeptCall | None, new: Changed) -> None:
    changes = (*(before.changes if before else ()), *new.changes)
    call = KeptCall(**new.call.model_dump(exclude={"changes"}), changes=changes)
    hall.memory.write(str(call.id), call.model_dump_json().encode())


def _make_room(hall: Hall, new: CallRecord) -> None:
    """Neither a kiosk gone mad nor all strangers together take the room of others. OSError when there is none."""
    theirs = [call for call in kept(hall).values() if call.kiosk_id == new.kiosk_id]
    least_needed = sorted(theirs, key=lambda call: (call.state.is_open and not call.state.is_waiting, call.received_at))
    most = MOST_OF_KIOSK if new.kiosk_id else MOST_UNPROVEN
    for call in least_needed[: max(0, len(theirs) + 1 - most)]:
        hall.memory.remove(str(call.id))
    if len(hall.memory.names()) >= MOST:
        raise OSError("too many calls are kept in memory")


def write_down(hall: Hall) -> None:
    """Bring all that is in memory into the database. DBAPIError or TimeoutError when it takes nothing yet."""
    with hall.memory.locked():
        calls = kept(hall)
        for call in calls.values():
            try:
                _write_down(hall, call)
            except (DataError, IntegrityError) as error:  # this one will never fit, and staff have seen it
                log.error("a call cannot be written down", extra={"fields": {"error": type(error).__name__}})
            hall.memory.remove(str(call.id))
        with hall.database.write() as session:  # once all is known of all of them
            for call_id in calls:
                supersede(session, hall, call_id)
    hall.feed.wake()


def _write_down(hall: Hall, kept_call: KeptCall) -> None:
    """What the database knows better stays: a call that is over there, or has changed there since."""
    call = CallRecord(**kept_call.model_dump(exclude={"changes"}))
    with hall.database.write() as session:
        if not stored.add(session, hall, Changed(call, kept_call.changes)):
            before = stored.found(session, call.id, to_change=True)
            assert before is not None, "nothing deletes calls of today"
            is_better = before.updated_at > call.updated_at or (before.state.is_over and not call.state.is_over)
            better = before if is_better else call
            turn = max(before.turn, call.turn) + (before.turn > call.turn)
            stored.put(session, hall, Changed(better.model_copy(update={"turn": turn}), kept_call.changes))
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


def _tell(hall: Hall, call: CallRecord) -> None:
    log.warning("a call is kept in memory", extra={"fields": {"state": call.state.value}})
    hall.feed.hint("call")
