"""Data checks of claims."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.unified.budget.repository.claim_checks import ClaimCheckRows
from xuequ.unified.budget.states.claims import Act, ClaimState


def _rows(ground: Ground) -> ClaimCheckRows:
    return ClaimCheckRows(ground.session, ground.scope, ground.place)


def _totals(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).not_added_up():
        come_to = Money(int(row.come_to))
        what = f"报销单“{row.number}”金额 {row.total} 元，明细合计 {come_to} 元"
        yield Finding("xq_budget_claim", row.id, what)


def _money(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).money_astray():
        state = ClaimState(row.state).label
        pots = (Money(int(fen)) for fen in (row.reserved, row.committed, row.paid))
        there = "预留 {}、占用 {}、已付 {} 元".format(*pots)
        said = f"金额 {row.total} 元（其中订单 {Money(int(row.from_order))} 元）"
        yield Finding("xq_budget_claim", row.id, f"报销单“{row.number}”{state}，{said}，而{there}")


def _invoices(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).invoices_astray():
        name = f"{row.code} {row.number}".strip()
        yield Finding("xq_budget_invoice", row.id, f"发票 {name} 与报销单“{row.claim}”的状态不符，或不止一张")


def _steps(ground: Ground) -> Iterator[Finding]:
    for row, missing in _rows(ground).steps_missing():
        acts = "、".join(act.label for act in Act if act in missing)
        state = ClaimState(row.state).label
        yield Finding("xq_budget_claim", row.id, f"报销单“{row.number}”{state}，缺少{acts}环节")


CHECKS = (
    DataCheck(
        "budget.claims_add_up",
        "报销单金额等于明细合计",
        _totals,
        "金额已被绕过程序改动；请对照原始单据更正。",
    ),
    DataCheck(
        "budget.claims_money",
        "报销单预留、占用、已付的金额与其状态相符",
        _money,
        "请对照报销单与预算明细，查明哪一笔没有随单据变动。",
    ),
    DataCheck(
        "budget.invoices_once",
        "一张发票只在一张有效的报销单中，作废的报销单不占用发票",
        _invoices,
        "请核对发票原件，作废多报的一张；已付的须追回。",
    ),
    DataCheck(
        "budget.claims_signed",
        "报销单的每个状态都有相应的签批环节",
        _steps,
        "状态已被绕过程序改动；请补齐签批或追回款项。",
    ),
)
