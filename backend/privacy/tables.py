"""Exports that one person has asked for and another has to approve."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class ExportRequest(Table):
    """One export of all forms; it may be made once, for an hour after a second person has approved it."""

    __tablename__ = "export_requests"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
