"""What somebody could not get done, for the hall to answer."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    op.create_table(
        "work_order",
        Column("uuid", String, primary_key=True),
        Column("sequence", Integer, nullable=False),
        Column("number", String, nullable=False, unique=True),
        *(Column(name, String, nullable=False) for name in ("body", "state")),
        Column("generation", String),
        Column("attempts", Integer, nullable=False),
        *(Column(name, String) for name in ("tried_at", "next_try_at", "told_at", "last_error")),
        Column("row_hash", String, nullable=False),
    )
