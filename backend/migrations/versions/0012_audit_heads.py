"""Hall and kiosks keep the ends of each other's audit."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

WORDS = sa.String(200)


def upgrade() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("kiosk", WORDS, primary_key=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("hall_generation", sa.Uuid()),
        sa.Column("hall_sequence", sa.BigInteger()),
        sa.Column("hall_hash", WORDS),
    )
