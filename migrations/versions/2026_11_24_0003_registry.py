"""registry: people, staff, pupils, classes, posts, calendar as of any day

Revision: 0003
Revises: 0002
Date: 2026-11-24
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Shape = Callable[[], list[sa.schema.SchemaItem]]


def upgrade() -> None:
    op.create_table(
        "xq_registry_land",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("certificate", sa.String(length=100), nullable=True),
        sa.CheckConstraint(
            "use IN ('school', 'sports', 'green', 'farm', 'other')", name=op.f("ck_xq_registry_land_use")
        ),
        sa.CheckConstraint("area > 0", name=op.f("ck_xq_registry_land_area")),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_land_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_land")),
        sa.UniqueConstraint("county_id", "certificate", name="uq_xq_registry_land_certificate"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_township",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_township_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_township")),
        sa.UniqueConstraint("county_id", "code", name="uq_xq_registry_township_code"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_premises",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("land_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("structure", sa.String(length=40), nullable=False),
        sa.Column("built_year", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "structure IN ('frame', 'brick_concrete', 'brick_timber', 'earth_timber', 'steel', 'other')",
            name=op.f("ck_xq_registry_premises_structure"),
        ),
        sa.CheckConstraint("area > 0", name=op.f("ck_xq_registry_premises_area")),
        sa.ForeignKeyConstraint(
            ["county_id", "land_id"],
            ["xq_registry_land.county_id", "xq_registry_land.id"],
            name="fk_xq_registry_premises_land_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_premises_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_premises")),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_danger",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("premises_id", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint("level IN ('A', 'B', 'C', 'D')", name=op.f("ck_xq_registry_danger_level")),
        sa.ForeignKeyConstraint(
            ["county_id", "premises_id"],
            ["xq_registry_premises.county_id", "xq_registry_premises.id"],
            name="fk_xq_registry_danger_premises_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_danger_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_danger")),
        sa.UniqueConstraint(
            "county_id", "premises_id", "assessed_on", name="uq_xq_registry_danger_premises_id_assessed_on"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_governance",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint("mode IN ('principal', 'party')", name=op.f("ck_xq_registry_governance_mode")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_governance_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_governance_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_governance_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_governance")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_governance_district_id_since",
        "xq_registry_governance",
        ["county_id", "district_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_headcount",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("count_date", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "edition = 1 OR (edition > 1 AND reason <> '')", name=op.f("ck_xq_registry_headcount_edition")
        ),
        sa.CheckConstraint(
            "purpose IN ('year_start', 'term_start', 'funds', 'balance', 'other')",
            name=op.f("ck_xq_registry_headcount_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_headcount_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_headcount_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_headcount")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "count_date",
            "purpose",
            "edition",
            name="uq_xq_registry_headcount_district_id_count_date_purpose_edition",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_holiday_notice",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "owner_id = COALESCE(district_id, county_id)", name=op.f("ck_xq_registry_holiday_notice_owner")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_holiday_notice_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_holiday_notice_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_holiday_notice")),
        sa.UniqueConstraint(
            "county_id",
            "owner_id",
            "year",
            "edition",
            name="uq_xq_registry_holiday_notice_owner_id_year_edition",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_make_up_day",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("follows_weekday", sa.Integer(), nullable=False),
        sa.Column("parity", sa.String(length=10), nullable=True),
        sa.CheckConstraint("parity IN ('odd', 'even')", name=op.f("ck_xq_registry_make_up_day_parity")),
        sa.CheckConstraint(
            "follows_weekday BETWEEN 1 AND 5", name=op.f("ck_xq_registry_make_up_day_follows_weekday")
        ),
        sa.CheckConstraint(
            "owner_id = COALESCE(district_id, county_id)", name=op.f("ck_xq_registry_make_up_day_owner")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_make_up_day_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_make_up_day_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_make_up_day")),
        sa.UniqueConstraint("county_id", "owner_id", "day", name="uq_xq_registry_make_up_day_owner_id_day"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_rollover",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by", sa.String(length=100), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=100), nullable=True),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)", name=op.f("ck_xq_registry_rollover_undone")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_rollover_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_rollover_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_rollover")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_rollover_district_id_year",
        "xq_registry_rollover",
        ["county_id", "district_id", "year"],
        unique=False,
    )
    op.create_index(
        "uq_xq_registry_rollover_standing",
        "xq_registry_rollover",
        ["county_id", "district_id", "year"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index(
        "uq_xq_registry_rollover_standing_county",
        "xq_registry_rollover",
        ["county_id", "year"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL AND district_id IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL AND district_id IS NULL"),
    )
    op.create_table(
        "xq_registry_room",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("premises_id", sa.BigInteger(), nullable=True),
        sa.Column("land_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "(premises_id IS NULL) <> (land_id IS NULL)", name=op.f("ck_xq_registry_room_where")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "land_id"],
            ["xq_registry_land.county_id", "xq_registry_land.id"],
            name="fk_xq_registry_room_land_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "premises_id"],
            ["xq_registry_premises.county_id", "xq_registry_premises.id"],
            name="fk_xq_registry_room_premises_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_room_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_room")),
        sa.UniqueConstraint("county_id", "land_id", "number", name="uq_xq_registry_room_land_id_number"),
        sa.UniqueConstraint(
            "county_id", "premises_id", "number", name="uq_xq_registry_room_premises_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_term",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("holiday_weeks", sa.String(length=10), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "holiday_weeks IN ('keep', 'skip')", name=op.f("ck_xq_registry_term_holiday_weeks")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_xq_registry_term_span")),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_xq_registry_term_number")),
        sa.CheckConstraint(
            "owner_id = COALESCE(district_id, county_id)", name=op.f("ck_xq_registry_term_owner")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_term_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_term_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_term")),
        sa.UniqueConstraint(
            "county_id",
            "owner_id",
            "school_year",
            "number",
            "edition",
            name="uq_xq_registry_term_owner_id_school_year_number_edition",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_village",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("township_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_village_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "township_id"],
            ["xq_registry_township.county_id", "xq_registry_township.id"],
            name="fk_xq_registry_village_township_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_village_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_village")),
        sa.UniqueConstraint("county_id", "code", name="uq_xq_registry_village_code"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_village_district_id",
        "xq_registry_village",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_apart_days",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('exam', 'event', 'local_holiday')", name=op.f("ck_xq_registry_apart_days_kind")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_xq_registry_apart_days_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_apart_days_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_apart_days_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_apart_days_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_apart_days")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_apart_days_first_day",
        "xq_registry_apart_days",
        ["county_id", "first_day"],
        unique=False,
    )
    op.create_table(
        "xq_registry_attachment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("source_kind", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_xq_registry_attachment_size")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_attachment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_attachment_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_attachment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_attachment")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_attachment_sha256", "xq_registry_attachment", ["county_id", "sha256"], unique=False
    )
    op.create_index(
        "ix_xq_registry_attachment_source_kind_source_id",
        "xq_registry_attachment",
        ["county_id", "source_kind", "source_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_registry_attachment_standing",
        "xq_registry_attachment",
        ["county_id", "source_kind", "source_id", "sha256", "name"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
        sqlite_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "xq_registry_class_group",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('combined', 'multi_grade')", name=op.f("ck_xq_registry_class_group_kind")
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_class_group_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_class_group_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_class_group_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_class_group_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_class_group")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_class_group_school_id",
        "xq_registry_class_group",
        ["county_id", "school_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_closure",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("first_half", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("last_half", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("lifted_day", sa.Date(), nullable=True),
        sa.Column("lifted_half", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('weather', 'disaster', 'epidemic', 'utilities', 'safety', 'other')",
            name=op.f("ck_xq_registry_closure_reason"),
        ),
        sa.CheckConstraint(
            "(lifted_day IS NULL) = (lifted_half IS NULL)", name=op.f("ck_xq_registry_closure_lifted")
        ),
        sa.CheckConstraint("first_half IN (0, 1)", name=op.f("ck_xq_registry_closure_first_half")),
        sa.CheckConstraint(
            "last_day > first_day OR (last_day = first_day AND last_half >= first_half)",
            name=op.f("ck_xq_registry_closure_span"),
        ),
        sa.CheckConstraint("last_half IN (0, 1)", name=op.f("ck_xq_registry_closure_last_half")),
        sa.CheckConstraint("lifted_half IN (0, 1)", name=op.f("ck_xq_registry_closure_lifted_half")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_closure_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_closure_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_closure_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_closure")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_closure_first_day", "xq_registry_closure", ["county_id", "first_day"], unique=False
    )
    op.create_table(
        "xq_registry_headcount_confirmation",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("headcount_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_headcount_confirmation_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "headcount_id"],
            ["xq_registry_headcount.county_id", "xq_registry_headcount.id"],
            name="fk_xq_registry_headcount_confirmation_headcount_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_headcount_confirmation_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"],
            ["xq_registry_county.county_id"],
            name="fk_xq_registry_headcount_confirmation_county_id",
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_headcount_confirmation")),
        sa.UniqueConstraint(
            "county_id",
            "headcount_id",
            "school_id",
            name="uq_xq_registry_headcount_confirmation_headcount_id_school_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_headcount_freeze",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("headcount_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Text(), nullable=False),
        sa.Column("unconfirmed", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("on_roll", sa.Integer(), nullable=False),
        sa.Column("in_school", sa.Integer(), nullable=False),
        sa.Column("boarders", sa.Integer(), nullable=False),
        sa.Column("left_behind", sa.Integer(), nullable=False),
        sa.Column("migrant", sa.Integer(), nullable=False),
        sa.Column("special_needs", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(unconfirmed = '') = (reason = '')", name=op.f("ck_xq_registry_headcount_freeze_reason")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_headcount_freeze_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "headcount_id"],
            ["xq_registry_headcount.county_id", "xq_registry_headcount.id"],
            name="fk_xq_registry_headcount_freeze_headcount_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_headcount_freeze_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_headcount_freeze")),
        sa.UniqueConstraint("county_id", "headcount_id", name="uq_xq_registry_headcount_freeze_headcount_id"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_headcount_staff",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("headcount_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("establishment", sa.String(length=40), nullable=True),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('teacher', 'administration', 'support', 'worker')",
            name=op.f("ck_xq_registry_headcount_staff_category"),
        ),
        sa.CheckConstraint(
            "establishment IN ('regular', 'special_post', 'contract', 'substitute', 'rehired', 'purchased', 'seconded', 'volunteer')",
            name=op.f("ck_xq_registry_headcount_staff_establishment"),
        ),
        sa.CheckConstraint(
            "title IN ('full_senior', 'senior', 'first', 'second', 'third', 'none')",
            name=op.f("ck_xq_registry_headcount_staff_title"),
        ),
        sa.CheckConstraint("heads > 0", name=op.f("ck_xq_registry_headcount_staff_heads")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_headcount_staff_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "headcount_id"],
            ["xq_registry_headcount.county_id", "xq_registry_headcount.id"],
            name="fk_xq_registry_headcount_staff_headcount_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_headcount_staff_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_headcount_staff_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_headcount_staff")),
        sa.UniqueConstraint(
            "county_id", "headcount_id", "line_no", name="uq_xq_registry_headcount_staff_headcount_id_line_no"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_holiday_day",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.CheckConstraint("kind IN ('off', 'work')", name=op.f("ck_xq_registry_holiday_day_kind")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_holiday_day_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "notice_id"],
            ["xq_registry_holiday_notice.county_id", "xq_registry_holiday_notice.id"],
            name="fk_xq_registry_holiday_day_notice_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_holiday_day_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_holiday_day")),
        sa.UniqueConstraint("county_id", "notice_id", "day", name="uq_xq_registry_holiday_day_notice_id_day"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_land_holding",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("land_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_land_holding_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_land_holding_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "land_id"],
            ["xq_registry_land.county_id", "xq_registry_land.id"],
            name="fk_xq_registry_land_holding_land_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_land_holding_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_land_holding_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_land_holding")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_land_holding_land_id_since",
        "xq_registry_land_holding",
        ["county_id", "land_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_land_holding_school_id_since",
        "xq_registry_land_holding",
        ["county_id", "school_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_person_merge",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=False),
        sa.Column("merged_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("filled", sa.String(length=200), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["county_id", "kept_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_registry_person_merge_kept_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "merged_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_registry_person_merge_merged_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_person_merge_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_person_merge")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_person_merge_kept_id",
        "xq_registry_person_merge",
        ["county_id", "kept_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_registry_person_merge_standing",
        "xq_registry_person_merge",
        ["county_id", "merged_id"],
        unique=True,
        postgresql_where=sa.text("undone_at IS NULL"),
        sqlite_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "xq_registry_premises_span",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("premises_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "state <> 'in_use' OR school_id IS NOT NULL", name=op.f("ck_xq_registry_premises_span_in_use")
        ),
        sa.CheckConstraint(
            "state IN ('in_use', 'idle', 'demolished')", name=op.f("ck_xq_registry_premises_span_state")
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_premises_span_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_premises_span_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "premises_id"],
            ["xq_registry_premises.county_id", "xq_registry_premises.id"],
            name="fk_xq_registry_premises_span_premises_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_premises_span_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_premises_span_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_premises_span")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_premises_span_premises_id_since",
        "xq_registry_premises_span",
        ["county_id", "premises_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_premises_span_school_id_since",
        "xq_registry_premises_span",
        ["county_id", "school_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_room_span",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("room_id", sa.BigInteger(), nullable=False),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("area", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("networked", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "use IN ('classroom', 'laboratory', 'library', 'computer', 'multimedia', 'music', 'art', 'dance', 'indoor_pe', 'office', 'dormitory', 'canteen', 'toilet', 'field', 'other')",
            name=op.f("ck_xq_registry_room_span_use"),
        ),
        sa.CheckConstraint("area > 0", name=op.f("ck_xq_registry_room_span_area")),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_xq_registry_room_span_capacity")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_room_span_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "room_id"],
            ["xq_registry_room.county_id", "xq_registry_room.id"],
            name="fk_xq_registry_room_span_room_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_room_span_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_room_span")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_room_span_room_id_since",
        "xq_registry_room_span",
        ["county_id", "room_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_school_village",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("village_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_school_village_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_school_village_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_school_village_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "village_id"],
            ["xq_registry_village.county_id", "xq_registry_village.id"],
            name="fk_xq_registry_school_village_village_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_school_village_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_school_village")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_school_village_school_id_since",
        "xq_registry_school_village",
        ["county_id", "school_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_school_village_village_id",
        "xq_registry_school_village",
        ["county_id", "village_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_staff_roll",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(edition = 1 AND reason = '') OR (edition > 1 AND reason <> '')",
            name=op.f("ck_xq_registry_staff_roll_edition"),
        ),
        sa.CheckConstraint(
            "due > 0 AND present BETWEEN 0 AND due", name=op.f("ck_xq_registry_staff_roll_present")
        ),
        sa.CheckConstraint("half IN (0, 1)", name=op.f("ck_xq_registry_staff_roll_half")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_staff_roll_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_staff_roll_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_staff_roll_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_staff_roll")),
        sa.UniqueConstraint(
            "county_id",
            "school_id",
            "day",
            "half",
            "edition",
            name="uq_xq_registry_staff_roll_school_id_day_half_edition",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_village_count",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("village_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "measure IN ('groups', 'households', 'people', 'school_age', 'illiterates')",
            name=op.f("ck_xq_registry_village_count_measure"),
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_xq_registry_village_count_value")),
        sa.ForeignKeyConstraint(
            ["county_id", "village_id"],
            ["xq_registry_village.county_id", "xq_registry_village.id"],
            name="fk_xq_registry_village_count_village_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_village_count_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_village_count")),
        sa.UniqueConstraint(
            "county_id",
            "village_id",
            "measure",
            "as_of",
            "edition",
            name="uq_xq_registry_village_count_village_id_measure_as_of_edition",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_appointment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=150), nullable=False),
        sa.Column("seat", sa.String(length=200), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "ended IN ('expired', 'moved', 'removed', 'resigned', 'retired', 'died', 'succeeded', 'left', 'abolished')",
            name=op.f("ck_xq_registry_appointment_ended"),
        ),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_registry_appointment_post"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_appointment_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_appointment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_appointment_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_appointment_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_appointment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_appointment")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_appointment_district_id",
        "xq_registry_appointment",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_appointment_seat_since",
        "xq_registry_appointment",
        ["county_id", "seat", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_appointment_staff_id_since",
        "xq_registry_appointment",
        ["county_id", "staff_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_certificate",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('1', '2', '3', '4', '5', '6', '7')", name=op.f("ck_xq_registry_certificate_kind")
        ),
        sa.CheckConstraint(
            "subject IN ('ethics', 'chinese', 'maths', 'english', 'science', 'pe', 'arts', 'music', 'fine_art', 'it', 'labour', 'practice', 'history', 'geography', 'physics', 'chemistry', 'biology', 'calligraphy', 'reading', 'health', 'local', 'school_based', 'class_meeting', 'preschool')",
            name=op.f("ck_xq_registry_certificate_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_certificate_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_certificate_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_certificate")),
        sa.UniqueConstraint("county_id", "number", name="uq_xq_registry_certificate_number"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_certificate_staff_id",
        "xq_registry_certificate",
        ["county_id", "staff_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_class_group_member",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_class_group_member_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_class_group_member_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "group_id"],
            ["xq_registry_class_group.county_id", "xq_registry_class_group.id"],
            name="fk_xq_registry_class_group_member_group_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"],
            ["xq_registry_county.county_id"],
            name="fk_xq_registry_class_group_member_county_id",
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_class_group_member")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_class_group_member_class_id_since",
        "xq_registry_class_group_member",
        ["county_id", "class_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_class_group_member_group_id",
        "xq_registry_class_group_member",
        ["county_id", "group_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_employment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("entry", sa.String(length=40), nullable=False),
        sa.Column("exit", sa.String(length=40), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("exit_authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "entry IN ('recruited', 'assigned', 'transferred_in', 'reinstated', 'rehired', 'rehomed', 'recorded')",
            name=op.f("ck_xq_registry_employment_entry"),
        ),
        sa.CheckConstraint(
            "exit IN ('retired', 'transferred_out', 'resigned', 'dismissed', 'expired', 'died', 'rehomed')",
            name=op.f("ck_xq_registry_employment_exit"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_employment_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_employment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_employment_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_employment_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_employment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_employment")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_employment_school_id",
        "xq_registry_employment",
        ["county_id", "school_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_employment_staff_id_since",
        "xq_registry_employment",
        ["county_id", "staff_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_guardian",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "relation IN ('01', '02', '11', '12', '20', '30', '41', '42', '43', '44', '51', '52', '57', '58', '61', '62', '63', '64', '71', '72', '73', '74', '75', '76', '77', '78', '81', '82', '83', '84', '85', '86', '87', '88', '89', '90', '91', '92', '93', '94', '95', '96', '97', '98', '99')",
            name=op.f("ck_xq_registry_guardian_relation"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_guardian_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "person_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_registry_guardian_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_guardian_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_guardian_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_guardian")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_guardian_person_id", "xq_registry_guardian", ["county_id", "person_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_guardian_pupil_id", "xq_registry_guardian", ["county_id", "pupil_id"], unique=False
    )
    op.create_index(
        "uq_xq_registry_guardian_primary",
        "xq_registry_guardian",
        ["county_id", "pupil_id"],
        unique=True,
        sqlite_where=sa.text("is_primary AND until IS NULL"),
        postgresql_where=sa.text("is_primary AND until IS NULL"),
    )
    op.create_table(
        "xq_registry_head_teacher",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_head_teacher_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_head_teacher_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_head_teacher_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_head_teacher_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_head_teacher_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_head_teacher_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_head_teacher")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_head_teacher_class_id_since",
        "xq_registry_head_teacher",
        ["county_id", "class_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_head_teacher_staff_id",
        "xq_registry_head_teacher",
        ["county_id", "staff_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_headcount_pupils",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("headcount_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("class_name", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("on_roll", sa.Integer(), nullable=False),
        sa.Column("in_school", sa.Integer(), nullable=False),
        sa.Column("boarders", sa.Integer(), nullable=False),
        sa.Column("left_behind", sa.Integer(), nullable=False),
        sa.Column("migrant", sa.Integer(), nullable=False),
        sa.Column("special_needs", sa.Integer(), nullable=False),
        sa.CheckConstraint("sex IN ('0', '1', '2', '9')", name=op.f("ck_xq_registry_headcount_pupils_sex")),
        sa.CheckConstraint(
            "stage IN ('preschool', 'primary', 'junior')", name=op.f("ck_xq_registry_headcount_pupils_stage")
        ),
        sa.CheckConstraint(
            "boarders BETWEEN 0 AND in_school AND left_behind BETWEEN 0 AND in_school AND migrant BETWEEN 0 AND in_school AND special_needs BETWEEN 0 AND in_school",
            name=op.f("ck_xq_registry_headcount_pupils_among"),
        ),
        sa.CheckConstraint(
            "on_roll > 0 AND in_school BETWEEN 0 AND on_roll",
            name=op.f("ck_xq_registry_headcount_pupils_heads"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_headcount_pupils_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_headcount_pupils_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "headcount_id"],
            ["xq_registry_headcount.county_id", "xq_registry_headcount.id"],
            name="fk_xq_registry_headcount_pupils_headcount_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_headcount_pupils_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_headcount_pupils_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_headcount_pupils")),
        sa.UniqueConstraint(
            "county_id",
            "headcount_id",
            "class_id",
            "sex",
            name="uq_xq_registry_headcount_pupils_headcount_id_class_id_sex",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_registry_person_merge_row",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("merge_id", sa.BigInteger(), nullable=False),
        sa.Column("table_name", sa.String(length=63), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "merge_id"],
            ["xq_registry_person_merge.county_id", "xq_registry_person_merge.id"],
            name="fk_xq_registry_person_merge_row_merge_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_person_merge_row_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_person_merge_row")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_person_merge_row_merge_id",
        "xq_registry_person_merge_row",
        ["county_id", "merge_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_pupil_status",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("absent_since", sa.Date(), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("entry_year", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('set_up', 'new', 'from_outside', 'return', 'illness', 'injury', 'family', 'family_moved', 'parents_work', 'truancy', 'roll_over', 'graduation', 'emigration', 'death', 'class_size', 'application', 'refused', 'withdrawn', 'merger', 'other')",
            name=op.f("ck_xq_registry_pupil_status_reason"),
        ),
        sa.CheckConstraint(
            "stage IN ('preschool', 'primary', 'junior')", name=op.f("ck_xq_registry_pupil_status_stage")
        ),
        sa.CheckConstraint(
            "status IN ('applied', 'admitted', 'not_admitted', 'registered', 'suspended', 'dropout_suspected', 'dropped', 'transferring', 'transferred', 'graduated', 'left_preschool', 'abroad', 'deceased')",
            name=op.f("ck_xq_registry_pupil_status_status"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_pupil_status_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_pupil_status_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_pupil_status_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_pupil_status_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_pupil_status_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_pupil_status")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_pupil_status_pupil_id_since",
        "xq_registry_pupil_status",
        ["county_id", "pupil_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_pupil_status_school_id_status",
        "xq_registry_pupil_status",
        ["county_id", "school_id", "status"],
        unique=False,
    )
    op.create_table(
        "xq_registry_pupil_trait",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "detail IN ('both_away', 'one_away', 'from_province', 'from_elsewhere', 'vision', 'hearing', 'speech', 'limbs', 'intellect', 'mental', 'several', 'other_needs')",
            name=op.f("ck_xq_registry_pupil_trait_detail"),
        ),
        sa.CheckConstraint(
            "kind IN ('left_behind', 'migrant', 'boarder', 'special_needs', 'orphan')",
            name=op.f("ck_xq_registry_pupil_trait_kind"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_pupil_trait_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_pupil_trait_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_pupil_trait_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_pupil_trait")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_pupil_trait_pupil_id_kind",
        "xq_registry_pupil_trait",
        ["county_id", "pupil_id", "kind"],
        unique=False,
    )
    op.create_table(
        "xq_registry_residence",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=12), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('hukou', 'actual')", name=op.f("ck_xq_registry_residence_kind")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_residence_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_residence_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_residence_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_residence")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_residence_area", "xq_registry_residence", ["county_id", "area"], unique=False
    )
    op.create_index(
        "ix_xq_registry_residence_pupil_id_kind",
        "xq_registry_residence",
        ["county_id", "pupil_id", "kind"],
        unique=False,
    )
    op.create_table(
        "xq_registry_roll",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(edition = 1 AND reason = '') OR (edition > 1 AND reason <> '')",
            name=op.f("ck_xq_registry_roll_edition"),
        ),
        sa.CheckConstraint("due > 0 AND present BETWEEN 0 AND due", name=op.f("ck_xq_registry_roll_present")),
        sa.CheckConstraint("half IN (0, 1)", name=op.f("ck_xq_registry_roll_half")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_roll_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_roll_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_roll_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_roll_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_roll")),
        sa.UniqueConstraint(
            "county_id",
            "class_id",
            "day",
            "half",
            "edition",
            name="uq_xq_registry_roll_class_id_day_half_edition",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_roll_school_id_day",
        "xq_registry_roll",
        ["county_id", "school_id", "day"],
        unique=False,
    )
    op.create_table(
        "xq_registry_rollover_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rollover_id", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=True),
        sa.Column("onward", sa.String(length=40), nullable=True),
        sa.Column("was_until", sa.Date(), nullable=True),
        sa.CheckConstraint("act IN ('added', 'ended')", name=op.f("ck_xq_registry_rollover_line_act")),
        sa.CheckConstraint(
            "onward IN ('graduates', 'leaves_preschool', 'promoted', 'enters', 'held_over')",
            name=op.f("ck_xq_registry_rollover_line_onward"),
        ),
        sa.CheckConstraint(
            "record IN ('class', 'enrolment', 'status', 'head_teacher', 'teaching', 'group', 'group_member')",
            name=op.f("ck_xq_registry_rollover_line_record"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_rollover_line_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "rollover_id"],
            ["xq_registry_rollover.county_id", "xq_registry_rollover.id"],
            name="fk_xq_registry_rollover_line_rollover_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_rollover_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_rollover_line")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_rollover_line_rollover_id_record_act_row_id",
        "xq_registry_rollover_line",
        ["county_id", "rollover_id", "record", "act", "row_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_staff_roll_mark",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("roll_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_kind", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind <> 'present'", name=op.f("ck_xq_registry_staff_roll_mark_exception")),
        sa.CheckConstraint(
            "kind IN ('present', 'on_leave', 'official', 'absent', 'late', 'left_early')",
            name=op.f("ck_xq_registry_staff_roll_mark_kind"),
        ),
        sa.CheckConstraint(
            "(source_kind IS NULL) = (source_id IS NULL)", name=op.f("ck_xq_registry_staff_roll_mark_source")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_staff_roll_mark_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "roll_id"],
            ["xq_registry_staff_roll.county_id", "xq_registry_staff_roll.id"],
            name="fk_xq_registry_staff_roll_mark_roll_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_staff_roll_mark_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_staff_roll_mark_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_staff_roll_mark_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_staff_roll_mark")),
        sa.UniqueConstraint(
            "county_id", "roll_id", "staff_id", name="uq_xq_registry_staff_roll_mark_roll_id_staff_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_staff_roll_mark_staff_id",
        "xq_registry_staff_roll_mark",
        ["county_id", "staff_id"],
        unique=False,
    )
    op.create_table(
        "xq_registry_standing",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(kind = 'title' AND code IN ('full_senior', 'senior', 'first', 'second', 'third', 'none')) OR (kind = 'education' AND code IN ('11', '14', '17', '21', '28', '31', '41', '44', '47', '61', '71', '81', '90')) OR (kind = 'degree' AND code IN ('doctor', 'master', 'bachelor', 'none')) OR (kind = 'backbone' AND code IN ('school', 'county', 'city', 'province', 'nation')) OR (kind = 'establishment' AND code IN ('regular', 'special_post', 'contract', 'substitute', 'rehired', 'purchased', 'seconded', 'volunteer')) OR (kind = 'category' AND code IN ('teacher', 'administration', 'support', 'worker'))",
            name=op.f("ck_xq_registry_standing_code"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_standing_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_standing_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_standing_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_standing")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_standing_staff_id_kind_since",
        "xq_registry_standing",
        ["county_id", "staff_id", "kind", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_teaching",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("half_periods", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("itinerant", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("exception", sa.String(length=200), nullable=False),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "ended IN ('leave', 'transfer', 'retirement', 'resignation', 'death', 'suspension', 'rotation', 'class_split', 'weak_result', 'year_end', 'other')",
            name=op.f("ck_xq_registry_teaching_ended"),
        ),
        sa.CheckConstraint(
            "origin IN ('carried_over', 'new', 'adjusted', 'substitute', 'rotation')",
            name=op.f("ck_xq_registry_teaching_origin"),
        ),
        sa.CheckConstraint(
            "subject IN ('ethics', 'chinese', 'maths', 'english', 'science', 'pe', 'arts', 'music', 'fine_art', 'it', 'labour', 'practice', 'history', 'geography', 'physics', 'chemistry', 'biology', 'calligraphy', 'reading', 'health', 'local', 'school_based', 'class_meeting', 'preschool')",
            name=op.f("ck_xq_registry_teaching_subject"),
        ),
        sa.CheckConstraint("half_periods >= 1", name=op.f("ck_xq_registry_teaching_half_periods")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_teaching_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_teaching_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_teaching_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_teaching_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_teaching_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_teaching_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_teaching")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_teaching_class_id_subject",
        "xq_registry_teaching",
        ["county_id", "class_id", "subject"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_teaching_school_id", "xq_registry_teaching", ["county_id", "school_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_teaching_staff_id_since",
        "xq_registry_teaching",
        ["county_id", "staff_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_transfer",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("from_district_id", sa.BigInteger(), nullable=True),
        sa.Column("from_school_id", sa.BigInteger(), nullable=True),
        sa.Column("from_class_id", sa.BigInteger(), nullable=True),
        sa.Column("to_district_id", sa.BigInteger(), nullable=True),
        sa.Column("to_school_id", sa.BigInteger(), nullable=True),
        sa.Column("to_class_id", sa.BigInteger(), nullable=True),
        sa.Column("outside", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("guardian_applied", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_provisional", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "direction IN ('within', 'out', 'in')", name=op.f("ck_xq_registry_transfer_direction")
        ),
        sa.CheckConstraint(
            "reason IN ('set_up', 'new', 'from_outside', 'return', 'illness', 'injury', 'family', 'family_moved', 'parents_work', 'truancy', 'roll_over', 'graduation', 'emigration', 'death', 'class_size', 'application', 'refused', 'withdrawn', 'merger', 'other')",
            name=op.f("ck_xq_registry_transfer_reason"),
        ),
        sa.CheckConstraint(
            "requested_by IN ('sending', 'receiving')", name=op.f("ck_xq_registry_transfer_requested_by")
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'released', 'accepted', 'refused', 'withdrawn')",
            name=op.f("ck_xq_registry_transfer_state"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "from_class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_transfer_from_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "from_district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_transfer_from_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "from_school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_transfer_from_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_transfer_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "to_class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_transfer_to_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "to_district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_transfer_to_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "to_school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_transfer_to_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_transfer_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_transfer")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_transfer_from_school_id",
        "xq_registry_transfer",
        ["county_id", "from_school_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_transfer_pupil_id", "xq_registry_transfer", ["county_id", "pupil_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_transfer_to_school_id",
        "xq_registry_transfer",
        ["county_id", "to_school_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_registry_transfer_open",
        "xq_registry_transfer",
        ["county_id", "pupil_id"],
        unique=True,
        sqlite_where=sa.text("decided_on IS NULL"),
        postgresql_where=sa.text("decided_on IS NULL"),
    )
    op.create_table(
        "xq_registry_certificate_term",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_certificate_term_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "certificate_id"],
            ["xq_registry_certificate.county_id", "xq_registry_certificate.id"],
            name="fk_xq_registry_certificate_term_certificate_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_certificate_term_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_certificate_term")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_certificate_term_certificate_id_since",
        "xq_registry_certificate_term",
        ["county_id", "certificate_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_delegation",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("appointment_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=150), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_registry_delegation_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "appointment_id"],
            ["xq_registry_appointment.county_id", "xq_registry_appointment.id"],
            name="fk_xq_registry_delegation_appointment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_delegation_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_delegation_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_registry_delegation_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_delegation_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_delegation")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_delegation_appointment_id",
        "xq_registry_delegation",
        ["county_id", "appointment_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_delegation_staff_id_since",
        "xq_registry_delegation",
        ["county_id", "staff_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_registry_roll_mark",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("roll_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.CheckConstraint("kind <> 'present'", name=op.f("ck_xq_registry_roll_mark_exception")),
        sa.CheckConstraint(
            "kind IN ('present', 'sick', 'personal', 'truant', 'quarantined', 'activity', 'late', 'left_early')",
            name=op.f("ck_xq_registry_roll_mark_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_roll_mark_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "pupil_id"],
            ["xq_registry_pupil.county_id", "xq_registry_pupil.id"],
            name="fk_xq_registry_roll_mark_pupil_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "roll_id"],
            ["xq_registry_roll.county_id", "xq_registry_roll.id"],
            name="fk_xq_registry_roll_mark_roll_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_roll_mark_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_roll_mark_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_roll_mark")),
        sa.UniqueConstraint(
            "county_id", "roll_id", "pupil_id", name="uq_xq_registry_roll_mark_roll_id_pupil_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_registry_roll_mark_pupil_id", "xq_registry_roll_mark", ["county_id", "pupil_id"], unique=False
    )
    _forbid_overlap("xq_registry_governance", "district_id")
    _forbid_overlap("xq_registry_land_holding", "land_id")
    _forbid_overlap("xq_registry_premises_span", "premises_id")
    _forbid_overlap("xq_registry_room_span", "room_id")
    _forbid_overlap("xq_registry_school_village", "school_id", "village_id")
    _forbid_overlap("xq_registry_appointment", "seat")
    _forbid_overlap("xq_registry_appointment", "staff_id", "post", "place")
    _forbid_overlap("xq_registry_class_group_member", "class_id")
    _forbid_overlap("xq_registry_employment", "staff_id")
    _forbid_overlap("xq_registry_guardian", "pupil_id", "person_id")
    _forbid_overlap("xq_registry_head_teacher", "class_id")
    _forbid_overlap("xq_registry_pupil_status", "pupil_id")
    _forbid_overlap("xq_registry_pupil_trait", "pupil_id", "kind")
    _forbid_overlap("xq_registry_residence", "pupil_id", "kind")
    _forbid_overlap("xq_registry_standing", "staff_id", "kind")
    _forbid_overlap("xq_registry_teaching", "class_id", "subject")
    _forbid_overlap("xq_registry_certificate_term", "certificate_id")
    _forbid_overlap("xq_registry_delegation", "appointment_id", "staff_id")
    _make_append_only("xq_registry_headcount")
    _make_append_only("xq_registry_headcount_confirmation")
    _make_append_only("xq_registry_headcount_freeze")
    _make_append_only("xq_registry_headcount_pupils")
    _make_append_only("xq_registry_headcount_staff")
    _make_append_only("xq_registry_roll")
    _make_append_only("xq_registry_roll_mark")
    _make_append_only("xq_registry_staff_roll")
    _make_append_only("xq_registry_staff_roll_mark")
    _make_append_only("xq_registry_village_count")
    _say_what_was_unsaid()
    if op.get_context().dialect.name == "postgresql":
        _alter_up()
    else:
        _rebuild_up()
    _say_how_spans_began()


def _alter_up() -> None:
    """PostgreSQL changes its tables in place."""
    op.add_column("xq_registry_district", sa.Column("township_id", sa.BigInteger(), nullable=True))
    op.add_column("xq_registry_district", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("xq_registry_district", sa.Column("dissolved_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_xq_registry_district_span"), "xq_registry_district", "dissolved_on > opened_on"
    )
    op.create_foreign_key(
        "fk_xq_registry_district_township_id",
        "xq_registry_district",
        "xq_registry_township",
        ["county_id", "township_id"],
        ["county_id", "id"],
    )
    op.add_column("xq_registry_person", sa.Column("initials", sa.String(length=514), nullable=True))
    op.add_column("xq_registry_person", sa.Column("document_kind", sa.String(length=40), nullable=True))
    op.add_column("xq_registry_person", sa.Column("document_number", sa.LargeBinary(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("document_index", sa.LargeBinary(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("phone", sa.LargeBinary(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("phone_index", sa.LargeBinary(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("recorded_in", sa.BigInteger(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("birth_year", sa.SmallInteger(), nullable=True))
    op.add_column("xq_registry_person", sa.Column("forgotten_on", sa.Date(), nullable=True))
    op.create_check_constraint(
        op.f("ck_xq_registry_person_document_kind"),
        "xq_registry_person",
        "document_kind IN ('1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'Z')",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_person_document"),
        "xq_registry_person",
        "(document_kind IS NULL) = (document_number IS NULL)",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_person_phone"), "xq_registry_person", "(phone IS NULL) = (phone_index IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_person_indexed"),
        "xq_registry_person",
        "document_index IS NULL OR document_number IS NOT NULL",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_person_forgotten"),
        "xq_registry_person",
        "forgotten_on IS NULL OR (birth_date IS NULL AND initials IS NULL AND document_kind IS NULL AND document_number IS NULL AND document_index IS NULL AND phone IS NULL AND phone_index IS NULL)",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_person_merged"), "xq_registry_person", "merged_into_id <> id"
    )
    op.create_foreign_key(
        "fk_xq_registry_person_merged_into_id",
        "xq_registry_person",
        "xq_registry_person",
        ["county_id", "merged_into_id"],
        ["county_id", "id"],
    )
    op.create_foreign_key(
        "fk_xq_registry_person_recorded_in",
        "xq_registry_person",
        "xq_registry_district",
        ["county_id", "recorded_in"],
        ["county_id", "id"],
    )
    op.create_index(
        "ix_xq_registry_person_document_index",
        "xq_registry_person",
        ["county_id", "document_index"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_person_merged_into_id",
        "xq_registry_person",
        ["county_id", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_person_name_birth_date",
        "xq_registry_person",
        ["county_id", "name", "birth_date"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_person_phone_index", "xq_registry_person", ["county_id", "phone_index"], unique=False
    )
    op.create_index(
        "uq_xq_registry_person_document",
        "xq_registry_person",
        ["county_id", "document_index"],
        unique=True,
        postgresql_where=sa.text("merged_into_id IS NULL"),
        sqlite_where=sa.text("merged_into_id IS NULL"),
    )
    op.alter_column("xq_registry_pupil", "district_id", nullable=True)
    op.drop_constraint("ck_xq_registry_school_kind", "xq_registry_school")
    op.add_column("xq_registry_school", sa.Column("legal_person", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE xq_registry_school SET legal_person = (kind = 'central' AND NOT EXISTS (SELECT 1 FROM xq_registry_school AS other WHERE other.county_id = xq_registry_school.county_id AND other.district_id = xq_registry_school.district_id AND other.kind = 'central' AND other.id < xq_registry_school.id))"
    )
    op.alter_column("xq_registry_school", "legal_person", nullable=False)
    op.add_column("xq_registry_school", sa.Column("preschool_attached", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE xq_registry_school SET preschool_attached = EXISTS (SELECT 1 FROM xq_registry_class AS held WHERE held.county_id = xq_registry_school.county_id AND held.school_id = xq_registry_school.id AND held.stage = 'preschool')"
    )
    op.alter_column("xq_registry_school", "preschool_attached", nullable=False)
    op.add_column("xq_registry_school", sa.Column("identifier", sa.String(length=10), nullable=True))
    op.add_column("xq_registry_school", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column("xq_registry_school", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("xq_registry_school", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.add_column("xq_registry_school", sa.Column("closing_authority", sa.String(length=200), nullable=True))
    op.execute("UPDATE xq_registry_school SET closing_authority = ''")
    op.alter_column("xq_registry_school", "closing_authority", nullable=False)
    op.alter_column("xq_registry_school", "district_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_xq_registry_school_legal_person"),
        "xq_registry_school",
        "district_id IS NULL OR NOT legal_person OR kind = 'central'",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_school_kind"),
        "xq_registry_school",
        "kind IN ('central', 'complete', 'teaching_point', 'preschool', 'junior', 'nine_year')",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_school_span"), "xq_registry_school", "closed_on > opened_on"
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_school_identifier"), "xq_registry_school", "length(identifier) = 10"
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_school_merged"),
        "xq_registry_school",
        "merged_into_id IS NULL OR closed_on IS NOT NULL",
    )
    op.create_foreign_key(
        "fk_xq_registry_school_merged_into_id",
        "xq_registry_school",
        "xq_registry_school",
        ["county_id", "merged_into_id"],
        ["county_id", "id"],
    )
    op.create_unique_constraint(
        "uq_xq_registry_school_identifier", "xq_registry_school", ["county_id", "identifier"]
    )
    op.create_index(
        "uq_xq_registry_school_legal_person",
        "xq_registry_school",
        ["county_id", "district_id"],
        unique=True,
        sqlite_where=sa.text("legal_person AND closed_on IS NULL"),
        postgresql_where=sa.text("legal_person AND closed_on IS NULL"),
    )
    op.create_index(
        "uq_xq_registry_school_outside",
        "xq_registry_school",
        ["county_id", "code"],
        unique=True,
        postgresql_where=sa.text("district_id IS NULL"),
        sqlite_where=sa.text("district_id IS NULL"),
    )
    op.drop_constraint("ck_xq_registry_staff_title", "xq_registry_staff")
    op.alter_column("xq_registry_staff", "district_id", nullable=True)
    op.drop_column("xq_registry_staff", "title")
    op.add_column("xq_registry_class", sa.Column("formed_on", sa.Date(), nullable=True))
    op.add_column("xq_registry_class", sa.Column("dissolved_on", sa.Date(), nullable=True))
    op.add_column("xq_registry_class", sa.Column("successor_id", sa.BigInteger(), nullable=True))
    op.alter_column("xq_registry_class", "district_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_xq_registry_class_span"), "xq_registry_class", "dissolved_on > formed_on"
    )
    op.create_foreign_key(
        "fk_xq_registry_class_successor_id",
        "xq_registry_class",
        "xq_registry_class",
        ["county_id", "successor_id"],
        ["county_id", "id"],
    )
    op.alter_column("xq_registry_figure", "district_id", nullable=True)
    op.add_column("xq_registry_placement", sa.Column("kind", sa.String(length=40), nullable=True))
    op.execute("UPDATE xq_registry_placement SET kind = 'own'")
    op.alter_column("xq_registry_placement", "kind", nullable=False)
    op.add_column("xq_registry_placement", sa.Column("authority", sa.String(length=200), nullable=True))
    op.execute("UPDATE xq_registry_placement SET authority = ''")
    op.alter_column("xq_registry_placement", "authority", nullable=False)
    op.alter_column("xq_registry_placement", "district_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_xq_registry_placement_kind"),
        "xq_registry_placement",
        "kind IN ('own', 'assigned', 'support', 'rotation', 'borrowed')",
    )
    op.add_column("xq_registry_enrolment", sa.Column("entered_as", sa.String(length=40), nullable=True))
    op.add_column("xq_registry_enrolment", sa.Column("left_as", sa.String(length=40), nullable=True))
    op.alter_column("xq_registry_enrolment", "district_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_xq_registry_enrolment_entered_as"),
        "xq_registry_enrolment",
        "entered_as IN ('set_up', 'new', 'transfer_in', 'returned', 'class_change', 'promoted', 'held_over', 'rehomed')",
    )
    op.create_check_constraint(
        op.f("ck_xq_registry_enrolment_left_as"),
        "xq_registry_enrolment",
        "left_as IN ('transfer_out', 'graduated', 'left_preschool', 'abroad', 'deceased', 'class_change', 'promoted', 'held_over', 'rehomed')",
    )


def _alter_down() -> None:
    op.drop_constraint("ck_xq_registry_district_span", "xq_registry_district")
    op.drop_constraint("fk_xq_registry_district_township_id", "xq_registry_district")
    op.drop_column("xq_registry_district", "township_id")
    op.drop_column("xq_registry_district", "opened_on")
    op.drop_column("xq_registry_district", "dissolved_on")
    op.drop_index("ix_xq_registry_person_document_index", table_name="xq_registry_person")
    op.drop_index("ix_xq_registry_person_merged_into_id", table_name="xq_registry_person")
    op.drop_index("ix_xq_registry_person_name_birth_date", table_name="xq_registry_person")
    op.drop_index("ix_xq_registry_person_phone_index", table_name="xq_registry_person")
    op.drop_index("uq_xq_registry_person_document", table_name="xq_registry_person")
    op.drop_constraint("ck_xq_registry_person_document_kind", "xq_registry_person")
    op.drop_constraint("ck_xq_registry_person_document", "xq_registry_person")
    op.drop_constraint("ck_xq_registry_person_phone", "xq_registry_person")
    op.drop_constraint("ck_xq_registry_person_indexed", "xq_registry_person")
    op.drop_constraint("ck_xq_registry_person_forgotten", "xq_registry_person")
    op.drop_constraint("ck_xq_registry_person_merged", "xq_registry_person")
    op.drop_constraint("fk_xq_registry_person_merged_into_id", "xq_registry_person")
    op.drop_constraint("fk_xq_registry_person_recorded_in", "xq_registry_person")
    op.drop_column("xq_registry_person", "initials")
    op.drop_column("xq_registry_person", "document_kind")
    op.drop_column("xq_registry_person", "document_number")
    op.drop_column("xq_registry_person", "document_index")
    op.drop_column("xq_registry_person", "phone")
    op.drop_column("xq_registry_person", "phone_index")
    op.drop_column("xq_registry_person", "recorded_in")
    op.drop_column("xq_registry_person", "merged_into_id")
    op.drop_column("xq_registry_person", "birth_year")
    op.drop_column("xq_registry_person", "forgotten_on")
    op.alter_column("xq_registry_pupil", "district_id", nullable=False)
    op.drop_index("uq_xq_registry_school_legal_person", table_name="xq_registry_school")
    op.drop_index("uq_xq_registry_school_outside", table_name="xq_registry_school")
    op.drop_constraint("ck_xq_registry_school_legal_person", "xq_registry_school")
    op.drop_constraint("ck_xq_registry_school_kind", "xq_registry_school")
    op.drop_constraint("ck_xq_registry_school_span", "xq_registry_school")
    op.drop_constraint("ck_xq_registry_school_identifier", "xq_registry_school")
    op.drop_constraint("ck_xq_registry_school_merged", "xq_registry_school")
    op.drop_constraint("fk_xq_registry_school_merged_into_id", "xq_registry_school")
    op.drop_constraint("uq_xq_registry_school_identifier", "xq_registry_school")
    op.alter_column("xq_registry_school", "district_id", nullable=False)
    op.drop_column("xq_registry_school", "legal_person")
    op.drop_column("xq_registry_school", "preschool_attached")
    op.drop_column("xq_registry_school", "identifier")
    op.drop_column("xq_registry_school", "opened_on")
    op.drop_column("xq_registry_school", "closed_on")
    op.drop_column("xq_registry_school", "merged_into_id")
    op.drop_column("xq_registry_school", "closing_authority")
    op.create_check_constraint(
        op.f("ck_xq_registry_school_kind"),
        "xq_registry_school",
        "kind IN ('central', 'complete', 'teaching_point')",
    )
    op.add_column("xq_registry_staff", sa.Column("title", sa.String(length=40), nullable=True))
    op.execute(
        "UPDATE xq_registry_staff SET title = COALESCE((SELECT code FROM xq_registry_standing AS held WHERE held.county_id = xq_registry_staff.county_id AND held.staff_id = xq_registry_staff.id AND held.kind = 'title' AND held.until IS NULL), 'none')"
    )
    op.alter_column("xq_registry_staff", "title", nullable=False)
    op.alter_column("xq_registry_staff", "district_id", nullable=False)
    op.create_check_constraint(
        op.f("ck_xq_registry_staff_title"),
        "xq_registry_staff",
        "title IN ('full_senior', 'senior', 'first', 'second', 'third', 'none')",
    )
    op.drop_constraint("ck_xq_registry_class_span", "xq_registry_class")
    op.drop_constraint("fk_xq_registry_class_successor_id", "xq_registry_class")
    op.alter_column("xq_registry_class", "district_id", nullable=False)
    op.drop_column("xq_registry_class", "formed_on")
    op.drop_column("xq_registry_class", "dissolved_on")
    op.drop_column("xq_registry_class", "successor_id")
    op.alter_column("xq_registry_figure", "district_id", nullable=False)
    op.drop_constraint("ck_xq_registry_placement_kind", "xq_registry_placement")
    op.alter_column("xq_registry_placement", "district_id", nullable=False)
    op.drop_column("xq_registry_placement", "kind")
    op.drop_column("xq_registry_placement", "authority")
    op.drop_constraint("ck_xq_registry_enrolment_entered_as", "xq_registry_enrolment")
    op.drop_constraint("ck_xq_registry_enrolment_left_as", "xq_registry_enrolment")
    op.alter_column("xq_registry_enrolment", "district_id", nullable=False)
    op.drop_column("xq_registry_enrolment", "entered_as")
    op.drop_column("xq_registry_enrolment", "left_as")


def _rebuild_up() -> None:
    """SQLite makes a changed table anew; that drops its indexes and triggers, which are made again."""
    _rebuild("xq_registry_district", NOW["xq_registry_district"], ["county_id", "id", "code", "name"], {})
    _rebuild(
        "xq_registry_person", NOW["xq_registry_person"], ["county_id", "id", "name", "sex", "birth_date"], {}
    )
    op.create_index(
        "ix_xq_registry_person_document_index",
        "xq_registry_person",
        ["county_id", "document_index"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_person_merged_into_id",
        "xq_registry_person",
        ["county_id", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_person_name_birth_date",
        "xq_registry_person",
        ["county_id", "name", "birth_date"],
        unique=False,
    )
    op.create_index(
        "ix_xq_registry_person_phone_index", "xq_registry_person", ["county_id", "phone_index"], unique=False
    )
    op.create_index(
        "uq_xq_registry_person_document",
        "xq_registry_person",
        ["county_id", "document_index"],
        unique=True,
        postgresql_where=sa.text("merged_into_id IS NULL"),
        sqlite_where=sa.text("merged_into_id IS NULL"),
    )
    _rebuild(
        "xq_registry_pupil",
        NOW["xq_registry_pupil"],
        ["county_id", "id", "district_id", "person_id", "pupil_no"],
        {},
    )
    op.create_index(
        "ix_xq_registry_pupil_district_id", "xq_registry_pupil", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_pupil_person_id", "xq_registry_pupil", ["county_id", "person_id"], unique=False
    )
    _rebuild(
        "xq_registry_school",
        NOW["xq_registry_school"],
        ["county_id", "id", "district_id", "code", "name", "kind"],
        {
            "legal_person": "(kind = 'central' AND NOT EXISTS (SELECT 1 FROM xq_registry_school AS other WHERE other.county_id = xq_registry_school.county_id AND other.district_id = xq_registry_school.district_id AND other.kind = 'central' AND other.id < xq_registry_school.id))",
            "preschool_attached": "EXISTS (SELECT 1 FROM xq_registry_class AS held WHERE held.county_id = xq_registry_school.county_id AND held.school_id = xq_registry_school.id AND held.stage = 'preschool')",
            "closing_authority": "''",
        },
    )
    op.create_index(
        "uq_xq_registry_school_legal_person",
        "xq_registry_school",
        ["county_id", "district_id"],
        unique=True,
        sqlite_where=sa.text("legal_person AND closed_on IS NULL"),
        postgresql_where=sa.text("legal_person AND closed_on IS NULL"),
    )
    op.create_index(
        "uq_xq_registry_school_outside",
        "xq_registry_school",
        ["county_id", "code"],
        unique=True,
        postgresql_where=sa.text("district_id IS NULL"),
        sqlite_where=sa.text("district_id IS NULL"),
    )
    _rebuild(
        "xq_registry_staff",
        NOW["xq_registry_staff"],
        ["county_id", "id", "district_id", "person_id", "staff_no"],
        {},
    )
    op.create_index(
        "ix_xq_registry_staff_district_id", "xq_registry_staff", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_staff_person_id", "xq_registry_staff", ["county_id", "person_id"], unique=False
    )
    _rebuild(
        "xq_registry_class",
        NOW["xq_registry_class"],
        ["county_id", "id", "district_id", "school_id", "stage", "entry_year", "number"],
        {},
    )
    _rebuild(
        "xq_registry_figure",
        NOW["xq_registry_figure"],
        ["county_id", "id", "district_id", "school_id", "measure", "as_of", "value"],
        {},
    )
    _rebuild(
        "xq_registry_placement",
        NOW["xq_registry_placement"],
        ["county_id", "id", "district_id", "school_id", "staff_id", "since", "until"],
        {"kind": "'own'", "authority": "''"},
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
    _forbid_overlap("xq_registry_placement", "staff_id")
    _rebuild(
        "xq_registry_enrolment",
        NOW["xq_registry_enrolment"],
        ["county_id", "id", "district_id", "school_id", "class_id", "pupil_id", "since", "until"],
        {},
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
    _forbid_overlap("xq_registry_enrolment", "pupil_id")


def _rebuild_down() -> None:
    _rebuild("xq_registry_district", BEFORE["xq_registry_district"], ["county_id", "id", "code", "name"], {})
    _rebuild(
        "xq_registry_person",
        BEFORE["xq_registry_person"],
        ["county_id", "id", "name", "sex", "birth_date"],
        {},
    )
    _rebuild(
        "xq_registry_pupil",
        BEFORE["xq_registry_pupil"],
        ["county_id", "id", "district_id", "person_id", "pupil_no"],
        {},
    )
    op.create_index(
        "ix_xq_registry_pupil_district_id", "xq_registry_pupil", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_pupil_person_id", "xq_registry_pupil", ["county_id", "person_id"], unique=False
    )
    _rebuild(
        "xq_registry_school",
        BEFORE["xq_registry_school"],
        ["county_id", "id", "district_id", "code", "name", "kind"],
        {},
    )
    _rebuild(
        "xq_registry_staff",
        BEFORE["xq_registry_staff"],
        ["county_id", "id", "district_id", "person_id", "staff_no"],
        {
            "title": "COALESCE((SELECT code FROM xq_registry_standing AS held WHERE held.county_id = xq_registry_staff.county_id AND held.staff_id = xq_registry_staff.id AND held.kind = 'title' AND held.until IS NULL), 'none')"
        },
    )
    op.create_index(
        "ix_xq_registry_staff_district_id", "xq_registry_staff", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_registry_staff_person_id", "xq_registry_staff", ["county_id", "person_id"], unique=False
    )
    _rebuild(
        "xq_registry_class",
        BEFORE["xq_registry_class"],
        ["county_id", "id", "district_id", "school_id", "stage", "entry_year", "number"],
        {},
    )
    _rebuild(
        "xq_registry_figure",
        BEFORE["xq_registry_figure"],
        ["county_id", "id", "district_id", "school_id", "measure", "as_of", "value"],
        {},
    )
    _rebuild(
        "xq_registry_placement",
        BEFORE["xq_registry_placement"],
        ["county_id", "id", "district_id", "school_id", "staff_id", "since", "until"],
        {},
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
    _forbid_overlap("xq_registry_placement", "staff_id")
    _rebuild(
        "xq_registry_enrolment",
        BEFORE["xq_registry_enrolment"],
        ["county_id", "id", "district_id", "school_id", "class_id", "pupil_id", "since", "until"],
        {},
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
    _forbid_overlap("xq_registry_enrolment", "pupil_id")


def _rebuild(table: str, shape: Shape, kept: list[str], filled: dict[str, str]) -> None:
    """Make a table of a new shape, move the rows over, and let it take the name of the old one."""
    op.create_table("xq_rebuilt", *shape())
    into = ", ".join([*kept, *filled])
    values = ", ".join([*kept, *filled.values()])
    op.execute(f"INSERT INTO xq_rebuilt ({into}) SELECT {values} FROM {table}")
    op.drop_table(table)
    op.rename_table("xq_rebuilt", table)


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


def _district_before() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_district_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_district")),
        sa.UniqueConstraint("county_id", "code", name="uq_xq_registry_district_code"),
    ]


def _district_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("township_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.CheckConstraint("dissolved_on > opened_on", name=op.f("ck_xq_registry_district_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "township_id"],
            ["xq_registry_township.county_id", "xq_registry_township.id"],
            name="fk_xq_registry_district_township_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_district_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_district")),
        sa.UniqueConstraint("county_id", "code", name="uq_xq_registry_district_code"),
    ]


def _person_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _person_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("initials", sa.String(length=514), nullable=True),
        sa.Column("document_kind", sa.String(length=40), nullable=True),
        sa.Column("document_number", sa.LargeBinary(), nullable=True),
        sa.Column("document_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_in", sa.BigInteger(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("forgotten_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "document_kind IN ('1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'Z')",
            name=op.f("ck_xq_registry_person_document_kind"),
        ),
        sa.CheckConstraint("sex IN ('0', '1', '2', '9')", name=op.f("ck_xq_registry_person_sex")),
        sa.CheckConstraint(
            "(document_kind IS NULL) = (document_number IS NULL)", name=op.f("ck_xq_registry_person_document")
        ),
        sa.CheckConstraint(
            "(phone IS NULL) = (phone_index IS NULL)", name=op.f("ck_xq_registry_person_phone")
        ),
        sa.CheckConstraint(
            "document_index IS NULL OR document_number IS NOT NULL",
            name=op.f("ck_xq_registry_person_indexed"),
        ),
        sa.CheckConstraint(
            "forgotten_on IS NULL OR (birth_date IS NULL AND initials IS NULL AND document_kind IS NULL AND document_number IS NULL AND document_index IS NULL AND phone IS NULL AND phone_index IS NULL)",
            name=op.f("ck_xq_registry_person_forgotten"),
        ),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_xq_registry_person_merged")),
        sa.ForeignKeyConstraint(
            ["county_id", "merged_into_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_registry_person_merged_into_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "recorded_in"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_person_recorded_in",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_person_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_person")),
    ]


def _pupil_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _pupil_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
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
    ]


def _school_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _school_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("legal_person", sa.Boolean(), nullable=False),
        sa.Column("preschool_attached", sa.Boolean(), nullable=False),
        sa.Column("identifier", sa.String(length=10), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.Column("closing_authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "district_id IS NULL OR NOT legal_person OR kind = 'central'",
            name=op.f("ck_xq_registry_school_legal_person"),
        ),
        sa.CheckConstraint(
            "kind IN ('central', 'complete', 'teaching_point', 'preschool', 'junior', 'nine_year')",
            name=op.f("ck_xq_registry_school_kind"),
        ),
        sa.CheckConstraint("closed_on > opened_on", name=op.f("ck_xq_registry_school_span")),
        sa.CheckConstraint("length(identifier) = 10", name=op.f("ck_xq_registry_school_identifier")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR closed_on IS NOT NULL", name=op.f("ck_xq_registry_school_merged")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_registry_school_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "merged_into_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_registry_school_merged_into_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_registry_school_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_registry_school")),
        sa.UniqueConstraint(
            "county_id", "district_id", "code", name="uq_xq_registry_school_district_id_code"
        ),
        sa.UniqueConstraint("county_id", "identifier", name="uq_xq_registry_school_identifier"),
    ]


def _staff_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _staff_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_no", sa.String(length=40), nullable=False),
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
    ]


def _class_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _class_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("entry_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('preschool', 'primary', 'junior')", name=op.f("ck_xq_registry_class_stage")
        ),
        sa.CheckConstraint("dissolved_on > formed_on", name=op.f("ck_xq_registry_class_span")),
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
            ["county_id", "successor_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_registry_class_successor_id",
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
    ]


def _figure_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _figure_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
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
    ]


def _placement_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _placement_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('own', 'assigned', 'support', 'rotation', 'borrowed')",
            name=op.f("ck_xq_registry_placement_kind"),
        ),
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
    ]


def _enrolment_before() -> list[sa.schema.SchemaItem]:
    return [
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
    ]


def _enrolment_now() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("entered_as", sa.String(length=40), nullable=True),
        sa.Column("left_as", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "entered_as IN ('set_up', 'new', 'transfer_in', 'returned', 'class_change', 'promoted', 'held_over', 'rehomed')",
            name=op.f("ck_xq_registry_enrolment_entered_as"),
        ),
        sa.CheckConstraint(
            "left_as IN ('transfer_out', 'graduated', 'left_preschool', 'abroad', 'deceased', 'class_change', 'promoted', 'held_over', 'rehomed')",
            name=op.f("ck_xq_registry_enrolment_left_as"),
        ),
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
    ]


BEFORE: dict[str, Shape] = {
    "xq_registry_district": _district_before,
    "xq_registry_person": _person_before,
    "xq_registry_pupil": _pupil_before,
    "xq_registry_school": _school_before,
    "xq_registry_staff": _staff_before,
    "xq_registry_class": _class_before,
    "xq_registry_figure": _figure_before,
    "xq_registry_placement": _placement_before,
    "xq_registry_enrolment": _enrolment_before,
}
NOW: dict[str, Shape] = {
    "xq_registry_district": _district_now,
    "xq_registry_person": _person_now,
    "xq_registry_pupil": _pupil_now,
    "xq_registry_school": _school_now,
    "xq_registry_staff": _staff_now,
    "xq_registry_class": _class_now,
    "xq_registry_figure": _figure_now,
    "xq_registry_placement": _placement_now,
    "xq_registry_enrolment": _enrolment_now,
}


FIRST_PLACE = (
    "SELECT min(first.since) FROM xq_registry_placement AS first "
    "WHERE first.county_id = staff.county_id AND first.staff_id = staff.id"
)


def _say_what_was_unsaid() -> None:
    """Employment, title and status were implied by placements, the column `title` and enrolments.

    Somebody is employed by the school of the first placement until the last one ends; the title and the
    category of teacher are held from that day; a pupil is registered at each school from the first day there.
    """
    op.execute(
        "INSERT INTO xq_registry_employment "
        "(county_id, id, district_id, school_id, staff_id, since, until, entry, exit, authority, exit_authority) "
        "SELECT staff.county_id, staff.id, place.district_id, place.school_id, staff.id, place.since, "
        "(SELECT CASE WHEN count(*) = count(span.until) THEN max(span.until) END "
        "FROM xq_registry_placement AS span "
        "WHERE span.county_id = staff.county_id AND span.staff_id = staff.id), 'recorded', NULL, '', '' "
        "FROM xq_registry_staff AS staff JOIN xq_registry_placement AS place "
        "ON place.county_id = staff.county_id AND place.staff_id = staff.id "
        f"WHERE place.since = ({FIRST_PLACE})"
    )
    for kind, code, shift in (("title", "staff.title", 0), ("category", "'teacher'", 1)):
        op.execute(
            "INSERT INTO xq_registry_standing "
            "(county_id, id, staff_id, kind, code, since, until, authority) "
            f"SELECT staff.county_id, 2 * staff.rank + {shift}, staff.id, '{kind}', {code}, "
            f"({FIRST_PLACE}), NULL, '' FROM (SELECT county_id, id, title, "
            "row_number() OVER (PARTITION BY county_id ORDER BY id) AS rank FROM xq_registry_staff) AS staff "
            f"WHERE ({FIRST_PLACE}) IS NOT NULL"
        )
    op.execute(
        "INSERT INTO xq_registry_pupil_status (county_id, id, district_id, school_id, pupil_id, status, "
        "since, until, reason, authority, planned_until, stage, entry_year) "
        "SELECT county_id, id, district_id, school_id, pupil_id, 'registered', since, "
        "lead(since) OVER (PARTITION BY county_id, pupil_id ORDER BY since), 'set_up', '', NULL, NULL, NULL "
        "FROM (SELECT span.*, lag(school_id) OVER (PARTITION BY county_id, pupil_id ORDER BY since) AS before "
        "FROM xq_registry_enrolment AS span) AS run WHERE before IS NULL OR before <> school_id"
    )


def _say_how_spans_began() -> None:
    """The first class of a pupil came with the set-up; a later one by a change of class or a transfer.

    Who works elsewhere than at the employing school was assigned there.
    """
    before = (
        "SELECT {what} FROM xq_registry_enrolment AS before WHERE before.county_id = "
        "xq_registry_enrolment.county_id AND before.pupil_id = xq_registry_enrolment.pupil_id "
        "AND before.until = xq_registry_enrolment.since"
    )
    after = (
        "SELECT {what} FROM xq_registry_enrolment AS after WHERE after.county_id = "
        "xq_registry_enrolment.county_id AND after.pupil_id = xq_registry_enrolment.pupil_id "
        "AND after.since = xq_registry_enrolment.until"
    )
    same = "school_id = xq_registry_enrolment.school_id"
    op.execute(
        "UPDATE xq_registry_enrolment SET entered_as = CASE "
        f"WHEN EXISTS ({before.format(what='1')} AND before.{same}) THEN 'class_change' "
        f"WHEN EXISTS ({before.format(what='1')}) THEN 'transfer_in' ELSE 'set_up' END, "
        "left_as = CASE "
        f"WHEN EXISTS ({after.format(what='1')} AND after.{same}) THEN 'class_change' "
        f"WHEN EXISTS ({after.format(what='1')}) THEN 'transfer_out' END"
    )
    op.execute(
        "UPDATE xq_registry_placement SET kind = 'assigned' WHERE NOT EXISTS (SELECT 1 FROM "
        "xq_registry_employment AS job WHERE job.county_id = xq_registry_placement.county_id "
        "AND job.staff_id = xq_registry_placement.staff_id "
        "AND job.school_id = xq_registry_placement.school_id)"
    )


OUTSIDE = ("enrolment", "placement", "figure", "class", "pupil", "staff", "school")
"""Tables whose rows may lie outside any district now, what points to others first."""


def _take_out_what_the_ground_floor_cannot_hold() -> None:
    """Rows outside any district go, since every row had one; new kinds of schools become the nearest old one.

    What was merged or dissolved stands beside what it was merged into, as if nothing had happened.
    """
    op.execute("UPDATE xq_registry_school SET merged_into_id = NULL")
    op.execute("UPDATE xq_registry_class SET successor_id = NULL")
    for child, column, parent in (
        ("enrolment", "pupil_id", "pupil"),
        ("enrolment", "class_id", "class"),
        ("enrolment", "school_id", "school"),
        ("placement", "staff_id", "staff"),
        ("placement", "school_id", "school"),
        ("figure", "school_id", "school"),
        ("class", "school_id", "school"),
    ):
        op.execute(
            f"DELETE FROM xq_registry_{child} WHERE EXISTS (SELECT 1 FROM xq_registry_{parent} AS above "
            f"WHERE above.county_id = xq_registry_{child}.county_id AND above.id = xq_registry_{child}.{column} "
            "AND above.district_id IS NULL)"
        )
    for table in OUTSIDE:
        op.execute(f"DELETE FROM xq_registry_{table} WHERE district_id IS NULL")
    op.execute(
        "UPDATE xq_registry_school SET kind = 'complete' "
        "WHERE kind NOT IN ('central', 'complete', 'teaching_point')"
    )


def downgrade() -> None:
    op.drop_table("xq_registry_roll_mark")
    op.drop_table("xq_registry_delegation")
    op.drop_table("xq_registry_certificate_term")
    op.drop_table("xq_registry_transfer")
    op.drop_table("xq_registry_teaching")
    op.drop_table("xq_registry_staff_roll_mark")
    op.drop_table("xq_registry_rollover_line")
    op.drop_table("xq_registry_roll")
    op.drop_table("xq_registry_residence")
    op.drop_table("xq_registry_pupil_trait")
    op.drop_table("xq_registry_pupil_status")
    op.drop_table("xq_registry_person_merge_row")
    op.drop_table("xq_registry_headcount_pupils")
    op.drop_table("xq_registry_head_teacher")
    op.drop_table("xq_registry_guardian")
    op.drop_table("xq_registry_employment")
    op.drop_table("xq_registry_class_group_member")
    op.drop_table("xq_registry_certificate")
    op.drop_table("xq_registry_appointment")
    op.drop_table("xq_registry_village_count")
    op.drop_table("xq_registry_staff_roll")
    op.drop_table("xq_registry_school_village")
    op.drop_table("xq_registry_room_span")
    op.drop_table("xq_registry_premises_span")
    op.drop_table("xq_registry_person_merge")
    op.drop_table("xq_registry_land_holding")
    op.drop_table("xq_registry_holiday_day")
    op.drop_table("xq_registry_headcount_staff")
    op.drop_table("xq_registry_headcount_freeze")
    op.drop_table("xq_registry_headcount_confirmation")
    op.drop_table("xq_registry_closure")
    op.drop_table("xq_registry_class_group")
    op.drop_table("xq_registry_attachment")
    op.drop_table("xq_registry_apart_days")
    op.drop_table("xq_registry_village")
    op.drop_table("xq_registry_term")
    op.drop_table("xq_registry_room")
    op.drop_table("xq_registry_rollover")
    op.drop_table("xq_registry_make_up_day")
    op.drop_table("xq_registry_holiday_notice")
    op.drop_table("xq_registry_headcount")
    op.drop_table("xq_registry_governance")
    op.drop_table("xq_registry_danger")
    op.drop_table("xq_registry_premises")
    op.drop_table("xq_registry_land")
    _take_out_what_the_ground_floor_cannot_hold()
    if op.get_context().dialect.name == "postgresql":
        _alter_down()
    else:
        _rebuild_down()
    op.drop_table("xq_registry_standing")
    op.drop_table("xq_registry_township")
