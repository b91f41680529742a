"""Data checks of closed years: what was unspent was carried or became surplus, to the fen."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.unified.budget.repository.closing import ClosingRows

_REMEDY = "结转记录或余额已被绕过程序改动；请按关账记录核对，并检查谁有数据库所有者权限。"


def _carried_in(ground: Ground) -> Iterator[Finding]:
    for row in ClosingRows(ground.session, ground.scope, ground.place).unlike_carried_in():
        said = f"“{row.name}”上年结转为 {row.carried_in} 元，结转记录合计 {Money(int(row.came))} 元"
        yield Finding("xq_budget_line", row.id, said)


def _unspent(ground: Ground) -> Iterator[Finding]:
    for row in ClosingRows(ground.session, ground.scope, ground.place).unlike_unspent():
        left, went = Money(int(row.unspent)), Money(int(row.went))
        said = f"“{row.name}”关账时未用 {left} 元，结转与结余合计 {went} 元"
        yield Finding("xq_budget_line", row.id, said)


def _nowhere(ground: Ground) -> Iterator[Finding]:
    for row in ClosingRows(ground.session, ground.scope, ground.place).carried_nowhere():
        yield Finding("xq_budget_carry_over", row.id, f"“{row.name}”的结转未转入下年度的同一项目")


CHECKS = (
    DataCheck("budget.lines_carried_in", "预算项目的上年结转等于结转记录合计", _carried_in, _REMEDY),
    DataCheck("budget.unspent_goes_somewhere", "关账时未用的等于结转与结余合计", _unspent, _REMEDY),
    DataCheck("budget.carried_for_the_same_use", "结转资金按原用途转入下年度", _nowhere, _REMEDY),
)
