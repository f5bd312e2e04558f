"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("body_hash", WORDS, nullable=False),
        sa.Column("service_id", WORDS, nullable=False),
        sa.Column("service_version", WORDS, nullable=False),
        sa.Column("kiosk", WORDS, nullable=False),
        sa.Column("receipt_number", WORDS, nullable=False, index=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False, index=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("intake", sa.String(32), nullable=False),
        sa.Column("person_index", WORDS, index=True),
        sa.Column("search_index", WORDS, index=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kiosk", WORDS, nullable=False),
        sa.Column("screen", WORDS, nullable=False),
        sa.Column("service_id", WORDS),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(32), nullable=False, index=True),
        sa.Column("staff", WORDS),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "kiosks",
        sa.Column("name", WORDS, primary_key=True),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("degraded", sa.JSON(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "limits",
        sa.Column("name", WORDS, primary_key=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("retry_at", MOMENT, nullable=False),
    )
    op.create_table(
        "staff_pin",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("digest", WORDS, nullable=False),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("digest", WORDS, primary_key=True),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff", WORDS, nullable=False),
        sa.Column("action", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("detail", WORDS, nullable=False),
    )
