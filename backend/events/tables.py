"""What has happened, in order."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class Event(Table):
    """Something that staff pages should show; they follow the ids."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime]
