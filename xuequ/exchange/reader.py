"""Reading a workbook by a template: columns by heading in any order, every problem with its place."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from xuequ.core.errors import (
    CellFormula,
    CellUnreadable,
    HeadingMissing,
    HeadingTwice,
    Place,
    Problem,
    SheetMissing,
    UnreadableWorkbook,
    XuequError,
)
from xuequ.core.extras import load
from xuequ.core.fields import Command
from xuequ.core.text import half_width
from xuequ.core.workbook import Column, Reading, Sheet, Sourced, Template
from xuequ.exchange.cells import cell_text, read_cell

MARK = "＊"
"""Stands before the heading of a required column."""


def read_workbook(path: Path, template: Template) -> Reading:
    """Read an xlsx file.

    Returns:
        The good rows by sheet, and every problem with sheet, row as Excel counts it, column and value.

    Raises:
        UnreadableWorkbook: when the file is not an xlsx workbook at all.
        ExtraMissing: without openpyxl.
    """
    rows: dict[str, tuple[Sourced[Command], ...]] = {}
    problems: list[Problem] = []
    with ExitStack() as opened:
        book = _open(path, opened)
        for sheet in template.sheets:
            if sheet.title not in book.sheetnames:
                found = "、".join(book.sheetnames)
                problems.append(Problem(SheetMissing(sheet=sheet.title, found=found), Place(sheet.title)))
                continue
            rows[sheet.name], wrong = _read_sheet(sheet, _lines(path, book[sheet.title]))
            problems += wrong
    return Reading(template, rows, tuple(problems))


def _open(path: Path, opened: ExitStack) -> Any:
    """Open the workbook over a file of our own, since openpyxl leaves the file open when it fails."""
    openpyxl = load("openpyxl")
    with _as_unreadable(path):
        book = openpyxl.load_workbook(opened.enter_context(path.open("rb")), read_only=True)
        opened.callback(book.close)
        return book


def _lines(path: Path, cells: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Number the lines of a sheet as Excel does; what the file says of its own size may be wrong."""
    cells.reset_dimensions()
    with _as_unreadable(path):
        yield from enumerate(cells.iter_rows(), 1)


@contextmanager
def _as_unreadable(path: Path) -> Generator[None]:
    """Whatever openpyxl raises over a damaged file (it has no family of errors) is one error of ours."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableWorkbook(file=path.name, reason="没有这个文件") from None
    except Exception as error:
        reason = f"打不开，或不是完好的 xlsx 工作簿（{type(error).__name__}）"
        raise UnreadableWorkbook(file=path.name, reason=reason) from error


def _read_sheet(
    sheet: Sheet, lines: Iterator[tuple[int, Sequence[Any]]]
) -> tuple[tuple[Sourced[Command], ...], list[Problem]]:
    _, first = next(lines, (1, ()))
    columns, problems = _match_headings(sheet, first)
    if problems:
        return (), problems
    good: list[Sourced[Command]] = []
    for number, line in lines:
        if not any(cell_text(cell.value) for cell in line):
            continue
        command, wrong = _read_row(sheet, columns, number, line)
        problems += wrong
        if command is not None:
            good.append(Sourced(command, Place(sheet.title, number)))
    return tuple(good), problems


def normal_heading(value: Any) -> str:
    """Return a heading without mark and blanks, so that full-width brackets and half-width ones agree."""
    text = half_width(str(value or ""))
    return "".join(text.split()).removeprefix("*").removesuffix("*")


def _match_headings(sheet: Sheet, line: Sequence[Any]) -> tuple[dict[int, Column], list[Problem]]:
    wanted = {normal_heading(column.heading): column for column in sheet.columns}
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(line):
        column = wanted.get(normal_heading(cell.value))
        if column is None:
            continue
        if column in columns.values():
            problems.append(_heading_problem(sheet, column, HeadingTwice(heading=column.heading)))
        columns[index] = column
    for column in sheet.columns:
        if column.required and column not in columns.values():
            problems.append(_heading_problem(sheet, column, HeadingMissing(heading=column.heading)))
    return columns, problems


def _heading_problem(sheet: Sheet, column: Column, error: XuequError) -> Problem:
    return Problem(error, Place(sheet.title, 1, column.heading))


def _read_row(
    sheet: Sheet, columns: dict[int, Column], number: int, line: Sequence[Any]
) -> tuple[Command | None, list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for index, column in columns.items():
        cell = line[index] if index < len(line) else None
        value = _read_value(cell, column)
        if isinstance(value, XuequError):
            place = Place(sheet.title, number, column.heading, _shown(cell))
            problems.append(Problem(value, place))
        elif value is not None:
            values[column.field] = value
    if problems:
        return None, problems
    try:
        return sheet.command(**values), []
    except ValidationError as error:
        return None, list(_field_problems(sheet, number, values, error))


def _read_value(cell: Any, column: Column) -> Any:
    kind = getattr(cell, "data_type", None)
    if kind in ("f", "e"):
        return CellFormula(text=_shown(cell))
    return read_cell(getattr(cell, "value", None), column)


def _shown(cell: Any) -> str:
    """Return a cell's content as text; of a formula over many cells, the formula."""
    value = getattr(cell, "value", None)
    return cell_text(getattr(value, "text", value))


def _field_problems(
    sheet: Sheet, number: int, values: Mapping[str, Any], error: ValidationError
) -> Iterator[Problem]:
    for wrong in error.errors(include_url=False):
        field = str(wrong["loc"][0]) if wrong["loc"] else ""
        text = cell_text(values.get(field))
        place = Place(sheet.title, number, sheet.heading(field), text)
        yield Problem(CellUnreadable(expected=in_chinese(wrong), text=text), place)


_SAYINGS = {
    "greater_than_equal": "不小于 {ge} 的数",
    "less_than_equal": "不大于 {le} 的数",
    "string_too_long": "不超过 {max_length} 个字符的文字",
    "string_too_short": "至少 {min_length} 个字符的文字",
    "too_long": "不超过 {max_length} 个字符的文字",
    "too_short": "至少 {min_length} 个字符的文字",
    "string_pattern_mismatch": "小写字母、数字、连字符、下划线组成的代码",
    "decimal_max_places": "至多 {decimal_places} 位小数的数",
    "decimal_max_digits": "至多 {max_digits} 位的数",
    "decimal_whole_digits": "整数部分至多 {whole_digits} 位的数",
}


def in_chinese(wrong: Any) -> str:
    """Say what pydantic wants instead: one entry of its errors."""
    saying = _SAYINGS.get(wrong["type"])
    if saying is not None:
        return saying.format(**wrong.get("ctx", {}))
    if wrong["type"] == "value_error":
        return f"合格的内容（{wrong['ctx']['error']}）"
    return f"合格的内容（{wrong['msg']}）"
