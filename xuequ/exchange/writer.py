"""Writing a workbook by a template: empty for people to fill in, or with rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from xuequ.core.codes import CodeEnum
from xuequ.core.extras import load
from xuequ.core.fields import Command
from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.exchange.reader import BASE, MARK

ROOM = 10_000
"""How many rows get drop-downs and text format below the headings."""

EXACT_DIGITS = 15
"""As many digits of a number as Excel keeps."""


def write_workbook(
    path: Path,
    template: Template,
    rows: Mapping[str, Iterable[Command]] | None = None,
    *,
    base: Mapping[int, bytes] | None = None,
) -> None:
    """Write a template as xlsx; with rows it reads back as the same commands.

    Required columns are marked, lists are drop-downs, and text columns are text cells, so that numbers
    keep their leading zeros.
    """
    openpyxl = load("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in template.sheets:
        cells = book.create_sheet(sheet.title)
        _write_headings(cells, sheet)
        count = 1
        for command in (rows or {}).get(sheet.name, ()):
            count += 1
            for index, column in enumerate(sheet.columns, 1):
                _write_cell(cells.cell(count, index), getattr(command, column.field), column)
        _help_filling(cells, sheet, count)
    if base:
        _note_base(book, base)
    book.save(path)


def _note_base(book: Any, base: Mapping[int, bytes]) -> None:
    """Note the imprints of the rows on a hidden sheet."""
    cells = book.create_sheet(BASE)
    for row_id, prints in base.items():
        cells.append([f"{row_id:x}", prints.hex()])
    cells.sheet_state = "veryHidden"


def _write_headings(cells: Any, sheet: Sheet) -> None:
    styles = load("openpyxl.styles")
    comments = load("openpyxl.comments")
    for index, column in enumerate(sheet.columns, 1):
        cell = cells.cell(1, index, (MARK if column.required else "") + column.heading)
        cell.font = styles.Font(bold=True)
        cell.fill = styles.PatternFill("solid", fgColor="DDEBF7" if column.required else "F2F2F2")
        cell.alignment = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
        note = column.note or ("必填" if column.required else "选填")
        cell.comment = comments.Comment(note, "xuequ")
    cells.freeze_panes = "A2"


def _write_cell(cell: Any, value: Any, column: Column) -> None:
    if value is None:
        return
    if isinstance(value, CodeEnum):
        value = value.label
    if isinstance(value, SecretStr):
        value = value.get_secret_value()  # a file shows what its row says: exports hold it masked
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
        value = str(value)  # a number cell would lose its end; the reader takes it as text too
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # also what begins with "=": a formula is never written
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _help_filling(cells: Any, sheet: Sheet, count: int) -> None:
    utils = load("openpyxl.utils")
    validation = load("openpyxl.worksheet.datavalidation")
    for index, column in enumerate(sheet.columns, 1):
        letter = utils.get_column_letter(index)
        cells.column_dimensions[letter].width = max(12, 2 * len(column.heading) + 4)
        if column.codes is not None:
            labels = ",".join(member.label for member in column.codes)
            rule = validation.DataValidation("list", formula1=f'"{labels}"', allow_blank=not column.required)
            rule.error, rule.errorTitle = f"请从列表中选择：{labels}"[:220], column.heading[:30]
            cells.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{max(count, ROOM)}")
        elif column.kind is Kind.TEXT:
            cells.column_dimensions[letter].number_format = "@"
