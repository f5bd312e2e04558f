"""The numbers that were drawn. They name nobody."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class QueueTicket(Table):
    """One number of a day, of whatever kiosk; `id` is the kiosk's own, so that a second try finds the first.

    `half`, `matter` and `mobility` are as protocol.queries.queue_ticket has them. `called_at` is when staff called it.
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
