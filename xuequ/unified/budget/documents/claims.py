"""Documents of claims: the claim itself, the list of a year, and how long claims took."""

from __future__ import annotations

from xuequ.core.document import (
    ANY_SCHOOL,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Paper,
)
from xuequ.unified.budget.schemas.claims import ClaimSheet, Turnaround

_C, _R = Align.CENTER, Align.RIGHT
_YEAR = Argument("year", "年度，如 2026", int)
_NUMBER = Argument("number", "报销单号")


def _claim_subtitle(view: ClaimSheet) -> str:
    return (
        f"单号 {view.number} · {view.school_name} · 支出日期 {view.spent_on} · 经手人 {view.claimant} · "
        f"供应商 {view.supplier} · 附发票 {len(view.invoices)} 张 · {view.state_label}"
    )


def _claim_note(view: ClaimSheet) -> str:
    uninvoiced = f"；无发票部分：{view.uninvoiced}" if view.uninvoiced else ""
    return f"合计（大写）：{view.capitals}（小写：¥{view.total:,}）{uninvoiced}"


CLAIM = Document(
    name="budget.claim",
    title="零星支出报销单",
    part="budget.claims",
    view="sheet",
    arguments=(_NUMBER,),
    subtitle=_claim_subtitle,
    paper=Paper.PORTRAIT,
    tables=(
        DocumentTable(
            "报销项目",
            lambda view: view.lines,
            (
                DocumentColumn("用途", "what", wide=True),
                DocumentColumn("预算项目", "line", wide=True),
                DocumentColumn("金额（元）", "amount", _R, total=True),
            ),
            note=_claim_note,
            number=True,
        ),
        DocumentTable(
            "发票",
            lambda view: view.invoices,
            (
                DocumentColumn("发票代码", "code"),
                DocumentColumn("发票号码", "number"),
                DocumentColumn("开票日期", "day", _C),
                DocumentColumn("开票方", "supplier", wide=True),
                DocumentColumn("金额（元）", "amount", _R, total=True),
            ),
            optional=True,
        ),
        DocumentTable(
            "签批",
            lambda view: view.steps,
            (
                DocumentColumn("环节", "label"),
                DocumentColumn("岗位", "post"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("日期", "day", _C),
                DocumentColumn("意见", "reason", wide=True),
                DocumentColumn("合并定档金额（元）", "summed", _R),
                DocumentColumn("审批权限依据", "basis", wide=True),
            ),
        ),
    ),
    signers=("经手人", "验收人", "审批人", "出纳", "会计"),
)

CLAIMS = Document(
    name="budget.claims",
    title="零星支出报销一览表",
    part="budget.claims",
    view="list",
    arguments=(_YEAR, ANY_SCHOOL),
    subtitle=lambda view: f"{view.year} 年 · {len(view.claims)} 张",
    tables=(
        DocumentTable(
            "报销单",
            lambda view: view.claims,
            (
                DocumentColumn("单号", "number"),
                DocumentColumn("学校", "school_name"),
                DocumentColumn("支出日期", "spent_on", _C),
                DocumentColumn("供应商", "supplier", wide=True),
                DocumentColumn("经手人", "claimant"),
                DocumentColumn("状态", "state_label", _C),
                DocumentColumn("金额（元）", "total", _R, total=True),
            ),
            number=True,
        ),
    ),
    signers=("制表人", "会计", "总务主任"),
)


def _turnaround_note(view: Turnaround) -> str:
    return (
        "各栏为自最近一次提交之日起的天数（日历日），空白为尚未办理；“已等待”为尚未付清的报销单距提交的天数；"
        "“退回”为累计退回次数，退回后自再次提交之日起算。"
    )


TURNAROUND = Document(
    name="budget.claim_turnaround",
    title="报销办理时限表",
    part="budget.claims",
    view="turnaround",
    arguments=(_YEAR, ANY_SCHOOL),
    subtitle=lambda view: f"{view.year} 年 · 截至 {view.as_of} · {len(view.lines)} 张",
    tables=(
        DocumentTable(
            "办理时限",
            lambda view: view.lines,
            (
                DocumentColumn("单号", "number"),
                DocumentColumn("学校", "school_name"),
                DocumentColumn("金额（元）", "total", _R),
                DocumentColumn("状态", "state_label", _C),
                DocumentColumn("提交日期", "submitted_on", _C),
                DocumentColumn("审核", "check_days", _R),
                DocumentColumn("审批", "approve_days", _R),
                DocumentColumn("支付", "pay_days", _R),
                DocumentColumn("入账", "post_days", _R),
                DocumentColumn("已等待", "waiting_days", _R),
                DocumentColumn("退回", "returned", _R),
            ),
            note=_turnaround_note,
            number=True,
        ),
    ),
    signers=("制表人", "总务主任", "学区校长"),
)

DOCUMENTS = (CLAIM, CLAIMS, TURNAROUND)
