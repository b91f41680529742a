"""What becomes of money that a year leaves unspent."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("年末资金去向")
class CarryKind(CodeEnum):
    """What becomes of money that a year leaves unspent."""

    CARRIED = "carried", "结转"
    SURPLUS = "surplus", "结余"
