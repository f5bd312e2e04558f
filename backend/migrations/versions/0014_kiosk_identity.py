"""Kiosks are keys that were taken in. Who only said a name until now has to be enrolled; what it sent stays."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)
STATE = sa.Enum("waiting", "approved", "revoked", name="kioskstate", native_enum=False, length=32)


def upgrade() -> None:
    op.drop_table("kiosks")  # the last heartbeats, each under a name that anybody could say
    op.create_table(
        "kiosks",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", WORDS, nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.Column("key_since", MOMENT, nullable=False),
        sa.Column("version", WORDS, nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("degraded", sa.JSON(), nullable=False),
        sa.Column("catalogue", sa.BigInteger()),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("refused_because", sa.JSON(), nullable=False),
        sa.Column("seen_at", MOMENT),
        sa.Column("start", WORDS),
        sa.Column("earlier_start", WORDS),
        sa.Column("two_machines_at", MOMENT),
    )
    op.create_table(
        "enrolment_codes",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("public_key", sa.LargeBinary()),
    )
    op.create_table(
        "request_nonces",
        sa.Column("kiosk", sa.Uuid(), primary_key=True),
        sa.Column("start", WORDS, primary_key=True),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("submissions", sa.Column("kiosk_id", sa.Uuid()))
    op.add_column("calls", sa.Column("kiosk_id", sa.Uuid()))
