"""history of imports, and the imprints of their rows

Revision: 0004
Revises: 0003
Date: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "xq_core_import",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("file", sa.String(length=260), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_no", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_core_import")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_core_import_district_id_template",
        "xq_core_import",
        ["county_id", "district_id", "template"],
        unique=False,
    )
    op.create_table(
        "xq_core_imprint",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prints", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_core_imprint")),
        info={"xuequ": "tenant"},
    )


def downgrade() -> None:
    op.drop_table("xq_core_imprint")
    op.drop_index("ix_xq_core_import_district_id_template", table_name="xq_core_import")
    op.drop_table("xq_core_import")
