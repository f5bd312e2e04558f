"""Definitions as they came, and registered rules, by their hashes. None is deleted; nothing in them is of a person."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.foundation.tables import Table


class DefinitionRow(Table):
    """`document` may be of a newer program than this one: it is kept all the same and read once this one is newer."""

    __tablename__ = "definitions"
    __table_args__ = (Index("ix_definitions_service_id_service_version", "service_id", "service_version"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    service_id: Mapped[str]
    service_version: Mapped[str]
    document: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class RegisteredRule(Table):
    """A check of a service that counts here until it is revoked: one of a release, or one that `registered_by` says.

    `version` and `owner` are those that the check names; a release names none.
    """

    __tablename__ = "registered_rules"

    service_id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    version: Mapped[int | None]
    owner: Mapped[str] = mapped_column(Text)
    registered_by: Mapped[str]
    registered_at: Mapped[datetime]
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
