"""standards, data keys, requests, and the ledgers of evidence and budget

Revision: 0002
Revises: 0001
Date: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "xq_core_data_key",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=12), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(length=48), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_core_data_key")),
        info={"xuequ": "tenant"},
    )
    op.create_index("ix_xq_core_data_key_key_id", "xq_core_data_key", ["county_id", "key_id"], unique=False)
    op.create_table(
        "xq_core_request",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_core_request")),
        sa.UniqueConstraint("county_id", "digest", name="uq_xq_core_request_digest"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_year",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_year_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_year_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_year")),
        sa.UniqueConstraint("county_id", "district_id", "year", name="uq_xq_budget_year_district_id_year"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_standards_value",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(length=81), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=400), nullable=False),
        sa.Column("unit", sa.String(length=100), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("checked", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.Column("replaced_by", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("authority <> ''", name=op.f("ck_xq_standards_value_authority")),
        sa.CheckConstraint(
            "checked IN ('text', 'secondary', 'memory')", name=op.f("ck_xq_standards_value_checked")
        ),
        sa.CheckConstraint("value <> ''", name=op.f("ck_xq_standards_value_value")),
        sa.CheckConstraint(
            "(replaced_by = 0) = (withdrawn_at IS NULL)", name=op.f("ck_xq_standards_value_withdrawn")
        ),
        sa.CheckConstraint("until IS NULL OR until > since", name=op.f("ck_xq_standards_value_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_standards_value_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_standards_value_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_standards_value")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_standards_value_key_place", "xq_standards_value", ["county_id", "key", "place"], unique=False
    )
    op.create_table(
        "xq_budget_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "book IN ('school', 'nutrition', 'remittance', 'union', 'party_dues')",
            name=op.f("ck_xq_budget_line_book"),
        ),
        sa.CheckConstraint("committed >= 0", name=op.f("ck_xq_budget_line_committed")),
        sa.CheckConstraint("paid >= 0", name=op.f("ck_xq_budget_line_paid")),
        sa.CheckConstraint("reserved + committed + paid <= amount", name=op.f("ck_xq_budget_line_within")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_xq_budget_line_reserved")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_line_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_line_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_line")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "year",
            "book",
            "code",
            "school_id",
            name="uq_xq_budget_line_district_id_year_book_code_school_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "uq_xq_budget_line_of_district",
        "xq_budget_line",
        ["county_id", "district_id", "year", "book", "code"],
        unique=True,
        postgresql_where=sa.text("school_id IS NULL"),
        sqlite_where=sa.text("school_id IS NULL"),
    )
    op.create_table(
        "xq_budget_entry",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("movement", sa.String(length=40), nullable=False),
        sa.Column("out_of", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source_kind", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose_kind", sa.String(length=80), nullable=False),
        sa.Column("purpose_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "movement IN ('reserve', 'commit', 'pay', 'release', 'refund')",
            name=op.f("ck_xq_budget_entry_movement"),
        ),
        sa.CheckConstraint(
            "out_of IN ('available', 'reserved', 'committed', 'paid')", name=op.f("ck_xq_budget_entry_out_of")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_entry_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_entry_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_entry_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_entry_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_entry_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_entry")),
        sa.UniqueConstraint(
            "county_id",
            "source_kind",
            "source_id",
            "line_id",
            "movement",
            "out_of",
            name="uq_xq_budget_entry_use",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_entry_line_id_purpose_kind_purpose_id",
        "xq_budget_entry",
        ["county_id", "line_id", "purpose_kind", "purpose_id"],
        unique=False,
    )
    op.create_table(
        "xq_evaluation_evidence",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("indicator", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source_kind", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("fact_id", sa.BigInteger(), nullable=False),
        sa.Column("line_no", sa.BigInteger(), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(reverses_id IS NULL AND line_no > 0) OR line_no = -reverses_id",
            name=op.f("ck_xq_evaluation_evidence_line_no"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_evaluation_evidence_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "reverses_id"],
            ["xq_evaluation_evidence.county_id", "xq_evaluation_evidence.id"],
            name="fk_xq_evaluation_evidence_reverses_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_evaluation_evidence_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_evaluation_evidence_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_evaluation_evidence_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_evaluation_evidence")),
        sa.UniqueConstraint(
            "county_id", "fact_id", "line_no", name="uq_xq_evaluation_evidence_fact_id_line_no"
        ),
        sa.UniqueConstraint("county_id", "reverses_id", name="uq_xq_evaluation_evidence_reverses_id"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_evaluation_evidence_district_id_day",
        "xq_evaluation_evidence",
        ["county_id", "district_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_evaluation_evidence_source_kind_source_id",
        "xq_evaluation_evidence",
        ["county_id", "source_kind", "source_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_evaluation_evidence_staff_id_day",
        "xq_evaluation_evidence",
        ["county_id", "staff_id", "day"],
        unique=False,
    )
    _forbid_overlap("xq_standards_value", "place", "key", "replaced_by")
    _say_which_table_is_append_only()
    _make_append_only("xq_budget_entry")
    _make_append_only("xq_evaluation_evidence")


def _say_which_table_is_append_only() -> None:
    """One function serves every table that refuses UPDATE and DELETE."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION xq_core_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$"
        )


def _forbid_overlap(table: str, *key: str) -> None:
    """Half-open days of one key never share a day: EXCLUDE on PostgreSQL, triggers on SQLite."""
    name = f"ex_{table}_{'_'.join(key)}"
    parts = ("county_id", *key)
    if op.get_context().dialect.name == "postgresql":
        same = ", ".join(f"{part} WITH =" for part in parts)
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"({same}, daterange(since, until) WITH &&)"
        )
        return
    same = " AND ".join(f"other.{part} = NEW.{part}" for part in parts)
    meets = (
        "(NEW.until IS NULL OR other.since < NEW.until) AND (other.until IS NULL OR NEW.since < other.until)"
    )
    for verb, extra in (("INSERT", ""), ("UPDATE", " AND other.id <> OLD.id")):
        op.execute(
            f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} AS other WHERE {same} AND {meets}{extra}) "
            f"BEGIN SELECT RAISE(ABORT, 'overlap {name}'); END"
        )


def _make_append_only(table: str) -> None:
    """Refuse UPDATE and DELETE."""
    body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    if op.get_context().dialect.name == "postgresql":
        body = "FOR EACH ROW EXECUTE FUNCTION xq_core_append_only()"
    for verb in ("update", "delete"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {body}")


def downgrade() -> None:
    op.drop_table("xq_evaluation_evidence")
    op.drop_table("xq_budget_entry")
    op.drop_table("xq_budget_line")
    op.drop_table("xq_standards_value")
    op.drop_table("xq_budget_year")
    op.drop_table("xq_core_request")
    op.drop_table("xq_core_data_key")
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION xq_core_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'xq_core_fact is append-only' USING ERRCODE = '23001'; END $$"
        )
