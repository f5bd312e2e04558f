"""A form may correct another one, and have a page at the hall."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    with op.batch_alter_table("submission", recreate="always") as table:
        table.add_column(Column("amends", String), insert_after="definition")
        table.add_column(Column("page_key", String), insert_after="amends")
