"""Writing a workbook by a template: empty for people to fill in, or with rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from xuequ.core.codes import CodeEnum
from xuequ.core.extras import load
from xuequ.core.fields import Command
from xuequ.core.text import inert, plain_number
from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.exchange.cells import read_cell
from xuequ.exchange.examples import example_row
from xuequ.exchange.guide import write_guide
from xuequ.exchange.lists import Lists
from xuequ.exchange.reader import BASE, MARK
from xuequ.exchange.streaming import DAY_FORMAT, TEXT_FORMAT, new_cell, put_text, streamed_book
from xuequ.exchange.whole import whole_file

Rows = Mapping[str, Iterable[Command]]
"""Commands by the name of their sheet."""

ROOM = 10_000
"""How many rows get drop-downs and text format below the headings."""

EXACT_DIGITS = 15
"""As many digits of a number as Excel keeps."""

_EXAMPLE_GREY = "808080"


def write_workbook(
    path: Path, template: Template, rows: Rows | None = None, *, base: Mapping[int, bytes] | None = None
) -> None:
    """Write a template as xlsx; with rows it reads back as the same commands.

    Required columns are marked, lists are drop-downs, and text columns are text cells, so that numbers
    keep their leading zeros. Without any rows each sheet has an example, which a reader passes over.
    The file is there whole, or as it was before; rows are taken one at a time.

    Args:
        base: imprints of the rows, so that changes by hand are noticed when the file comes back.
    """
    with streamed_book(path) as book:
        write_guide(book.create_sheet("填写说明"), template)
        lists = Lists()
        for sheet in template.sheets:
            _write_sheet(book.create_sheet(sheet.title), sheet, rows, lists)
        lists.write(book)
        if base:
            _note_base(book.create_sheet(BASE), base)
        if rows:
            book.active = 1


def _note_base(cells: Any, base: Mapping[int, bytes]) -> None:
    """Note the imprints of the rows on a sheet that nobody sees."""
    for row_id, prints in base.items():
        cells.append([put_text(new_cell(cells), f"{row_id:x}"), put_text(new_cell(cells), prints.hex())])
    cells.sheet_state = "veryHidden"


def _write_sheet(cells: Any, sheet: Sheet, rows: Rows | None, lists: Lists) -> None:
    prepare(cells, sheet)
    cells.append([heading_cell(cells, column) for column in sheet.columns])
    count = 1
    if not rows:
        cells.append(_example_cells(cells, sheet))
    pens = [_pen(cells, column) for column in sheet.columns]
    for command in (rows or {}).get(sheet.name, ()):
        count += 1
        cells.append([pen(command) for pen in pens])
    help_filling(cells, sheet.columns, max(count, ROOM), lists)


def prepare(cells: Any, sheet: Sheet) -> None:
    """Set what openpyxl writes before the rows: widths, the format of columns, the headings that stay."""
    letters = load("openpyxl.utils").get_column_letter
    for index, column in enumerate(sheet.columns, 1):
        dimension = cells.column_dimensions[letters(index)]
        dimension.width = max(12, 2 * len(column.heading) + 4)
        form = column_format(column)
        if form:
            dimension.number_format = form
    cells.freeze_panes = "A2"


def column_format(column: Column) -> str:
    """Return the number format of a column's empty cells."""
    if column.kind is Kind.DAY:
        return DAY_FORMAT
    return TEXT_FORMAT if column.kind is Kind.TEXT and column.codes is None else ""


def heading_cell(cells: Any, column: Column) -> Any:
    """Return a heading, marked where the column is required, with its note."""
    styles = load("openpyxl.styles")
    cell = put_text(new_cell(cells), (MARK if column.required else "") + column.heading)
    cell.font = styles.Font(bold=True)
    cell.fill = styles.PatternFill("solid", fgColor="DDEBF7" if column.required else "F2F2F2")
    cell.alignment = styles.Alignment(horizontal="center", vertical="center", wrap_text=True)
    note = column.note or ("必填" if column.required else "选填")
    cell.comment = load("openpyxl.comments").Comment(note, "xuequ")
    return cell


def _example_cells(cells: Any, sheet: Sheet) -> list[Any]:
    font = load("openpyxl.styles").Font(italic=True, color=_EXAMPLE_GREY)
    row: list[Any] = []
    for column, text in zip(sheet.columns, example_row(sheet), strict=True):
        cell = fill(new_cell(cells, column_format(column)), written(read_cell(text, column)))
        cell.font = font
        row.append(cell)
    return row


def _pen(cells: Any, column: Column) -> Callable[[Command], Any]:
    """Return what makes a column's cell of a command: one cell of openpyxl serves every row."""
    text, other = new_cell(cells, TEXT_FORMAT), new_cell(cells)
    if column.kind is Kind.DAY:
        other.number_format = DAY_FORMAT

    def cell_of(command: Command) -> Any:
        value = written(getattr(command, column.field))
        return None if value is None else fill(text if isinstance(value, str) else other, value)

    return cell_of


def written(value: Any) -> Any:
    """Return a field as its cell holds it: a code by its label, a flag in words, a long number as text."""
    if isinstance(value, CodeEnum):
        return value.label
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > EXACT_DIGITS:
        return plain_number(value)  # a number cell would lose its end; the reader takes it as text too
    return value


def fill(cell: Any, value: Any) -> Any:
    """Set a cell's value; text is text."""
    if isinstance(value, str):
        return put_text(cell, value)
    cell.value = value
    return cell


def help_filling(cells: Any, columns: Sequence[Column | None], last: int, lists: Lists) -> None:
    """Add drop-downs and the check of dates down to a row; a None is a column of no template."""
    letters = load("openpyxl.utils").get_column_letter
    for index, column in enumerate(columns, 1):
        rule = None if column is None else lists.rule(column)
        if rule is not None:
            rule.add(f"{letters(index)}2:{letters(index)}{last}")
            cells.data_validations.append(rule)


def write_csv(path: Path, template: Template, rows: Rows) -> tuple[Path, ...]:
    """Write rows as csv in UTF-8 with its mark, which Excel needs to see Chinese; return the files.

    A template of one sheet becomes the file `path`, one of several a folder with a file a sheet. A csv
    cannot say that a cell is text: whoever opens it in Excel loses zeros at the front, and the end of long
    numbers; a reader of ours does not.
    """
    if len(template.sheets) == 1:
        files = {template.sheets[0].name: path}
    else:
        path.mkdir(exist_ok=True)
        files = {sheet.name: path / f"{sheet.title}.csv" for sheet in template.sheets}
    for name, file in files.items():
        with whole_file(file) as beside, beside.open("x", encoding="utf-8-sig", newline="") as text:
            csv.writer(text).writerows(_csv_lines(template.sheet(name), rows.get(name, ())))
    return tuple(files.values())


def _csv_lines(sheet: Sheet, commands: Iterable[Command]) -> Iterator[Sequence[str]]:
    yield [column.heading for column in sheet.columns]
    for command in commands:
        yield [_csv_text(written(getattr(command, column.field))) for column in sheet.columns]


def _csv_text(value: Any) -> str:
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    return "" if value is None else str(value)
