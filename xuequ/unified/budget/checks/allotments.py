"""Data checks of allotments and releases."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.budget.repository.allotments import AllotmentRows
from xuequ.unified.budget.service.allotments.computing import recompute, stored


def _rows(ground: Ground) -> AllotmentRows:
    return AllotmentRows(ground.session, ground.scope, ground.place)


def _totals(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).totals_astray():
        what = f"{row.year} 年第 {row.number} 次核定 {row.total} 元，与各行合计不符"
        yield Finding("xq_budget_allotment", row.id, what)


def _recomputed(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    for adopted in rows.allotments():
        if set(stored(rows, adopted).lines) != set(recompute(rows, adopted).lines):
            what = f"{adopted.year} 年第 {adopted.number} 次核定与所存人数、标准重算的结果不符"
            yield Finding("xq_budget_allotment", adopted.id, what)


def _releases(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).releases_astray():
        what = f"核拨单“{row.number}”的金额 {row.amount} 元、交回 {row.returned} 元与记账不符"
        yield Finding("xq_budget_release", row.id, what)


_REMEDY = "数据已被绕过程序改动；请从备份核对，并检查谁有数据库所有者权限。"

CHECKS = (
    DataCheck("budget.allotments_add_up", "公用经费核定等于各校各项合计", _totals, _REMEDY),
    DataCheck("budget.allotments_recompute", "公用经费核定可按所存人数和标准重算", _recomputed, _REMEDY),
    DataCheck("budget.releases_agree", "核拨单与记账相符", _releases, _REMEDY),
)
