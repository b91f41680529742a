"""A document as a workbook: one sheet a table, ready to print."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from xuequ.core.document import Align, DocumentColumn
from xuequ.core.extras import load
from xuequ.core.money import Money
from xuequ.reports.rendering import Cell, Rendered, RenderedTable

_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_TITLE = 28
"""Characters of a sheet's title: Excel takes 31, and a second sheet of the same title gets a number."""


def write_xlsx(rendered: Rendered, path: Path) -> None:
    """Write the workbook; text is text, so nothing in it becomes a formula.

    Raises:
        ExtraMissing: without openpyxl.
    """
    openpyxl = load("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in rendered.tables:
        sheet = book.create_sheet(_FORBIDDEN.sub("", table.title)[:_TITLE])
        _write_table(sheet, rendered, table)
    book.properties.creator = "xuequ"
    book.properties.title = rendered.unit + rendered.document.title
    book.save(path)


def _write_table(sheet: Any, rendered: Rendered, table: RenderedTable) -> None:
    styles = load("openpyxl.styles")
    width = len(table.columns)
    line = styles.Side(style="thin", color="B9C2CC")
    frame = styles.Border(left=line, right=line, top=line, bottom=line)
    _write_line(sheet, 1, f"{rendered.unit}{rendered.document.title} · {table.title}", width)
    sheet.cell(1, 1).font = styles.Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = styles.Alignment(horizontal="center")
    _write_line(sheet, 2, rendered.subtitle, width)
    sheet.cell(2, 1).alignment = styles.Alignment(horizontal="center")
    lines: list[tuple[Cell, ...]] = [tuple(c.heading for c in table.columns), *table.rows]
    if table.totals is not None:
        lines.append(("合计", *table.totals[1:]))
    for number, cells in enumerate(lines, 3):
        bold = number == 3 or (table.totals is not None and number == len(lines) + 2)
        for index, (value, column) in enumerate(zip(cells, table.columns, strict=True), 1):
            cell = sheet.cell(number, index)
            _put(cell, value)
            cell.border = frame
            cell.font = styles.Font(bold=bold)
            across = "center" if number == 3 else _across(column)
            cell.alignment = styles.Alignment(horizontal=across, vertical="center", wrap_text=True)
    end = len(lines) + 3
    if table.note:
        _write_line(sheet, end, table.note, width)
        sheet.cell(end, 1).alignment = styles.Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[end].height = 32
        end += 1
    signers = "    ".join(f"{signer}：________" for signer in rendered.document.signers)
    _write_line(
        sheet, end + 1, f"单位（盖章）：{rendered.unit}    {signers}    日期：{rendered.made_on}", width
    )
    _set_up_page(sheet, table)


def _write_line(sheet: Any, row: int, text: str, width: int) -> None:
    _put(sheet.cell(row, 1), text)
    if width > 1:  # Excel takes a merged range of one cell for damage
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _put(cell: Any, value: Cell) -> None:
    cell.value = Decimal(value.fen).scaleb(-2) if isinstance(value, Money) else value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, Money):
        cell.number_format = "#,##0.00"


def _across(column: DocumentColumn) -> str:
    return {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center"}[column.align]


def _set_up_page(sheet: Any, table: RenderedTable) -> None:
    """A4 across, headings repeated on each page, one page wide, numbered."""
    letters = load("openpyxl.utils").get_column_letter
    for index, column in enumerate(table.columns, 1):
        longest = max((len(str(row[index - 1] or "")) for row in table.rows), default=0)
        wanted = 2 * max(len(column.heading), min(longest, 16)) + 2
        sheet.column_dimensions[letters(index)].width = min(40, wanted)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = load("openpyxl.worksheet.properties").PageSetupProperties(
        fitToPage=True
    )
    sheet.print_title_rows = "3:3"
    sheet.freeze_panes = "A4"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
