"""Books, and the ways that money takes on a budget line."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("账套")
class Book(CodeEnum):
    """Books 账套 that are kept apart: money of one never pays for another."""

    SCHOOL = "school", "学校经费"
    NUTRITION = "nutrition", "营养改善计划专账"
    REMITTANCE = "remittance", "代收上解"
    UNION = "union", "工会经费"
    PARTY_DUES = "party_dues", "党费"


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
