"""Calls know since when somebody has waited, and the hall knows whether a staff page is open."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("calls", sa.Column("called_at", MOMENT))
    op.execute("UPDATE calls SET called_at = received_at")
    with op.batch_alter_table("calls") as batch:
        batch.alter_column("called_at", existing_type=MOMENT, nullable=False)
    op.create_table(
        "open_pages",
        sa.Column("process", sa.Uuid(), primary_key=True),
        sa.Column("until", MOMENT, nullable=False),
    )
