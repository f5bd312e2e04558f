"""Numbers of the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "queue_tickets",
        sa.Column("kiosk_id", sa.Uuid(), primary_key=True),
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("matter", WORDS, nullable=False),
        sa.Column("half", WORDS, nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("mobility", WORDS, nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.Column("called_at", MOMENT),
        sa.UniqueConstraint("day", "number"),
    )
