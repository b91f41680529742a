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
        "xq_party_branch",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("superior", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
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
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("exit", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "exit IN ('died', 'expelled', 'removed', 'withdrew', 'cancelled')",
            name=op.f("ck_xq_party_member_exit"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "person_id"],
            ["xq_registry_person.county_id", "xq_registry_person.id"],
            name="fk_xq_party_member_person_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_party_member_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_party_member")),
        sa.UniqueConstraint("county_id", "person_id", name="uq_xq_party_member_person_id"),
        info={"xuequ": "tenant"},
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
        "xq_party_committee_seat",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("branch_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
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
        "xq_party_member_status",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
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
    _forbid_overlap("xq_party_affiliation", "member_id")
    _forbid_overlap("xq_party_branch", "district_id")
    _forbid_overlap("xq_party_committee_seat", "branch_id", "member_id")
    _forbid_overlap("xq_party_group_place", "member_id")
    _forbid_overlap("xq_party_member_status", "member_id")


def downgrade() -> None:
    op.drop_index("ix_xq_party_member_status_member_id_since", table_name="xq_party_member_status")
    op.drop_table("xq_party_member_status")
    op.drop_index("ix_xq_party_group_place_member_id_since", table_name="xq_party_group_place")
    op.drop_index("ix_xq_party_group_place_group_id", table_name="xq_party_group_place")
    op.drop_index("ix_xq_party_group_place_district_id", table_name="xq_party_group_place")
    op.drop_table("xq_party_group_place")
    op.drop_index("ix_xq_party_committee_seat_member_id", table_name="xq_party_committee_seat")
    op.drop_index("ix_xq_party_committee_seat_district_id", table_name="xq_party_committee_seat")
    op.drop_index("ix_xq_party_committee_seat_branch_id_since", table_name="xq_party_committee_seat")
    op.drop_table("xq_party_committee_seat")
    op.drop_index("ix_xq_party_affiliation_member_id_since", table_name="xq_party_affiliation")
    op.drop_index("ix_xq_party_affiliation_district_id", table_name="xq_party_affiliation")
    op.drop_index("ix_xq_party_affiliation_branch_id_since", table_name="xq_party_affiliation")
    op.drop_table("xq_party_affiliation")
    op.drop_table("xq_party_member")
    op.drop_index("ix_xq_party_group_district_id", table_name="xq_party_group")
    op.drop_index("ix_xq_party_group_branch_id", table_name="xq_party_group")
    op.drop_table("xq_party_group")
    op.drop_index("ix_xq_party_branch_district_id", table_name="xq_party_branch")
    op.drop_table("xq_party_branch")
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
