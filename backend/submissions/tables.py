"""Forms as they are kept: sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, LargeBinary, Text, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from backend.decisions.tables import COUNTS, Ruling
from backend.foundation.tables import Table
from protocol.after_sending import RulingKind
from protocol.wire import IntakeStatus, ProgressStatus


class Submission(Table):
    """One form. `body_hash` tells the same PUT from another one; `person_index` is a keyed digest, as
    is `agent_index` of who acts for the person.

    `definition` is the hash of what it was filled in by, None from older kiosks; `judged`: it was judged by that.
    `kiosk_id` is whose key signed it, None for forms that came before kiosks had keys.
    `withdrawn_at`: its person took their consent back, nobody reads it any more, and what was not decided is empty.
    `arrival` numbers forms as they come; a lower number of the same generation was kept before.
    `amends`: it corrects that form. `replaced_by`: staff took that correction in its place, and it counts no more.
    `taken_back_at`: its person wants it no more. `page_key` opens its page (protocol.receipts), None for no page.
    Forms that were handed in together have the same `bundle`. `ruled`: how a person has decided on it, which is said by
    the ruling alone; `taken_up_at`: it was decided, and a lead has taken it up again. `owner` deals with it: one of
    staff, or None; `version` counts what staff have changed of all this, and `changed_by` was the last to do so.
    `created_at` is what the kiosk's clock said; `filled_at` what can be believed of it, the arrival if `clock_wrong`.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        Index("ix_submissions_status_filled_at", "status", "filled_at"),
        Index("ix_submissions_status_arrival", "status", "arrival"),
        Index("ix_submissions_kiosk_status_arrival", "kiosk", "status", "arrival"),
        Index("ix_submissions_service_id_status_arrival", "service_id", "status", "arrival"),
        Index("ix_submissions_receipt_number_status", "receipt_number", "status"),
        Index("ix_submissions_judged_definition", "judged", "definition"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    arrival: Mapped[int] = mapped_column(BigInteger, index=True)
    body_hash: Mapped[str]
    service_id: Mapped[str]
    service_version: Mapped[str]
    kiosk: Mapped[str]
    kiosk_id: Mapped[UUID | None]
    receipt_number: Mapped[str]
    created_at: Mapped[datetime]
    received_at: Mapped[datetime]
    filled_at: Mapped[datetime]
    clock_wrong: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    intake: Mapped[IntakeStatus]
    person_index: Mapped[str | None] = mapped_column(index=True)
    agent_index: Mapped[str | None] = mapped_column(index=True)
    status: Mapped[ProgressStatus]
    note: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime]
    definition: Mapped[str | None]
    judged: Mapped[bool]
    withdrawn_at: Mapped[datetime | None]
    amends: Mapped[UUID | None] = mapped_column(index=True, default=None)
    replaced_by: Mapped[UUID | None] = mapped_column(default=None)
    taken_back_at: Mapped[datetime | None] = mapped_column(default=None)
    page_key: Mapped[str | None] = mapped_column(default=None)
    bundle: Mapped[UUID | None] = mapped_column(index=True, default=None)
    taken_up_at: Mapped[datetime | None] = mapped_column(default=None)
    ruled: Mapped[RulingKind | None] = column_property(
        select(Ruling.kind).where(Ruling.submission == id, COUNTS).correlate_except(Ruling).scalar_subquery()
    )
    owner: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=0)
    changed_by: Mapped[str | None] = mapped_column(default=None)


class Witness(Table):
    """Who of staff saw somebody make their mark in place of a signature."""

    __tablename__ = "witnesses"

    submission: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str]
    at: Mapped[datetime]
