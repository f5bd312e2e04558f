"""Staff have accounts. Whoever is logged in under a name alone logs in once more."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

WORDS = sa.String(200)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.drop_table("staff_pin")
    op.drop_table("staff_sessions")
    op.create_table(
        "staff_members",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", WORDS, nullable=False, unique=True),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("pin_hash", WORDS),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
    )
    _create("staff_codes", _member(primary_key=True), sa.Column("digest", WORDS, nullable=False))
    _create("console_pin", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("digest", WORDS, nullable=False))
    _create(
        "staff_sessions",
        sa.Column("digest", WORDS, primary_key=True),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        _member(index=True),
        sa.Column("browser", WORDS, nullable=False),
    )
    _create("known_browsers", sa.Column("digest", WORDS, primary_key=True), _member(primary_key=True))


def _create(name: str, *columns: sa.Column[object]) -> None:
    """A table whose rows are good from one moment until another."""
    lasting = (sa.Column("made_at", MOMENT, nullable=False), sa.Column("ends_at", MOMENT, nullable=False))
    op.create_table(name, *columns, *lasting)


def _member(primary_key: bool = False, index: bool = False) -> sa.Column[object]:
    return sa.Column(
        "member", sa.Uuid(), sa.ForeignKey("staff_members.id"), primary_key=primary_key, index=index, nullable=False
    )
