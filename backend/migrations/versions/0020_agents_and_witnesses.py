"""Who acted for somebody finds the form by their own number; staff witness marks, by name."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

WORDS = sa.String(200)


def upgrade() -> None:
    op.add_column("submissions", sa.Column("agent_index", WORDS))
    op.create_index("ix_submissions_agent_index", "submissions", ["agent_index"])
    op.create_table(
        "witnesses",
        sa.Column("submission", sa.Uuid(), primary_key=True),
        sa.Column("field", WORDS, primary_key=True),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
