"""Registered rules, and what was decided of each form by which."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "registered_rules",
        sa.Column("service_id", WORDS, primary_key=True),
        sa.Column("hash", WORDS, primary_key=True),
        sa.Column("rule", WORDS, nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("registered_by", WORDS, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("revoked_by", WORDS),
        sa.Column("revoked_at", MOMENT),
    )
    op.create_table(
        "decisions",
        sa.Column("submission", sa.Uuid(), primary_key=True),
        sa.Column("verdict", WORDS, nullable=False),
        sa.Column("inputs", WORDS, nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
    )
    op.create_table(
        "decision_steps",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("submission", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
    )
    op.create_index("ix_decision_steps_submission", "decision_steps", ["submission"])
