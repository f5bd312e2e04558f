"""The store's tables. Every row carries a SHA-256 over its other columns, so that decay on the disk is found.

Columns hold plain text, whole numbers and bytes only: what is read back is exactly what was hashed.
Times are ISO 8601 text with their time zone.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, event
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from offline_cache.disk.raw_tables import fingerprint


class OutboxState(StrEnum):
    WAITING = "waiting"  # to be sent, or to be sent again
    DELIVERED = "delivered"  # the hall has it
    REFUSED = "refused"  # the hall will not take this one; a person has to look
    BLOCKED = "blocked"  # no form can be sent until an engineer mends the connection; tried again slowly


class StoredRow(MappedAsDataclass, DeclarativeBase, kw_only=True):
    def is_intact(self) -> bool:
        """False when any column differs from what was written."""
        return self.row_hash == self.fingerprint()

    def fingerprint(self) -> str:
        columns = [column.key for column in self.__table__.columns if column.key != "row_hash"]
        return fingerprint(columns, [getattr(self, name) for name in columns])

    row_hash: Mapped[str] = mapped_column(init=False, default="")


@event.listens_for(StoredRow, "before_insert", propagate=True)
@event.listens_for(StoredRow, "before_update", propagate=True)
def _seal_row(_mapper: Any, _connection: Any, row: StoredRow) -> None:
    row.row_hash = row.fingerprint()


class SubmissionRow(StoredRow):
    """A sealed form exactly as it is sent to the hall; never changed. `sequence` only ever grows."""

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
    definition: Mapped[str | None] = mapped_column(default=None)
    amends: Mapped[str | None] = mapped_column(default=None)
    page_key: Mapped[str | None] = mapped_column(default=None)
    bundle: Mapped[str | None] = mapped_column(default=None)


class DefinitionRow(StoredRow):
    """What forms and drafts were filled in by (forms.definition); never changed and never deleted.

    `lacking` is 1 from when the hall says that it lacks it until the hall has it.
    """

    __tablename__ = "definition"

    hash: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str]
    lacking: Mapped[int] = mapped_column(default=0)


class OutboxRow(StoredRow):
    """How far the form with the same `sequence` has come. It is not due while tried_at <= now < next_try_at.

    `generation` of the hall has it under the number `arrival`; a backup there holds it since `safe_at`.
    """

    __tablename__ = "outbox"

    sequence: Mapped[int] = mapped_column(ForeignKey("submission.sequence"), primary_key=True)
    state: Mapped[str] = mapped_column(default=OutboxState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[str | None] = mapped_column(default=None)
    next_try_at: Mapped[str | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)
    delivered_at: Mapped[str | None] = mapped_column(default=None)
    hall_status: Mapped[str | None] = mapped_column(default=None)
    generation: Mapped[str | None] = mapped_column(default=None)
    arrival: Mapped[int | None] = mapped_column(default=None)
    safe_at: Mapped[str | None] = mapped_column(default=None)


class ParcelState(StrEnum):
    """Of what goes to the hall beside forms and calls (offline_cache.parcels)."""

    WAITING = "waiting"
    TOLD = "told"  # the hall has said what came of it
    REFUSED = "refused"  # the hall does not take it; a person has to look


class FollowUpRow(StoredRow):
    """What was asked of a form after it was sent (protocol.after_sending): `body` is that, and never changes. The
    `generation` of the hall that was told said its `outcome`."""

    __tablename__ = "follow_up"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    submission: Mapped[str]
    kind: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(default=ParcelState.WAITING.value)
    outcome: Mapped[str | None] = mapped_column(default=None)
    generation: Mapped[str | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[str | None] = mapped_column(default=None)
    next_try_at: Mapped[str | None] = mapped_column(default=None)
    told_at: Mapped[str | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)


class WorkOrderRow(StoredRow):
    """What somebody could not get done (protocol.work_orders): `body` is what is sent, and never changes."""

    __tablename__ = "work_order"

    uuid: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    state: Mapped[str] = mapped_column(default=ParcelState.WAITING.value)
    generation: Mapped[str | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[str | None] = mapped_column(default=None)
    next_try_at: Mapped[str | None] = mapped_column(default=None)
    told_at: Mapped[str | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)


class CallRow(StoredRow):
    """One call for staff. `body` is what the kiosk tells the hall; its own moves are counted in `own_step`.

    The hall has taken `hall_step` of them, None before it knew of any of it, and said then `hall_state`, `turn` and
    `staff`. `state` is what follows from both.
    """

    __tablename__ = "call"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    state: Mapped[str]
    own_step: Mapped[int] = mapped_column(default=0)
    hall_step: Mapped[int | None] = mapped_column(default=None)
    hall_state: Mapped[str] = mapped_column(default="requested")
    turn: Mapped[int] = mapped_column(default=0)
    staff: Mapped[str | None] = mapped_column(default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[str | None] = mapped_column(default=None)
    next_try_at: Mapped[str | None] = mapped_column(default=None)
    last_error: Mapped[str | None] = mapped_column(default=None)


class DraftRow(StoredRow):
    """A visit that somebody saved for later, sealed with a key that is only on their slip.

    `name` is derived from that key and `code_name` from the slip's digits, neither of which can be found from them;
    `form` is the receipt number that the form will have once it is sent.
    """

    __tablename__ = "draft"

    name: Mapped[str] = mapped_column(primary_key=True)
    code_name: Mapped[str] = mapped_column(unique=True)
    form: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[bytes]
    wrapped_key: Mapped[bytes]
    expires_at: Mapped[str]


class SettingRow(StoredRow):
    """Single values by name: the hall's pinned public key, the last sequence number, wrong tries."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
