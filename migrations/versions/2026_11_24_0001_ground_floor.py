"""ground floor: journal, seals, county, district, schools, classes, people, figures, statements

Revision: 0001
Revises:
Date: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "xq_core_chain",
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("county_id", name=op.f("pk_xq_core_chain")),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_core_fact",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("staff_no", sa.String(length=40), nullable=False),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_core_fact")),
        info={"xuequ": "tenant"},
    )
    op.create_index("ix_xq_core_fact_name", "xq_core_fact", ["county_id", "name"], unique=False)
    op.create_table(
        "xq_core_seal",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fact_id", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("county_id", "seq", name=op.f("pk_xq_core_seal")),
        sa.UniqueConstraint("county_id", "fact_id", name="uq_xq_core_seal_fact_id"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_county",
        sa.Column("county_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("county_id", name=op.f("pk_xq_registry_county")),
        sa.UniqueConstraint("code", name="uq_xq_registry_county_code"),
        info={"xuequ": "reference"},
    )
    op.create_table(
        "xq_registry_district",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_district_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_district")),
        sa.UniqueConstraint("county_id", "code", name="uq_xq_registry_district_code"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_person",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.CheckConstraint("sex IN ('0', '1', '2', '9')", name=op.f("ck_xq_registry_person_sex")),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_person_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_person")),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_pupil",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_no", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_pupil_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "person_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_registry_pupil_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_pupil_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_pupil")),
        sa.UniqueConstraint("county_id", "pupil_no", name="uq_xq_registry_pupil_pupil_no"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_pupil_district_id", "xq_registry_pupil", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_pupil_person_id", "xq_registry_pupil", ["county_id", "person_id"], unique=False
    )
    op.create_table(
        "xq_registry_school",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "kind IN ('central', 'complete', 'teaching_point')", name=op.f("ck_xq_registry_school_kind")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_school_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_school_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_school")),
        sa.UniqueConstraint(
            "county_id", "district_id", "code", name="uq_xq_registry_school_district_id_code"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_staff",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_no", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "title IN ('full_senior', 'senior', 'first', 'second', 'third', 'none')",
            name=op.f("ck_xq_registry_staff_title"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_staff_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "person_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_registry_staff_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_staff_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_staff")),
        sa.UniqueConstraint("county_id", "staff_no", name="uq_xq_registry_staff_staff_no"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_staff_district_id", "xq_registry_staff", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_staff_person_id", "xq_registry_staff", ["county_id", "person_id"], unique=False
    )
    op.create_table(
        "xq_registry_statement",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("printed", sa.String(length=40), nullable=False),
        sa.Column("numerator", sa.String(length=40), nullable=False),
        sa.Column("denominator", sa.String(length=40), nullable=True),
        sa.Column("wording", sa.String(length=40), nullable=False),
        sa.Column("part_of", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "denominator IN ('schools', 'classes', 'pupils', 'preschool_pupils', 'compulsory_pupils', 'staff', 'staff_senior', 'staff_first', 'staff_second', 'land_area', 'building_area', 'books', 'computers', 'whiteboards')",
            name=op.f("ck_xq_registry_statement_denominator"),
        ),
        sa.CheckConstraint(
            "numerator IN ('schools', 'classes', 'pupils', 'preschool_pupils', 'compulsory_pupils', 'staff', 'staff_senior', 'staff_first', 'staff_second', 'land_area', 'building_area', 'books', 'computers', 'whiteboards')",
            name=op.f("ck_xq_registry_statement_numerator"),
        ),
        sa.CheckConstraint(
            "wording IN ('exact', 'rounded', 'at_least')", name=op.f("ck_xq_registry_statement_wording")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_statement_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_statement_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_statement")),
        sa.UniqueConstraint(
            "county_id", "district_id", "label", name="uq_xq_registry_statement_district_id_label"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_class",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("entry_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('preschool', 'primary', 'junior')", name=op.f("ck_xq_registry_class_stage")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_xq_registry_class_number")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_class_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_class_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_class_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_class")),
        sa.UniqueConstraint(
            "county_id",
            "school_id",
            "stage",
            "entry_year",
            "number",
            name="uq_xq_registry_class_school_id_stage_entry_year_number",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_figure",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "measure IN ('land_area', 'building_area', 'books', 'computers', 'whiteboards')",
            name=op.f("ck_xq_registry_figure_measure"),
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_xq_registry_figure_value")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_figure_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_figure_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_figure_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_figure")),
        sa.UniqueConstraint(
            "county_id", "school_id", "measure", "as_of", name="uq_xq_registry_figure_school_id_measure_as_of"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_placement",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_placement_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_placement_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_placement_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_placement_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_placement_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_placement")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_placement_school_id",
        "xq_registry_placement",
        ["county_id", "school_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_placement_staff_id_since",
        "xq_registry_placement",
        ["county_id", "staff_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_enrolment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_enrolment_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_enrolment_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_enrolment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_enrolment_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_enrolment_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_enrolment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_enrolment")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_enrolment_class_id", "xq_registry_enrolment", ["county_id", "class_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_enrolment_pupil_id_since",
        "xq_registry_enrolment",
        ["county_id", "pupil_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_enrolment_school_id",
        "xq_registry_enrolment",
        ["county_id", "school_id"],
        unique=False,
    )
    _forbid_overlaps("xq_registry_placement", "staff_id")
    _forbid_overlaps("xq_registry_enrolment", "pupil_id")
    _make_append_only()


def _forbid_overlaps(table: str, key: str) -> None:
    """Half-open days of one person never share a day: EXCLUDE on PostgreSQL, triggers on SQLite."""
    name = f"ex_{table}_{key}"
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist "
            f"(county_id WITH =, {key} WITH =, daterange(since, until) WITH &&)"
        )
        return
    same = f"other.county_id = NEW.county_id AND other.{key} = NEW.{key}"
    meets = (
        "(NEW.until IS NULL OR other.since < NEW.until) AND (other.until IS NULL OR NEW.since < other.until)"
    )
    for verb, extra in (("INSERT", ""), ("UPDATE", " AND other.id <> OLD.id")):
        op.execute(
            f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} AS other WHERE {same} AND {meets}{extra}) "
            f"BEGIN SELECT RAISE(ABORT, 'overlap {name}'); END"
        )


def _make_append_only() -> None:
    """The journal refuses UPDATE and DELETE."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION xq_core_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'xq_core_fact is append-only' USING ERRCODE = '23001'; END $$"
        )
        body = "FOR EACH ROW EXECUTE FUNCTION xq_core_append_only()"
    else:
        body = "BEGIN SELECT RAISE(ABORT, 'xq_core_fact is append-only'); END"
    for verb in ("update", "delete"):
        op.execute(f"CREATE TRIGGER xq_core_fact_no_{verb} BEFORE {verb.upper()} ON xq_core_fact {body}")


def downgrade() -> None:
    op.drop_index("ix_xq_registry_enrolment_school_id", table_name="xq_registry_enrolment")
    op.drop_index("ix_xq_registry_enrolment_pupil_id_since", table_name="xq_registry_enrolment")
    op.drop_index("ix_xq_registry_enrolment_class_id", table_name="xq_registry_enrolment")
    op.drop_table("xq_registry_enrolment")
    op.drop_index("ix_xq_registry_placement_staff_id_since", table_name="xq_registry_placement")
    op.drop_index("ix_xq_registry_placement_school_id", table_name="xq_registry_placement")
    op.drop_table("xq_registry_placement")
    op.drop_table("xq_registry_figure")
    op.drop_table("xq_registry_class")
    op.drop_table("xq_registry_statement")
    op.drop_index("ix_xq_registry_staff_person_id", table_name="xq_registry_staff")
    op.drop_index("ix_xq_registry_staff_district_id", table_name="xq_registry_staff")
    op.drop_table("xq_registry_staff")
    op.drop_table("xq_registry_school")
    op.drop_index("ix_xq_registry_pupil_person_id", table_name="xq_registry_pupil")
    op.drop_index("ix_xq_registry_pupil_district_id", table_name="xq_registry_pupil")
    op.drop_table("xq_registry_pupil")
    op.drop_table("xq_registry_person")
    op.drop_table("xq_registry_district")
    op.drop_table("xq_registry_county")
    op.drop_table("xq_core_seal")
    op.drop_index("ix_xq_core_fact_name", table_name="xq_core_fact")
    op.drop_table("xq_core_fact")
    op.drop_table("xq_core_chain")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION xq_core_append_only()")
