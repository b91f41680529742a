"""Books, where money comes from and what it is for, and the ways that it takes on a budget line."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("账套")
class Book(CodeEnum):
    """Books 账套 that are kept apart: money of one never pays for another."""

    SCHOOL = "school", "学校经费"
    NUTRITION = "nutrition", "营养改善计划专账"
    REMITTANCE = "remittance", "代收上解"
    UNION = "union", "工会经费"


@code_list("经费来源", checked="secondary")
class FundSource(CodeEnum):
    """Where money comes from 经费来源; by which way it is adjusted is ``budget.adjustment``."""

    FISCAL_GRANT = "fiscal_grant", "财政拨款"
    SPECIAL_ACCOUNT = "special_account", "财政专户管理资金"
    OTHER = "other", "其他收入"


@code_list("支出性质")
class ProjectKind(CodeEnum):
    """What kind of expenditure a project of the budget is."""

    BASIC = "basic", "基本支出"
    PROJECT = "project", "项目支出"


@code_list("经费用途")
class Purse(CodeEnum):
    """What a project's money is for; 公用经费, training and activities have rules of their own."""

    OPERATING = "operating", "公用经费"
    TRAINING = "training", "师训经费"
    ACTIVITIES = "activities", "文体活动经费"
    PERSONNEL = "personnel", "人员经费"
    SPECIFIC = "specific", "专项经费"


@code_list("资金状态")
class Pot(CodeEnum):
    """Where the money of a line is."""

    AVAILABLE = "available", "可用"
    RESERVED = "reserved", "预留"
    COMMITTED = "committed", "占用"
    PAID = "paid", "已付"


@code_list("预算记账类型")
class Movement(CodeEnum):
    """What an entry does."""

    RESERVE = "reserve", "预留"
    COMMIT = "commit", "占用"
    PAY = "pay", "支付"
    RELEASE = "release", "释放"
    REFUND = "refund", "退回"


WAYS: dict[Movement, tuple[frozenset[Pot], Pot]] = {
    Movement.RESERVE: (frozenset({Pot.AVAILABLE}), Pot.RESERVED),
    Movement.COMMIT: (frozenset({Pot.AVAILABLE, Pot.RESERVED}), Pot.COMMITTED),
    Movement.PAY: (frozenset({Pot.AVAILABLE, Pot.RESERVED, Pot.COMMITTED}), Pot.PAID),
    Movement.RELEASE: (frozenset({Pot.RESERVED, Pot.COMMITTED}), Pot.AVAILABLE),
    Movement.REFUND: (frozenset({Pot.PAID}), Pot.AVAILABLE),
}
"""Movement → the pots that it may take from, and the one that it puts into."""
