"""What kinds of adjustments of a budget there are, which way they go, and how far they are."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("调整类型")
class AdjustmentKind(CodeEnum):
    """What an adjustment does."""

    CHANGE = "change", "预算调整"
    SPLIT = "split", "分解到校"
    COUNTER = "counter", "红字冲销"


@code_list("调整途径")
class AdjustmentWay(CodeEnum):
    """Who must know of an adjustment before it counts."""

    FINANCE = "finance", "报财政批准"
    OWN_FILED = "own_filed", "自行调整并备案"
    WITHIN = "within", "学区内分解"


@code_list("调整状态")
class AdjustmentState(CodeEnum):
    """How far an adjustment is."""

    DRAFTED = "drafted", "已拟"
    APPROVED = "approved", "财政已批"
    FILED = "filed", "已备案"
    APPLIED = "applied", "已执行"
    VOIDED = "voided", "已作废"


NEXT: dict[AdjustmentState, frozenset[AdjustmentState]] = {
    AdjustmentState.DRAFTED: frozenset(
        {AdjustmentState.APPROVED, AdjustmentState.FILED, AdjustmentState.APPLIED, AdjustmentState.VOIDED}
    ),
    AdjustmentState.APPROVED: frozenset({AdjustmentState.APPLIED, AdjustmentState.VOIDED}),
    AdjustmentState.FILED: frozenset({AdjustmentState.APPLIED, AdjustmentState.VOIDED}),
    AdjustmentState.APPLIED: frozenset(),
    AdjustmentState.VOIDED: frozenset(),
}
"""State → the states that may follow it; only a split within the district is applied as it is drafted."""

READY: dict[AdjustmentWay, AdjustmentState] = {
    AdjustmentWay.FINANCE: AdjustmentState.APPROVED,
    AdjustmentWay.OWN_FILED: AdjustmentState.FILED,
    AdjustmentWay.WITHIN: AdjustmentState.DRAFTED,
}
"""Way → the state in which an adjustment can be applied."""


@code_list("收支")
class Side(CodeEnum):
    """Which side of the budget a line of an adjustment changes."""

    INCOME = "income", "收入"
    EXPENDITURE = "expenditure", "支出"
