"""What people could not get done, and what staff did about it."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "work_orders",
        sa.Column("id", sa.Uuid(), primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("number", "body_hash", "kiosk")),
        sa.Column("kiosk_id", sa.Uuid()),
        sa.Column("screen", WORDS, nullable=False),
        *(sa.Column(name, WORDS) for name in ("service_id", "reason", "form")),
        sa.Column("lang", WORDS, nullable=False),
        sa.Column("page_key", WORDS),
        *(sa.Column(name, MOMENT, nullable=False) for name in ("left_at", "received_at")),
        *(sa.Column(name, sa.LargeBinary()) for name in ("sound", "contact")),
        sa.Column("one_of_many", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("owner", WORDS),
        sa.Column("due", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "answer")),
        sa.Column("change", WORDS),
        sa.Column("office", WORDS, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    for name in ("number", "form", "received_at"):
        op.create_index(f"ix_work_orders_{name}", "work_orders", [name])
    op.create_index("ix_work_orders_state_due", "work_orders", ["state", "due"])
    op.create_table(
        "work_order_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("work_order", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index("ix_work_order_changes_work_order", "work_order_changes", ["work_order"])
