"""An export takes two people."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "export_requests",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("asked_by", WORDS, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("approved_by", WORDS),
        sa.Column("approved_at", MOMENT),
        sa.Column("made_at", MOMENT),
    )
