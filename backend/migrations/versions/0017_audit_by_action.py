"""What admins are told of is found in the audit by what was done, and when."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index("ix_audit_action_at", "audit", ["action", "at"])
