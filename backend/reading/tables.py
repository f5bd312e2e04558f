"""How much each member of staff has read, without what."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from backend.reading.limits import Tier


class Reading(Table):
    """Somebody has seen personal data of this tier."""

    __tablename__ = "readings"
    __table_args__ = (Index("ix_readings_who_tier_at", "who", "tier", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    tier: Mapped[Tier]
    at: Mapped[datetime] = mapped_column(index=True)


class Reader(Table):
    """One member of staff. `counted_since`: what was read before no longer counts, as a second person has looked at it.

    While `stopped_at` stands they read nothing; `stopped_for` is the tier of which it was too much.
    """

    __tablename__ = "readers"

    who: Mapped[str] = mapped_column(primary_key=True)
    counted_since: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_for: Mapped[Tier | None]
