"""The workbook of budget lines: income and expenditure of the versions that are drafted."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.templates.columns import SCHOOL
from xuequ.unified.budget.schemas.books.lines import BudgetIncomeRow, BudgetLineRow
from xuequ.unified.budget.states.ledger import Book, FundSource

_POCKET = (
    Column(
        "年度",
        "year",
        Kind.WHOLE,
        blamed=("budget.version_missing", "core.illegal_transition"),
        note="须已开始编制该年预算",
        example="2027",
    ),
    Column("账套", "book", codes=Book),
    Column("经费来源", "fund", codes=FundSource),
    Column("项目代码", "project", blamed=("budget.project_unknown",)),
)
_AMOUNT = (Column("金额", "amount", Kind.DECIMAL, note="元"), Column("备注", "note", required=False))

_INCOMES = Sheet(
    "incomes",
    "收入预算",
    BudgetIncomeRow,
    (*_POCKET, *_AMOUNT),
    key=("year", "book", "fund", "project"),
    required=False,
)
_LINES = Sheet(
    "lines",
    "支出预算",
    BudgetLineRow,
    (
        *_POCKET,
        Column("功能分类", "function", note="填到项，如 2050202"),
        Column(
            "经济分类",
            "economic",
            blamed=("budget.code_unknown", "budget.use_forbidden"),
            note="填到款，如 30201",
        ),
        replace(SCHOOL, required=False, note="学区本级的不填"),
        *_AMOUNT,
    ),
    key=("year", "book", "fund", "project", "function", "economic", "school"),
    required=False,
)

LINES = Template(
    name="budget.lines",
    title="预算项目",
    sheets=(_INCOMES, _LINES),
    part="budget.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
