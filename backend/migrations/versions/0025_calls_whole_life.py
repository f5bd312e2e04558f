"""A call has a life of its own: who has it, how somebody came, what the visitor needs, and a history of all changes."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

MOMENT = sa.DateTime(timezone=True)
STATE, NAME = sa.String(32), sa.String(200)


def upgrade() -> None:
    with op.batch_alter_table("calls") as batch:
        batch.drop_column("requested_at")
        batch.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("needs", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("other_way", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("phone_here", NAME, nullable=False, server_default=""))
        batch.add_column(sa.Column("call_back", sa.LargeBinary()))
        batch.add_column(sa.Column("has_gone", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("asked", NAME))
        batch.add_column(sa.Column("asked_at", MOMENT))
        batch.add_column(sa.Column("arrived_by", STATE))
        batch.add_column(sa.Column("rating", STATE))
        batch.add_column(sa.Column("seen_by", NAME))
    op.create_index("ix_calls_called_at", "calls", ["called_at"])
    op.create_table(
        "call_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("call", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("move", STATE, nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("detail", NAME, nullable=False),
    )
    op.create_index("ix_call_changes_call", "call_changes", ["call"])
