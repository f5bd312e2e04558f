"""Orders become overdue by their day and the clock: nothing is stored, and pages are told when it happens."""

from uuid import UUID

from backend.hall.hall import Hall
from backend.work_orders.listing import overdue

LOOKS_EVERY_S = 60.0


class Escalation:
    """Of one process, which tells its own pages."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._told: frozenset[UUID] = frozenset()

    def look(self) -> None:
        """Hint to the pages when another order is overdue than at the last look."""
        with self._hall.database.read() as session:
            now = overdue(session, self._hall)
        if now - self._told:
            self._hall.feed.hint("work_order")
        self._told = now
