"""Telling the pages at the moment when a call has waited so long that it is shown in another way.

What is told follows from the time since the press, so nothing is kept, and a hall that was just started says the same.
"""

import asyncio
import logging
from datetime import datetime

from backend.calls import stored
from backend.calls.record import CallRecord
from backend.calls.superseding import OPEN
from backend.calls.tables import Call
from backend.calls.without_disk import kept
from backend.foundation.database import AWAY, readable
from backend.hall.hall import Hall
from protocol.calls.waiting import ASKED_FIRST_S, passed_a_mark

LOOKS_EVERY_S = 1.0
log = logging.getLogger("yinling.hall")


async def keep_escalating(hall: Hall) -> None:
    """In the loop of each process of the hall, for the pages of that process."""
    before = hall.clock()
    while True:
        await asyncio.sleep(LOOKS_EVERY_S)
        now = hall.clock()
        if hall.feed.has_pages:
            try:
                if await asyncio.to_thread(shown_in_another_way, hall, before, now):
                    hall.feed.hint("call")
            except (*AWAY, OSError) as error:
                log.error("waiting calls cannot be read", extra={"fields": {"error": type(error).__name__}})
        before = now


def shown_in_another_way(hall: Hall, before: datetime, now: datetime) -> bool:
    """Whether the clock of any open call has passed a mark between these moments."""
    in_memory = kept(hall)
    rows = stored.columns().where(Call.state.in_(OPEN), Call.id.not_in(in_memory))
    with hall.database.read() as session:
        calls = [*readable(session, rows, CallRecord.model_validate), *in_memory.values()]
    return any(_has_passed(call, before, now) for call in calls if call.state.is_open)


def _has_passed(call: CallRecord, before: datetime, now: datetime) -> bool:
    first_over = call.asked_at is not None and _is_between(call.asked_at, before, now)
    return first_over or passed_a_mark(call.waited_s(before), call.waited_s(now))


def _is_between(asked_at: datetime, before: datetime, now: datetime) -> bool:
    """Whether the time is over in which a call rings for the colleague alone to whom it was handed."""
    return (before - asked_at).total_seconds() < ASKED_FIRST_S <= (now - asked_at).total_seconds()
