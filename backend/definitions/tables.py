"""Definitions as they came, by their hash. They are never changed and never deleted; nothing in them is of a person."""

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
