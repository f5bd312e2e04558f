"""How a person has decided on a form: why, by which rule, what can be done against it, and what was advised."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("submissions", sa.Column("taken_up_at", MOMENT))
    op.create_table(
        "rulings",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("submission", sa.Uuid(), nullable=False),
        sa.Column("service_id", WORDS, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("member", sa.Uuid(), nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", WORDS, nullable=False),
        sa.Column("basis", WORDS),
        sa.Column("remedies", sa.JSON(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("verdict", WORDS),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("followed", sa.Boolean()),
        sa.Column("otherwise", sa.Text(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("second_member", sa.Uuid()),
        sa.Column("second_who", WORDS),
        sa.Column("second_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", WORDS),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'refused' OR "
            "(who <> '' AND reason <> '' AND basis IS NOT NULL AND CAST(remedies AS VARCHAR) <> '[]')",
            "ck_no_bare_refusal",
        ),
    )
    op.create_index("ix_rulings_submission", "rulings", ["submission"])
    op.create_index("ix_rulings_at", "rulings", ["at"])
    counts = sa.text("ended_at IS NULL AND waits = false")
    counts_in_sqlite = sa.text("ended_at IS NULL AND waits = 0")
    op.create_index(
        "ux_rulings_that_counts",
        "rulings",
        ["submission"],
        unique=True,
        sqlite_where=counts_in_sqlite,
        postgresql_where=counts,
    )
