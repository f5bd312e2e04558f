"""How staff get in: the next PIN, and who is logged in."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class StaffPin(Table):
    """The one PIN that the next login may use, as a keyed digest; there is one row."""

    __tablename__ = "staff_pin"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]


class StaffSession(Table):
    """A staff member's open page, by the digest of its cookie."""

    __tablename__ = "staff_sessions"

    digest: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    expires_at: Mapped[datetime]
