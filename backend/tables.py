"""The hall's tables. What people wrote is only ever in `Submission.sealed`; everything else is safe to look at."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, Enum, LargeBinary, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from protocol.wire import CallState, IntakeStatus, ProgressStatus


class Moment(TypeDecorator[datetime]):
    """A point in time. SQLite forgets time zones, so what goes in and comes out is always UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value if value.tzinfo else value.replace(tzinfo=UTC)


def _stored_by_value(kind: type[StrEnum]) -> Enum:
    return Enum(
        kind, native_enum=False, length=32, values_callable=lambda members: [member.value for member in members]
    )


class Table(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012
        datetime: Moment,
        str: String(200),
        list[str]: JSON,
        CallState: _stored_by_value(CallState),
        IntakeStatus: _stored_by_value(IntakeStatus),
        ProgressStatus: _stored_by_value(ProgressStatus),
    }


class Submission(Table):
    """One form. `body_hash` tells the same PUT from another one; the indexes are keyed digests."""

    __tablename__ = "submissions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    body_hash: Mapped[str]
    service_id: Mapped[str]
    service_version: Mapped[str]
    kiosk: Mapped[str]
    receipt_number: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    intake: Mapped[IntakeStatus]
    person_index: Mapped[str | None] = mapped_column(index=True)
    search_index: Mapped[str | None] = mapped_column(index=True)
    status: Mapped[ProgressStatus]
    note: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime]


class Call(Table):
    """One press of a help button; `staff` is who took it."""

    __tablename__ = "calls"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kiosk: Mapped[str]
    screen: Mapped[str]
    service_id: Mapped[str | None]
    reason: Mapped[str]
    requested_at: Mapped[datetime]
    received_at: Mapped[datetime]
    state: Mapped[CallState] = mapped_column(index=True)
    staff: Mapped[str | None]
    updated_at: Mapped[datetime]


class Kiosk(Table):
    """The last heartbeat of a kiosk."""

    __tablename__ = "kiosks"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    waiting: Mapped[int]
    degraded: Mapped[list[str]]
    seen_at: Mapped[datetime]


class Event(Table):
    """Something that staff pages should show; they follow the ids."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime]


class Limit(Table):
    """Tries that went wrong, and when the next one may be made."""

    __tablename__ = "limits"

    name: Mapped[str] = mapped_column(primary_key=True)
    tries: Mapped[int]
    retry_at: Mapped[datetime]


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


class Audit(Table):
    """Who did what to a submission; rows are only ever added. `detail` names fields, never their values."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    staff: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
