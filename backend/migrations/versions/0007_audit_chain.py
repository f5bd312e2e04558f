"""The audit becomes a chain of hashes; what was written down before is its beginning."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from protocol.chain import START, after

revision = "0007"
down_revision = "0006"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)
_BEFORE = sa.table(
    "audit", *(sa.column(name) for name in ("id", "staff", "action", "subject", "detail")), sa.column("at", MOMENT)
)


def upgrade() -> None:
    rows = op.get_bind().execute(sa.select(_BEFORE).order_by(_BEFORE.c.id)).all()
    op.drop_table("audit")
    audit = op.create_table(
        "audit",
        sa.Column("sequence", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("action", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", WORDS, nullable=False),
    )
    chain = op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.Column("pruned_sequence", sa.BigInteger(), nullable=False),
        sa.Column("pruned_hash", WORDS, nullable=False),
    )
    head, chained = START, []
    for row in rows:
        moment = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        record = _record(moment, row.staff, row.action, row.subject, row.detail)
        head = after(head, record).head
        chained.append({**record, "at": moment, "sequence": head.sequence, "hash": head.hash})
    op.bulk_insert(audit, chained)
    start = {"pruned_sequence": START.sequence, "pruned_hash": START.hash}
    op.bulk_insert(chain, [{"id": 1, "sequence": head.sequence, "hash": head.hash, **start}])


def _record(at: datetime, who: str, action: str, subject: str, detail: str) -> dict[str, str]:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"at": moment, "who": who, "action": action, "subject": subject, "detail": detail}
