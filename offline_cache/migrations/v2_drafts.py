"""Drafts that somebody wants to go on with another day."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, LargeBinary, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    op.create_table(
        "draft",
        Column("name", String, primary_key=True),
        Column("code_name", String, nullable=False, unique=True),
        Column("form", String, nullable=False, unique=True),
        Column("sealed", LargeBinary, nullable=False),
        Column("wrapped_key", LargeBinary, nullable=False),
        Column("expires_at", String, nullable=False),
        Column("row_hash", String, nullable=False),
    )
