"""Documents of purchases: the order, the acceptance, and the list of a year."""

from __future__ import annotations

from xuequ.core.document import (
    ANY_SCHOOL,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Paper,
)
from xuequ.unified.budget.schemas.purchases import AcceptanceSheet, OrderSheet

_C, _R = Align.CENTER, Align.RIGHT


def _order_subtitle(view: OrderSheet) -> str:
    order, purchase = view.order, view.purchase
    return (
        f"订单号 {order.number} · 订购日期 {order.day} · 供应商 {order.supplier} · "
        f"申购单 {purchase.number} · {purchase.school_name} · {purchase.state_label}"
    )


PURCHASE_ORDER = Document(
    name="budget.purchase_order",
    title="采购订单",
    part="budget.purchases",
    view="order_sheet",
    arguments=(Argument("number", "订单号"),),
    subtitle=_order_subtitle,
    paper=Paper.PORTRAIT,
    tables=(
        DocumentTable(
            "订购项目",
            lambda view: view.lines,
            (
                DocumentColumn("品名", "what", wide=True),
                DocumentColumn("规格", "spec", wide=True),
                DocumentColumn("数量", "ordered", _R),
                DocumentColumn("单位", "unit", _C),
                DocumentColumn("单价（元）", "order_price", _R),
                DocumentColumn("金额（元）", "order_amount", _R, total=True),
                DocumentColumn("预算项目", "line", wide=True),
            ),
            note=lambda view: f"合计（大写）：{view.capitals}（小写：¥{view.order.total:,}）",
            number=True,
        ),
    ),
    signers=("申购人", "批准人", "采购人", "供应商"),
)


def _acceptance_subtitle(view: AcceptanceSheet) -> str:
    order, one = view.order, view.acceptance
    return (
        f"验收单号 {one.number} · 验收日期 {one.day} · 订单号 {order.number} · 供应商 {order.supplier} · "
        f"{view.purchase.school_name} · 验收人 {one.acceptor}"
    )


ACCEPTANCE = Document(
    name="budget.acceptance",
    title="验收单",
    part="budget.purchases",
    view="acceptance_sheet",
    arguments=(Argument("number", "验收单号"),),
    subtitle=_acceptance_subtitle,
    paper=Paper.PORTRAIT,
    tables=(
        DocumentTable(
            "到货",
            lambda view: view.acceptance.lines,
            (
                DocumentColumn("品名", "what", wide=True),
                DocumentColumn("规格", "spec", wide=True),
                DocumentColumn("单位", "unit", _C),
                DocumentColumn("合格数量", "accepted", _R),
                DocumentColumn("不合格数量", "rejected", _R),
                DocumentColumn("不合格原因", "reason", wide=True),
            ),
            number=True,
        ),
    ),
    signers=("验收人", "采购人", "保管人"),
)

PURCHASES = Document(
    name="budget.purchases",
    title="采购台账",
    part="budget.purchases",
    view="list",
    arguments=(Argument("year", "年度，如 2026", int), ANY_SCHOOL),
    subtitle=lambda view: f"{view.year} 年 · {len(view.purchases)} 笔",
    tables=(
        DocumentTable(
            "采购",
            lambda view: view.purchases,
            (
                DocumentColumn("申购单号", "number"),
                DocumentColumn("学校", "school_name"),
                DocumentColumn("申购日期", "day", _C),
                DocumentColumn("申购人", "requester"),
                DocumentColumn("估价（元）", "estimate", _R, total=True),
                DocumentColumn("订单号", "order"),
                DocumentColumn("供应商", "supplier", wide=True),
                DocumentColumn("订购金额（元）", "total", _R, total=True),
                DocumentColumn("已付（元）", "paid", _R, total=True),
                DocumentColumn("状态", "state_label", _C),
            ),
            number=True,
        ),
    ),
    signers=("制表人", "会计", "总务主任"),
)

DOCUMENTS = (PURCHASE_ORDER, ACCEPTANCE, PURCHASES)
