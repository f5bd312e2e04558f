"""The hall gives the county's folder to its kiosks, and knows which of them has which."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "catalogue_files",
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "published_catalogues",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("file_list", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("kiosks", sa.Column("catalogue", sa.BigInteger(), nullable=True))
