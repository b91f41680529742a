"""The ageing of what was carried over 结转结余账龄表."""

from __future__ import annotations

from typing import Any

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable

_C, _R = Align.CENTER, Align.RIGHT


def _subtitle(view: Any) -> str:
    closed = f"已于 {view.closed_on} 关账" if view.closed_on else "未关账"
    return f"{view.book.label} · {view.year} 年度 · {closed}"


CARRY_OVER = Document(
    name="budget.carry_over",
    title="结转结余账龄表",
    part="budget.closing",
    view="ageing",
    arguments=(Argument("year", "年度，如 2026", int),),
    unit=lambda view: view.district,
    subtitle=_subtitle,
    tables=(
        DocumentTable(
            "上年结转及使用",
            lambda view: view.brought,
            (
                DocumentColumn("项目", "line", wide=True),
                DocumentColumn("资金年度", "origin", _C),
                DocumentColumn("账龄（年）", "age", _C),
                DocumentColumn("转入（元）", "brought", _R, total=True),
                DocumentColumn("已用（元）", "spent", _R, total=True),
                DocumentColumn("未用（元）", "left", _R, total=True),
                DocumentColumn("使用期限", "spend_by", _C),
            ),
            note=lambda view: "先用账龄长的资金；到使用期限仍未用完的，关账时转为结余，按规定交回。",
            number=True,
        ),
        DocumentTable(
            "本年关账结转、结余",
            lambda view: view.closed,
            (
                DocumentColumn("项目", "line", wide=True),
                DocumentColumn("资金年度", "origin", _C),
                DocumentColumn("结转下年（元）", "carried", _R, total=True),
                DocumentColumn("结余（元）", "surplus", _R, total=True),
            ),
            note=lambda view: "结转下年按原用途使用；两栏合计等于关账时未用的资金。",
            number=True,
            optional=True,
        ),
    ),
    signers=("制表人", "会计", "学区校长"),
)
