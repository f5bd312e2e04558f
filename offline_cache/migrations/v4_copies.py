"""Which generation of the hall has a form under which number, and since when a backup there holds it."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    with op.batch_alter_table("outbox", recreate="always") as table:
        table.add_column(Column("generation", String), insert_after="hall_status")
        table.add_column(Column("arrival", Integer), insert_after="generation")
        table.add_column(Column("safe_at", String), insert_after="arrival")
