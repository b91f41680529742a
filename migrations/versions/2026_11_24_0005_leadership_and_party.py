"""leadership, party and cover; two posts of the party branch

Revision: 0005
Revises: 0004
Date: 2026-11-24
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

POSTS_BEFORE = (
    "'bureau_officer', 'principal', 'party_secretary', 'academic_director', "
    "'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', "
    "'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', "
    "'young_pioneers', 'research_group_lead', 'school_head', 'teacher'"
)
POSTS_NOW = (
    "'bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', "
    "'academic_director', 'general_affairs_director', 'accountant', 'cashier', "
    "'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', "
    "'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher'"
)
PARTY_POSTS = "'party_commissioner', 'party_group_leader'"


def upgrade() -> None:
    _allow_posts(POSTS_NOW)
    op.create_table(
        "xq_leadership_prepared_link",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("school", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_leadership_prepared_link_post"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_prepared_link_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_prepared_link_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_prepared_link")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "since",
            "school",
            name="uq_xq_leadership_prepared_link_district_id_since_school",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_party_branch",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("superior", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_branch_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_branch_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_branch_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_branch")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_branch_district_id", "xq_party_branch", ["county_id", "district_id"], unique=False
    )
    op.create_table(
        "xq_party_programme",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_programme_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_programme_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_programme_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_programme")),
        sa.UniqueConstraint(
            "county_id", "district_id", "name", name="uq_xq_party_programme_district_id_name"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_leadership_drill",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("problems", sa.String(length=200), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=200), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('evacuation', 'fire', 'earthquake', 'flood', 'crush', 'traffic', 'violence', 'drowning', 'food', 'other')",
            name=op.f("ck_xq_leadership_drill_kind"),
        ),
        sa.CheckConstraint("participants > 0 AND minutes > 0", name=op.f("ck_xq_leadership_drill_size")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_drill_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_drill_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_drill_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_drill")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_drill_district_id_held_on",
        "xq_leadership_drill",
        ["county_id", "district_id", "held_on"],
        unique=False,
    )
    op.create_index(
        "uq_xq_leadership_drill_standing",
        "xq_leadership_drill",
        ["county_id", "school_id", "kind", "held_on"],
        unique=True,
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "xq_leadership_plan",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint("area IN ('moral', 'safety')", name=op.f("ck_xq_leadership_plan_area")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_leadership_plan_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_plan_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_plan_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_plan_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_plan")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_plan_district_id_area",
        "xq_leadership_plan",
        ["county_id", "district_id", "area"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_plan_school_id", "xq_leadership_plan", ["county_id", "school_id"], unique=False
    )
    op.create_table(
        "xq_leadership_regulation",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("base_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "kind IN ('general', 'appraisal', 'distribution', 'reward')",
            name=op.f("ck_xq_leadership_regulation_kind"),
        ),
        sa.CheckConstraint(
            "(school_id IS NULL) = (base_id IS NULL)", name=op.f("ck_xq_leadership_regulation_implements")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "base_id"],
            ["xq_leadership_regulation.county_id", "xq_leadership_regulation.id"],
            name="fk_xq_leadership_regulation_base_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_regulation_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_regulation_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_regulation_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_regulation")),
        sa.UniqueConstraint(
            "county_id", "district_id", "code", name="uq_xq_leadership_regulation_district_id_code"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_regulation_base_id",
        "xq_leadership_regulation",
        ["county_id", "base_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_regulation_school_id",
        "xq_leadership_regulation",
        ["county_id", "school_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_appraisal",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_appraisal_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_appraisal_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_appraisal_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_appraisal")),
        sa.UniqueConstraint("county_id", "branch_id", "year", name="uq_xq_party_appraisal_branch_id_year"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_appraisal_district_id", "xq_party_appraisal", ["county_id", "district_id"], unique=False
    )
    op.create_table(
        "xq_party_dues_ledger",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("remitted", sa.BigInteger(), nullable=False),
        sa.Column("centre_received", sa.BigInteger(), nullable=False),
        sa.Column("centre_remitted", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "centre_remitted >= 0 AND centre_remitted <= centre_received",
            name=op.f("ck_xq_party_dues_ledger_centre"),
        ),
        sa.CheckConstraint("opening >= 0", name=op.f("ck_xq_party_dues_ledger_opening")),
        sa.CheckConstraint(
            "received >= 0 AND remitted >= 0 AND remitted <= opening + received",
            name=op.f("ck_xq_party_dues_ledger_dues"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_dues_ledger_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_ledger_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_ledger_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_ledger")),
        sa.UniqueConstraint("county_id", "branch_id", name="uq_xq_party_dues_ledger_branch_id"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_party_dues_publication",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("opening", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("remitted", sa.BigInteger(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_dues_publication_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_publication_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_publication_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_publication")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_publication_branch_id_year",
        "xq_party_dues_publication",
        ["county_id", "branch_id", "year"],
        unique=False,
    )
    op.create_table(
        "xq_party_dues_remittance",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("pot", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("remitted_on", sa.Date(), nullable=False),
        sa.Column("remitted_by", sa.String(length=100), nullable=False),
        sa.Column("receiver", sa.String(length=100), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("pot IN ('dues', 'centre')", name=op.f("ck_xq_party_dues_remittance_pot")),
        sa.CheckConstraint(
            "(reverses_id IS NULL) = (amount > 0) AND amount <> 0",
            name=op.f("ck_xq_party_dues_remittance_amount"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_dues_remittance_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_remittance_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "reverses_id"],
            ["xq_party_dues_remittance.county_id", "xq_party_dues_remittance.id"],
            name="fk_xq_party_dues_remittance_reverses_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_remittance_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_remittance")),
        sa.UniqueConstraint("county_id", "reverses_id", name="uq_xq_party_dues_remittance_reverses_id"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_remittance_branch_id_remitted_on",
        "xq_party_dues_remittance",
        ["county_id", "branch_id", "remitted_on"],
        unique=False,
    )
    op.create_index(
        "uq_xq_party_dues_remittance_number",
        "xq_party_dues_remittance",
        ["county_id", "branch_id", "number"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NULL"),
        sqlite_where=sa.text("reverses_id IS NULL"),
    )
    op.create_table(
        "xq_party_group",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_group_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_group_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_group_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_group_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_group")),
        info={"xuequ": "tenant"},
    )
    op.create_index("ix_xq_party_group_branch_id", "xq_party_group", ["county_id", "branch_id"], unique=False)
    op.create_index(
        "ix_xq_party_group_district_id", "xq_party_group", ["county_id", "district_id"], unique=False
    )
    op.create_table(
        "xq_party_member",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("full_on", sa.Date(), nullable=True),
        sa.Column("joined_in", sa.String(length=100), nullable=False),
        sa.Column("probation_ends_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("exit", sa.String(length=40), nullable=True),
        sa.Column("exit_authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "exit IN ('died', 'expelled', 'removed', 'withdrew', 'cancelled')",
            name=op.f("ck_xq_party_member_exit"),
        ),
        sa.CheckConstraint("(ended_on IS NULL) = (exit IS NULL)", name=op.f("ck_xq_party_member_ended")),
        sa.CheckConstraint("ended_on > joined_on", name=op.f("ck_xq_party_member_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "person_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_party_member_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_member_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_member")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_member_person_id", "xq_party_member", ["county_id", "person_id"], unique=False
    )
    op.create_index(
        "uq_xq_party_member_open",
        "xq_party_member",
        ["county_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
        sqlite_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "xq_leadership_duty",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=200), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("half IN ('am', 'pm')", name=op.f("ck_xq_leadership_duty_half")),
        sa.CheckConstraint("role IN ('lead', 'duty', 'gate')", name=op.f("ck_xq_leadership_duty_role")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_duty_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_duty_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_duty_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_duty_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_duty")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_duty_district_id_day",
        "xq_leadership_duty",
        ["county_id", "district_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_duty_school_id_day",
        "xq_leadership_duty",
        ["county_id", "school_id", "day"],
        unique=False,
    )
    op.create_index(
        "uq_xq_leadership_duty_standing",
        "xq_leadership_duty",
        ["county_id", "staff_id", "day", "half"],
        unique=True,
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "xq_leadership_hazard",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("spot", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("rectified_by_id", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.BigInteger(), nullable=True),
        sa.Column("returned", sa.String(length=200), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=200), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(state = 'found') = (rectified_on IS NULL)", name=op.f("ck_xq_leadership_hazard_rectified")
        ),
        sa.CheckConstraint(
            "(state = 'verified') = (verified_on IS NOT NULL)", name=op.f("ck_xq_leadership_hazard_verified")
        ),
        sa.CheckConstraint(
            "state IN ('found', 'rectified', 'verified')", name=op.f("ck_xq_leadership_hazard_state")
        ),
        sa.CheckConstraint(
            "verified_by_id IS NULL OR (verified_by_id <> owner_id AND verified_by_id <> rectified_by_id)",
            name=op.f("ck_xq_leadership_hazard_verified_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_hazard_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "owner_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_hazard_owner_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "rectified_by_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_hazard_rectified_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_hazard_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "verified_by_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_hazard_verified_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_hazard_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_hazard")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_hazard_district_id_found_on",
        "xq_leadership_hazard",
        ["county_id", "district_id", "found_on"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_hazard_school_id", "xq_leadership_hazard", ["county_id", "school_id"], unique=False
    )
    op.create_table(
        "xq_leadership_leave",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("late_reason", sa.String(length=200), nullable=False),
        sa.Column("back_at", sa.Integer(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (void_reason <> '')", name=op.f("ck_xq_leadership_leave_void")
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (back_at IS NOT NULL) OR state = 'cancelled'",
            name=op.f("ck_xq_leadership_leave_back"),
        ),
        sa.CheckConstraint(
            "kind IN ('personal', 'sick', 'official', 'marriage', 'maternity', 'paternity', 'bereavement', 'work_injury', 'family_visit', 'child_care')",
            name=op.f("ck_xq_leadership_leave_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'approved', 'rejected', 'withdrawn', 'cancelled', 'returned')",
            name=op.f("ck_xq_leadership_leave_state"),
        ),
        sa.CheckConstraint("last >= first AND reach >= last", name=op.f("ck_xq_leadership_leave_span")),
        sa.CheckConstraint(
            "settled >= first AND settled <= last + 1", name=op.f("ck_xq_leadership_leave_settled")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_leave_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_leave_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_leave_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_leave")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_leave_district_id_state_settled",
        "xq_leadership_leave",
        ["county_id", "district_id", "state", "settled"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_leave_staff_id_first",
        "xq_leadership_leave",
        ["county_id", "staff_id", "first"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_link",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_leadership_link_post"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_leadership_link_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_link_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_link_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_link_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_link_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_link")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_link_district_id_since",
        "xq_leadership_link",
        ["county_id", "district_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_link_school_id_since",
        "xq_leadership_link",
        ["county_id", "school_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_link_staff_id", "xq_leadership_link", ["county_id", "staff_id"], unique=False
    )
    op.create_table(
        "xq_leadership_plan_item",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=200), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "topic IN ('habits', 'class_meetings', 'young_pioneers', 'mass_organisations', 'other_moral', 'duty', 'drills', 'hazards', 'other_safety')",
            name=op.f("ck_xq_leadership_plan_item_topic"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_plan_item_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "owner_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_plan_item_owner_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "plan_id"],
            ["xq_leadership_plan.county_id", "xq_leadership_plan.id"],
            name="fk_xq_leadership_plan_item_plan_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_plan_item_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_plan_item")),
        sa.UniqueConstraint(
            "county_id", "plan_id", "number", name="uq_xq_leadership_plan_item_plan_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_plan_item_district_id",
        "xq_leadership_plan_item",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_plan_item_owner_id",
        "xq_leadership_plan_item",
        ["county_id", "owner_id"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_regulation_version",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("regulation_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("enforced_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("end_authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(state = 'issued') = (since IS NOT NULL)",
            name=op.f("ck_xq_leadership_regulation_version_issued"),
        ),
        sa.CheckConstraint(
            "ended IN ('draft', 'deliberated', 'issued', 'in_force', 'superseded', 'repealed')",
            name=op.f("ck_xq_leadership_regulation_version_ended"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'deliberated', 'issued', 'in_force', 'superseded', 'repealed')",
            name=op.f("ck_xq_leadership_regulation_version_state"),
        ),
        sa.CheckConstraint(
            "(until IS NULL) = (ended IS NULL)", name=op.f("ck_xq_leadership_regulation_version_ends")
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_leadership_regulation_version_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_regulation_version_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "regulation_id"],
            ["xq_leadership_regulation.county_id", "xq_leadership_regulation.id"],
            name="fk_xq_leadership_regulation_version_regulation_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"],
            ["xq_registry_county.county_id"],
            name="fk_xq_leadership_regulation_version_county_id",
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_regulation_version")),
        sa.UniqueConstraint(
            "county_id",
            "regulation_id",
            "number",
            name="uq_xq_leadership_regulation_version_regulation_id_number",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_regulation_version_district_id",
        "xq_leadership_regulation_version",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_support",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("class_id", sa.BigInteger(), nullable=True),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("entry_year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=False),
        sa.Column("baseline_mean", sa.BigInteger(), nullable=True),
        sa.Column("result", sa.BigInteger(), nullable=True),
        sa.Column("result_mean", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(class_id IS NULL) = (kind <> 'class')", name=op.f("ck_xq_leadership_support_class")
        ),
        sa.CheckConstraint(
            "(school_id IS NULL) = (kind = 'district_grade')", name=op.f("ck_xq_leadership_support_school")
        ),
        sa.CheckConstraint(
            "kind IN ('class', 'school_grade', 'district_grade')", name=op.f("ck_xq_leadership_support_kind")
        ),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_leadership_support_post"),
        ),
        sa.CheckConstraint(
            "stage IN ('preschool', 'primary', 'junior')", name=op.f("ck_xq_leadership_support_stage")
        ),
        sa.CheckConstraint("term IN (0, 1, 2)", name=op.f("ck_xq_leadership_support_term")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_leadership_support_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_support_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_support_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_support_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_support_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_support")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "school_year",
            "term",
            "post",
            name="uq_xq_leadership_support_district_id_school_year_term_post",
        ),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "school_year",
            "term",
            "target",
            name="uq_xq_leadership_support_district_id_school_year_term_target",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_support_staff_id", "xq_leadership_support", ["county_id", "staff_id"], unique=False
    )
    op.create_table(
        "xq_leadership_visit",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("visitor_id", sa.BigInteger(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("topics", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=200), nullable=False),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("kind IN ('planned', 'unannounced')", name=op.f("ck_xq_leadership_visit_kind")),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)", name=op.f("ck_xq_leadership_visit_signed")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_visit_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_visit_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "signed_by_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_visit_signed_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "visitor_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_visit_visitor_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_visit_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_visit")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_visit_district_id_visited_on",
        "xq_leadership_visit",
        ["county_id", "district_id", "visited_on"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_visit_school_id", "xq_leadership_visit", ["county_id", "school_id"], unique=False
    )
    op.create_index(
        "uq_xq_leadership_visit_standing",
        "xq_leadership_visit",
        ["county_id", "visitor_id", "school_id", "visited_on"],
        unique=True,
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "xq_party_affiliation",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("joined_as", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "joined_as IN ('entered', 'admitted', 'transferred')",
            name=op.f("ck_xq_party_affiliation_joined_as"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_affiliation_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_affiliation_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_affiliation_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_affiliation_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_affiliation_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_affiliation")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_affiliation_branch_id_since",
        "xq_party_affiliation",
        ["county_id", "branch_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_affiliation_district_id",
        "xq_party_affiliation",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_affiliation_member_id_since",
        "xq_party_affiliation",
        ["county_id", "member_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_party_away",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_away_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_away_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_away_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_away_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_away")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_away_district_id", "xq_party_away", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "ix_xq_party_away_member_id_since", "xq_party_away", ["county_id", "member_id", "since"], unique=False
    )
    op.create_table(
        "xq_party_committee_seat",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "office IN ('secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'other')",
            name=op.f("ck_xq_party_committee_seat_office"),
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_committee_seat_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_committee_seat_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_committee_seat_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_committee_seat_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_committee_seat_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_committee_seat")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_committee_seat_branch_id_since",
        "xq_party_committee_seat",
        ["county_id", "branch_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_committee_seat_district_id",
        "xq_party_committee_seat",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_committee_seat_member_id",
        "xq_party_committee_seat",
        ["county_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_development",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("taken_over", sa.Boolean(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("closing_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "ended IN ('converted', 'cancelled', 'withdrawn', 'stopped', 'transferred')",
            name=op.f("ck_xq_party_development_ended"),
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (ended IS NULL)", name=op.f("ck_xq_party_development_closed")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_development_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_development_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_development_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "person_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_party_development_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_development_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_development")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_development_branch_id", "xq_party_development", ["county_id", "branch_id"], unique=False
    )
    op.create_index(
        "ix_xq_party_development_district_id_closed_on",
        "xq_party_development",
        ["county_id", "district_id", "closed_on"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_development_member_id", "xq_party_development", ["county_id", "member_id"], unique=False
    )
    op.create_index(
        "ix_xq_party_development_person_id", "xq_party_development", ["county_id", "person_id"], unique=False
    )
    op.create_index(
        "uq_xq_party_development_open",
        "xq_party_development",
        ["county_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("closed_on IS NULL"),
        sqlite_where=sa.text("closed_on IS NULL"),
    )
    op.create_table(
        "xq_party_dues_base",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("agreed", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("used", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "category IN ('salaried', 'retired', 'student', 'relief', 'farmer')",
            name=op.f("ck_xq_party_dues_base_category"),
        ),
        sa.CheckConstraint("agreed >= 0", name=op.f("ck_xq_party_dues_base_agreed")),
        sa.CheckConstraint("base >= 0", name=op.f("ck_xq_party_dues_base_base")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_base_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_dues_base_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_base_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_base")),
        sa.UniqueConstraint(
            "county_id", "member_id", "since", "version", name="uq_xq_party_dues_base_member_id_since_version"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_base_district_id", "xq_party_dues_base", ["county_id", "district_id"], unique=False
    )
    op.create_table(
        "xq_party_dues_carried",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("through", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_dues_carried_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_carried_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_dues_carried_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_carried_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_carried")),
        sa.UniqueConstraint(
            "county_id",
            "member_id",
            "branch_id",
            "version",
            name="uq_xq_party_dues_carried_member_id_branch_id_version",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_carried_branch_id",
        "xq_party_dues_carried",
        ["county_id", "branch_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_dues_payment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.String(length=40), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("extra", sa.BigInteger(), nullable=False),
        sa.Column("pot", sa.String(length=40), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.String(length=100), nullable=False),
        sa.Column("proxy", sa.String(length=200), nullable=False),
        sa.Column("consent", sa.String(length=200), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("pot IN ('dues', 'centre')", name=op.f("ck_xq_party_dues_payment_pot")),
        sa.CheckConstraint(
            "CASE WHEN reverses_id IS NULL THEN due >= 0 AND extra >= 0 AND due + extra > 0 ELSE due <= 0 AND extra <= 0 AND due + extra < 0 END",
            name=op.f("ck_xq_party_dues_payment_amounts"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_dues_payment_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_payment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_dues_payment_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "reverses_id"],
            ["xq_party_dues_payment.county_id", "xq_party_dues_payment.id"],
            name="fk_xq_party_dues_payment_reverses_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_payment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_payment")),
        sa.UniqueConstraint("county_id", "reverses_id", name="uq_xq_party_dues_payment_reverses_id"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_payment_branch_id_paid_on",
        "xq_party_dues_payment",
        ["county_id", "branch_id", "paid_on"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_dues_payment_member_id",
        "xq_party_dues_payment",
        ["county_id", "member_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_party_dues_payment_receipt",
        "xq_party_dues_payment",
        ["county_id", "branch_id", "receipt"],
        unique=True,
        postgresql_where=sa.text("reverses_id IS NULL"),
        sqlite_where=sa.text("reverses_id IS NULL"),
    )
    op.create_table(
        "xq_party_dues_reduction",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("studied_on", sa.Date(), nullable=False),
        sa.Column("approver", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_xq_party_dues_reduction_amount")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_dues_reduction_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_reduction_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_dues_reduction_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_reduction_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_reduction")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_reduction_district_id",
        "xq_party_dues_reduction",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_dues_reduction_member_id_since",
        "xq_party_dues_reduction",
        ["county_id", "member_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_party_group_leader",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_group_leader_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_group_leader_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "group_id"],
            ["xq_party_group.county_id", "xq_party_group.id"],
            name="fk_xq_party_group_leader_group_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_group_leader_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_group_leader_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_group_leader")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_group_leader_district_id",
        "xq_party_group_leader",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_group_leader_group_id_since",
        "xq_party_group_leader",
        ["county_id", "group_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_group_leader_member_id",
        "xq_party_group_leader",
        ["county_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_group_place",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_group_place_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_group_place_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "group_id"],
            ["xq_party_group.county_id", "xq_party_group.id"],
            name="fk_xq_party_group_place_group_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_group_place_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_group_place_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_group_place")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_group_place_district_id",
        "xq_party_group_place",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_group_place_group_id", "xq_party_group_place", ["county_id", "group_id"], unique=False
    )
    op.create_index(
        "ix_xq_party_group_place_member_id_since",
        "xq_party_group_place",
        ["county_id", "member_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_party_group_school",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_group_school_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_group_school_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "group_id"],
            ["xq_party_group.county_id", "xq_party_group.id"],
            name="fk_xq_party_group_school_group_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_party_group_school_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_group_school_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_group_school")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_group_school_district_id",
        "xq_party_group_school",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_group_school_group_id", "xq_party_group_school", ["county_id", "group_id"], unique=False
    )
    op.create_index(
        "ix_xq_party_group_school_school_id_since",
        "xq_party_group_school",
        ["county_id", "school_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_party_lesson",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.Column("called_off_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(given_on IS NULL) = (proof = '')", name=op.f("ck_xq_party_lesson_proof")),
        sa.CheckConstraint("given_on IS NULL OR called_off_on IS NULL", name=op.f("ck_xq_party_lesson_once")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_party_lesson_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_lesson_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_party_lesson_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_party_lesson_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_lesson_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_lesson")),
        info={"xuequ": "tenant"},
    )
    op.create_index("ix_xq_party_lesson_class_id", "xq_party_lesson", ["county_id", "class_id"], unique=False)
    op.create_index(
        "ix_xq_party_lesson_district_id_planned_on",
        "xq_party_lesson",
        ["county_id", "district_id", "planned_on"],
        unique=False,
    )
    op.create_table(
        "xq_party_meeting",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("host_id", sa.BigInteger(), nullable=True),
        sa.Column("lecturer_id", sa.BigInteger(), nullable=True),
        sa.Column("within_id", sa.BigInteger(), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("minutes_id", sa.BigInteger(), nullable=True),
        sa.Column("minutes_sha256", sa.String(length=64), nullable=True),
        sa.Column("minutes_at", sa.String(length=200), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(state <> 'held') OR held_on IS NOT NULL", name=op.f("ck_xq_party_meeting_held")),
        sa.CheckConstraint(
            "(state = 'voided') = (voided_on IS NOT NULL)", name=op.f("ck_xq_party_meeting_voided")
        ),
        sa.CheckConstraint(
            "body IN ('branch', 'committee', 'group', 'named')", name=op.f("ck_xq_party_meeting_body")
        ),
        sa.CheckConstraint(
            "kind IN ('branch', 'committee', 'group', 'lecture', 'theme_day', 'life', 'appraisal', 'talk')",
            name=op.f("ck_xq_party_meeting_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'cancelled', 'voided')", name=op.f("ck_xq_party_meeting_state")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_meeting_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_meeting_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "group_id"],
            ["xq_party_group.county_id", "xq_party_group.id"],
            name="fk_xq_party_meeting_group_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "host_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_meeting_host_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "lecturer_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_meeting_lecturer_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "minutes_id"],
            ["xq_registry_attachment.county_id", "xq_registry_attachment.id"],
            name="fk_xq_party_meeting_minutes_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "within_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_meeting_within_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_meeting_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_meeting")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_meeting_branch_id_held_on",
        "xq_party_meeting",
        ["county_id", "branch_id", "held_on"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_meeting_district_id", "xq_party_meeting", ["county_id", "district_id"], unique=False
    )
    op.create_index(
        "uq_xq_party_meeting_number",
        "xq_party_meeting",
        ["county_id", "branch_id", "number"],
        unique=True,
        postgresql_where=sa.text("voided_on IS NULL"),
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.create_table(
        "xq_party_member_status",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lost_since", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "state IN ('probationary', 'full', 'suspended')", name=op.f("ck_xq_party_member_status_state")
        ),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_party_member_status_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_member_status_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_member_status_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_member_status")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_member_status_member_id_since",
        "xq_party_member_status",
        ["county_id", "member_id", "since"],
        unique=False,
    )
    op.create_table(
        "xq_party_missed_reason",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('branch', 'committee', 'group', 'lecture', 'theme_day', 'life', 'appraisal', 'talk')",
            name=op.f("ck_xq_party_missed_reason_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_missed_reason_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_missed_reason_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "group_id"],
            ["xq_party_group.county_id", "xq_party_group.id"],
            name="fk_xq_party_missed_reason_group_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_missed_reason_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_missed_reason")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_missed_reason_branch_id_since",
        "xq_party_missed_reason",
        ["county_id", "branch_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_missed_reason_district_id",
        "xq_party_missed_reason",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_transfer",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("to_district_id", sa.BigInteger(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("other", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (state = 'issued')", name=op.f("ck_xq_party_transfer_open")
        ),
        sa.CheckConstraint(
            "(to_district_id IS NOT NULL) = (way = 'within')", name=op.f("ck_xq_party_transfer_within")
        ),
        sa.CheckConstraint(
            "state IN ('issued', 'received', 'returned')", name=op.f("ck_xq_party_transfer_state")
        ),
        sa.CheckConstraint("way IN ('within', 'out', 'in')", name=op.f("ck_xq_party_transfer_way")),
        sa.CheckConstraint("closed_on >= issued_on", name=op.f("ck_xq_party_transfer_closed")),
        sa.CheckConstraint("valid_until > issued_on", name=op.f("ck_xq_party_transfer_valid")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_transfer_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_transfer_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "to_district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_transfer_to_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_transfer_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_transfer")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "way",
            "other",
            "number",
            name="uq_xq_party_transfer_district_id_way_other_number",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_transfer_member_id", "xq_party_transfer", ["county_id", "member_id"], unique=False
    )
    op.create_index(
        "ix_xq_party_transfer_to_district_id",
        "xq_party_transfer",
        ["county_id", "to_district_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_party_transfer_open",
        "xq_party_transfer",
        ["county_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("closed_on IS NULL"),
        sqlite_where=sa.text("closed_on IS NULL"),
    )
    op.create_table(
        "xq_teaching_absence",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("leave_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.CheckConstraint("half IN (0, 1)", name=op.f("ck_xq_teaching_absence_half")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_teaching_absence_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_teaching_absence_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_teaching_absence_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_teaching_absence_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_teaching_absence")),
        sa.UniqueConstraint(
            "county_id", "leave_id", "day", "half", name="uq_xq_teaching_absence_leave_id_day_half"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_teaching_absence_district_id_day",
        "xq_teaching_absence",
        ["county_id", "district_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_teaching_absence_staff_id_day",
        "xq_teaching_absence",
        ["county_id", "staff_id", "day"],
        unique=False,
    )
    op.create_table(
        "xq_teaching_cover_need",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("class_id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("leave_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'covered', 'released')", name=op.f("ck_xq_teaching_cover_need_state")
        ),
        sa.CheckConstraint(
            "subject IN ('ethics', 'chinese', 'maths', 'english', 'science', 'pe', 'arts', 'music', 'fine_art', 'it', 'labour', 'practice', 'history', 'geography', 'physics', 'chemistry', 'biology', 'calligraphy', 'reading', 'health', 'local', 'school_based', 'class_meeting', 'preschool')",
            name=op.f("ck_xq_teaching_cover_need_subject"),
        ),
        sa.CheckConstraint("half IN (0, 1)", name=op.f("ck_xq_teaching_cover_need_half")),
        sa.CheckConstraint("period >= 0", name=op.f("ck_xq_teaching_cover_need_period")),
        sa.ForeignKeyConstraint(
            ["county_id", "class_id"],
            ["xq_registry_class.county_id", "xq_registry_class.id"],
            name="fk_xq_teaching_cover_need_class_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_teaching_cover_need_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_teaching_cover_need_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_teaching_cover_need_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_teaching_cover_need_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_teaching_cover_need")),
        sa.UniqueConstraint(
            "county_id",
            "leave_id",
            "day",
            "half",
            "period",
            "class_id",
            "subject",
            name="uq_xq_teaching_cover_need_lesson",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_teaching_cover_need_district_id_day",
        "xq_teaching_cover_need",
        ["county_id", "district_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_teaching_cover_need_staff_id_day",
        "xq_teaching_cover_need",
        ["county_id", "staff_id", "day"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_acknowledgement",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(read_at IS NULL) = (read_by_id IS NULL)", name=op.f("ck_xq_leadership_acknowledgement_read")
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)",
            name=op.f("ck_xq_leadership_acknowledgement_signed"),
        ),
        sa.CheckConstraint(
            "signed_by_id IS NULL OR signed_by_id = read_by_id",
            name=op.f("ck_xq_leadership_acknowledgement_signed_by_reader"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_acknowledgement_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "read_by_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_acknowledgement_read_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_acknowledgement_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "signed_by_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_acknowledgement_signed_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "version_id"],
            ["xq_leadership_regulation_version.county_id", "xq_leadership_regulation_version.id"],
            name="fk_xq_leadership_acknowledgement_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_acknowledgement_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_acknowledgement")),
        sa.UniqueConstraint(
            "county_id",
            "version_id",
            "school_id",
            name="uq_xq_leadership_acknowledgement_version_id_school_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_acknowledgement_district_id",
        "xq_leadership_acknowledgement",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_acknowledgement_school_id",
        "xq_leadership_acknowledgement",
        ["county_id", "school_id"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_deliberation",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes_no", sa.String(length=200), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "body IN ('council', 'assembly')", name=op.f("ck_xq_leadership_deliberation_body")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_deliberation_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "version_id"],
            ["xq_leadership_regulation_version.county_id", "xq_leadership_regulation_version.id"],
            name="fk_xq_leadership_deliberation_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_deliberation_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_deliberation")),
        sa.UniqueConstraint(
            "county_id",
            "version_id",
            "body",
            "text_sha256",
            name="uq_xq_leadership_deliberation_version_id_body_text_sha256",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_leadership_finding",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.String(length=200), nullable=False),
        sa.CheckConstraint("resolved_on IS NULL OR problem", name=op.f("ck_xq_leadership_finding_resolved")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_finding_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_finding_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "visit_id"],
            ["xq_leadership_visit.county_id", "xq_leadership_visit.id"],
            name="fk_xq_leadership_finding_visit_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_finding_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_finding")),
        sa.UniqueConstraint(
            "county_id", "visit_id", "number", name="uq_xq_leadership_finding_visit_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_finding_district_id",
        "xq_leadership_finding",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_finding_school_id",
        "xq_leadership_finding",
        ["county_id", "school_id"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_leave_ask",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("leave_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("approver_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('approved', 'rejected')) = (ground IS NOT NULL) AND (ground IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_xq_leadership_leave_ask_decided"),
        ),
        sa.CheckConstraint(
            "ground <> 'bureau' OR document <> ''", name=op.f("ck_xq_leadership_leave_ask_document")
        ),
        sa.CheckConstraint(
            "ground = 'bureau' OR ground IS NULL OR approver_id IS NOT NULL",
            name=op.f("ck_xq_leadership_leave_ask_approver"),
        ),
        sa.CheckConstraint(
            "ground IN ('head', 'principal', 'bureau')", name=op.f("ck_xq_leadership_leave_ask_ground")
        ),
        sa.CheckConstraint(
            "reported_at IS NULL OR ground = 'head'", name=op.f("ck_xq_leadership_leave_ask_reported")
        ),
        sa.CheckConstraint(
            "state IN ('submitted', 'approved', 'rejected', 'withdrawn')",
            name=op.f("ck_xq_leadership_leave_ask_state"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "approver_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_leave_ask_approver_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_leave_ask_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "leave_id"],
            ["xq_leadership_leave.county_id", "xq_leadership_leave.id"],
            name="fk_xq_leadership_leave_ask_leave_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_leave_ask_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_leave_ask")),
        sa.UniqueConstraint(
            "county_id", "leave_id", "number", name="uq_xq_leadership_leave_ask_leave_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_leave_ask_district_id_ground",
        "xq_leadership_leave_ask",
        ["county_id", "district_id", "ground"],
        unique=False,
    )
    op.create_table(
        "xq_leadership_leave_slot",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("leave_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("half_day", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("released", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "released IN ('rejected', 'withdrawn', 'cancelled', 'shortened', 'no_school')",
            name=op.f("ck_xq_leadership_leave_slot_released"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_leave_slot_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "leave_id"],
            ["xq_leadership_leave.county_id", "xq_leadership_leave.id"],
            name="fk_xq_leadership_leave_slot_leave_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_leave_slot_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_leave_slot_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_leave_slot")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_leave_slot_district_id_half_day",
        "xq_leadership_leave_slot",
        ["county_id", "district_id", "half_day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_leave_slot_leave_id",
        "xq_leadership_leave_slot",
        ["county_id", "leave_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_leadership_leave_slot_open",
        "xq_leadership_leave_slot",
        ["county_id", "staff_id", "half_day"],
        unique=True,
        postgresql_where=sa.text("released IS NULL"),
        sqlite_where=sa.text("released IS NULL"),
    )
    op.create_table(
        "xq_leadership_read_receipt",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_leadership_read_receipt_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_leadership_read_receipt_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_leadership_read_receipt_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "version_id"],
            ["xq_leadership_regulation_version.county_id", "xq_leadership_regulation_version.id"],
            name="fk_xq_leadership_read_receipt_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_leadership_read_receipt_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_leadership_read_receipt")),
        sa.UniqueConstraint(
            "county_id", "version_id", "staff_id", name="uq_xq_leadership_read_receipt_version_id_staff_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_leadership_read_receipt_district_id",
        "xq_leadership_read_receipt",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_leadership_read_receipt_staff_id",
        "xq_leadership_read_receipt",
        ["county_id", "staff_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_appraised",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("appraisal_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("self_on", sa.Date(), nullable=True),
        sa.Column("mutual_on", sa.Date(), nullable=True),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("excellent", sa.Integer(), nullable=True),
        sa.Column("qualified", sa.Integer(), nullable=True),
        sa.Column("basic", sa.Integer(), nullable=True),
        sa.Column("unqualified", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("graded_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(step = 'graded') = (grade IS NOT NULL)", name=op.f("ck_xq_party_appraised_graded")
        ),
        sa.CheckConstraint(
            "grade IN ('excellent', 'qualified', 'basic', 'unqualified')",
            name=op.f("ck_xq_party_appraised_grade"),
        ),
        sa.CheckConstraint(
            "step IN ('open', 'self', 'mutual', 'balloted', 'graded')",
            name=op.f("ck_xq_party_appraised_step"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "appraisal_id"],
            ["xq_party_appraisal.county_id", "xq_party_appraisal.id"],
            name="fk_xq_party_appraised_appraisal_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_appraised_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_appraised_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_appraised_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_appraised")),
        sa.UniqueConstraint(
            "county_id", "appraisal_id", "member_id", name="uq_xq_party_appraised_appraisal_id_member_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_appraised_member_id", "xq_party_appraised", ["county_id", "member_id"], unique=False
    )
    op.create_table(
        "xq_party_criticism",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('self', 'mutual', 'collected')", name=op.f("ck_xq_party_criticism_kind")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_criticism_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_criticism_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_criticism_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_criticism")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_criticism_meeting_id", "xq_party_criticism", ["county_id", "meeting_id"], unique=False
    )
    op.create_table(
        "xq_party_development_step",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("document_on", sa.Date(), nullable=True),
        sa.Column("leaving_on", sa.Date(), nullable=True),
        sa.Column("vote_kind", sa.String(length=80), nullable=True),
        sa.Column("vote_id", sa.BigInteger(), nullable=True),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("provisional", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('application', 'talk', 'activist', 'review', 'notice', 'candidate', 'political_review', 'training', 'pre_review', 'meeting', 'approval', 'oath', 'request', 'conversion', 'conversion_approval')",
            name=op.f("ck_xq_party_development_step_kind"),
        ),
        sa.CheckConstraint(
            "outcome IN ('done', 'passed', 'failed', 'convert', 'extend', 'cancel')",
            name=op.f("ck_xq_party_development_step_outcome"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR void_reason <> ''", name=op.f("ck_xq_party_development_step_voided")
        ),
        sa.CheckConstraint(
            "(vote_kind IS NULL) = (vote_id IS NULL)", name=op.f("ck_xq_party_development_step_vote")
        ),
        sa.CheckConstraint("until >= day", name=op.f("ck_xq_party_development_step_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "case_id"],
            ["xq_party_development.county_id", "xq_party_development.id"],
            name="fk_xq_party_development_step_case_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_development_step_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_development_step_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_development_step")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_development_step_case_id_number",
        "xq_party_development_step",
        ["county_id", "case_id", "number"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_development_step_district_id_kind_day",
        "xq_party_development_step",
        ["county_id", "district_id", "kind", "day"],
        unique=False,
    )
    op.create_index(
        "uq_xq_party_development_step_number",
        "xq_party_development_step",
        ["county_id", "case_id", "number"],
        unique=True,
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.create_index(
        "uq_xq_party_development_step_vote",
        "xq_party_development_step",
        ["county_id", "vote_kind", "vote_id"],
        unique=True,
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.create_table(
        "xq_party_dues_assessment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("base_id", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.String(length=40), nullable=True),
        sa.Column("reduction_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "category IN ('salaried', 'retired', 'student', 'relief', 'farmer')",
            name=op.f("ck_xq_party_dues_assessment_category"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_xq_party_dues_assessment_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "base_id"],
            ["xq_party_dues_base.county_id", "xq_party_dues_base.id"],
            name="fk_xq_party_dues_assessment_base_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "branch_id"],
            ["xq_party_branch.county_id", "xq_party_branch.id"],
            name="fk_xq_party_dues_assessment_branch_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_dues_assessment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_dues_assessment_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "reduction_id"],
            ["xq_party_dues_reduction.county_id", "xq_party_dues_reduction.id"],
            name="fk_xq_party_dues_assessment_reduction_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_assessment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_assessment")),
        sa.UniqueConstraint(
            "county_id",
            "member_id",
            "month",
            "version",
            name="uq_xq_party_dues_assessment_member_id_month_version",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_assessment_base_id",
        "xq_party_dues_assessment",
        ["county_id", "base_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_dues_assessment_branch_id_month",
        "xq_party_dues_assessment",
        ["county_id", "branch_id", "month"],
        unique=False,
    )
    op.create_table(
        "xq_party_dues_base_item",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("base_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "item IN ('post_wage', 'grade_wage', 'performance_basic', 'allowances', 'performance_incentive', 'reform_subsidies', 'pension', 'income_tax', 'social_insurance', 'housing_fund', 'annuity')",
            name=op.f("ck_xq_party_dues_base_item_item"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_xq_party_dues_base_item_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "base_id"],
            ["xq_party_dues_base.county_id", "xq_party_dues_base.id"],
            name="fk_xq_party_dues_base_item_base_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_base_item_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_base_item")),
        sa.UniqueConstraint("county_id", "base_id", "item", name="uq_xq_party_dues_base_item_base_id_item"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_party_excuse",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_excuse_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_excuse_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_excuse_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_excuse")),
        sa.UniqueConstraint(
            "county_id", "meeting_id", "member_id", name="uq_xq_party_excuse_meeting_id_member_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_excuse_member_id", "xq_party_excuse", ["county_id", "member_id"], unique=False
    )
    op.create_table(
        "xq_party_resolution",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_resolution_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_resolution_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_resolution")),
        sa.UniqueConstraint(
            "county_id", "meeting_id", "number", name="uq_xq_party_resolution_meeting_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_party_roll",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("excused_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(mark = 'excused') = (excused_on IS NOT NULL)", name=op.f("ck_xq_party_roll_excused")
        ),
        sa.CheckConstraint("mark IN ('present', 'excused', 'absent')", name=op.f("ck_xq_party_roll_mark")),
        sa.CheckConstraint(
            "state IN ('probationary', 'full', 'suspended')", name=op.f("ck_xq_party_roll_state")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_roll_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_roll_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_roll_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_roll")),
        sa.UniqueConstraint(
            "county_id", "meeting_id", "member_id", name="uq_xq_party_roll_meeting_id_member_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index("ix_xq_party_roll_member_id", "xq_party_roll", ["county_id", "member_id"], unique=False)
    op.create_table(
        "xq_party_study_session",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("programme_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("studied_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_study_session_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_study_session_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "programme_id"],
            ["xq_party_programme.county_id", "xq_party_programme.id"],
            name="fk_xq_party_study_session_programme_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_study_session_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_study_session")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_study_session_district_id_studied_on",
        "xq_party_study_session",
        ["county_id", "district_id", "studied_on"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_study_session_programme_id",
        "xq_party_study_session",
        ["county_id", "programme_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_talk_member",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_talk_member_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_talk_member_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_talk_member_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_talk_member")),
        sa.UniqueConstraint(
            "county_id", "meeting_id", "member_id", name="uq_xq_party_talk_member_meeting_id_member_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_talk_member_member_id", "xq_party_talk_member", ["county_id", "member_id"], unique=False
    )
    op.create_table(
        "xq_party_vote",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=250), nullable=False),
        sa.Column("subject_kind", sa.String(length=80), nullable=True),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("secret", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("written_yes", sa.Integer(), nullable=False),
        sa.Column("written_no", sa.Integer(), nullable=False),
        sa.Column("written_abstain", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("standard_key", sa.String(length=100), nullable=False),
        sa.Column("standard_since", sa.Date(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ordinary', 'admission', 'conversion', 'election')", name=op.f("ck_xq_party_vote_kind")
        ),
        sa.CheckConstraint(
            "(subject_kind IS NULL) = (subject_id IS NULL)", name=op.f("ck_xq_party_vote_subject")
        ),
        sa.CheckConstraint("present <= due", name=op.f("ck_xq_party_vote_present")),
        sa.CheckConstraint("yes + no + abstain + spoilt <= present", name=op.f("ck_xq_party_vote_cast")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_vote_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_vote_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_vote_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_vote")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_vote_district_id", "xq_party_vote", ["county_id", "district_id"], unique=False
    )
    op.create_index("ix_xq_party_vote_meeting_id", "xq_party_vote", ["county_id", "meeting_id"], unique=False)
    op.create_index(
        "ix_xq_party_vote_subject_kind_subject_id",
        "xq_party_vote",
        ["county_id", "subject_kind", "subject_id"],
        unique=False,
    )
    op.create_index(
        "uq_xq_party_vote_about",
        "xq_party_vote",
        ["county_id", "meeting_id", "about"],
        unique=True,
        postgresql_where=sa.text("voided_on IS NULL"),
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.create_table(
        "xq_party_written_opinion",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(length=250), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_party_meeting.county_id", "xq_party_meeting.id"],
            name="fk_xq_party_written_opinion_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_written_opinion_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_written_opinion_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_written_opinion")),
        sa.UniqueConstraint(
            "county_id",
            "meeting_id",
            "about",
            "member_id",
            name="uq_xq_party_written_opinion_meeting_id_about_member_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_written_opinion_member_id",
        "xq_party_written_opinion",
        ["county_id", "member_id"],
        unique=False,
    )
    op.create_table(
        "xq_teaching_cover_assignment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=True),
        sa.Column("need_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("combined", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.String(length=40), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "NOT combined OR reason <> ''", name=op.f("ck_xq_teaching_cover_assignment_reason")
        ),
        sa.CheckConstraint(
            "ended IN ('leave_ended', 'substitute_away', 'teaching_changed', 'released')",
            name=op.f("ck_xq_teaching_cover_assignment_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_teaching_cover_assignment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "need_id"],
            ["xq_teaching_cover_need.county_id", "xq_teaching_cover_need.id"],
            name="fk_xq_teaching_cover_assignment_need_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_teaching_cover_assignment_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_teaching_cover_assignment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_teaching_cover_assignment")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_teaching_cover_assignment_district_id_day",
        "xq_teaching_cover_assignment",
        ["county_id", "district_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_teaching_cover_assignment_need_id",
        "xq_teaching_cover_assignment",
        ["county_id", "need_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_teaching_cover_assignment_staff_id_day",
        "xq_teaching_cover_assignment",
        ["county_id", "staff_id", "day"],
        unique=False,
    )
    op.create_index(
        "uq_xq_teaching_cover_assignment_one",
        "xq_teaching_cover_assignment",
        ["county_id", "need_id"],
        unique=True,
        postgresql_where=sa.text("ended IS NULL"),
        sqlite_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "xq_party_development_exception",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("says", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_development_exception_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "step_id"],
            ["xq_party_development_step.county_id", "xq_party_development_step.id"],
            name="fk_xq_party_development_exception_step_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"],
            ["xq_registry_county.county_id"],
            name="fk_xq_party_development_exception_county_id",
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_development_exception")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_development_exception_district_id",
        "xq_party_development_exception",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_development_exception_step_id",
        "xq_party_development_exception",
        ["county_id", "step_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_development_sponsor",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "role IN ('contact', 'introducer')", name=op.f("ck_xq_party_development_sponsor_role")
        ),
        sa.CheckConstraint("until >= since", name=op.f("ck_xq_party_development_sponsor_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_development_sponsor_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_development_sponsor_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "replaces_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_development_sponsor_replaces_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "step_id"],
            ["xq_party_development_step.county_id", "xq_party_development_step.id"],
            name="fk_xq_party_development_sponsor_step_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_development_sponsor_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_development_sponsor")),
        sa.UniqueConstraint(
            "county_id",
            "step_id",
            "member_id",
            "since",
            name="uq_xq_party_development_sponsor_step_id_member_id_since",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_development_sponsor_district_id",
        "xq_party_development_sponsor",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_development_sponsor_member_id",
        "xq_party_development_sponsor",
        ["county_id", "member_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_development_sponsor_replaces_id",
        "xq_party_development_sponsor",
        ["county_id", "replaces_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_development_standard",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("step_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=150), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("checked", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_development_standard_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "step_id"],
            ["xq_party_development_step.county_id", "xq_party_development_step.id"],
            name="fk_xq_party_development_standard_step_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_development_standard_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_development_standard")),
        sa.UniqueConstraint(
            "county_id", "step_id", "key", name="uq_xq_party_development_standard_step_id_key"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_development_standard_district_id",
        "xq_party_development_standard",
        ["county_id", "district_id"],
        unique=False,
    )
    op.create_table(
        "xq_party_dues_month",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("assessment_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("voided_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_xq_party_dues_month_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "assessment_id"],
            ["xq_party_dues_assessment.county_id", "xq_party_dues_assessment.id"],
            name="fk_xq_party_dues_month_assessment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_dues_month_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "payment_id"],
            ["xq_party_dues_payment.county_id", "xq_party_dues_payment.id"],
            name="fk_xq_party_dues_month_payment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "voided_id"],
            ["xq_party_dues_payment.county_id", "xq_party_dues_payment.id"],
            name="fk_xq_party_dues_month_voided_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_dues_month_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_dues_month")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_dues_month_assessment_id",
        "xq_party_dues_month",
        ["county_id", "assessment_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_dues_month_member_id_month",
        "xq_party_dues_month",
        ["county_id", "member_id", "month"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_dues_month_payment_id", "xq_party_dues_month", ["county_id", "payment_id"], unique=False
    )
    op.create_index(
        "uq_xq_party_dues_month_paid",
        "xq_party_dues_month",
        ["county_id", "member_id", "month"],
        unique=True,
        postgresql_where=sa.text("voided_id IS NULL"),
        sqlite_where=sa.text("voided_id IS NULL"),
    )
    op.create_table(
        "xq_party_rectification",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("criticism_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(done_on IS NULL) = (proof = '')", name=op.f("ck_xq_party_rectification_proof")),
        sa.ForeignKeyConstraint(
            ["county_id", "criticism_id"],
            ["xq_party_criticism.county_id", "xq_party_criticism.id"],
            name="fk_xq_party_rectification_criticism_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_party_rectification_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "owner_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_rectification_owner_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_rectification_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_rectification")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_rectification_criticism_id",
        "xq_party_rectification",
        ["county_id", "criticism_id"],
        unique=False,
    )
    op.create_index(
        "ix_xq_party_rectification_district_id_due_on",
        "xq_party_rectification",
        ["county_id", "district_id", "due_on"],
        unique=False,
    )
    op.create_table(
        "xq_party_study_hours",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_xq_party_study_hours_hours")),
        sa.ForeignKeyConstraint(
            ["county_id", "member_id"],
            ["xq_party_member.county_id", "xq_party_member.id"],
            name="fk_xq_party_study_hours_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "session_id"],
            ["xq_party_study_session.county_id", "xq_party_study_session.id"],
            name="fk_xq_party_study_hours_session_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_study_hours_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_study_hours")),
        sa.UniqueConstraint(
            "county_id", "session_id", "member_id", name="uq_xq_party_study_hours_session_id_member_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_party_study_hours_member_id", "xq_party_study_hours", ["county_id", "member_id"], unique=False
    )
    _forbid_overlap("xq_leadership_link", "school_id")
    _forbid_overlap("xq_leadership_regulation_version", "enforced_id")
    _forbid_overlap("xq_party_affiliation", "member_id")
    _forbid_overlap("xq_party_away", "member_id")
    _forbid_overlap("xq_party_branch", "district_id")
    _forbid_overlap("xq_party_committee_seat", "branch_id", "member_id")
    _forbid_overlap("xq_party_dues_reduction", "member_id")
    _forbid_overlap("xq_party_group_leader", "group_id")
    _forbid_overlap("xq_party_group_leader", "member_id")
    _forbid_overlap("xq_party_group_place", "member_id")
    _forbid_overlap("xq_party_group_school", "school_id")
    _forbid_overlap("xq_party_member_status", "member_id")
    _make_append_only("xq_party_dues_assessment")
    _make_append_only("xq_party_dues_base")
    _make_append_only("xq_party_dues_base_item")
    _make_append_only("xq_party_dues_carried")
    _make_append_only("xq_party_dues_payment")
    _make_append_only("xq_party_dues_publication")
    _make_append_only("xq_party_dues_remittance")


def downgrade() -> None:
    op.drop_index("ix_xq_party_study_hours_member_id", table_name="xq_party_study_hours")
    op.drop_table("xq_party_study_hours")
    op.drop_index("ix_xq_party_rectification_district_id_due_on", table_name="xq_party_rectification")
    op.drop_index("ix_xq_party_rectification_criticism_id", table_name="xq_party_rectification")
    op.drop_table("xq_party_rectification")
    op.drop_index(
        "uq_xq_party_dues_month_paid",
        table_name="xq_party_dues_month",
        postgresql_where=sa.text("voided_id IS NULL"),
        sqlite_where=sa.text("voided_id IS NULL"),
    )
    op.drop_index("ix_xq_party_dues_month_payment_id", table_name="xq_party_dues_month")
    op.drop_index("ix_xq_party_dues_month_member_id_month", table_name="xq_party_dues_month")
    op.drop_index("ix_xq_party_dues_month_assessment_id", table_name="xq_party_dues_month")
    op.drop_table("xq_party_dues_month")
    op.drop_index("ix_xq_party_development_standard_district_id", table_name="xq_party_development_standard")
    op.drop_table("xq_party_development_standard")
    op.drop_index("ix_xq_party_development_sponsor_replaces_id", table_name="xq_party_development_sponsor")
    op.drop_index("ix_xq_party_development_sponsor_member_id", table_name="xq_party_development_sponsor")
    op.drop_index("ix_xq_party_development_sponsor_district_id", table_name="xq_party_development_sponsor")
    op.drop_table("xq_party_development_sponsor")
    op.drop_index("ix_xq_party_development_exception_step_id", table_name="xq_party_development_exception")
    op.drop_index(
        "ix_xq_party_development_exception_district_id", table_name="xq_party_development_exception"
    )
    op.drop_table("xq_party_development_exception")
    op.drop_index(
        "uq_xq_teaching_cover_assignment_one",
        table_name="xq_teaching_cover_assignment",
        postgresql_where=sa.text("ended IS NULL"),
        sqlite_where=sa.text("ended IS NULL"),
    )
    op.drop_index("ix_xq_teaching_cover_assignment_staff_id_day", table_name="xq_teaching_cover_assignment")
    op.drop_index("ix_xq_teaching_cover_assignment_need_id", table_name="xq_teaching_cover_assignment")
    op.drop_index(
        "ix_xq_teaching_cover_assignment_district_id_day", table_name="xq_teaching_cover_assignment"
    )
    op.drop_table("xq_teaching_cover_assignment")
    op.drop_index("ix_xq_party_written_opinion_member_id", table_name="xq_party_written_opinion")
    op.drop_table("xq_party_written_opinion")
    op.drop_index(
        "uq_xq_party_vote_about",
        table_name="xq_party_vote",
        postgresql_where=sa.text("voided_on IS NULL"),
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.drop_index("ix_xq_party_vote_subject_kind_subject_id", table_name="xq_party_vote")
    op.drop_index("ix_xq_party_vote_meeting_id", table_name="xq_party_vote")
    op.drop_index("ix_xq_party_vote_district_id", table_name="xq_party_vote")
    op.drop_table("xq_party_vote")
    op.drop_index("ix_xq_party_talk_member_member_id", table_name="xq_party_talk_member")
    op.drop_table("xq_party_talk_member")
    op.drop_index("ix_xq_party_study_session_programme_id", table_name="xq_party_study_session")
    op.drop_index("ix_xq_party_study_session_district_id_studied_on", table_name="xq_party_study_session")
    op.drop_table("xq_party_study_session")
    op.drop_index("ix_xq_party_roll_member_id", table_name="xq_party_roll")
    op.drop_table("xq_party_roll")
    op.drop_table("xq_party_resolution")
    op.drop_index("ix_xq_party_excuse_member_id", table_name="xq_party_excuse")
    op.drop_table("xq_party_excuse")
    op.drop_table("xq_party_dues_base_item")
    op.drop_index("ix_xq_party_dues_assessment_branch_id_month", table_name="xq_party_dues_assessment")
    op.drop_index("ix_xq_party_dues_assessment_base_id", table_name="xq_party_dues_assessment")
    op.drop_table("xq_party_dues_assessment")
    op.drop_index(
        "uq_xq_party_development_step_vote",
        table_name="xq_party_development_step",
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index(
        "uq_xq_party_development_step_number",
        table_name="xq_party_development_step",
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index("ix_xq_party_development_step_district_id_kind_day", table_name="xq_party_development_step")
    op.drop_index("ix_xq_party_development_step_case_id_number", table_name="xq_party_development_step")
    op.drop_table("xq_party_development_step")
    op.drop_index("ix_xq_party_criticism_meeting_id", table_name="xq_party_criticism")
    op.drop_table("xq_party_criticism")
    op.drop_index("ix_xq_party_appraised_member_id", table_name="xq_party_appraised")
    op.drop_table("xq_party_appraised")
    op.drop_index("ix_xq_leadership_read_receipt_staff_id", table_name="xq_leadership_read_receipt")
    op.drop_index("ix_xq_leadership_read_receipt_district_id", table_name="xq_leadership_read_receipt")
    op.drop_table("xq_leadership_read_receipt")
    op.drop_index(
        "uq_xq_leadership_leave_slot_open",
        table_name="xq_leadership_leave_slot",
        postgresql_where=sa.text("released IS NULL"),
        sqlite_where=sa.text("released IS NULL"),
    )
    op.drop_index("ix_xq_leadership_leave_slot_leave_id", table_name="xq_leadership_leave_slot")
    op.drop_index("ix_xq_leadership_leave_slot_district_id_half_day", table_name="xq_leadership_leave_slot")
    op.drop_table("xq_leadership_leave_slot")
    op.drop_index("ix_xq_leadership_leave_ask_district_id_ground", table_name="xq_leadership_leave_ask")
    op.drop_table("xq_leadership_leave_ask")
    op.drop_index("ix_xq_leadership_finding_school_id", table_name="xq_leadership_finding")
    op.drop_index("ix_xq_leadership_finding_district_id", table_name="xq_leadership_finding")
    op.drop_table("xq_leadership_finding")
    op.drop_table("xq_leadership_deliberation")
    op.drop_index("ix_xq_leadership_acknowledgement_school_id", table_name="xq_leadership_acknowledgement")
    op.drop_index("ix_xq_leadership_acknowledgement_district_id", table_name="xq_leadership_acknowledgement")
    op.drop_table("xq_leadership_acknowledgement")
    op.drop_index("ix_xq_teaching_cover_need_staff_id_day", table_name="xq_teaching_cover_need")
    op.drop_index("ix_xq_teaching_cover_need_district_id_day", table_name="xq_teaching_cover_need")
    op.drop_table("xq_teaching_cover_need")
    op.drop_index("ix_xq_teaching_absence_staff_id_day", table_name="xq_teaching_absence")
    op.drop_index("ix_xq_teaching_absence_district_id_day", table_name="xq_teaching_absence")
    op.drop_table("xq_teaching_absence")
    op.drop_index(
        "uq_xq_party_transfer_open",
        table_name="xq_party_transfer",
        postgresql_where=sa.text("closed_on IS NULL"),
        sqlite_where=sa.text("closed_on IS NULL"),
    )
    op.drop_index("ix_xq_party_transfer_to_district_id", table_name="xq_party_transfer")
    op.drop_index("ix_xq_party_transfer_member_id", table_name="xq_party_transfer")
    op.drop_table("xq_party_transfer")
    op.drop_index("ix_xq_party_missed_reason_district_id", table_name="xq_party_missed_reason")
    op.drop_index("ix_xq_party_missed_reason_branch_id_since", table_name="xq_party_missed_reason")
    op.drop_table("xq_party_missed_reason")
    op.drop_index("ix_xq_party_member_status_member_id_since", table_name="xq_party_member_status")
    op.drop_table("xq_party_member_status")
    op.drop_index(
        "uq_xq_party_meeting_number",
        table_name="xq_party_meeting",
        postgresql_where=sa.text("voided_on IS NULL"),
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.drop_index("ix_xq_party_meeting_district_id", table_name="xq_party_meeting")
    op.drop_index("ix_xq_party_meeting_branch_id_held_on", table_name="xq_party_meeting")
    op.drop_table("xq_party_meeting")
    op.drop_index("ix_xq_party_lesson_district_id_planned_on", table_name="xq_party_lesson")
    op.drop_index("ix_xq_party_lesson_class_id", table_name="xq_party_lesson")
    op.drop_table("xq_party_lesson")
    op.drop_index("ix_xq_party_group_school_school_id_since", table_name="xq_party_group_school")
    op.drop_index("ix_xq_party_group_school_group_id", table_name="xq_party_group_school")
    op.drop_index("ix_xq_party_group_school_district_id", table_name="xq_party_group_school")
    op.drop_table("xq_party_group_school")
    op.drop_index("ix_xq_party_group_place_member_id_since", table_name="xq_party_group_place")
    op.drop_index("ix_xq_party_group_place_group_id", table_name="xq_party_group_place")
    op.drop_index("ix_xq_party_group_place_district_id", table_name="xq_party_group_place")
    op.drop_table("xq_party_group_place")
    op.drop_index("ix_xq_party_group_leader_member_id", table_name="xq_party_group_leader")
    op.drop_index("ix_xq_party_group_leader_group_id_since", table_name="xq_party_group_leader")
    op.drop_index("ix_xq_party_group_leader_district_id", table_name="xq_party_group_leader")
    op.drop_table("xq_party_group_leader")
    op.drop_index("ix_xq_party_dues_reduction_member_id_since", table_name="xq_party_dues_reduction")
    op.drop_index("ix_xq_party_dues_reduction_district_id", table_name="xq_party_dues_reduction")
    op.drop_table("xq_party_dues_reduction")
    op.drop_index(
        "uq_xq_party_dues_payment_receipt",
        table_name="xq_party_dues_payment",
        postgresql_where=sa.text("reverses_id IS NULL"),
        sqlite_where=sa.text("reverses_id IS NULL"),
    )
    op.drop_index("ix_xq_party_dues_payment_member_id", table_name="xq_party_dues_payment")
    op.drop_index("ix_xq_party_dues_payment_branch_id_paid_on", table_name="xq_party_dues_payment")
    op.drop_table("xq_party_dues_payment")
    op.drop_index("ix_xq_party_dues_carried_branch_id", table_name="xq_party_dues_carried")
    op.drop_table("xq_party_dues_carried")
    op.drop_index("ix_xq_party_dues_base_district_id", table_name="xq_party_dues_base")
    op.drop_table("xq_party_dues_base")
    op.drop_index(
        "uq_xq_party_development_open",
        table_name="xq_party_development",
        postgresql_where=sa.text("closed_on IS NULL"),
        sqlite_where=sa.text("closed_on IS NULL"),
    )
    op.drop_index("ix_xq_party_development_person_id", table_name="xq_party_development")
    op.drop_index("ix_xq_party_development_member_id", table_name="xq_party_development")
    op.drop_index("ix_xq_party_development_district_id_closed_on", table_name="xq_party_development")
    op.drop_index("ix_xq_party_development_branch_id", table_name="xq_party_development")
    op.drop_table("xq_party_development")
    op.drop_index("ix_xq_party_committee_seat_member_id", table_name="xq_party_committee_seat")
    op.drop_index("ix_xq_party_committee_seat_district_id", table_name="xq_party_committee_seat")
    op.drop_index("ix_xq_party_committee_seat_branch_id_since", table_name="xq_party_committee_seat")
    op.drop_table("xq_party_committee_seat")
    op.drop_index("ix_xq_party_away_member_id_since", table_name="xq_party_away")
    op.drop_index("ix_xq_party_away_district_id", table_name="xq_party_away")
    op.drop_table("xq_party_away")
    op.drop_index("ix_xq_party_affiliation_member_id_since", table_name="xq_party_affiliation")
    op.drop_index("ix_xq_party_affiliation_district_id", table_name="xq_party_affiliation")
    op.drop_index("ix_xq_party_affiliation_branch_id_since", table_name="xq_party_affiliation")
    op.drop_table("xq_party_affiliation")
    op.drop_index(
        "uq_xq_leadership_visit_standing",
        table_name="xq_leadership_visit",
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index("ix_xq_leadership_visit_school_id", table_name="xq_leadership_visit")
    op.drop_index("ix_xq_leadership_visit_district_id_visited_on", table_name="xq_leadership_visit")
    op.drop_table("xq_leadership_visit")
    op.drop_index("ix_xq_leadership_support_staff_id", table_name="xq_leadership_support")
    op.drop_table("xq_leadership_support")
    op.drop_index(
        "ix_xq_leadership_regulation_version_district_id", table_name="xq_leadership_regulation_version"
    )
    op.drop_table("xq_leadership_regulation_version")
    op.drop_index("ix_xq_leadership_plan_item_owner_id", table_name="xq_leadership_plan_item")
    op.drop_index("ix_xq_leadership_plan_item_district_id", table_name="xq_leadership_plan_item")
    op.drop_table("xq_leadership_plan_item")
    op.drop_index("ix_xq_leadership_link_staff_id", table_name="xq_leadership_link")
    op.drop_index("ix_xq_leadership_link_school_id_since", table_name="xq_leadership_link")
    op.drop_index("ix_xq_leadership_link_district_id_since", table_name="xq_leadership_link")
    op.drop_table("xq_leadership_link")
    op.drop_index("ix_xq_leadership_leave_staff_id_first", table_name="xq_leadership_leave")
    op.drop_index("ix_xq_leadership_leave_district_id_state_settled", table_name="xq_leadership_leave")
    op.drop_table("xq_leadership_leave")
    op.drop_index("ix_xq_leadership_hazard_school_id", table_name="xq_leadership_hazard")
    op.drop_index("ix_xq_leadership_hazard_district_id_found_on", table_name="xq_leadership_hazard")
    op.drop_table("xq_leadership_hazard")
    op.drop_index(
        "uq_xq_leadership_duty_standing",
        table_name="xq_leadership_duty",
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index("ix_xq_leadership_duty_school_id_day", table_name="xq_leadership_duty")
    op.drop_index("ix_xq_leadership_duty_district_id_day", table_name="xq_leadership_duty")
    op.drop_table("xq_leadership_duty")
    op.drop_index(
        "uq_xq_party_member_open",
        table_name="xq_party_member",
        postgresql_where=sa.text("ended_on IS NULL"),
        sqlite_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index("ix_xq_party_member_person_id", table_name="xq_party_member")
    op.drop_table("xq_party_member")
    op.drop_index("ix_xq_party_group_district_id", table_name="xq_party_group")
    op.drop_index("ix_xq_party_group_branch_id", table_name="xq_party_group")
    op.drop_table("xq_party_group")
    op.drop_index(
        "uq_xq_party_dues_remittance_number",
        table_name="xq_party_dues_remittance",
        postgresql_where=sa.text("reverses_id IS NULL"),
        sqlite_where=sa.text("reverses_id IS NULL"),
    )
    op.drop_index("ix_xq_party_dues_remittance_branch_id_remitted_on", table_name="xq_party_dues_remittance")
    op.drop_table("xq_party_dues_remittance")
    op.drop_index("ix_xq_party_dues_publication_branch_id_year", table_name="xq_party_dues_publication")
    op.drop_table("xq_party_dues_publication")
    op.drop_table("xq_party_dues_ledger")
    op.drop_index("ix_xq_party_appraisal_district_id", table_name="xq_party_appraisal")
    op.drop_table("xq_party_appraisal")
    op.drop_index("ix_xq_leadership_regulation_school_id", table_name="xq_leadership_regulation")
    op.drop_index("ix_xq_leadership_regulation_base_id", table_name="xq_leadership_regulation")
    op.drop_table("xq_leadership_regulation")
    op.drop_index("ix_xq_leadership_plan_school_id", table_name="xq_leadership_plan")
    op.drop_index("ix_xq_leadership_plan_district_id_area", table_name="xq_leadership_plan")
    op.drop_table("xq_leadership_plan")
    op.drop_index(
        "uq_xq_leadership_drill_standing",
        table_name="xq_leadership_drill",
        postgresql_where=sa.text("voided_at IS NULL"),
        sqlite_where=sa.text("voided_at IS NULL"),
    )
    op.drop_index("ix_xq_leadership_drill_district_id_held_on", table_name="xq_leadership_drill")
    op.drop_table("xq_leadership_drill")
    op.drop_table("xq_party_programme")
    op.drop_index("ix_xq_party_branch_district_id", table_name="xq_party_branch")
    op.drop_table("xq_party_branch")
    op.drop_table("xq_leadership_prepared_link")
    op.execute(f"DELETE FROM xq_registry_delegation WHERE (county_id, appointment_id) IN ({OF_THE_BRANCH})")
    op.execute(f"DELETE FROM xq_registry_appointment WHERE post IN ({PARTY_POSTS})")
    _allow_posts(POSTS_BEFORE)


OF_THE_BRANCH = f"SELECT county_id, id FROM xq_registry_appointment WHERE post IN ({PARTY_POSTS})"


def _allow_posts(posts: str) -> None:
    """Let appointments be to these posts."""
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_xq_registry_appointment_post"), "xq_registry_appointment", type_="check")
        op.create_check_constraint(
            op.f("ck_xq_registry_appointment_post"), "xq_registry_appointment", f"post IN ({posts})"
        )
        return
    op.create_table("xq_rebuilt", *_appointment(posts))
    columns = "county_id, id, district_id, school_id, staff_id, post, place, seat, since, until, acting, authority, ended"
    op.execute(f"INSERT INTO xq_rebuilt ({columns}) SELECT {columns} FROM xq_registry_appointment")
    op.drop_table("xq_registry_appointment")
    op.rename_table("xq_rebuilt", "xq_registry_appointment")
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
    _forbid_overlap("xq_registry_appointment", "seat")
    _forbid_overlap("xq_registry_appointment", "staff_id", "post", "place")


def _appointment(posts: str) -> list[sa.schema.SchemaItem]:
    return [
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
            f"post IN ({posts})",
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
    ]


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
