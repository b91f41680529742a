"""The workbook of claims, taken in as drafts and given out."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.templates.columns import NAME, STAFF_NO
from xuequ.unified.budget.schemas.books.claims import ClaimLineRow, ClaimRow, InvoiceRow
from xuequ.unified.budget.states.ledger import FundSource

_NUMBER = Column(
    "报销单号", "number", blamed=("budget.claim_known", "budget.claim_unknown", "budget.claim_closed")
)

_CLAIMS = Sheet(
    "claims",
    "报销单",
    ClaimRow,
    (
        _NUMBER,
        Column(
            "学校代码", "school", required=False, blamed=("registry.school_unknown",), note="学区本部不填"
        ),
        replace(STAFF_NO, heading="经手人工号"),
        NAME,
        Column("供应商", "supplier"),
        Column("支出日期", "spent_on", Kind.DAY),
        Column("无发票说明", "uninvoiced", required=False, note="发票合计少于报销金额时填写"),
    ),
    key=("number",),
)
_LINES = Sheet(
    "lines",
    "报销项目",
    ClaimLineRow,
    (
        _NUMBER,
        Column("行号", "no", Kind.WHOLE, blamed=("budget.claim_line_known",)),
        Column("经费项目代码", "project", blamed=("budget.project_unknown", "budget.use_forbidden")),
        Column("功能分类", "function", note="到项，如 2050202"),
        Column(
            "经济分类",
            "economic",
            blamed=("budget.code_unknown", "budget.line_unknown"),
            note="到款，如 30201",
        ),
        Column("预算学校代码", "line_school", required=False, note="预算项目属于学区本部的不填"),
        Column("经费来源", "fund", codes=FundSource),
        Column("用途", "what"),
        Column("金额", "amount", Kind.DECIMAL, blamed=("budget.amount_not_positive",), note="元"),
    ),
    key=("number", "no"),
    required=False,
)
_INVOICES = Sheet(
    "invoices",
    "发票",
    InvoiceRow,
    (
        _NUMBER,
        Column("发票代码", "code", required=False, note="数电发票没有代码，不填"),
        Column("发票号码", "invoice", blamed=("budget.invoice_used", "budget.invoice_twice")),
        Column("开票日期", "day", Kind.DAY),
        Column("发票金额", "amount", Kind.DECIMAL, note="元"),
        Column("开票方", "supplier", required=False, note="与供应商相同的不填"),
    ),
    key=("number", "code", "invoice"),
    required=False,
)

CLAIMS = Template(
    name="budget.claims",
    title="零星支出报销单",
    sheets=(_CLAIMS, _LINES, _INVOICES),
    part="budget.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
