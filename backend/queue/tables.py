"""The numbers that were drawn. They name nobody."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class Outcome(StrEnum):
    """What became of a number that was called."""

    SERVED = "served"
    ABSENT = "absent"  # nobody came; it may be called again


class QueueTicket(Table):
    """One number of a day, of whatever kiosk; `id` is the kiosk's own, so that a second try finds the first.

    `half`, `matter` and `mobility` are as protocol.queries.queue_ticket has them. `called_at` is when staff called it
    last, `called_by` who did, `times_called` how often; `outcome` is None while it waits, or somebody is with it.
    """

    __tablename__ = "queue_tickets"
    __table_args__ = (UniqueConstraint("day", "number"),)

    kiosk_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    number: Mapped[int]
    matter: Mapped[str]
    half: Mapped[str]
    first: Mapped[bool]
    mobility: Mapped[str]
    drawn_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    called_by: Mapped[str | None] = mapped_column(default=None)
    times_called: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
