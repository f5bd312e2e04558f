"""Who did what: a chain of records, and its newest hash."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class Audit(Table):
    """One record of the chain; rows are only ever added. `detail` names fields, never their values."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_action_at", "action", "at"), Index("ix_audit_subject", "subject"))

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str] = mapped_column(Text)
    hash: Mapped[str]


class AuditChain(Table):
    """Where the chain ends, and the last record that was pruned from its beginning; there is one row.

    Whoever appends holds this row until the commit, so the chain has one end however many write.
    """

    __tablename__ = "audit_chain"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
    pruned_sequence: Mapped[int] = mapped_column(BigInteger)
    pruned_hash: Mapped[str]


class AuditHead(Table):
    """The end of a kiosk's own audit as it was last told, and the end of the hall's that the kiosk has seen."""

    __tablename__ = "audit_heads"

    kiosk: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str]
    hall_generation: Mapped[UUID | None]
    hall_sequence: Mapped[int | None] = mapped_column(BigInteger)
    hall_hash: Mapped[str | None]
