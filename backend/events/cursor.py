"""Reading each event once, though PostgreSQL may commit a lower id after a higher one."""

from dataclasses import dataclass, field
from time import monotonic

from sqlalchemy import ColumnElement, func, or_, select

from backend.events.tables import Event
from backend.foundation.database import Database

LOOK_BACK = 256  # ids below the newest that may still be committed
LATE_S = 60.0  # for how long; a page looks again after a minute anyway


@dataclass(frozen=True)
class Change:
    """Something changed: `kind` is "call" or "submission", `subject` its UUID.

    `heard_at`: when this process heard of it, by the monotonic clock; 0 of what was missed.
    """

    id: int
    kind: str
    subject: str
    heard_at: float = field(default=0.0, compare=False)


class Cursor:
    """Where in the events one has come: the newest id, and the ids below it that were not there, each since when.

    Such an id belongs to a transaction that had not yet committed, or was rolled back. SQLite, with one writer at a
    time, leaves none.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.newest = 0
        self._missing: dict[int, float] = {}

    def skip(self) -> None:
        """Take all that is there as read."""
        with self._database.read() as session:
            newest = session.scalar(select(func.max(Event.id))) or 0
            first = max(newest - LOOK_BACK, 0)
            there = session.scalars(select(Event.id).where(Event.id > first, Event.id <= newest)).all()
        self.newest, self._missing = first, {}
        self._went_past(set(there))

    def read(self) -> list[Change]:
        """What has been committed since the last time, by its ids."""
        is_new = Event.id > self.newest
        changes = self._select(or_(is_new, Event.id.in_(self._missing)) if self._missing else is_new)
        self._went_past({change.id for change in changes})
        return changes

    def since(self, after: int) -> list[Change]:
        """What has a higher id, of the newest 256: who has missed more looks at everything anew anyway."""
        return self._select(Event.id > max(after, self.newest - LOOK_BACK)) if after < self.newest else []

    def _select(self, wanted: ColumnElement[bool]) -> list[Change]:
        columns = select(Event.id, Event.kind, Event.subject).where(wanted).order_by(Event.id)
        with self._database.read() as session:
            return [Change(*row) for row in session.execute(columns)]

    def _went_past(self, found: set[int]) -> None:
        newest, now = max(found, default=self.newest), monotonic()
        passed = dict.fromkeys(range(max(self.newest, newest - LOOK_BACK) + 1, newest), now)
        self._missing = {
            number: since
            for number, since in (self._missing | passed).items()
            if number not in found and number > newest - LOOK_BACK and now - since < LATE_S
        }
        self.newest = max(self.newest, newest)
