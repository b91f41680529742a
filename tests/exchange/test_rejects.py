"""The workbook of bad rows: it says what is wrong where, is refused as it is, and is read when mended."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.books import HEADINGS, ROSTER, entries, line, read_lines
from tests.exchange.raw import lines_of
from xuequ.core.errors import CellRequired, Place, Problem, RowTwice
from xuequ.core.text import bare
from xuequ.exchange import BadRow, read_workbook, write_rejects
from xuequ.exchange.tables import ErrorValue, Formula, Raw
from xuequ.registry.templates import SET_UP

NOON = datetime.combine(date(2026, 9, 1), time(12))
BAD = "00FFC7CE"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mend.xlsx"


def problem(column: str = "", error: Any = None) -> Problem:
    return Problem(error or CellRequired(), Place("名册", 7, column))


def bad(cells: list[Raw], *problems: Problem, headings: list[str] | None = None) -> BadRow:
    return BadRow("名册", 7, cells, HEADINGS if headings is None else headings, problems)


def test_a_row_stands_as_it_stood_with_its_number_and_what_is_wrong(file: Path) -> None:
    cells: list[Raw] = ["a", "王", "?", 3.5, True, NOON, "007", "beyond"]
    write_rejects(file, ROSTER, [bad(cells, problem("性别"), problem(error=RowTwice(key="a", first_row=2)))])
    (_, headings), (number, row) = lines_of(file)["名册"]
    assert headings == ["原行号", *(f"＊{h}" for h in HEADINGS[:4]), *HEADINGS[4:], "问题与改法"]
    assert (number, row[:-1]) == (2, [7, *cells[:7]])
    assert row[-1] == "“性别”栏：必填而为空。请填写。\n与第 2 行重复（a）。请只保留一行。"


def test_the_bad_cells_are_coloured_and_no_others(file: Path) -> None:
    write_rejects(file, ROSTER, [bad(["a", None, "?"], problem("性别"), problem("姓名"))])
    book: Any = openpyxl.load_workbook(file)
    coloured = [cell.column_letter for cell in book["名册"][2] if cell.fill.fgColor.rgb == BAD]
    assert coloured == ["C", "D"]
    assert book["名册"].freeze_panes == "B2"
    kinds = {str(rule.sqref)[0]: rule.type for rule in book["名册"].data_validations.dataValidation}
    assert kinds == {"D": "list", "G": "date"}


def test_headings_stand_as_the_file_had_them_and_unknown_ones_stay(file: Path) -> None:
    headings = ["备注", "姓 名", "", "代码"]
    write_rejects(file, ROSTER, [bad(["x", "王", "y", "a"], problem("姓名"), headings=headings)])
    (_, first), (_, row) = lines_of(file)["名册"]
    assert first == ["原行号", "备注", "＊姓名", None, "＊代码", "问题与改法"]
    assert row[:5] == [7, "x", "王", "y", "a"]


def test_a_file_that_was_sent_back_before_has_its_added_columns_once(file: Path) -> None:
    headings = ["原行号", *HEADINGS, "问题与改法"]
    write_rejects(file, ROSTER, [bad([3, *line(), "old"], problem("性别"), headings=headings)])
    (_, first), (_, row) = lines_of(file)["名册"]
    assert [first.count(added) for added in ("原行号", "问题与改法")] == [1, 1]
    assert row[0] == 7 and "old" not in row


def test_a_mended_file_is_read_as_any_other(file: Path, tmp_path: Path) -> None:
    reading = read_lines(tmp_path / "first.xlsx", line(code="a"), line(code="b", sex="?", number="=x"))
    assert [entry.code for entry in entries(reading)] == ["a"]
    row = BadRow("名册", 3, line(code="b", sex="?", number="=x"), HEADINGS, reading.problems)
    write_rejects(file, ROSTER, [row])
    assert [p.place.row for p in read_workbook(file, ROSTER).problems if p.place] == [2]
    book = openpyxl.load_workbook(file)
    book["名册"]["D2"] = "女"
    book.save(file)
    mended = read_workbook(file, ROSTER)
    assert mended.problems == ()
    assert [(entry.code, entry.number) for entry in entries(mended)] == [("b", "=x")]


@pytest.mark.parametrize(
    "value", [Formula("=A1"), Formula("=1/0"), ErrorValue("#N/A"), ErrorValue("#SPILL!")]
)
def test_a_formula_is_refused_again_until_it_is_mended(file: Path, value: Raw) -> None:
    cells = ["a", value, "男", 3]
    write_rejects(file, ROSTER, [bad(cells, problem("姓名"))])
    (again,) = read_workbook(file, ROSTER).problems
    assert again.place and again.place.column == "姓名" and again.place.value in ("#N/A", "#VALUE!")


def test_sheets_without_a_bad_row_are_there_and_empty(file: Path) -> None:
    write_rejects(file, SET_UP, [])
    reading = read_workbook(file, SET_UP)
    assert reading.problems == ()
    assert not any(reading.rows.values())


def test_a_row_of_no_sheet_of_the_template_leaves_no_file(file: Path) -> None:
    with pytest.raises(KeyError):
        write_rejects(file, ROSTER, [BadRow("另表", 2, [], [], [])])
    assert list(file.parent.iterdir()) == []


raw = st.one_of(
    st.none(),
    st.text(st.characters(), min_size=1, max_size=12),
    st.integers(-(10**15), 10**15),
    st.floats(-1e15, 1e15),
    st.booleans(),
    st.dates(date(1900, 3, 1)),
    st.decimals(-(10**9), 10**9, places=2),
)


@given(st.lists(raw, max_size=7))
def test_whatever_stood_in_a_cell_stands_there_again(tmp_path: Path, cells: list[Raw]) -> None:
    file = tmp_path / "any.xlsx"
    write_rejects(file, ROSTER, [bad(cells, problem())])
    _, (_, row) = lines_of(file)["名册"]
    back = [bare(value) if isinstance(value, str) else value for value in row[1 : len(cells) + 1]]
    for was, now in zip(cells, back, strict=False):
        assert now == (float(was) if isinstance(was, Decimal) else was) or _near(was, now)


def _near(was: Raw, now: Raw) -> bool:
    """Tell whether a number has kept the digits that a workbook keeps."""
    return isinstance(was, float) and isinstance(now, int | float) and abs(was - now) <= abs(was) * 1e-14
