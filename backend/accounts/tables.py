"""Who staff are, how each gets in, and the open pages of each."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from backend.accounts.permissions import Role
from backend.foundation.tables import Table

_CLOCKS_DIFFER = timedelta(minutes=5)


class Lasting:
    """Good from one moment until another, so that nothing made under a clock far ahead is good once it is set right."""

    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    def is_good(self, now: datetime) -> bool:
        return self.made_at - _CLOCKS_DIFFER <= now < self.ends_at


class StaffMember(Table):
    """A member of staff. `pin_hash` is argon2id over a keyed digest; None until the person has chosen a PIN."""

    __tablename__ = "staff_members"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role]
    pin_hash: Mapped[str | None]
    is_disabled: Mapped[bool]


class OneTimeCode(Lasting, Table):
    """With it a new member of staff, or one whose PIN was reset, chooses a PIN; a keyed digest."""

    __tablename__ = "staff_codes"

    member: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id), primary_key=True)
    digest: Mapped[str]


class ConsolePin(Lasting, Table):
    """The PIN that the console has printed last, as a keyed digest; there is one row at most."""

    __tablename__ = "console_pin"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]


class StaffSession(Lasting, Table):
    """A staff member's open page, by the digest of its cookie; `browser` is its kind, in words."""

    __tablename__ = "staff_sessions"

    digest: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    member: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id), index=True)
    browser: Mapped[str]


class KnownBrowser(Lasting, Table):
    """A browser in which this member has been logged in, by the digest of its own cookie."""

    __tablename__ = "known_browsers"

    digest: Mapped[str] = mapped_column(primary_key=True)
    member: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id), primary_key=True)
