"""Raw tables for these tests: files written in every format, and what is read of them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.books import write_as_excel
from xuequ.core.errors import UnreadableWorkbook, WorkbookTooLarge, WorkbookUnsafe, XuequError
from xuequ.exchange.tables import Raw, open_tables

xlwt: Any = import_module("xlwt")

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>代码</t></is></c></row>'
"""A row that any sheet may begin with."""


def lines_of(path: Path) -> dict[str, list[tuple[int, list[Raw]]]]:
    """Read all tables of a file."""
    with open_tables(path) as tables:
        return {
            title: [(number, list(cells)) for number, cells in tables.lines(title)] for title in tables.titles
        }


def only_lines(path: Path) -> list[tuple[int, list[Raw]]]:
    """Read a file of one table."""
    (lines,) = lines_of(path).values()
    return lines


def refusal(path: Path, kind: type[XuequError] = UnreadableWorkbook) -> str:
    """Read a file that must be refused, and return why; the error names the file and what to do."""
    with pytest.raises(kind) as caught:
        lines_of(path)
    error = caught.value
    assert type(error) is kind
    assert path.name in error.message() and error.remedy()
    assert isinstance(error, UnreadableWorkbook | WorkbookTooLarge | WorkbookUnsafe)
    return str(error.facts())


def sheet(path: Path, rows: str, strings: Sequence[str] = ()) -> Path:
    """Write a workbook of one sheet from the XML of its rows."""
    return write_as_excel(path, rows, strings)


def with_parts(source: Path, target: Path, parts: Mapping[str, bytes | None]) -> Path:
    """Copy a zip with members replaced, added, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return target


def write_xls(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], *, since_1904: bool = False) -> Path:
    """Write an xls file; text that begins with ``=`` becomes a formula."""
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for title, rows in sheets.items():
        cells = book.add_sheet(title)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    cells.write(number, column, xlwt.Formula(value[1:]))
                elif isinstance(value, date):
                    cells.write(number, column, value, day)
                elif value is not None:
                    cells.write(number, column, value)
    book.save(str(path))
    return path
