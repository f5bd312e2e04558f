"""Definitions that forms and drafts were filled in by; each form names its own."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    op.create_table(
        "definition",
        Column("hash", String, primary_key=True),
        Column("document", String, nullable=False),
        Column("lacking", Integer, nullable=False),
        Column("row_hash", String, nullable=False),
    )
    with op.batch_alter_table("submission", recreate="always") as table:
        table.add_column(Column("definition", String), insert_after="sha256")
