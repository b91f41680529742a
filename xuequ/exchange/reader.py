"""Reading a workbook by a template: columns by heading in any order, every problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

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
from xuequ.exchange.cells import read_cell

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
    book = _open(path)
    rows: dict[str, tuple[Sourced[Command], ...]] = {}
    problems: list[Problem] = []
    try:
        for sheet in template.sheets:
            if sheet.title not in book.sheetnames:
                found = "、".join(book.sheetnames)
                problems.append(Problem(SheetMissing(sheet=sheet.title, found=found), Place(sheet.title)))
                continue
            rows[sheet.name], wrong = _read_sheet(sheet, book[sheet.title])
            problems += wrong
    finally:
        book.close()
    return Reading(template, rows, tuple(problems))


def _open(path: Path) -> Any:
    openpyxl = load("openpyxl")
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=False)
    except FileNotFoundError:
        raise UnreadableWorkbook(file=path.name, reason="没有这个文件") from None
    except (
        BadZipFile,
        KeyError,
        ValueError,
        OSError,
        openpyxl.utils.exceptions.InvalidFileException,
    ) as error:
        raise UnreadableWorkbook(
            file=path.name, reason=f"不是 xlsx 工作簿（{type(error).__name__}）"
        ) from None


def _read_sheet(sheet: Sheet, cells: Any) -> tuple[tuple[Sourced[Command], ...], list[Problem]]:
    lines = enumerate(cells.iter_rows(), 1)
    _, first = next(lines, (1, ()))
    columns, problems = _match_headings(sheet, first)
    if problems:
        return (), problems
    good: list[Sourced[Command]] = []
    for number, line in lines:
        if all(cell.value is None or str(cell.value).strip() == "" for cell in line):
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
            problems.append(_heading_problem(sheet, HeadingTwice(heading=column.heading)))
        columns[index] = column
    for column in sheet.columns:
        if column.required and column not in columns.values():
            problems.append(_heading_problem(sheet, HeadingMissing(heading=column.heading)))
    return columns, problems


def _heading_problem(sheet: Sheet, error: XuequError) -> Problem:
    return Problem(error, Place(sheet.title, 1))


def _read_row(
    sheet: Sheet, columns: dict[int, Column], number: int, line: Sequence[Any]
) -> tuple[Command | None, list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for index, column in columns.items():
        cell = line[index] if index < len(line) else None
        value = _read_value(cell, column)
        if isinstance(value, XuequError):
            shown = "" if cell is None or cell.value is None else str(cell.value)
            problems.append(Problem(value, Place(sheet.title, number, column.heading, shown)))
        elif value is not None:
            values[column.field] = value
    if problems:
        return None, problems
    try:
        return sheet.command(**values), []
    except ValidationError as error:
        return None, list(_field_problems(sheet, number, error))


def _read_value(cell: Any, column: Column) -> Any:
    kind = getattr(cell, "data_type", None)
    if kind in ("f", "e"):
        return CellFormula(text=str(cell.value))
    return read_cell(getattr(cell, "value", None), column)


def _field_problems(sheet: Sheet, number: int, error: ValidationError) -> Iterator[Problem]:
    for wrong in error.errors(include_url=False):
        field = str(wrong["loc"][0]) if wrong["loc"] else ""
        text = "" if wrong["input"] is None else str(wrong["input"])
        reason = _in_chinese(wrong)
        place = Place(sheet.title, number, sheet.heading(field), text)
        yield Problem(CellUnreadable(expected=reason, text=text), place)


_SAYINGS = {
    "greater_than_equal": "不小于 {ge} 的数",
    "less_than_equal": "不大于 {le} 的数",
    "string_too_long": "不超过 {max_length} 个字符的文字",
    "string_too_short": "至少 {min_length} 个字符的文字",
    "string_pattern_mismatch": "小写字母、数字、连字符组成的代码",
    "decimal_max_places": "至多 {decimal_places} 位小数的数",
    "decimal_max_digits": "至多 {max_digits} 位的数",
    "decimal_whole_digits": "整数部分至多 {whole_digits} 位的数",
}


def _in_chinese(wrong: Any) -> str:
    saying = _SAYINGS.get(wrong["type"])
    if saying is not None:
        return saying.format(**wrong.get("ctx", {}))
    if wrong["type"] == "value_error":
        return f"合格的文字（{wrong['ctx']['error']}）"
    return str(wrong["msg"])
