"""Data checks of budget control."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.unified.budget.repository.control import ControlRepository


def _unexplained(ground: Ground) -> Iterator[Finding]:
    rows = ControlRepository(ground.session, ground.scope, ground.place).unexplained_allowances()
    for row in rows:
        recorded = Money(int(row.recorded))
        what = f"“{row.name}”准予超支 {row.allowance} 元，记录合计为 {recorded} 元"
        yield Finding("xq_budget_line", row.id, what)


CHECKS = (
    DataCheck(
        "budget.allowances_recorded",
        "预算项目的准予超支等于超预算记录合计",
        _unexplained,
        "准予超支已被绕过程序改动；请从备份核对，并检查谁有数据库所有者权限。",
    ),
)
