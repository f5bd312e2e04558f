"""Telling the pages at the moment when a call has waited so long that it is shown in another way.

What is told follows from the time since the press, so nothing is kept, and a hall that was just started says the same.
"""

from datetime import datetime

from backend.calls import stored
from backend.calls.record import CallRecord
from backend.calls.superseding import OPEN
from backend.calls.tables import Call
from backend.calls.without_disk import kept
from backend.foundation.database import readable
from backend.hall.hall import Hall
from protocol.calls.waiting import passed_a_mark

LOOKS_EVERY_S = 1.0


class Escalating:
    """Of one process, which tells its own pages."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._looked_at = hall, hall.clock()

    def look(self) -> None:
        """Hint to the pages when a call is shown in another way than at the last look."""
        before, self._looked_at = self._looked_at, self._hall.clock()
        if self._hall.feed.has_pages and shown_in_another_way(self._hall, before, self._looked_at):
            self._hall.feed.hint("call")


def shown_in_another_way(hall: Hall, before: datetime, now: datetime) -> bool:
    """Whether the clock of any open call has passed a mark between these moments."""
    in_memory = kept(hall)
    rows = stored.columns().where(Call.state.in_(OPEN), Call.id.not_in(in_memory))
    with hall.database.read() as session:
        calls = [*readable(session, rows, CallRecord.model_validate), *in_memory.values()]
    return any(_has_passed(call, before, now) for call in calls if call.state.is_open)


def _has_passed(call: CallRecord, before: datetime, now: datetime) -> bool:
    asked_for_long = call.asked_until is not None and before < call.asked_until <= now
    return asked_for_long or passed_a_mark(call.waited_s(before), call.waited_s(now))
