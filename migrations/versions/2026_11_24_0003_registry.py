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
        "xq_registry_holiday_notice",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
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
            "ended IN ('expired', 'moved', 'removed', 'resigned', 'retired', 'died', 'succeeded', 'left', 'revoked')",
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
        sa.CheckConstraint(
            "entry IN ('recruited', 'assigned', 'transferred_in', 'reinstated', 'rehired', 'recorded')",
            name=op.f("ck_xq_registry_employment_entry"),
        ),
        sa.CheckConstraint(
            "exit IN ('retired', 'transferred_out', 'resigned', 'dismissed', 'expired', 'died')",
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
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("entry_year", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('set_up', 'new', 'from_outside', 'return', 'illness', 'injury', 'family', 'family_moved', 'parents_work', 'truancy', 'roll_over', 'graduation', 'emigration', 'death', 'class_size', 'application', 'refused', 'withdrawn', 'other')",
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
        "xq_registry_rollover_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rollover_id", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("act IN ('added', 'ended')", name=op.f("ck_xq_registry_rollover_line_act")),
        sa.CheckConstraint(
            "record IN ('class', 'enrolment', 'status')", name=op.f("ck_xq_registry_rollover_line_record")
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
        "ix_xq_registry_rollover_line_rollover_id_record_act",
        "xq_registry_rollover_line",
        ["county_id", "rollover_id", "record", "act"],
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
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "direction IN ('within', 'out', 'in')", name=op.f("ck_xq_registry_transfer_direction")
        ),
        sa.CheckConstraint(
            "reason IN ('set_up', 'new', 'from_outside', 'return', 'illness', 'injury', 'family', 'family_moved', 'parents_work', 'truancy', 'roll_over', 'graduation', 'emigration', 'death', 'class_size', 'application', 'refused', 'withdrawn', 'other')",
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
    _forbid_overlap("xq_registry_appointment", "staff_id", "post", "place")
    _forbid_overlap("xq_registry_appointment", "seat")
    _forbid_overlap("xq_registry_employment", "staff_id")
    _forbid_overlap("xq_registry_guardian", "pupil_id", "person_id")
    _forbid_overlap("xq_registry_pupil_status", "pupil_id")
    _forbid_overlap("xq_registry_pupil_trait", "pupil_id", "kind")
    _forbid_overlap("xq_registry_standing", "staff_id", "kind")
    _forbid_overlap("xq_registry_certificate_term", "certificate_id")
    _forbid_overlap("xq_registry_class_group_member", "class_id")
    _forbid_overlap("xq_registry_delegation", "appointment_id", "staff_id")
    _forbid_overlap("xq_registry_head_teacher", "class_id")
    _forbid_overlap("xq_registry_teaching", "class_id", "subject")
    _say_what_was_unsaid()
    if op.get_context().dialect.name == "postgresql":
        _alter_up()
    else:
        _rebuild_up()
    _say_how_spans_began()


def _alter_up() -> None:
    """PostgreSQL changes its tables in place."""
    op.add_column("xq_registry_pupil", sa.Column("hukou_area", sa.String(length=12), nullable=True))
    op.drop_constraint("ck_xq_registry_staff_title", "xq_registry_staff")
    op.alter_column("xq_registry_staff", "district_id", nullable=True)
    op.drop_column("xq_registry_staff", "title")
    op.add_column("xq_registry_class", sa.Column("dissolved_on", sa.Date(), nullable=True))
    op.add_column("xq_registry_class", sa.Column("successor_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "fk_xq_registry_class_successor_id",
        "xq_registry_class",
        "xq_registry_class",
        ["county_id", "successor_id"],
        ["county_id", "id"],
    )
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
    op.drop_column("xq_registry_pupil", "hukou_area")
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
    op.drop_constraint("fk_xq_registry_class_successor_id", "xq_registry_class")
    op.drop_column("xq_registry_class", "dissolved_on")
    op.drop_column("xq_registry_class", "successor_id")
    op.drop_constraint("ck_xq_registry_placement_kind", "xq_registry_placement")
    op.alter_column("xq_registry_placement", "district_id", nullable=False)
    op.drop_column("xq_registry_placement", "kind")
    op.drop_column("xq_registry_placement", "authority")
    op.drop_constraint("ck_xq_registry_enrolment_entered_as", "xq_registry_enrolment")
    op.drop_constraint("ck_xq_registry_enrolment_left_as", "xq_registry_enrolment")
    op.drop_column("xq_registry_enrolment", "entered_as")
    op.drop_column("xq_registry_enrolment", "left_as")


def _rebuild_up() -> None:
    """SQLite makes a changed table anew; that drops its indexes and triggers, which are made again."""
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
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("pupil_no", sa.String(length=40), nullable=False),
        sa.Column("hukou_area", sa.String(length=12), nullable=True),
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
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("entry_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.BigInteger(), nullable=True),
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
        sa.Column("district_id", sa.BigInteger(), nullable=False),
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
    "xq_registry_pupil": _pupil_before,
    "xq_registry_staff": _staff_before,
    "xq_registry_class": _class_before,
    "xq_registry_placement": _placement_before,
    "xq_registry_enrolment": _enrolment_before,
}
NOW: dict[str, Shape] = {
    "xq_registry_pupil": _pupil_now,
    "xq_registry_staff": _staff_now,
    "xq_registry_class": _class_now,
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
    category of teacher are held from that day; a pupil is registered from the first day in a class.
    """
    op.execute(
        "INSERT INTO xq_registry_employment "
        "(county_id, id, district_id, school_id, staff_id, since, until, entry, exit, authority) "
        "SELECT staff.county_id, staff.id, place.district_id, place.school_id, staff.id, place.since, "
        "(SELECT CASE WHEN count(*) = count(span.until) THEN max(span.until) END "
        "FROM xq_registry_placement AS span "
        "WHERE span.county_id = staff.county_id AND span.staff_id = staff.id), 'recorded', NULL, '' "
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
        "SELECT pupil.county_id, pupil.id, now.district_id, now.school_id, pupil.id, 'registered', "
        "(SELECT min(first.since) FROM xq_registry_enrolment AS first "
        "WHERE first.county_id = pupil.county_id AND first.pupil_id = pupil.id), "
        "NULL, 'set_up', '', NULL, NULL, NULL "
        "FROM xq_registry_pupil AS pupil JOIN xq_registry_enrolment AS now "
        "ON now.county_id = pupil.county_id AND now.pupil_id = pupil.id AND now.until IS NULL"
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


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        _alter_down()
    else:
        _rebuild_down()
    op.drop_table("xq_registry_transfer")
    op.drop_table("xq_registry_teaching")
    op.drop_table("xq_registry_head_teacher")
    op.drop_table("xq_registry_delegation")
    op.drop_table("xq_registry_class_group_member")
    op.drop_table("xq_registry_certificate_term")
    op.drop_table("xq_registry_standing")
    op.drop_table("xq_registry_rollover_line")
    op.drop_table("xq_registry_pupil_trait")
    op.drop_table("xq_registry_pupil_status")
    op.drop_table("xq_registry_holiday_day")
    op.drop_table("xq_registry_guardian")
    op.drop_table("xq_registry_employment")
    op.drop_table("xq_registry_closure")
    op.drop_table("xq_registry_class_group")
    op.drop_table("xq_registry_certificate")
    op.drop_table("xq_registry_attachment")
    op.drop_table("xq_registry_appointment")
    op.drop_table("xq_registry_apart_days")
    op.drop_table("xq_registry_term")
    op.drop_table("xq_registry_rollover")
    op.drop_table("xq_registry_make_up_day")
    op.drop_table("xq_registry_holiday_notice")
