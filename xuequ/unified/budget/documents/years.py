"""Documents of the budget of a year: what was proposed, and what was approved."""

from __future__ import annotations

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable, Paper
from xuequ.unified.budget.schemas.years import BudgetSheet

_C, _R = Align.CENTER, Align.RIGHT
_YEAR = Argument("year", "年度，如 2026", int)
_AMOUNTS = (
    DocumentColumn("基本支出", "basic", _R, total=True),
    DocumentColumn("项目支出", "project", _R, total=True),
    DocumentColumn("合计", "amount", _R, total=True),
)
_TABLES = (
    DocumentTable(
        "收入预算",
        lambda view: view.sources,
        (
            DocumentColumn("经费来源", "fund.label"),
            DocumentColumn("项目", "project", wide=True),
            DocumentColumn("金额（元）", "amount", _R, total=True),
        ),
        number=True,
    ),
    DocumentTable(
        "支出预算（按功能分类）",
        lambda view: view.functions,
        (
            DocumentColumn("科目编码", "code", _C),
            DocumentColumn("科目名称（项）", "name", wide=True),
            *_AMOUNTS,
        ),
    ),
    DocumentTable(
        "支出预算（按经济分类）",
        lambda view: view.economics,
        (
            DocumentColumn("科目编码", "code", _C),
            DocumentColumn("科目名称（款）", "name", wide=True),
            *_AMOUNTS,
        ),
        note=lambda view: "按功能分类和按经济分类的支出合计相同；单位：元。",
        group="group",
    ),
)


def _subtitle(view: BudgetSheet) -> str:
    said = [f"{view.year} 年", view.book.label, f"第 {view.number} 版（{view.round.label}）"]
    return " · ".join([*said, *([f"{view.document_no}（{view.day}）"] if view.document_no else [])])


BUDGET_PROPOSAL = Document(
    name="budget.proposal",
    title="预算建议表",
    part="budget.years",
    view="proposal_sheet",
    arguments=(_YEAR,),
    unit=lambda view: view.district,
    subtitle=_subtitle,
    tables=_TABLES,
    signers=("会计", "总务主任", "学区校长"),
    paper=Paper.PORTRAIT,
)

BUDGET_APPROVED = Document(
    name="budget.approved",
    title="预算批复表",
    part="budget.years",
    view="approved_sheet",
    arguments=(_YEAR,),
    unit=lambda view: view.district,
    subtitle=_subtitle,
    tables=_TABLES,
    signers=("会计", "总务主任", "学区校长"),
    paper=Paper.PORTRAIT,
)
