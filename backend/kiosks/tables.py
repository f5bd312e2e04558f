"""Kiosks that the hall has taken in, the codes by which they come, and which requests have been here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from protocol.enrolment import KioskState


class Kiosk(Table):
    """A kiosk is an Ed25519 key (`public_key`, 32 bytes) under a name, with its last heartbeat.

    `start` is the start of its program that beat last, `earlier_start` the one before; `two_machines_at`: when the
    earlier one was heard again, as two machines have one key then.
    """

    __tablename__ = "kiosks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[KioskState]
    enrolled_at: Mapped[datetime]
    key_since: Mapped[datetime]
    version: Mapped[str] = mapped_column(default="")
    waiting: Mapped[int] = mapped_column(default=0)
    degraded: Mapped[list[str]] = mapped_column(default=list)
    catalogue: Mapped[int | None] = mapped_column(BigInteger)  # the number of the published one that it runs
    refused: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    refused_because: Mapped[list[str]] = mapped_column(default=list)
    seen_at: Mapped[datetime | None]
    start: Mapped[str | None]
    earlier_start: Mapped[str | None]
    two_machines_at: Mapped[datetime | None]


class StaffAtKiosk(Table):
    """Who of staff stands at a kiosk, as the hall has judged it; `at`: since when."""

    __tablename__ = "staff_at_kiosks"

    kiosk: Mapped[UUID] = mapped_column(primary_key=True)
    member: Mapped[UUID]
    name: Mapped[str]
    at: Mapped[datetime]


class EnrolmentCode(Table):
    """A code that was given out, by what follows from it (protocol.enrolment.CodeKeys), and the key that used it."""

    __tablename__ = "enrolment_codes"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[str]
    approved: Mapped[bool]  # at once: a terminal's own hall made it
    expires_at: Mapped[datetime]
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)


class RequestNonce(Table):
    """A signed request that was here. It is kept for as long as its time (seconds since 1970) would be believed."""

    __tablename__ = "request_nonces"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    kiosk: Mapped[UUID] = mapped_column(primary_key=True)
    start: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    created: Mapped[int] = mapped_column(BigInteger)
