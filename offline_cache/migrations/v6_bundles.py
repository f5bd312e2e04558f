"""Forms that were handed in together carry the same id."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    with op.batch_alter_table("submission", recreate="always") as table:
        table.add_column(Column("bundle", String), insert_after="page_key")
