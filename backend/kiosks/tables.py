"""Kiosks that the hall has heard of."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class Kiosk(Table):
    """The last heartbeat of a kiosk."""

    __tablename__ = "kiosks"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    waiting: Mapped[int]
    degraded: Mapped[list[str]]
    catalogue: Mapped[int | None] = mapped_column(BigInteger)  # the number of the published one that it runs
    refused: Mapped[int] = mapped_column(server_default="0")
    held: Mapped[int] = mapped_column(server_default="0")
    refused_because: Mapped[list[str]] = mapped_column(server_default="[]")
    seen_at: Mapped[datetime]
