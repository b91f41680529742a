"""Workbooks for these tests: a small template, a file of given cells, and a file as Excel saves it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from pydantic import Field

from xuequ.core.fields import Code, Command, Measured, Name, Number
from xuequ.core.workbook import Column, Kind, Reading, Sheet, Template
from xuequ.exchange import read_workbook
from xuequ.registry.states.people import Sex


class Entry(Command):
    """One row with a cell of every kind."""

    code: Code
    name: Name
    sex: Sex
    count: int = Field(ge=1, le=99)
    area: Measured | None = None
    born: date | None = None
    number: Number | None = None


COLUMNS = (
    Column("代码", "code"),
    Column("姓名", "name", note="与户口簿一致"),
    Column("性别", "sex", codes=Sex),
    Column("人数（人）", "count", Kind.WHOLE),
    Column("面积（平方米）", "area", Kind.DECIMAL, required=False),
    Column("出生日期", "born", Kind.DAY, required=False),
    Column("号码", "number", required=False),
)
SHEET = Sheet("entries", "名册", Entry, COLUMNS, key=("code",))
ROSTER = Template("test.roster", "名册", (SHEET,), part="registry", plan="plan_set_up", apply="set_up")
HEADINGS = [column.heading for column in COLUMNS]
GOOD: dict[str, Any] = {"代码": "a", "姓名": "王小明", "性别": "男", "人数（人）": 3}
"""What the required cells of a row hold."""


def line(**cells: Any) -> list[Any]:
    """Return the cells of one good row in the order of the columns, some of them replaced."""
    filled = GOOD | {column.heading: cells[column.field] for column in COLUMNS if column.field in cells}
    return [filled.get(heading) for heading in HEADINGS]


def write_cells(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write lines of cells as they are, sheet by sheet."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for cells in lines:
            sheet.append(cells)
    book.save(path)
    return path


def read_lines(path: Path, *lines: Sequence[Any], headings: Sequence[Any] = tuple(HEADINGS)) -> Reading:
    """Write lines below the headings of the roster, and read them."""
    return read_workbook(write_cells(path, {"名册": [headings, *lines]}), ROSTER)


def entries(reading: Reading) -> list[Entry]:
    """Return the rows of the roster."""
    return [row.command for row in reading.rows["entries"] if isinstance(row.command, Entry)]


# as Excel saves it: strings in a table of their own, cells with addresses, a size that may be wrong

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OVERRIDES = {
    "xl/workbook.xml": "sheet.main",
    "xl/worksheets/sheet1.xml": "worksheet",
    "xl/sharedStrings.xml": "sharedStrings",
}


def write_as_excel(path: Path, rows: str, strings: Sequence[str], *, size: str = "A1:G2") -> Path:
    """Write a workbook with the one sheet 名册 from the XML of its rows and its table of strings."""
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in _OVERRIDES.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="名册" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml"}
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><dimension ref="{size}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        + "</sst>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _relations(targets: Mapping[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def rewrite(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Copy a workbook with its parts changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target
