"""Data checks of the budget's ledger."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.unified.budget.repository.ledger import BudgetRepository


def _out_of_balance(ground: Ground) -> Iterator[Finding]:
    rows = BudgetRepository(ground.session, ground.scope, ground.place)
    for row in rows.out_of_balance():
        there = "、".join(str(money) for money in row[2:5])
        come_to = "、".join(str(Money(int(fen))) for fen in row[5:])
        yield Finding(
            "xq_budget_line", row.id, f"“{row.name}”预留、占用、已付为 {there}，明细合计为 {come_to}"
        )


CHECKS = (
    DataCheck(
        "budget.lines_balance",
        "预算项目的预留、占用、已付等于明细合计",
        _out_of_balance,
        "余额已被绕过程序改动；请从备份核对明细与余额，并检查谁有数据库所有者权限。",
    ),
)
