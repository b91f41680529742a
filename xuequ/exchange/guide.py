"""The first sheet of a template, 填写说明: what each sheet and each column wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xuequ.core.extras import load
from xuequ.core.workbook import Column, Sheet, Template
from xuequ.exchange.examples import example_row
from xuequ.exchange.reader import MARK
from xuequ.exchange.streaming import new_cell, put_text

_HINTS = (
    f"栏名前有“{MARK}”的必填；栏的次序不限，表名和栏名请勿改动。",
    "空白模板第二行的灰色斜体是示例，读入时略过，也可删去。",
    "日期写作 2026-09-01、2026/9/1、2026.9.1 或 2026年9月1日，年份须四位。",
    "学号、身份证号、电话等号码请以文本格式填写：超过 15 位的数，Excel 会把后面的位数改成 0。",
    "请只填数值，不要用公式；从别处复制时请选择性粘贴为数值。",
)
_HEADS = ("栏名", "必填", "内容", "说明", "示例", "可填")
_WIDTHS = (26, 8, 24, 40, 24, 60)
_SHOWN = 40
"""Labels of a list that are told; the rest is in the drop-down."""


def write_guide(cells: Any, template: Template) -> None:
    """Write the sheet."""
    letters = load("openpyxl.utils").get_column_letter
    for index, width in enumerate(_WIDTHS, 1):
        cells.column_dimensions[letters(index)].width = width
    _append(cells, [template.title], bold=True)
    for hint in _HINTS:
        _append(cells, [hint])
    for sheet in template.sheets:
        cells.append([])
        _append(cells, [f"表“{sheet.title}”"], bold=True)
        _append(cells, _HEADS, bold=True)
        for column, example in zip(sheet.columns, example_row(sheet), strict=True):
            _append(cells, _told(sheet, column, example), wrap=True)


def _told(sheet: Sheet, column: Column, example: str) -> tuple[str, ...]:
    labels = [] if column.codes is None else [member.label for member in column.codes]
    listed = "、".join(labels[:_SHOWN]) + ("……（见下拉列表）" if len(labels) > _SHOWN else "")
    content = "从列表选择" if labels else column.kind.value
    note = "；".join(filter(None, (column.note, "同表中各行以此区分" if column.field in sheet.key else "")))
    return (column.heading, "是" if column.required else "", content, note, example, listed)


def _append(cells: Any, texts: Sequence[str], *, bold: bool = False, wrap: bool = False) -> None:
    styles = load("openpyxl.styles")
    row: list[Any] = []
    for text in texts:
        cell = put_text(new_cell(cells), text)
        if bold:
            cell.font = styles.Font(bold=True)
        if wrap:
            cell.alignment = styles.Alignment(vertical="top", wrap_text=True)
        row.append(cell)
    cells.append(row)
