"""A form may correct another one, have a page at the hall, be taken back."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    with op.batch_alter_table("submission", recreate="always") as table:
        table.add_column(Column("amends", String), insert_after="definition")
        table.add_column(Column("page_key", String), insert_after="amends")
    op.create_table(
        "follow_up",
        Column("uuid", String, primary_key=True),
        Column("sequence", Integer, nullable=False),
        *(Column(name, String, nullable=False) for name in ("submission", "kind", "body", "state")),
        Column("outcome", String),
        Column("generation", String),
        Column("attempts", Integer, nullable=False),
        *(Column(name, String) for name in ("tried_at", "next_try_at", "told_at", "last_error")),
        Column("row_hash", String, nullable=False),
    )
