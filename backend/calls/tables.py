"""Calls for a staff member."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from protocol.wire import CallState


class Call(Table):
    """One press of a help button; `staff` is who took it.

    `kiosk_id` is whose key signed it; None: it came without, and `kiosk` is only what it says of itself.

    `requested_at` is what the kiosk's clock said; `called_at` is the same moment by the hall's clock: the arrival, less
    the time that the kiosk by its own clock took to send it.
    """

    __tablename__ = "calls"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kiosk: Mapped[str]
    kiosk_id: Mapped[UUID | None]
    screen: Mapped[str]
    service_id: Mapped[str | None]
    reason: Mapped[str]
    requested_at: Mapped[datetime]
    called_at: Mapped[datetime]
    received_at: Mapped[datetime]
    state: Mapped[CallState] = mapped_column(index=True)
    staff: Mapped[str | None]
    updated_at: Mapped[datetime]
