"""Data check of office goods in stock."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.budget.repository.stock import StockRows, quantity


def _unbalanced(ground: Ground) -> Iterator[Finding]:
    for row in StockRows(ground.session, ground.scope, ground.place).unbalanced():
        what = f"“{row.name}”结存 {row.balance}，收发合计为 {quantity(row.booked)}"
        yield Finding("xq_budget_stock_item", row.id, what)


CHECKS = (
    DataCheck(
        "budget.stock_balanced",
        "办公用品的结存等于收发合计",
        _unbalanced,
        "结存已被绕过程序改动；请按收发存卡和盘点核对，并检查谁有数据库所有者权限。",
    ),
)
