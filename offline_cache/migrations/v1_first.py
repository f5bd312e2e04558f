"""Forms, their outbox, calls and small facts."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: "Operations") -> None:
    op.create_table(
        "submission",
        Column("sequence", Integer, primary_key=True),
        Column("uuid", String, nullable=False, unique=True),
        Column("service_id", String, nullable=False),
        Column("service_version", String, nullable=False),
        Column("kiosk", String, nullable=False),
        Column("receipt_number", String, nullable=False),
        Column("created_at", String, nullable=False),
        Column("sealed", LargeBinary, nullable=False),
        Column("sha256", String, nullable=False),
        Column("row_hash", String, nullable=False),
    )
    op.create_table(
        "outbox",
        Column("sequence", Integer, ForeignKey("submission.sequence"), primary_key=True),
        Column("state", String, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("tried_at", String),
        Column("next_try_at", String),
        Column("last_error", String),
        Column("delivered_at", String),
        Column("hall_status", String),
        Column("row_hash", String, nullable=False),
    )
    op.create_table(
        "call",
        Column("sequence", Integer, primary_key=True),
        Column("uuid", String, nullable=False, unique=True),
        Column("body", String, nullable=False),
        Column("state", String, nullable=False),
        Column("sent_body", String),
        Column("staff", String),
        Column("attempts", Integer, nullable=False),
        Column("tried_at", String),
        Column("next_try_at", String),
        Column("last_error", String),
        Column("row_hash", String, nullable=False),
    )
    op.create_table(
        "setting",
        Column("name", String, primary_key=True),
        Column("value", String, nullable=False),
        Column("row_hash", String, nullable=False),
    )
