"""The workbook: one sheet a table, ready to print, and text is text."""

from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy.orm import Session

from tests.reports.pages import COLUMNS, ROLL, SIGNERS, Line, Roll, door
from xuequ.core.document import Document
from xuequ.core.errors import ExtraMissing
from xuequ.core.money import Money
from xuequ.registry.documents import DISTRICT_GLANCE
from xuequ.reports import render, write_xlsx
from xuequ.testing import make_district


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roll.xlsx"


def book_of(path: Path, *lines: Line, document: Document = ROLL, **more: Any) -> Any:
    write_xlsx(render(door(Roll(lines, **more)), document), path)
    return openpyxl.load_workbook(path)


def values(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def test_the_glance_is_a_workbook_on_both_databases(session: Session, file: Path) -> None:
    write_xlsx(render(make_district(session), DISTRICT_GLANCE), file)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["各校基本情况", "图表"]
    sheet: Any = book["各校基本情况"]
    assert values(sheet, 3) == ["序号", *(column.heading for column in DISTRICT_GLANCE.tables[0].columns)]
    assert values(sheet, 4)[:8] == [1, "s1完小", "完小", 1, 3, 0, 3, 2]
    assert values(sheet, 6)[:8] == ["合计", None, None, 2, 6, 0, 6, 4]


def test_a_sheet_has_title_subtitle_headings_rows_totals_note_and_signers(file: Path) -> None:
    lines = (
        Line("王", pupils=3, area=Decimal("0.10"), pay=Money(1234), since=date(2026, 9, 1), boarding=True),
        Line("李", None, pupils=4),
    )
    sheet = book_of(file, *lines)["全体"]
    assert sheet["A1"].value == "前锋学区名册 · 全体"
    assert sheet["A2"].value == "共 2 行"
    assert values(sheet, 3) == [column.heading for column in COLUMNS]
    first = values(sheet, 4)
    assert first[:5] == ["王", "女", 3, 0.1, 12.34]
    assert (first[5].date(), first[6]) == (date(2026, 9, 1), True)
    assert values(sheet, 5) == ["李", None, 4, None, None, None, False]
    assert values(sheet, 6) == ["合计", None, 7, 0.1, 12.34, None, None]
    assert sheet["A7"].value == "见附注。"
    assert sheet["A8"].value == "未作手工填写。"
    assert sheet["A10"].value.split() == [
        "单位（盖章）：前锋学区",
        *(f"{signer}：________" for signer in SIGNERS),
        "日期：2026-09-01",
    ]
    assert sheet.max_row == 10


def test_a_table_without_totals_and_note_ends_with_its_rows(file: Path) -> None:
    sheet = book_of(file, more=[Line("王")])["其他"]
    assert [cell.value for cell in sheet["A"]][2:5] == ["姓名", "王", "未作手工填写。"]
    assert sheet["A5"].value == "未作手工填写。"
    assert sheet["A7"].value.startswith("单位（盖章）") and sheet.max_row == 7
    assert "合计" not in {cell.value for cell in sheet["A"]}


def test_headings_and_totals_are_bold_and_rows_are_not(file: Path) -> None:
    sheet = book_of(file, Line("王"), Line("李"))["全体"]
    assert [bool(sheet.cell(row, 1).font.b) for row in range(3, 7)] == [True, False, False, True]
    assert [sheet.cell(4, index).alignment.horizontal for index in (1, 2, 3)] == ["left", "center", "right"]
    assert sheet["C3"].alignment.horizontal == "center"
    assert sheet["C5"].border.top.style == "thin"


def test_every_sheet_is_set_up_for_printing(file: Path) -> None:
    for sheet in book_of(file, Line("王")):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "A4"
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_columns_are_as_wide_as_what_they_hold_within_limits(file: Path) -> None:
    sheet = book_of(file, Line("长" * 90))["全体"]
    assert sheet.column_dimensions["A"].width == 34
    assert sheet.column_dimensions["B"].width == 6
    long = replace(ROLL, tables=(replace(ROLL.tables[1], columns=(replace(COLUMNS[0], heading="栏" * 60),)),))
    assert book_of(file, document=long)["其他"].column_dimensions["A"].width == 40


def test_no_range_of_a_single_cell_is_merged(file: Path) -> None:
    book = book_of(file, more=[Line("王")])
    assert {str(merged) for merged in book["全体"].merged_cells.ranges} == {
        "A1:G1",
        "A2:G2",
        "A5:G5",
        "A6:G6",
        "A8:G8",
    }
    assert book["其他"].merged_cells.ranges == set()


@pytest.mark.parametrize("name", ["=1+1", "=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "#N/A", "007", "TRUE"])
def test_text_is_text_and_nothing_becomes_a_formula(file: Path, name: str) -> None:
    def say(view: object) -> str:
        return name

    tables = tuple(replace(table, note=say) for table in ROLL.tables)
    document = replace(ROLL, tables=tables, subtitle=say)
    sheet = book_of(file, Line(name), document=document)["全体"]
    for place in ("A2", "A4", "A6"):
        shown = f"'{name}" if name[0] in "=+-@" else name
        assert (sheet[place].value, sheet[place].data_type) == (shown, "s")
    with zipfile.ZipFile(file) as archive:
        parts = [archive.read(part) for part in archive.namelist() if "sheet" in part]
    assert not any(b"<f>" in part or b't="e"' in part for part in parts)


def test_numbers_are_numbers_that_can_be_added_up(file: Path) -> None:
    sheet = book_of(file, Line("王", pupils=3, area=Decimal("4715.25"), pay=Money(10**9 + 1)))["全体"]
    assert [sheet.cell(4, index).data_type for index in (3, 4, 5)] == ["n", "n", "n"]
    assert sheet["E4"].value == 10_000_000.01


def test_titles_that_excel_does_not_take_for_sheets_are_mended(file: Path) -> None:
    odd = replace(ROLL, tables=(replace(ROLL.tables[0], title="各校[1/2]：*?\\" + "长" * 40),) * 2)
    names = book_of(file, document=odd).sheetnames
    assert names[0] == ("各校12：" + "长" * 40)[:28]
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_the_workbook_says_what_it_is(file: Path) -> None:
    properties = book_of(file).properties
    assert (properties.creator, properties.title) == ("xuequ", "前锋学区名册")


def test_without_openpyxl_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'xuequ\[excel\]'") as caught:
        write_xlsx(render(door(Roll([])), ROLL), file)
    assert caught.value.facts() == {"library": "openpyxl", "extra": "excel"}
    assert not file.exists()
