"""The hall knows its generation, its key and its newest backup, and numbers forms as they come."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "hall_state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("generation", sa.Uuid(), nullable=False),
        sa.Column("generations", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(200)),
        sa.Column("arrivals", sa.BigInteger(), nullable=False),
        sa.Column("safe_arrival", sa.BigInteger(), nullable=False),
        sa.Column("backup_at", sa.DateTime(timezone=True)),
    )
    op.add_column("submissions", sa.Column("arrival", sa.BigInteger()))
    op.execute(
        sa.text(
            "UPDATE submissions SET arrival = numbered.arrival FROM"
            " (SELECT id, row_number() OVER (ORDER BY received_at, id) AS arrival FROM submissions) AS numbered"
            " WHERE submissions.id = numbered.id"
        )
    )
    with op.batch_alter_table("submissions") as batch:
        batch.alter_column("arrival", existing_type=sa.BigInteger(), nullable=False)
    op.create_index("ix_submissions_arrival", "submissions", ["arrival"])
    first = sa.text(
        "INSERT INTO hall_state (id, generation, generations, arrivals, safe_arrival)"
        " SELECT 1, :generation, 1, count(*), 0 FROM submissions"
    ).bindparams(sa.bindparam("generation", uuid4(), sa.Uuid()))
    op.execute(first)
    for name in ("refused", "held"):
        op.add_column("kiosks", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("kiosks", sa.Column("refused_because", sa.JSON(), nullable=False, server_default="[]"))
