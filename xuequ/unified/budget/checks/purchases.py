"""Data checks of purchases."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.unified.budget.repository.purchase_checks import PurchaseCheckRows
from xuequ.unified.budget.states.purchases import PurchaseState


def _rows(ground: Ground) -> PurchaseCheckRows:
    return PurchaseCheckRows(ground.session, ground.scope, ground.place)


def _reserved(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).reserved_astray():
        said = f"应预留 {Money(int(row.due))} 元，实际 {Money(int(row.held))} 元"
        yield Finding("xq_budget_request", row.id, f"申购单“{row.number}”{said}")


def _committed(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).committed_astray():
        said = f"总价 {Money(int(row.total))} 元，明细合计 {Money(int(row.come_to))} 元"
        held = f"应占用 {Money(int(row.due))} 元，实际 {Money(int(row.held))} 元"
        yield Finding("xq_budget_order", row.id, f"采购订单“{row.number}”{said}；{held}")


def _accepted(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).accepted_astray():
        what = f"采购订单“{row.number}”的“{row.what}”订购 {row.quantity}，记为验收 {row.accepted}"
        yield Finding("xq_budget_order_line", row.id, what)


def _states(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).states_astray():
        state = PurchaseState(row.state).label
        yield Finding("xq_budget_request", row.id, f"申购单“{row.number}”{state}，与有无订单不符")


CHECKS = (
    DataCheck(
        "budget.requests_money",
        "申购单预留的金额与其状态相符",
        _reserved,
        "请对照申购单与预算明细，查明哪一笔没有随单据变动。",
    ),
    DataCheck(
        "budget.orders_money",
        "采购订单占用的金额等于明细合计减去已付",
        _committed,
        "请对照订单、报销单与预算明细，查明哪一笔没有随单据变动。",
    ),
    DataCheck(
        "budget.orders_accepted",
        "验收数量不超过订购数量，并等于各张验收单之和",
        _accepted,
        "请核对验收单原件；多收的退回供应商。",
    ),
    DataCheck(
        "budget.purchases_ordered",
        "采购的状态与有无订单相符",
        _states,
        "状态已被绕过程序改动；请对照原始单据更正。",
    ),
)
