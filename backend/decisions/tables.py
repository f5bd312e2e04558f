"""Decisions: one a form, and each step that staff took with it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


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
