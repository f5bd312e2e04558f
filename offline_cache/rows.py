"""The rows that the store keeps. Every row carries a SHA-256 over all its columns, so that rot on the disk is found.

Columns hold plain text, whole numbers and bytes only: what is read back is exactly what the hash was made of.
Times are ISO 8601 text with their time zone.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from offline_cache.raw_tables import fingerprint


class OutboxState(StrEnum):
    WAITING = "waiting"  # to be sent, or to be sent again
    DELIVERED = "delivered"  # the hall has it
    REFUSED = "refused"  # the hall will not take this one; a person has to look
    BLOCKED = "blocked"  # no form can be sent until an engineer mends the connection; tried again slowly


class Row(MappedAsDataclass, DeclarativeBase, kw_only=True):
    def is_intact(self) -> bool:
        """False when any column differs from what was written."""
        return self.row_hash == self.fingerprint()

    def fingerprint(self) -> str:
        columns = [column.key for column in self.__table__.columns if column.key != "row_hash"]
        return fingerprint(columns, [getattr(self, name) for name in columns])

    row_hash: Mapped[str] = mapped_column(init=False, default="")


@event.listens_for(Row, "before_insert", propagate=True)
@event.listens_for(Row, "before_update", propagate=True)
def _seal_row(_mapper: Any, _connection: Any, row: Row) -> None:
    row.row_hash = row.fingerprint()


class SubmissionRow(Row):
    """A sealed form exactly as it goes to the hall; never changed. `sequence` counts up for the life of the store."""

    __tablename__ = "submission"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    service_id: Mapped[str]
    service_version: Mapped[str]
    kiosk: Mapped[str]
    receipt_number: Mapped[str]
    created_at: Mapped[str]
    sealed: Mapped[bytes]
    sha256: Mapped[str]


class OutboxRow(Row):
    """How far the form with the same `sequence` has come. It waits while tried_at <= now < next_try_at."""

    __tablename__ = "outbox"

    sequence: Mapped[int] = mapped_column(ForeignKey("submission.sequence"), primary_key=True)
    state: Mapped[str] = mapped_column(default=OutboxState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[str | None] = mapped_column(default=None)
    next_try_at: Mapped[str | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)
    delivered_at: Mapped[str | None] = mapped_column(default=None)
    hall_status: Mapped[str | None] = mapped_column(default=None)


class CallRow(Row):
    """One call for staff. `body` is what the kiosk wants the hall to know, `sent_body` what the hall has been told."""

    __tablename__ = "call"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    state: Mapped[str]
    sent_body: Mapped[str | None] = mapped_column(default=None)
    staff: Mapped[str | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[str | None] = mapped_column(default=None)
    next_try_at: Mapped[str | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)


class DraftRow(Row):
    """A visit that somebody saved for later, sealed with a key that is on their slip only.

    `name` and `code_name` are made of the slip's key and of its digits, and tell neither; `form` is the number that
    the form will have once it is sent.
    """

    __tablename__ = "draft"

    name: Mapped[str] = mapped_column(primary_key=True)
    code_name: Mapped[str] = mapped_column(unique=True)
    form: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[bytes]
    wrapped_key: Mapped[bytes]
    expires_at: Mapped[str]


class SettingRow(Row):
    """Small facts by name: the hall's pinned public key, the device sequence."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
