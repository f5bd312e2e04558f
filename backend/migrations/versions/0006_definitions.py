"""Forms name the definition that they were filled in by, and every definition stays."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WORDS = sa.String(200)


def upgrade() -> None:
    op.create_table(
        "definitions",
        sa.Column("hash", WORDS, primary_key=True),
        sa.Column("service_id", WORDS, nullable=False),
        sa.Column("service_version", WORDS, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_definitions_service_id_service_version", "definitions", ["service_id", "service_version"])
    op.add_column("submissions", sa.Column("definition", WORDS))
    op.add_column("submissions", sa.Column("judged", sa.Boolean()))
    op.execute(sa.text("UPDATE submissions SET judged = (person_index IS NOT NULL)"))  # the others are tried once more
    with op.batch_alter_table("submissions") as batch:
        batch.alter_column("judged", existing_type=sa.Boolean(), nullable=False)
    op.create_index("ix_submissions_judged_definition", "submissions", ["judged", "definition"])
