"""What was asked of forms after they were sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from protocol.after_sending import FollowUpKind, Outcome


class FollowUp(Table):
    """`who` is the kiosk or the member of staff, `reason` what staff wrote; `field` the paper, "" for none."""

    __tablename__ = "follow_ups"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    submission: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[FollowUpKind]
    field: Mapped[str]
    who: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
    outcome: Mapped[Outcome]
