"""the budget: cells, versions, adjustments, allotments, claims, purchases, council decisions

Revision: 0006
Revises: 0005
Date: 2026-11-25
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOVED = ("xq_budget_year", "xq_budget_line", "xq_budget_entry")


def upgrade() -> None:
    _refuse_party_dues()
    _put_aside()
    op.create_table(
        "xq_budget_adjustment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("exceptional", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reference_no", sa.String(length=100), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(applied_on IS NOT NULL) = (state = 'applied')", name=op.f("ck_xq_budget_adjustment_applied")
        ),
        sa.CheckConstraint(
            "(reverses_id IS NOT NULL) = (kind = 'counter')", name=op.f("ck_xq_budget_adjustment_reverses")
        ),
        sa.CheckConstraint(
            "(voided_on IS NOT NULL) = (state = 'voided')", name=op.f("ck_xq_budget_adjustment_voided")
        ),
        sa.CheckConstraint(
            "book IN ('school', 'nutrition', 'remittance', 'union')",
            name=op.f("ck_xq_budget_adjustment_book"),
        ),
        sa.CheckConstraint(
            "fund IN ('fiscal_grant', 'special_account', 'other')", name=op.f("ck_xq_budget_adjustment_fund")
        ),
        sa.CheckConstraint(
            "kind IN ('change', 'split', 'counter')", name=op.f("ck_xq_budget_adjustment_kind")
        ),
        sa.CheckConstraint(
            "state <> 'applied' OR way = 'within' OR reference_no IS NOT NULL",
            name=op.f("ck_xq_budget_adjustment_let_to_pass"),
        ),
        sa.CheckConstraint(
            "state IN ('drafted', 'approved', 'filed', 'applied', 'voided')",
            name=op.f("ck_xq_budget_adjustment_state"),
        ),
        sa.CheckConstraint(
            "way IN ('finance', 'own_filed', 'within')", name=op.f("ck_xq_budget_adjustment_way")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_adjustment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "reverses_id"],
            ["xq_budget_adjustment.county_id", "xq_budget_adjustment.id"],
            name="fk_xq_budget_adjustment_reverses_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_adjustment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_adjustment")),
        sa.UniqueConstraint(
            "county_id", "district_id", "number", name="uq_xq_budget_adjustment_district_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_adjustment_district_id_book_year",
        "xq_budget_adjustment",
        ["county_id", "district_id", "book", "year"],
        unique=False,
    )
    op.create_index(
        "uq_xq_budget_adjustment_reversed_once",
        "xq_budget_adjustment",
        ["county_id", "reverses_id"],
        unique=True,
        postgresql_where=sa.text("voided_on IS NULL"),
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.create_table(
        "xq_budget_project",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("purse", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('basic', 'project')", name=op.f("ck_xq_budget_project_kind")),
        sa.CheckConstraint(
            "purse IN ('operating', 'training', 'activities', 'personnel', 'specific')",
            name=op.f("ck_xq_budget_project_purse"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_project_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_project_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_project")),
        sa.UniqueConstraint("county_id", "district_id", "code", name="uq_xq_budget_project_district_id_code"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_stock_item",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_xq_budget_stock_item_balance")),
        sa.CheckConstraint("closed_on IS NULL OR balance = 0", name=op.f("ck_xq_budget_stock_item_closed")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_stock_item_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_stock_item_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_stock_item")),
        sa.UniqueConstraint(
            "county_id", "district_id", "code", name="uq_xq_budget_stock_item_district_id_code"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_year",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(closed_on IS NOT NULL) = (stage = 'closed')", name=op.f("ck_xq_budget_year_closed")
        ),
        sa.CheckConstraint(
            "book IN ('school', 'nutrition', 'remittance', 'union')", name=op.f("ck_xq_budget_year_book")
        ),
        sa.CheckConstraint(
            "stage IN ('drafting', 'deliberated', 'proposed', 'controlled', 'redrafted', 'approved', 'closed')",
            name=op.f("ck_xq_budget_year_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_year_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_year_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_year")),
        sa.UniqueConstraint(
            "county_id", "district_id", "book", "year", name="uq_xq_budget_year_district_id_book_year"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_adjustment_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("adjustment_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("function", sa.String(length=40), nullable=True),
        sa.Column("economic", sa.String(length=40), nullable=True),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(side = 'expenditure') = (economic IS NOT NULL)",
            name=op.f("ck_xq_budget_adjustment_line_economic"),
        ),
        sa.CheckConstraint(
            "(side = 'expenditure') = (function IS NOT NULL)",
            name=op.f("ck_xq_budget_adjustment_line_function"),
        ),
        sa.CheckConstraint(
            "side = 'expenditure' OR school_id IS NULL", name=op.f("ck_xq_budget_adjustment_line_school")
        ),
        sa.CheckConstraint(
            "side IN ('income', 'expenditure')", name=op.f("ck_xq_budget_adjustment_line_side")
        ),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_xq_budget_adjustment_line_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "adjustment_id"],
            ["xq_budget_adjustment.county_id", "xq_budget_adjustment.id"],
            name="fk_xq_budget_adjustment_line_adjustment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_adjustment_line_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "project_id"],
            ["xq_budget_project.county_id", "xq_budget_project.id"],
            name="fk_xq_budget_adjustment_line_project_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_adjustment_line_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_adjustment_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_adjustment_line")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_adjustment_line_adjustment_id",
        "xq_budget_adjustment_line",
        ["county_id", "adjustment_id"],
        unique=False,
    )
    op.create_table(
        "xq_budget_allotment",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("headcount_id", sa.BigInteger(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "number >= 1 AND (number = 1) = (reason = '')", name=op.f("ck_xq_budget_allotment_number")
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_xq_budget_allotment_total")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_allotment_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "headcount_id"],
            ["xq_registry_headcount.county_id", "xq_registry_headcount.id"],
            name="fk_xq_budget_allotment_headcount_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_allotment_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_allotment")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "year",
            "number",
            name="uq_xq_budget_allotment_district_id_year_number",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_income",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("adjusted", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "book IN ('school', 'nutrition', 'remittance', 'union')", name=op.f("ck_xq_budget_income_book")
        ),
        sa.CheckConstraint(
            "fund IN ('fiscal_grant', 'special_account', 'other')", name=op.f("ck_xq_budget_income_fund")
        ),
        sa.CheckConstraint("approved + adjusted >= 0", name=op.f("ck_xq_budget_income_adjusted")),
        sa.CheckConstraint("approved >= 0", name=op.f("ck_xq_budget_income_approved")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_income_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "project_id"],
            ["xq_budget_project.county_id", "xq_budget_project.id"],
            name="fk_xq_budget_income_project_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_income_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_income")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "book",
            "year",
            "fund",
            "project_id",
            name="uq_xq_budget_income_district_id_book_year_fund_project_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("function", sa.String(length=40), nullable=False),
        sa.Column("economic", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("provisional", sa.BigInteger(), nullable=False),
        sa.Column("adjusted", sa.BigInteger(), nullable=False),
        sa.Column("carried_in", sa.BigInteger(), nullable=False),
        sa.Column("allowance", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "book IN ('school', 'nutrition', 'remittance', 'union')", name=op.f("ck_xq_budget_line_book")
        ),
        sa.CheckConstraint(
            "fund IN ('fiscal_grant', 'special_account', 'other')", name=op.f("ck_xq_budget_line_fund")
        ),
        sa.CheckConstraint("allowance >= 0", name=op.f("ck_xq_budget_line_allowance")),
        sa.CheckConstraint("approved >= 0", name=op.f("ck_xq_budget_line_approved")),
        sa.CheckConstraint("carried_in >= 0", name=op.f("ck_xq_budget_line_carried_in")),
        sa.CheckConstraint("committed >= 0", name=op.f("ck_xq_budget_line_committed")),
        sa.CheckConstraint("paid >= 0", name=op.f("ck_xq_budget_line_paid")),
        sa.CheckConstraint("provisional >= 0", name=op.f("ck_xq_budget_line_provisional")),
        sa.CheckConstraint(
            "reserved + committed + paid <= approved + provisional + adjusted + carried_in + allowance",
            name=op.f("ck_xq_budget_line_within"),
        ),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_xq_budget_line_reserved")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_line_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "project_id"],
            ["xq_budget_project.county_id", "xq_budget_project.id"],
            name="fk_xq_budget_line_project_id",
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
            "book",
            "year",
            "fund",
            "project_id",
            "function",
            "economic",
            "school_id",
            name="uq_xq_budget_line_cell",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "uq_xq_budget_line_of_district",
        "xq_budget_line",
        ["county_id", "district_id", "book", "year", "fund", "project_id", "function", "economic"],
        unique=True,
        postgresql_where=sa.text("school_id IS NULL"),
        sqlite_where=sa.text("school_id IS NULL"),
    )
    op.create_table(
        "xq_budget_version",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("year_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("deliberated_on", sa.Date(), nullable=True),
        sa.Column("minutes_no", sa.String(length=100), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submission_no", sa.String(length=100), nullable=True),
        sa.Column("controlled_on", sa.Date(), nullable=True),
        sa.Column("control_no", sa.String(length=100), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(length=200), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approval_no", sa.String(length=100), nullable=True),
        sa.CheckConstraint(
            "round IN ('first', 'second', 'adopted')", name=op.f("ck_xq_budget_version_round")
        ),
        sa.CheckConstraint(
            "(approved_on IS NULL) = (approval_no IS NULL)", name=op.f("ck_xq_budget_version_approved")
        ),
        sa.CheckConstraint(
            "(controlled_on IS NULL) = (control_no IS NULL)", name=op.f("ck_xq_budget_version_controlled")
        ),
        sa.CheckConstraint(
            "(returned_on IS NULL) = (return_reason IS NULL)", name=op.f("ck_xq_budget_version_returned")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_xq_budget_version_number")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_version_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "year_id"],
            ["xq_budget_year.county_id", "xq_budget_year.id"],
            name="fk_xq_budget_version_year_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_version_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_version")),
        sa.UniqueConstraint("county_id", "year_id", "number", name="uq_xq_budget_version_year_id_number"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_allotment_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("allotment_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("standard_key", sa.String(length=100), nullable=False),
        sa.Column("rate", sa.BigInteger(), nullable=False),
        sa.Column("actual", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "item IN ('base', 'boarding', 'special', 'heating')",
            name=op.f("ck_xq_budget_allotment_line_item"),
        ),
        sa.CheckConstraint(
            "stage IN ('preschool', 'primary', 'junior')", name=op.f("ck_xq_budget_allotment_line_stage")
        ),
        sa.CheckConstraint("actual >= 0 AND counted > 0", name=op.f("ck_xq_budget_allotment_line_heads")),
        sa.CheckConstraint("amount = rate * counted", name=op.f("ck_xq_budget_allotment_line_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "allotment_id"],
            ["xq_budget_allotment.county_id", "xq_budget_allotment.id"],
            name="fk_xq_budget_allotment_line_allotment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_allotment_line_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_allotment_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_allotment_line")),
        sa.UniqueConstraint(
            "county_id",
            "allotment_id",
            "school_id",
            "stage",
            "item",
            name="uq_xq_budget_allotment_line_allotment_id_school_id_stage_item",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_allotment_school",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("allotment_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.CheckConstraint("basis <> ''", name=op.f("ck_xq_budget_allotment_school_basis")),
        sa.ForeignKeyConstraint(
            ["county_id", "allotment_id"],
            ["xq_budget_allotment.county_id", "xq_budget_allotment.id"],
            name="fk_xq_budget_allotment_school_allotment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_allotment_school_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_allotment_school_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_allotment_school")),
        sa.UniqueConstraint(
            "county_id",
            "allotment_id",
            "school_id",
            name="uq_xq_budget_allotment_school_allotment_id_school_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_allotment_standard",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("allotment_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=400), nullable=False),
        sa.Column("checked", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "allotment_id"],
            ["xq_budget_allotment.county_id", "xq_budget_allotment.id"],
            name="fk_xq_budget_allotment_standard_allotment_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_allotment_standard_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_allotment_standard")),
        sa.UniqueConstraint(
            "county_id", "allotment_id", "key", name="uq_xq_budget_allotment_standard_allotment_id_key"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_carry_over",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("to_line_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(to_line_id IS NOT NULL) = (kind = 'carried')", name=op.f("ck_xq_budget_carry_over_to_line")
        ),
        sa.CheckConstraint("kind IN ('carried', 'surplus')", name=op.f("ck_xq_budget_carry_over_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_carry_over_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_carry_over_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_carry_over_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "to_line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_carry_over_to_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_carry_over_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_carry_over")),
        sa.UniqueConstraint("county_id", "line_id", "origin", name="uq_xq_budget_carry_over_line_id_origin"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_carry_over_to_line_id",
        "xq_budget_carry_over",
        ["county_id", "to_line_id"],
        unique=False,
    )
    op.create_table(
        "xq_budget_control",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=True),
        sa.Column("project_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "fund IN ('fiscal_grant', 'special_account', 'other')", name=op.f("ck_xq_budget_control_fund")
        ),
        sa.CheckConstraint("(fund IS NULL) = (project_id IS NULL)", name=op.f("ck_xq_budget_control_pocket")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_xq_budget_control_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_control_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "project_id"],
            ["xq_budget_project.county_id", "xq_budget_project.id"],
            name="fk_xq_budget_control_project_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "version_id"],
            ["xq_budget_version.county_id", "xq_budget_version.id"],
            name="fk_xq_budget_control_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_control_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_control")),
        sa.UniqueConstraint(
            "county_id",
            "version_id",
            "fund",
            "project_id",
            name="uq_xq_budget_control_version_id_fund_project_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "uq_xq_budget_control_whole",
        "xq_budget_control",
        ["county_id", "version_id"],
        unique=True,
        postgresql_where=sa.text("project_id IS NULL"),
        sqlite_where=sa.text("project_id IS NULL"),
    )
    op.create_table(
        "xq_budget_council_meeting",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("chair_id", sa.BigInteger(), nullable=False),
        sa.Column("recorder_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(reason <> '') = (state = 'voided')", name=op.f("ck_xq_budget_council_meeting_voided")
        ),
        sa.CheckConstraint(
            "state IN ('convened', 'held', 'signed', 'voided')",
            name=op.f("ck_xq_budget_council_meeting_state"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_xq_budget_council_meeting_number")),
        sa.ForeignKeyConstraint(
            ["county_id", "chair_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_council_meeting_chair_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_council_meeting_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "recorder_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_council_meeting_recorder_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_council_meeting_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_council_meeting")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "year",
            "number",
            name="uq_xq_budget_council_meeting_district_id_year_number",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_council_member",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("chair_of", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(chair_of IS NOT NULL) = (role = 'chair')", name=op.f("ck_xq_budget_council_member_chair")
        ),
        sa.CheckConstraint("role IN ('chair', 'member')", name=op.f("ck_xq_budget_council_member_role")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_budget_council_member_span")),
        sa.ForeignKeyConstraint(
            ["county_id", "chair_of"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_council_member_chair_of",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_council_member_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_council_member_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_council_member_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_council_member")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_council_member_district_id",
        "xq_budget_council_member",
        ["county_id", "district_id"],
        unique=False,
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
        "xq_budget_opening",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "paid >= 0 AND committed >= 0 AND paid + committed > 0", name=op.f("ck_xq_budget_opening_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_opening_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_opening_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_opening_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_opening")),
        sa.UniqueConstraint(
            "county_id", "line_id", "reference", name="uq_xq_budget_opening_line_id_reference"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_provisional",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("year_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(length=100), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("allotted_on", sa.Date(), nullable=False),
        sa.Column("through", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "ground IN ('carried_over', 'necessary_as_last_year', 'legal_obligations')",
            name=op.f("ck_xq_budget_provisional_ground"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_provisional_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_provisional_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_provisional_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "year_id"],
            ["xq_budget_year.county_id", "xq_budget_year.id"],
            name="fk_xq_budget_provisional_year_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_provisional_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_provisional")),
        sa.UniqueConstraint(
            "county_id",
            "year_id",
            "document_no",
            "line_id",
            "ground",
            name="uq_xq_budget_provisional_year_id_document_no_line_id_ground",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_provisional_line_id", "xq_budget_provisional", ["county_id", "line_id"], unique=False
    )
    op.create_table(
        "xq_budget_release",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("event_kind", sa.String(length=80), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f("ck_xq_budget_release_ended")),
        sa.CheckConstraint(
            "(state = 'voided') = (end_reason <> '')", name=op.f("ck_xq_budget_release_reason")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'returned', 'voided')", name=op.f("ck_xq_budget_release_state")
        ),
        sa.CheckConstraint(
            "(event_kind IS NULL) = (event_id IS NULL)", name=op.f("ck_xq_budget_release_event")
        ),
        sa.CheckConstraint(
            "amount > 0 AND returned BETWEEN 0 AND amount", name=op.f("ck_xq_budget_release_amount")
        ),
        sa.CheckConstraint(
            "school_id IS NOT NULL OR event_kind IS NOT NULL", name=op.f("ck_xq_budget_release_for")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_release_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_release_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_release_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_release_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_release")),
        sa.UniqueConstraint(
            "county_id", "district_id", "number", name="uq_xq_budget_release_district_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_release_line_id", "xq_budget_release", ["county_id", "line_id"], unique=False
    )
    op.create_table(
        "xq_budget_request",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("requester_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("estimate", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('requested', 'approved', 'refused', 'ordered', 'accepted', 'closed', 'cancelled')",
            name=op.f("ck_xq_budget_request_state"),
        ),
        sa.CheckConstraint("estimate > 0", name=op.f("ck_xq_budget_request_estimate")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_request_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "requester_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_request_requester_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_request_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_request_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_request")),
        sa.UniqueConstraint(
            "county_id", "district_id", "number", name="uq_xq_budget_request_district_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_stock_move",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source_kind", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=40), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("office", sa.String(length=100), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("returns_id", sa.BigInteger(), nullable=True),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(counted IS NOT NULL) = (kind = 'counted')", name=op.f("ck_xq_budget_stock_move_counted")
        ),
        sa.CheckConstraint(
            "(returns_id IS NOT NULL) = (kind = 'returned')", name=op.f("ck_xq_budget_stock_move_returns")
        ),
        sa.CheckConstraint(
            "(reverses_id IS NOT NULL) = (kind = 'reversed')", name=op.f("ck_xq_budget_stock_move_reverses")
        ),
        sa.CheckConstraint(
            "kind <> 'issued' OR staff_id IS NOT NULL", name=op.f("ck_xq_budget_stock_move_signed")
        ),
        sa.CheckConstraint("kind <> 'received' OR paper <> ''", name=op.f("ck_xq_budget_stock_move_paper")),
        sa.CheckConstraint(
            "kind IN ('counted', 'reversed') OR (kind = 'issued' AND change < 0) OR (kind IN ('received', 'returned') AND change > 0)",
            name=op.f("ck_xq_budget_stock_move_change"),
        ),
        sa.CheckConstraint(
            "kind IN ('received', 'issued', 'returned', 'counted', 'reversed')",
            name=op.f("ck_xq_budget_stock_move_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('counted', 'reversed') OR reason <> ''", name=op.f("ck_xq_budget_stock_move_reason")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "by_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_stock_move_by_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_stock_move_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "item_id"],
            ["xq_budget_stock_item.county_id", "xq_budget_stock_item.id"],
            name="fk_xq_budget_stock_move_item_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "returns_id"],
            ["xq_budget_stock_move.county_id", "xq_budget_stock_move.id"],
            name="fk_xq_budget_stock_move_returns_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "reverses_id"],
            ["xq_budget_stock_move.county_id", "xq_budget_stock_move.id"],
            name="fk_xq_budget_stock_move_reverses_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_stock_move_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_stock_move_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_stock_move_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_stock_move")),
        sa.UniqueConstraint(
            "county_id",
            "district_id",
            "source_kind",
            "source_id",
            "kind",
            "line",
            name="uq_xq_budget_stock_move_use",
        ),
        sa.UniqueConstraint("county_id", "reverses_id", name="uq_xq_budget_stock_move_reverses_id"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_stock_move_item_id_day",
        "xq_budget_stock_move",
        ["county_id", "item_id", "day"],
        unique=False,
    )
    op.create_index(
        "ix_xq_budget_stock_move_returns_id",
        "xq_budget_stock_move",
        ["county_id", "returns_id"],
        unique=False,
    )
    op.create_table(
        "xq_budget_version_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=False),
        sa.Column("fund", sa.String(length=40), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("function", sa.String(length=40), nullable=False),
        sa.Column("economic", sa.String(length=40), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(side = 'expenditure') = (function <> '') AND (side = 'expenditure') = (economic <> '')",
            name=op.f("ck_xq_budget_version_line_codes"),
        ),
        sa.CheckConstraint(
            "fund IN ('fiscal_grant', 'special_account', 'other')",
            name=op.f("ck_xq_budget_version_line_fund"),
        ),
        sa.CheckConstraint(
            "side = 'expenditure' OR school_id IS NULL", name=op.f("ck_xq_budget_version_line_school")
        ),
        sa.CheckConstraint("side IN ('income', 'expenditure')", name=op.f("ck_xq_budget_version_line_side")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_xq_budget_version_line_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_version_line_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "project_id"],
            ["xq_budget_project.county_id", "xq_budget_project.id"],
            name="fk_xq_budget_version_line_project_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_version_line_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "version_id"],
            ["xq_budget_version.county_id", "xq_budget_version.id"],
            name="fk_xq_budget_version_line_version_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_version_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_version_line")),
        sa.UniqueConstraint(
            "county_id",
            "version_id",
            "side",
            "fund",
            "project_id",
            "function",
            "economic",
            "school_id",
            name="uq_xq_budget_version_line_cell",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "uq_xq_budget_version_line_of_district",
        "xq_budget_version_line",
        ["county_id", "version_id", "side", "fund", "project_id", "function", "economic"],
        unique=True,
        postgresql_where=sa.text("school_id IS NULL"),
        sqlite_where=sa.text("school_id IS NULL"),
    )
    op.create_table(
        "xq_budget_council_attendance",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "mark IN ('present', 'excused', 'absent')", name=op.f("ck_xq_budget_council_attendance_mark")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_budget_council_meeting.county_id", "xq_budget_council_meeting.id"],
            name="fk_xq_budget_council_attendance_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_council_attendance_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_council_attendance_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_council_attendance")),
        sa.UniqueConstraint(
            "county_id", "meeting_id", "staff_id", name="uq_xq_budget_council_attendance_meeting_id_staff_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_decision_item",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("matter", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("ceiling", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("abstain", sa.Integer(), nullable=True),
        sa.Column("presiding_id", sa.BigInteger(), nullable=True),
        sa.Column("standard_key", sa.String(length=100), nullable=True),
        sa.Column("standard_since", sa.Date(), nullable=True),
        sa.Column("ratifies_id", sa.BigInteger(), nullable=True),
        sa.Column("ratify_by", sa.Date(), nullable=True),
        sa.Column("ratified_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "matter IN ('bulk_purchase', 'building_repair', 'capital_works', 'budget', 'other')",
            name=op.f("ck_xq_budget_decision_item_matter"),
        ),
        sa.CheckConstraint(
            "state <> 'provisional' OR meeting_id IS NULL",
            name=op.f("ck_xq_budget_decision_item_provisional"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'provisional', 'adopted', 'rejected', 'voided')",
            name=op.f("ck_xq_budget_decision_item_state"),
        ),
        sa.CheckConstraint(
            "(meeting_id IS NULL) = (number IS NULL)", name=op.f("ck_xq_budget_decision_item_number")
        ),
        sa.CheckConstraint(
            "(meeting_id IS NULL) = (ratify_by IS NOT NULL)",
            name=op.f("ck_xq_budget_decision_item_emergency"),
        ),
        sa.CheckConstraint("0 <= drawn AND drawn <= ceiling", name=op.f("ck_xq_budget_decision_item_drawn")),
        sa.CheckConstraint("until > since", name=op.f("ck_xq_budget_decision_item_span")),
        sa.CheckConstraint(
            "yes + no + abstain <= present AND present <= due", name=op.f("ck_xq_budget_decision_item_cast")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_decision_item_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_decision_item_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "meeting_id"],
            ["xq_budget_council_meeting.county_id", "xq_budget_council_meeting.id"],
            name="fk_xq_budget_decision_item_meeting_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "presiding_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_decision_item_presiding_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "ratifies_id"],
            ["xq_budget_decision_item.county_id", "xq_budget_decision_item.id"],
            name="fk_xq_budget_decision_item_ratifies_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_decision_item_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_decision_item_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_decision_item")),
        sa.UniqueConstraint(
            "county_id", "meeting_id", "number", name="uq_xq_budget_decision_item_meeting_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_decision_item_district_id_since",
        "xq_budget_decision_item",
        ["county_id", "district_id", "since"],
        unique=False,
    )
    op.create_index(
        "ix_xq_budget_decision_item_ratifies_id",
        "xq_budget_decision_item",
        ["county_id", "ratifies_id"],
        unique=False,
    )
    op.create_table(
        "xq_budget_override",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=True),
        sa.Column("source_kind", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "(mode = 'refuse') = (reason IS NOT NULL) AND (mode = 'refuse') = (post IS NOT NULL) AND (mode = 'refuse') = (entry_id IS NULL) AND (mode = 'refuse') = (stage IS NULL)",
            name=op.f("ck_xq_budget_override_reasoned"),
        ),
        sa.CheckConstraint("mode IN ('refuse', 'warn', 'allow')", name=op.f("ck_xq_budget_override_mode")),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_budget_override_post"),
        ),
        sa.CheckConstraint(
            "stage IN ('request', 'commitment', 'actual')", name=op.f("ck_xq_budget_override_stage")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_override_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_override_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "entry_id"],
            ["xq_budget_entry.county_id", "xq_budget_entry.id"],
            name="fk_xq_budget_override_entry_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_override_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_override_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_override_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_override")),
        sa.UniqueConstraint("county_id", "entry_id", name="uq_xq_budget_override_entry"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_override_line_id", "xq_budget_override", ["county_id", "line_id"], unique=False
    )
    op.create_index(
        "uq_xq_budget_override_by_hand",
        "xq_budget_override",
        ["county_id", "source_kind", "source_id", "line_id"],
        unique=True,
        postgresql_where=sa.text("entry_id IS NULL"),
        sqlite_where=sa.text("entry_id IS NULL"),
    )
    op.create_table(
        "xq_budget_purchase_step",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("post", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "act IN ('request', 'approve', 'refuse', 'order', 'accept', 'close', 'cancel')",
            name=op.f("ck_xq_budget_purchase_step_act"),
        ),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_budget_purchase_step_post"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "request_id"],
            ["xq_budget_request.county_id", "xq_budget_request.id"],
            name="fk_xq_budget_purchase_step_request_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_purchase_step_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_purchase_step_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_purchase_step")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_purchase_step_request_id",
        "xq_budget_purchase_step",
        ["county_id", "request_id"],
        unique=False,
    )
    op.create_table(
        "xq_budget_request_item",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=100), nullable=False),
        sa.Column("spec", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price > 0 AND amount > 0", name=op.f("ck_xq_budget_request_item_price")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_xq_budget_request_item_quantity")),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_request_item_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "request_id"],
            ["xq_budget_request.county_id", "xq_budget_request.id"],
            name="fk_xq_budget_request_item_request_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_request_item_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_request_item")),
        sa.UniqueConstraint("county_id", "request_id", "no", name="uq_xq_budget_request_item_request_id_no"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_decision_draw",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("source_kind", sa.String(length=80), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("way IN ('draw', 'give_back')", name=op.f("ck_xq_budget_decision_draw_way")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_decision_draw_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "item_id"],
            ["xq_budget_decision_item.county_id", "xq_budget_decision_item.id"],
            name="fk_xq_budget_decision_draw_item_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_decision_draw_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_decision_draw")),
        sa.UniqueConstraint(
            "county_id",
            "item_id",
            "source_kind",
            "source_id",
            "round",
            "way",
            name="uq_xq_budget_decision_draw_use",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_decision_interest",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "item_id"],
            ["xq_budget_decision_item.county_id", "xq_budget_decision_item.id"],
            name="fk_xq_budget_decision_interest_item_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_decision_interest_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_decision_interest_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_decision_interest")),
        sa.UniqueConstraint(
            "county_id", "item_id", "staff_id", name="uq_xq_budget_decision_interest_item_id_staff_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_order",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("supplier", sa.String(length=100), nullable=False),
        sa.Column("supplier_key", sa.String(length=100), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decision_item_id", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("total > 0", name=op.f("ck_xq_budget_order_total")),
        sa.ForeignKeyConstraint(
            ["county_id", "decision_item_id"],
            ["xq_budget_decision_item.county_id", "xq_budget_decision_item.id"],
            name="fk_xq_budget_order_decision_item_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_order_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "request_id"],
            ["xq_budget_request.county_id", "xq_budget_request.id"],
            name="fk_xq_budget_order_request_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_order_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_order")),
        sa.UniqueConstraint(
            "county_id", "district_id", "number", name="uq_xq_budget_order_district_id_number"
        ),
        sa.UniqueConstraint("county_id", "request_id", name="uq_xq_budget_order_request_id"),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_order_district_id_supplier_key_day",
        "xq_budget_order",
        ["county_id", "district_id", "supplier_key", "day"],
        unique=False,
    )
    op.create_table(
        "xq_budget_acceptance",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("acceptor_id", sa.BigInteger(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["county_id", "acceptor_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_acceptance_acceptor_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_acceptance_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "order_id"],
            ["xq_budget_order.county_id", "xq_budget_order.id"],
            name="fk_xq_budget_acceptance_order_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_acceptance_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_acceptance")),
        sa.UniqueConstraint(
            "county_id", "district_id", "number", name="uq_xq_budget_acceptance_district_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_acceptance_order_id", "xq_budget_acceptance", ["county_id", "order_id"], unique=False
    )
    op.create_table(
        "xq_budget_claim",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("claimant_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier", sa.String(length=100), nullable=False),
        sa.Column("supplier_key", sa.String(length=100), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("uninvoiced", sa.String(length=200), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("decision_item_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'checked', 'approved', 'paid', 'posted', 'archived', 'returned', 'voided')",
            name=op.f("ck_xq_budget_claim_state"),
        ),
        sa.CheckConstraint("total >= 0", name=op.f("ck_xq_budget_claim_total")),
        sa.ForeignKeyConstraint(
            ["county_id", "claimant_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_claim_claimant_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "decision_item_id"],
            ["xq_budget_decision_item.county_id", "xq_budget_decision_item.id"],
            name="fk_xq_budget_claim_decision_item_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_claim_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "order_id"],
            ["xq_budget_order.county_id", "xq_budget_order.id"],
            name="fk_xq_budget_claim_order_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "school_id"],
            ["xq_registry_school.county_id", "xq_registry_school.id"],
            name="fk_xq_budget_claim_school_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_claim_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_claim")),
        sa.UniqueConstraint(
            "county_id", "district_id", "number", name="uq_xq_budget_claim_district_id_number"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_claim_district_id_supplier_key_spent_on",
        "xq_budget_claim",
        ["county_id", "district_id", "supplier_key", "spent_on"],
        unique=False,
    )
    op.create_index("ix_xq_budget_claim_order_id", "xq_budget_claim", ["county_id", "order_id"], unique=False)
    op.create_table(
        "xq_budget_order_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "accepted >= 0 AND accepted <= quantity", name=op.f("ck_xq_budget_order_line_accepted")
        ),
        sa.CheckConstraint(
            "quantity > 0 AND price > 0 AND amount > 0", name=op.f("ck_xq_budget_order_line_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "item_id"],
            ["xq_budget_request_item.county_id", "xq_budget_request_item.id"],
            name="fk_xq_budget_order_line_item_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "order_id"],
            ["xq_budget_order.county_id", "xq_budget_order.id"],
            name="fk_xq_budget_order_line_order_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_order_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_order_line")),
        sa.UniqueConstraint(
            "county_id", "order_id", "item_id", name="uq_xq_budget_order_line_order_id_item_id"
        ),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_acceptance_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("acceptance_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("rejected = 0 OR reason <> ''", name=op.f("ck_xq_budget_acceptance_line_reason")),
        sa.CheckConstraint(
            "accepted >= 0 AND rejected >= 0 AND accepted + rejected > 0",
            name=op.f("ck_xq_budget_acceptance_line_delivered"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "acceptance_id"],
            ["xq_budget_acceptance.county_id", "xq_budget_acceptance.id"],
            name="fk_xq_budget_acceptance_line_acceptance_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "order_line_id"],
            ["xq_budget_order_line.county_id", "xq_budget_order_line.id"],
            name="fk_xq_budget_acceptance_line_order_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_acceptance_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_acceptance_line")),
        sa.UniqueConstraint(
            "county_id",
            "acceptance_id",
            "order_line_id",
            name="uq_xq_budget_acceptance_line_acceptance_id_order_line_id",
        ),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_acceptance_line_order_line_id",
        "xq_budget_acceptance_line",
        ["county_id", "order_line_id"],
        unique=False,
    )
    op.create_table(
        "xq_budget_claim_line",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("from_order", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_claim_line_amount")),
        sa.CheckConstraint(
            "from_order >= 0 AND from_order <= amount", name=op.f("ck_xq_budget_claim_line_from_order")
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "claim_id"],
            ["xq_budget_claim.county_id", "xq_budget_claim.id"],
            name="fk_xq_budget_claim_line_claim_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "line_id"],
            ["xq_budget_line.county_id", "xq_budget_line.id"],
            name="fk_xq_budget_claim_line_line_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_claim_line_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_claim_line")),
        sa.UniqueConstraint("county_id", "claim_id", "no", name="uq_xq_budget_claim_line_claim_id_no"),
        info={"xuequ": "tenant"},
    )
    op.create_table(
        "xq_budget_claim_step",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("post", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("summed", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "act IN ('draft', 'revise', 'submit', 'accept', 'check', 'approve', 'pay', 'post', 'archive', 'return', 'void')",
            name=op.f("ck_xq_budget_claim_step_act"),
        ),
        sa.CheckConstraint(
            "post IN ('bureau_officer', 'principal', 'party_secretary', 'party_commissioner', 'party_group_leader', 'academic_director', 'general_affairs_director', 'accountant', 'cashier', 'nutrition_accountant', 'nutrition_cashier', 'auditor', 'archivist', 'keeper', 'buyer', 'union_chair', 'young_pioneers', 'research_group_lead', 'school_head', 'teacher')",
            name=op.f("ck_xq_budget_claim_step_post"),
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "claim_id"],
            ["xq_budget_claim.county_id", "xq_budget_claim.id"],
            name="fk_xq_budget_claim_step_claim_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "staff_id"],
            ["xq_registry_staff.county_id", "xq_registry_staff.id"],
            name="fk_xq_budget_claim_step_staff_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_claim_step_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_claim_step")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_claim_step_claim_id", "xq_budget_claim_step", ["county_id", "claim_id"], unique=False
    )
    op.create_table(
        "xq_budget_invoice",
        sa.Column("county_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("district_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("supplier", sa.String(length=100), nullable=False),
        sa.Column("freed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_xq_budget_invoice_amount")),
        sa.ForeignKeyConstraint(
            ["county_id", "claim_id"],
            ["xq_budget_claim.county_id", "xq_budget_claim.id"],
            name="fk_xq_budget_invoice_claim_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id", "district_id"],
            ["xq_registry_district.county_id", "xq_registry_district.id"],
            name="fk_xq_budget_invoice_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name="fk_xq_budget_invoice_county_id"
        ),
        sa.PrimaryKeyConstraint("county_id", "id", name=op.f("pk_xq_budget_invoice")),
        info={"xuequ": "tenant"},
    )
    op.create_index(
        "ix_xq_budget_invoice_claim_id", "xq_budget_invoice", ["county_id", "claim_id"], unique=False
    )
    op.create_index(
        "uq_xq_budget_invoice_living",
        "xq_budget_invoice",
        ["county_id", "district_id", "code", "number"],
        unique=True,
        postgresql_where=sa.text("freed_on IS NULL"),
        sqlite_where=sa.text("freed_on IS NULL"),
    )
    _bring_over()
    _forbid_overlap("xq_budget_council_member", "chair_of")
    _forbid_overlap("xq_budget_council_member", "staff_id")
    _make_append_only("xq_budget_acceptance")
    _make_append_only("xq_budget_acceptance_line")
    _make_append_only("xq_budget_adjustment_line")
    _make_append_only("xq_budget_allotment")
    _make_append_only("xq_budget_allotment_line")
    _make_append_only("xq_budget_allotment_school")
    _make_append_only("xq_budget_allotment_standard")
    _make_append_only("xq_budget_carry_over")
    _make_append_only("xq_budget_claim_step")
    _make_append_only("xq_budget_control")
    _make_append_only("xq_budget_decision_draw")
    _make_append_only("xq_budget_entry")
    _make_append_only("xq_budget_opening")
    _make_append_only("xq_budget_override")
    _make_append_only("xq_budget_provisional")
    _make_append_only("xq_budget_purchase_step")
    _make_append_only("xq_budget_stock_move")


def downgrade() -> None:
    _keep_old_shape()
    op.drop_index(
        "uq_xq_budget_invoice_living",
        table_name="xq_budget_invoice",
        postgresql_where=sa.text("freed_on IS NULL"),
        sqlite_where=sa.text("freed_on IS NULL"),
    )
    op.drop_index("ix_xq_budget_invoice_claim_id", table_name="xq_budget_invoice")
    op.drop_table("xq_budget_invoice")
    op.drop_index("ix_xq_budget_claim_step_claim_id", table_name="xq_budget_claim_step")
    op.drop_table("xq_budget_claim_step")
    op.drop_table("xq_budget_claim_line")
    op.drop_index("ix_xq_budget_acceptance_line_order_line_id", table_name="xq_budget_acceptance_line")
    op.drop_table("xq_budget_acceptance_line")
    op.drop_table("xq_budget_order_line")
    op.drop_index("ix_xq_budget_claim_order_id", table_name="xq_budget_claim")
    op.drop_index("ix_xq_budget_claim_district_id_supplier_key_spent_on", table_name="xq_budget_claim")
    op.drop_table("xq_budget_claim")
    op.drop_index("ix_xq_budget_acceptance_order_id", table_name="xq_budget_acceptance")
    op.drop_table("xq_budget_acceptance")
    op.drop_index("ix_xq_budget_order_district_id_supplier_key_day", table_name="xq_budget_order")
    op.drop_table("xq_budget_order")
    op.drop_table("xq_budget_decision_interest")
    op.drop_table("xq_budget_decision_draw")
    op.drop_table("xq_budget_request_item")
    op.drop_index("ix_xq_budget_purchase_step_request_id", table_name="xq_budget_purchase_step")
    op.drop_table("xq_budget_purchase_step")
    op.drop_index(
        "uq_xq_budget_override_by_hand",
        table_name="xq_budget_override",
        postgresql_where=sa.text("entry_id IS NULL"),
        sqlite_where=sa.text("entry_id IS NULL"),
    )
    op.drop_index("ix_xq_budget_override_line_id", table_name="xq_budget_override")
    op.drop_table("xq_budget_override")
    op.drop_index("ix_xq_budget_decision_item_ratifies_id", table_name="xq_budget_decision_item")
    op.drop_index("ix_xq_budget_decision_item_district_id_since", table_name="xq_budget_decision_item")
    op.drop_table("xq_budget_decision_item")
    op.drop_table("xq_budget_council_attendance")
    op.drop_index(
        "uq_xq_budget_version_line_of_district",
        table_name="xq_budget_version_line",
        postgresql_where=sa.text("school_id IS NULL"),
        sqlite_where=sa.text("school_id IS NULL"),
    )
    op.drop_table("xq_budget_version_line")
    op.drop_index("ix_xq_budget_stock_move_returns_id", table_name="xq_budget_stock_move")
    op.drop_index("ix_xq_budget_stock_move_item_id_day", table_name="xq_budget_stock_move")
    op.drop_table("xq_budget_stock_move")
    op.drop_table("xq_budget_request")
    op.drop_index("ix_xq_budget_release_line_id", table_name="xq_budget_release")
    op.drop_table("xq_budget_release")
    op.drop_index("ix_xq_budget_provisional_line_id", table_name="xq_budget_provisional")
    op.drop_table("xq_budget_provisional")
    op.drop_table("xq_budget_opening")
    op.drop_index("ix_xq_budget_entry_line_id_purpose_kind_purpose_id", table_name="xq_budget_entry")
    op.drop_table("xq_budget_entry")
    op.drop_index("ix_xq_budget_council_member_district_id", table_name="xq_budget_council_member")
    op.drop_table("xq_budget_council_member")
    op.drop_table("xq_budget_council_meeting")
    op.drop_index(
        "uq_xq_budget_control_whole",
        table_name="xq_budget_control",
        postgresql_where=sa.text("project_id IS NULL"),
        sqlite_where=sa.text("project_id IS NULL"),
    )
    op.drop_table("xq_budget_control")
    op.drop_index("ix_xq_budget_carry_over_to_line_id", table_name="xq_budget_carry_over")
    op.drop_table("xq_budget_carry_over")
    op.drop_table("xq_budget_allotment_standard")
    op.drop_table("xq_budget_allotment_school")
    op.drop_table("xq_budget_allotment_line")
    op.drop_table("xq_budget_version")
    op.drop_index(
        "uq_xq_budget_line_of_district",
        table_name="xq_budget_line",
        postgresql_where=sa.text("school_id IS NULL"),
        sqlite_where=sa.text("school_id IS NULL"),
    )
    op.drop_table("xq_budget_line")
    op.drop_table("xq_budget_income")
    op.drop_table("xq_budget_allotment")
    op.drop_index("ix_xq_budget_adjustment_line_adjustment_id", table_name="xq_budget_adjustment_line")
    op.drop_table("xq_budget_adjustment_line")
    op.drop_table("xq_budget_year")
    op.drop_table("xq_budget_stock_item")
    op.drop_table("xq_budget_project")
    op.drop_index(
        "uq_xq_budget_adjustment_reversed_once",
        table_name="xq_budget_adjustment",
        postgresql_where=sa.text("voided_on IS NULL"),
        sqlite_where=sa.text("voided_on IS NULL"),
    )
    op.drop_index("ix_xq_budget_adjustment_district_id_book_year", table_name="xq_budget_adjustment")
    op.drop_table("xq_budget_adjustment")
    _create_before()
    _bring_back()


OTHER, FUNCTION, ECONOMIC = "other", "2059999", "30299"
"""What is said of money of which only a code was known: other income, other education, other goods and services."""
BEFORE = "county_id, id, district_id, school_id, line_id, movement, out_of, amount, day"
ENTRY = f"{BEFORE}, source_kind, source_id, purpose_kind, purpose_id"


def _first_day(year: str) -> str:
    """Write the first day of a year in the database's own words."""
    text = f"CAST({year} AS VARCHAR(4)) || '-01-01'"
    return f"CAST({text} AS DATE)" if op.get_context().dialect.name == "postgresql" else text


def _refuse_party_dues() -> None:
    """Stop where a line is in the book of party dues, which is no book of the budget any more."""
    if op.get_context().as_sql:
        return
    query = "SELECT count(*) FROM xq_budget_line WHERE book = 'party_dues'"
    found = op.get_bind().execute(sa.text(query)).scalar_one()
    if found:
        raise RuntimeError(
            f"{found} budget lines are in the book party_dues: dues are kept in party.dues; "
            "record them there and remove these lines before you upgrade"
        )


def _put_aside() -> None:
    """Copy the ledger and drop its tables, which are made anew."""
    for table in MOVED:
        op.execute(f"CREATE TABLE {table}_old AS SELECT * FROM {table}")
    for table in reversed(MOVED):
        op.drop_table(table)


def _bring_over() -> None:
    """Write every old line as a cell of a project of its own code, adopted by one version of its year."""
    op.execute(
        "INSERT INTO xq_budget_project (county_id, id, district_id, code, name, kind, purse) "
        "SELECT county_id, min(id), district_id, code, min(name), 'basic', 'specific' "
        "FROM xq_budget_line_old GROUP BY county_id, district_id, code"
    )
    stage = "CASE WHEN y.closed_on IS NULL THEN 'approved' ELSE 'closed' END"
    op.execute(
        "INSERT INTO xq_budget_year (county_id, id, district_id, book, year, stage, closed_on) "
        "SELECT y.county_id, COALESCE(min(l.id), min(y.id)), y.district_id, COALESCE(l.book, 'school'), y.year, "
        f"{stage}, y.closed_on FROM xq_budget_year_old AS y LEFT JOIN xq_budget_line_old AS l "
        "ON l.county_id = y.county_id AND l.district_id = y.district_id AND l.year = y.year "
        "GROUP BY y.county_id, y.district_id, l.book, y.year, y.closed_on"
    )
    of_project = (
        "FROM xq_budget_line_old AS l JOIN xq_budget_project AS p "
        "ON p.county_id = l.county_id AND p.district_id = l.district_id AND p.code = l.code"
    )
    op.execute(
        "INSERT INTO xq_budget_line (county_id, id, district_id, school_id, year, book, fund, project_id, "
        "function, economic, name, approved, provisional, adjusted, carried_in, allowance, reserved, "
        "committed, paid, closed_on) SELECT l.county_id, l.id, l.district_id, l.school_id, l.year, l.book, "
        f"'{OTHER}', p.id, '{FUNCTION}', '{ECONOMIC}', l.name, l.amount, 0, 0, 0, 0, l.reserved, "
        f"l.committed, l.paid, l.closed_on {of_project}"
    )
    op.execute(
        "INSERT INTO xq_budget_income (county_id, id, district_id, book, year, fund, project_id, approved, "
        "adjusted) SELECT county_id, min(id), district_id, book, year, fund, project_id, sum(approved), 0 "
        "FROM xq_budget_line GROUP BY county_id, district_id, book, year, fund, project_id"
    )
    op.execute(
        "INSERT INTO xq_budget_version (county_id, id, district_id, year_id, number, round, revision, begun_on, "
        "approved_on, approval_no) SELECT county_id, id, district_id, id, 1, 'adopted', 0, "
        f"{_first_day('year')}, {_first_day('year')}, '升级前已设立' FROM xq_budget_year"
    )
    in_year = (
        "JOIN xq_budget_year AS y ON y.county_id = l.county_id AND y.district_id = l.district_id "
        "AND y.book = l.book AND y.year = l.year"
    )
    row = (
        "INSERT INTO xq_budget_version_line (county_id, id, district_id, version_id, side, fund, project_id, "
        "function, economic, school_id, amount, note)"
    )
    op.execute(
        f"{row} SELECT l.county_id, l.id, l.district_id, y.id, 'expenditure', l.fund, l.project_id, "
        f"l.function, l.economic, l.school_id, l.approved, '' FROM xq_budget_line AS l {in_year}"
    )
    unused = "-l.id"  # an id of no row: those of the library are above nothing
    op.execute(
        f"{row} SELECT l.county_id, {unused}, l.district_id, y.id, 'income', l.fund, l.project_id, "
        f"'', '', NULL, l.approved, '' FROM xq_budget_income AS l {in_year}"
    )
    op.execute(  # what a closed year left unspent was carried nowhere
        "INSERT INTO xq_budget_carry_over (county_id, id, district_id, line_id, origin, kind, amount) "
        "SELECT county_id, id, district_id, id, year, 'surplus', approved - paid FROM xq_budget_line "
        "WHERE closed_on IS NOT NULL AND approved > paid"
    )
    op.execute(f"INSERT INTO xq_budget_entry ({ENTRY}) SELECT {ENTRY} FROM xq_budget_entry_old")
    for table in MOVED:
        op.drop_table(f"{table}_old")


def _keep_old_shape() -> None:
    """Write the ledger aside as it was before: a line's code is its project's, or its own id."""
    plain = f"l.fund = '{OTHER}' AND l.function = '{FUNCTION}' AND l.economic = '{ECONOMIC}'"
    op.execute(
        "CREATE TABLE xq_budget_line_old AS SELECT l.county_id, l.id, l.district_id, l.school_id, l.year, l.book, "
        f"CASE WHEN {plain} THEN p.code ELSE CAST(l.id AS VARCHAR(40)) END AS code, "
        "substr(l.name, 1, 100) AS name, "
        "l.approved + l.provisional + l.adjusted + l.carried_in + l.allowance AS amount, "
        "l.reserved, l.committed, l.paid, l.closed_on FROM xq_budget_line AS l JOIN xq_budget_project AS p "
        "ON p.county_id = l.county_id AND p.id = l.project_id"
    )
    op.execute(
        "CREATE TABLE xq_budget_year_old AS SELECT county_id, min(id) AS id, district_id, year, "
        "CASE WHEN count(*) = count(closed_on) THEN max(closed_on) END AS closed_on "
        "FROM xq_budget_year GROUP BY county_id, district_id, year"
    )
    op.execute(f"CREATE TABLE xq_budget_entry_old AS SELECT {ENTRY} FROM xq_budget_entry")


def _bring_back() -> None:
    """Put the ledger back."""
    shapes = {
        "xq_budget_year": "county_id, id, district_id, year, closed_on",
        "xq_budget_line": "county_id, id, district_id, school_id, year, book, code, name, amount, reserved, "
        "committed, paid, closed_on",
        "xq_budget_entry": ENTRY,
    }
    for table, columns in shapes.items():
        op.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_old")
        op.drop_table(f"{table}_old")
    _make_append_only("xq_budget_entry")


def _create_before() -> None:
    """Make the ledger's tables as they were."""
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
