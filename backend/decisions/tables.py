"""What the pre-check said of a form, each step that staff took with it, and how a person has decided on it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, Text, and_
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table
from protocol.after_sending import RulingKind


class Decision(Table):
    """What the pre-check said of a form at the hall.

    `inputs` is a keyed digest of the answers and the day that it judged; `rules` a JSON list of what each rule said:
    {rule, version, hash, field, holds}; `shown` a JSON list of the sentences, as they stand in the rules: {zh, en}.
    """

    __tablename__ = "decisions"

    submission: Mapped[UUID] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    inputs: Mapped[str]
    rules: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]


class DecisionStep(Table):
    """What a member of staff did with a form, and the note that they gave for it; long numbers in it are hidden."""

    __tablename__ = "decision_steps"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    submission: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    status: Mapped[str]
    why: Mapped[str] = mapped_column(Text)


# The database itself keeps no refusal without a person, a reason, a rule and a remedy.
NO_BARE_REFUSAL = (
    "kind <> 'refused' OR (who <> '' AND reason <> '' AND basis IS NOT NULL AND CAST(remedies AS VARCHAR) <> '[]')"
)


class Ruling(Table):
    """How a member of staff (`member`, `who` by name) has decided on a form. One of a form counts: the one that has not
    ended, and does not wait for a second person.

    `reason`, `basis` and `remedies` are names of hall/decisions.yaml; `told` is what its person reads of them, frozen:
    backend.decisions.rulings.Told. `verdict` and `rules` are what was advised then (`rules` as in Decision), `verdict`
    None where nothing could be; `followed`: None where nothing was advised, else whether that was done, and
    `otherwise` why not. `second_member` has agreed to it; `ended_by` has ended it, by another ruling or for
    `ended_why`.
    """

    __tablename__ = "rulings"
    __table_args__ = (CheckConstraint(NO_BARE_REFUSAL, "ck_no_bare_refusal"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    submission: Mapped[UUID] = mapped_column(index=True)
    service_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    member: Mapped[UUID]
    who: Mapped[str]
    kind: Mapped[RulingKind]
    reason: Mapped[str]
    basis: Mapped[str | None]
    remedies: Mapped[list[str]]
    told: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str | None]
    rules: Mapped[str] = mapped_column(Text)
    followed: Mapped[bool | None]
    otherwise: Mapped[str] = mapped_column(Text, default="")
    waits: Mapped[bool]
    second_member: Mapped[UUID | None] = mapped_column(default=None)
    second_who: Mapped[str | None] = mapped_column(default=None)
    second_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(Text, default="")


COUNTS = and_(Ruling.ended_at.is_(None), Ruling.waits.is_(False))
Index("ux_rulings_that_counts", Ruling.submission, unique=True, sqlite_where=COUNTS, postgresql_where=COUNTS)
