"""Data checks of the budget of a year: what was granted is what its documents say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.unified.budget.repository.years import YearRows

_REMEDY = "数额已被绕过程序改动；请从备份核对批复文件与预算项目，并检查谁有数据库所有者权限。"
Asking = Callable[[YearRows], Sequence[Any]]


def _differing(table: str, what: str, ask: Asking) -> Callable[[Ground], Iterator[Finding]]:
    def find(ground: Ground) -> Iterator[Finding]:
        for row in ask(YearRows(ground.session, ground.scope, ground.place)):
            there, said = Money(int(row.there)), Money(int(row.said))
            yield Finding(table, row.id, f"{what} {there} 元，文件合计为 {said} 元")

    return find


CHECKS = (
    DataCheck(
        "budget.lines_as_approved",
        "预算项目的批复数等于批复版本",
        _differing("xq_budget_line", "批复数为", YearRows.lines_unlike_version),
        _REMEDY,
    ),
    DataCheck(
        "budget.incomes_as_approved",
        "收入预算的批复数等于批复版本",
        _differing("xq_budget_income", "批复数为", YearRows.incomes_unlike_version),
        _REMEDY,
    ),
    DataCheck(
        "budget.versions_granted",
        "批复版本的收支合计都已列入预算项目",
        _differing("xq_budget_version", "已列入", YearRows.versions_not_granted),
        _REMEDY,
    ),
    DataCheck(
        "budget.provisional_as_allotted",
        "批复前安排数等于安排文件，批复后为零",
        _differing("xq_budget_line", "批复前安排数为", YearRows.provisional_unlike_documents),
        _REMEDY,
    ),
)
