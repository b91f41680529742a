"""The workbook of dues: bases, reductions, what was settled before, and the ledger of payments."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.templates.columns import NAME, STAFF_NO
from xuequ.unified.party.schemas.books.dues import BaseRow, CarriedRow, PaymentRow, ReductionRow
from xuequ.unified.party.states.dues import DuesCategory, PayItem

_STAFF_NO = replace(STAFF_NO, blamed=("party.member_unknown", "party.member_named_twice"), note="党员的工号")
_MONTH = "填该月1日"

_BASES = Sheet(
    "bases",
    "党费基数",
    BaseRow,
    (
        _STAFF_NO,
        NAME,
        Column("起始月份", "since", Kind.DAY, blamed=("party.dues_base_as_before",), note=_MONTH),
        Column("党费类别", "category", codes=DuesCategory, blamed=("party.dues_pay_missing",)),
        *(Column(item.label, item.code, Kind.DECIMAL, required=False, note="元/月") for item in PayItem),
        Column(
            "约定月交数",
            "agreed",
            Kind.DECIMAL,
            required=False,
            blamed=("party.dues_agreed_missing", "party.dues_agreed_outside"),
            note="农民党员填写",
        ),
        Column("年内调整原因", "reason", required=False, note="基数年初核定、年内确需调整的填写"),
    ),
    key=("staff_no", "since"),
    required=False,
)
_REDUCTIONS = Sheet(
    "reductions",
    "党费减免",
    ReductionRow,
    (
        _STAFF_NO,
        NAME,
        Column("起始月份", "since", Kind.DAY, blamed=("party.dues_reduction_stands",), note=_MONTH),
        Column(
            "终止月份",
            "last",
            Kind.DAY,
            blamed=("party.dues_months_backwards", "party.dues_reduction_over"),
            note="减免的最后一个月，填该月1日；只能提前",
        ),
        Column("减免后月交数", "amount", Kind.DECIMAL, note="免交填 0"),
        Column("支部研究日期", "studied_on", Kind.DAY, blamed=("party.day_ahead",)),
        Column("上级批准机关", "approver", blamed=("party.dues_higher_approval_missing",)),
        Column("批准文号", "document"),
    ),
    key=("staff_no", "since"),
    required=False,
)
_CARRIED = Sheet(
    "carried",
    "党费已交至",
    CarriedRow,
    (
        _STAFF_NO,
        NAME,
        Column("已交至月份", "through", Kind.DAY, blamed=("party.dues_carried_behind",), note=_MONTH),
        Column("依据", "source", note="原台账、组织关系介绍信"),
    ),
    key=("staff_no",),
    together=(("through", "source"),),
    required=False,
)
_PAYMENTS = Sheet(
    "payments",
    "党费收缴",
    PaymentRow,
    (
        Column("收据号", "receipt", blamed=("party.dues_receipt_used", "party.dues_payment_voided")),
        _STAFF_NO,
        NAME,
        Column(
            "起始月份",
            "first",
            Kind.DAY,
            required=False,
            blamed=(
                "party.dues_month_paid",
                "party.dues_month_settled",
                "party.dues_month_elsewhere",
                "party.dues_back_payment_too_long",
                "party.dues_base_missing",
            ),
            note="填该月1日；自愿多交、不属于任何月份的，两栏都不填",
        ),
        Column(
            "终止月份",
            "last",
            Kind.DAY,
            required=False,
            blamed=("party.dues_months_backwards", "party.dues_too_many_months"),
            note="交到的最后一个月，填该月1日",
        ),
        Column(
            "金额",
            "amount",
            Kind.DECIMAL,
            blamed=("party.dues_short", "party.dues_nothing_paid"),
            note="超过应交数的部分为自愿多交",
        ),
        Column("交纳日期", "paid_on", Kind.DAY, blamed=("party.dues_paid_ahead",)),
        Column("收缴人", "received_by", required=False),
        Column("代交人", "proxy", required=False),
        Column(
            "支部同意依据",
            "consent",
            required=False,
            blamed=("party.dues_consent_missing",),
            note="预交数月或由他人代交的填写会议记录",
        ),
        Column("作废日期", "voided_on", Kind.DAY, required=False, blamed=("party.day_ahead",)),
        Column("作废原因", "void_reason", required=False, blamed=("party.dues_ledger_short",)),
    ),
    key=("receipt",),
    together=(("voided_on", "void_reason"),),
    required=False,
)

DUES = Template(
    name="party.dues",
    title="党费台账",
    sheets=(_BASES, _REDUCTIONS, _CARRIED, _PAYMENTS),
    part="party.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
