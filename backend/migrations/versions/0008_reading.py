"""What staff read is counted, and who reads unusually much is stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("tier", sa.String(32), nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )
    op.create_index("ix_readings_who_tier_at", "readings", ["who", "tier", "at"])
    op.create_table(
        "readers",
        sa.Column("who", WORDS, primary_key=True),
        sa.Column("counted_since", MOMENT),
        sa.Column("stopped_at", MOMENT),
        sa.Column("stopped_for", sa.String(32)),
    )
