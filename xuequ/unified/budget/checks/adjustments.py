"""Data checks of adjustments: lines and incomes are adjusted by what was applied, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.budget.repository.adjustments import AdjustmentRows

_REMEDY = "调整数已被绕过程序改动；请按预算调整单逐笔核对，并检查谁有数据库所有者权限。"


def _lines(ground: Ground) -> Iterator[Finding]:
    rows = AdjustmentRows(ground.session, ground.scope, ground.place)
    for row_id, name, there, applied in rows.unlike_lines():
        yield Finding("xq_budget_line", row_id, f"“{name}”调整数为 {there} 元，已执行的调整合计 {applied} 元")


def _incomes(ground: Ground) -> Iterator[Finding]:
    rows = AdjustmentRows(ground.session, ground.scope, ground.place)
    for row_id, name, there, applied in rows.unlike_incomes():
        yield Finding(
            "xq_budget_income", row_id, f"“{name}”收入调整数为 {there} 元，已执行的调整合计 {applied} 元"
        )


CHECKS = (
    DataCheck("budget.lines_adjusted", "预算项目的调整数等于已执行调整合计", _lines, _REMEDY),
    DataCheck("budget.incomes_adjusted", "收入预算的调整数等于已执行调整合计", _incomes, _REMEDY),
)
