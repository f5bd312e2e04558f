"""What has happened, in order."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class Event(Table):
    """Something that staff pages should show; they follow the ids."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime]


class OpenPages(Table):
    """A process of the hall to which staff pages are connected, and until when that counts."""

    __tablename__ = "open_pages"

    process: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]
