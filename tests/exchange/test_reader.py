"""Reading a workbook: what is forgiven, what is refused, and that every problem says where."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from pydantic import model_validator

from tests.exchange.books import (
    GOOD,
    HEADINGS,
    ROSTER,
    SHEET,
    Entry,
    entries,
    line,
    read_lines,
    rewrite,
    write_as_excel,
    write_cells,
)
from xuequ.core.errors import (
    CellFormula,
    CellRequired,
    CellUnreadable,
    HeadingMissing,
    HeadingTwice,
    Place,
    Problem,
    SheetMissing,
    UnknownCode,
    UnreadableWorkbook,
    XuequError,
)
from xuequ.core.fields import Command
from xuequ.core.workbook import Column, Reading, Sheet, Template
from xuequ.exchange import read_workbook
from xuequ.registry.states.people import Sex
from xuequ.registry.templates import SET_UP


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "roster.xlsx"


def only_problem(reading: Reading) -> Problem:
    (problem,) = reading.problems
    return problem


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


# columns by heading


def test_a_good_row_is_a_command_with_its_place(file: Path) -> None:
    reading = read_lines(file, line(area=12.5, born=date(2020, 3, 1), number=7))
    assert reading.problems == ()
    (row,) = reading.rows["entries"]
    assert row.place == Place("名册", 2)
    assert row.command == Entry(
        code="a",
        name="王小明",
        sex=Sex.MALE,
        count=3,
        area=Decimal("12.5"),
        born=date(2020, 3, 1),
        number="7",
    )


def test_columns_stand_in_any_order(file: Path) -> None:
    headings = HEADINGS[::-1]
    reading = read_lines(file, [GOOD.get(heading) for heading in headings], headings=headings)
    assert entries(reading) == [Entry(code="a", name="王小明", sex=Sex.MALE, count=3)]


WAYS: dict[str, Callable[[str], str]] = {
    "mark": lambda heading: f"＊{heading}",
    "half-width mark": lambda heading: f"*{heading}",
    "mark behind": lambda heading: f"{heading}＊",
    "mark and break": lambda heading: f"＊ {heading}\n",
    "blanks around": lambda heading: f"  {heading}　",
    "blanks between": " ".join,
    "half-width brackets": lambda heading: heading.replace("（", "(").replace("）", ")"),
    "two lines": lambda heading: heading.replace("（", "\n（"),
}


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)
def test_marks_blanks_and_the_width_of_brackets_do_not_matter(
    file: Path, write: Callable[[str], str]
) -> None:
    reading = read_lines(file, line(area=8), headings=[write(heading) for heading in HEADINGS])
    assert reading.problems == ()
    assert [(entry.count, entry.area) for entry in entries(reading)] == [(3, Decimal(8))]


def test_columns_that_the_template_does_not_know_are_ignored(file: Path) -> None:
    headings = ["序号", *HEADINGS, "备注", None, 2026]
    reading = read_lines(file, [1, *line(), "=1/0", "x", "#N/A"], headings=headings)
    assert reading.problems == ()
    assert [entry.code for entry in entries(reading)] == ["a"]


def test_an_optional_column_may_be_left_out(file: Path) -> None:
    reading = read_lines(file, line()[:4], headings=HEADINGS[:4])
    assert entries(reading) == [Entry(code="a", name="王小明", sex=Sex.MALE, count=3)]


def test_every_required_column_that_is_missing_is_named(file: Path) -> None:
    reading = read_lines(file, ["a"], headings=["代码", "面积（平方米）"])
    assert all(isinstance(problem.error, HeadingMissing) for problem in reading.problems)
    assert [problem.place for problem in reading.problems] == [
        Place("名册", 1, heading) for heading in ("姓名", "性别", "人数（人）")
    ]
    assert reading.rows["entries"] == ()


def test_a_heading_that_stands_twice_is_refused(file: Path) -> None:
    reading = read_lines(file, [*line(), "李小红"], headings=[*HEADINGS, "＊姓 名"])
    problem = only_problem(reading)
    assert isinstance(problem.error, HeadingTwice)
    assert problem.place == Place("名册", 1, "姓名")
    assert reading.rows["entries"] == ()


def test_a_sheet_without_anything_lacks_its_headings(file: Path) -> None:
    reading = read_workbook(write_cells(file, {"名册": []}), ROSTER)
    assert [type(problem.error) for problem in reading.problems] == [HeadingMissing] * 4


def test_a_sheet_that_is_missing_is_named_with_those_that_are_there(file: Path) -> None:
    reading = read_workbook(write_cells(file, {"名册 ": [HEADINGS], "说明": []}), ROSTER)
    problem = only_problem(reading)
    assert isinstance(problem.error, SheetMissing)
    assert problem.error.found == "名册 、说明"
    assert problem.place == Place("名册")
    assert reading.rows == {"entries": ()}


def test_sheets_that_the_template_does_not_know_are_ignored(file: Path) -> None:
    reading = read_workbook(write_cells(file, {"说明": [["请勿改动"]], "名册": [HEADINGS, line()]}), ROSTER)
    assert (len(entries(reading)), reading.problems) == (1, ())


# rows


def test_blank_lines_are_skipped_and_the_rows_keep_their_numbers(file: Path) -> None:
    blank = ["", "  ", None, "　"]
    reading = read_lines(file, [], line(code="a"), blank, [], line(code="b"), [None] * 9, line(code="c"))
    assert [row.place.row for row in reading.rows["entries"]] == [3, 6, 8]
    assert [entry.code for entry in entries(reading)] == ["a", "b", "c"]
    assert reading.problems == ()


def test_good_rows_are_read_beside_bad_ones(file: Path) -> None:
    reading = read_lines(file, line(code="a"), line(code="b", count="三"), line(code="c"))
    assert [entry.code for entry in entries(reading)] == ["a", "c"]
    assert only_problem(reading).place == Place("名册", 3, "人数（人）", "三")


def test_a_row_that_ends_early_lacks_its_required_cells(file: Path) -> None:
    reading = read_lines(file, ["a"])
    assert {type(problem.error) for problem in reading.problems} == {CellRequired}
    assert [problem.place for problem in reading.problems] == [
        Place("名册", 2, heading, "") for heading in ("姓名", "性别", "人数（人）")
    ]


# cells


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 9, 1),
        datetime.combine(date(2026, 9, 1), time(12)),
        "2026-9-1",
        "2026.9.1",
        "2026/9/1",
        "2026年9月1日",
        "２０２６年９月１日",
    ],
)
def test_a_day_is_a_date_cell_or_text_as_people_write_it(file: Path, written: Any) -> None:
    (entry,) = entries(read_lines(file, line(born=written)))
    assert entry.born == date(2026, 9, 1)


@pytest.mark.parametrize(("written", "text"), [(12, "12"), (12.0, "12"), ("012", "012"), (0.5, "0.5")])
def test_a_number_in_a_text_column_is_text(file: Path, written: Any, text: str) -> None:
    (entry,) = entries(read_lines(file, line(number=written)))
    assert entry.number == text


@pytest.mark.parametrize("written", ["女", "女性", "2", 2, "２"])
def test_a_code_is_a_label_an_alias_or_the_code(file: Path, written: Any) -> None:
    (entry,) = entries(read_lines(file, line(sex=written)))
    assert entry.sex is Sex.FEMALE


BAD_CELLS: list[tuple[str, Any, str, type[XuequError]]] = [
    ("name", None, "", CellRequired),
    ("sex", "先生", "先生", UnknownCode),
    ("count", "三", "三", CellUnreadable),
    ("count", 2.5, "2.5", CellUnreadable),
    ("count", True, "TRUE", CellUnreadable),
    ("area", "约10", "约10", CellUnreadable),
    ("area", "18,5", "18,5", CellUnreadable),
    ("born", "2026-2-30", "2026-2-30", CellUnreadable),
    ("born", 46266, "46266", CellUnreadable),
    ("number", 5e17, "500000000000000000", CellUnreadable),
    ("number", False, "FALSE", CellUnreadable),
    ("count", "=1+1", "=1+1", CellFormula),
    ("area", "#DIV/0!", "#DIV/0!", CellFormula),
    ("name", "#N/A", "#N/A", CellFormula),
    ("area", ArrayFormula("E2:E3", "=SUM(B2:B9*C2:C9)"), "=SUM(B2:B9*C2:C9)", CellFormula),
    # what pydantic refuses
    ("code", "QF", "QF", CellUnreadable),
    ("code", "a" * 41, "a" * 41, CellUnreadable),
    ("name", "长" * 101, "长" * 101, CellUnreadable),
    ("name", "王\n小明", "王\n小明", CellUnreadable),
    ("number", "9" * 41, "9" * 41, CellUnreadable),
    ("count", 0, "0", CellUnreadable),
    ("count", 100, "100", CellUnreadable),
    ("area", -1, "-1", CellUnreadable),
    ("area", 1.234, "1.234", CellUnreadable),
    ("area", "123456789012345678", "123456789012345678", CellUnreadable),
    ("area", "123456789012345.1", "123456789012345.1", CellUnreadable),
]


@pytest.mark.parametrize(("field", "written", "shown", "kind"), BAD_CELLS)
def test_every_problem_says_where_what_and_what_to_do_in_chinese(
    file: Path, field: str, written: Any, shown: str, kind: type[XuequError]
) -> None:
    reading = read_lines(file, line(), line(**{"code": "b", field: written}))
    problem = only_problem(reading)
    assert type(problem.error) is kind
    assert problem.place == Place("名册", 3, SHEET.heading(field), shown)
    assert is_chinese(getattr(problem.error, "expected", problem.error.message()))
    assert is_chinese(problem.error.remedy())
    assert not any(word in problem.text() for word in ("Value", "should", "Input", "error"))
    assert [entry.code for entry in entries(reading)] == ["a"]


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        ("count", 0, "不小于 1 的数"),
        ("count", 100, "不大于 99 的数"),
        ("name", "长" * 101, "不超过 100 个字符的文字"),
        ("code", "a" * 41, "不超过 40 个字符的文字"),
        ("code", "Qf", "小写字母、数字、连字符、下划线组成的代码"),
        ("name", "王\t小明", "合格的内容（不能含有控制字符 U+0009）"),
        ("area", "1.234", "至多 2 位小数的数"),
        ("area", "12345678901234567", "至多 16 位的数"),
    ],
)
def test_what_a_field_wants_is_said_in_chinese(file: Path, field: str, written: Any, reason: str) -> None:
    problem = only_problem(read_lines(file, line(**{field: written})))
    assert isinstance(problem.error, CellUnreadable)
    assert problem.error.expected == reason


def test_a_table_of_what_if_is_a_formula_too(file: Path) -> None:
    table = DataTableFormula(ref="D2:D3", dt2D=False, r1="A1")
    assert isinstance(only_problem(read_lines(file, line(count=table))).error, CellFormula)


def test_all_problems_of_a_row_come_at_once(file: Path) -> None:
    reading = read_lines(file, line(name=None, sex="?", count="?", born="?"))
    assert [problem.place.column for problem in reading.problems if problem.place] == [
        "姓名",
        "性别",
        "人数（人）",
        "出生日期",
    ]
    reading = read_lines(file, line(code="QF", count=0, area=-1))
    assert [problem.place.column for problem in reading.problems if problem.place] == [
        "代码",
        "人数（人）",
        "面积（平方米）",
    ]


def test_the_rows_of_one_sheet_do_not_wait_for_another(file: Path) -> None:
    two = Template("t", "两表", (SHEET, Sheet("more", "另表", Entry, SHEET.columns, ("code",))), "", "", "")
    path = write_cells(file, {"名册": [["代码"]], "另表": [HEADINGS, line()]})
    reading = read_workbook(path, two)
    assert {name: len(rows) for name, rows in reading.rows.items()} == {"entries": 0, "more": 1}
    assert {problem.place.sheet for problem in reading.problems if problem.place} == {"名册"}


# commands that check more than their fields


class Odd(Command):
    code: str
    hidden: int

    @model_validator(mode="after")
    def refuse(self) -> Self:
        raise ValueError("两栏矛盾")


def test_what_a_command_says_of_the_whole_row_stands_at_the_row(file: Path) -> None:
    odd = Sheet("odd", "名册", Odd, (Column("代码", "code"), Column("数", "hidden")), ("code",))
    path = write_cells(file, {"名册": [["代码", "数"], ["a", "7"]]})
    problem = only_problem(read_workbook(path, Template("t", "t", (odd,), "", "", "")))
    assert problem.place == Place("名册", 2)
    assert isinstance(problem.error, CellUnreadable)
    assert problem.error.expected == "合格的内容（两栏矛盾）"


def test_a_field_without_a_column_is_named_by_itself(file: Path) -> None:
    odd = Sheet("odd", "名册", Odd, (Column("代码", "code"),), ("code",))
    path = write_cells(file, {"名册": [["代码"], ["a"]]})
    problem = only_problem(read_workbook(path, Template("t", "t", (odd,), "", "", "")))
    assert problem.place == Place("名册", 2, "hidden")
    assert isinstance(problem.error, CellUnreadable)
    assert is_chinese(problem.error.expected)


# files as others save them


STRINGS = ["代码", "姓名", "性别", "人数（人）", "出生日期", "qf", "=1+1", "女", "2020年3月1日", " 号码"]


def shared(address: str, index: int) -> str:
    return f'<c r="{address}" t="s"><v>{index}</v></c>'


HEADING_ROW = '<row r="1">' + "".join(shared(f"{c}1", n) for n, c in enumerate("ABCDE")) + "</row>"


def test_text_that_begins_like_a_formula_is_text_where_excel_says_so(file: Path) -> None:
    cells = [shared("A2", 5), shared("B2", 6), shared("C2", 7), '<c r="D2"><v>4.0</v></c>', shared("E2", 8)]
    path = write_as_excel(file, f'{HEADING_ROW}<row r="2">{"".join(cells)}</row>', STRINGS, size="A1:E2")
    assert entries(read_workbook(path, ROSTER)) == [
        Entry(code="qf", name="=1+1", sex=Sex.FEMALE, count=4, born=date(2020, 3, 1))
    ]


@pytest.mark.parametrize("size", ["A1", "A1:B1", "A1:XFD1048576"])
def test_a_file_that_lies_about_its_size_is_read_whole(file: Path, size: str) -> None:
    cells = [shared("A2", 5), shared("B2", 5), shared("C2", 7), '<c r="D2"><v>4</v></c>']
    path = write_as_excel(file, f'{HEADING_ROW}<row r="2">{"".join(cells)}</row>', STRINGS, size=size)
    reading = read_workbook(path, ROSTER)
    assert (len(entries(reading)), reading.problems) == (1, ())


def test_cells_and_rows_that_a_file_leaves_out_are_empty(file: Path) -> None:
    rows = f'{HEADING_ROW}<row r="7">{shared("A7", 5)}{shared("D7", 5)}</row>'
    reading = read_workbook(write_as_excel(file, rows, STRINGS, size="A1:G7"), ROSTER)
    assert [(problem.place.row, problem.place.column) for problem in reading.problems if problem.place] == [
        (7, "姓名"),
        (7, "性别"),
        (7, "人数（人）"),
    ]


def test_a_formula_with_a_stored_value_is_refused_all_the_same(file: Path) -> None:
    cells = [shared("A2", 5), shared("B2", 5), shared("C2", 7), '<c r="D2"><f>1+1</f><v>2</v></c>']
    path = write_as_excel(file, f'{HEADING_ROW}<row r="2">{"".join(cells)}</row>', STRINGS)
    problem = only_problem(read_workbook(path, ROSTER))
    assert isinstance(problem.error, CellFormula)
    assert problem.place == Place("名册", 2, "人数（人）", "=1+1")


# no workbook at all


def unreadable(path: Path) -> UnreadableWorkbook:
    with pytest.raises(UnreadableWorkbook) as caught:
        _ = read_workbook(path, ROSTER).rows
    assert caught.value.file == path.name
    assert ".xlsx" in caught.value.remedy()
    return caught.value


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.csv", "roster.txt", "roster.xls", "roster"])
@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 9])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    unreadable(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert unreadable(tmp_path / "none.xlsx").reason == "没有这个文件"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    unreadable(tmp_path / "folder.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    unreadable(file)


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("keep", [0, 0.5, 0.9])
def test_a_workbook_with_a_part_cut_off_is_refused(tmp_path: Path, part: str, keep: float) -> None:
    whole = write_cells(tmp_path / "whole.xlsx", {"名册": [HEADINGS, line(), line(code="b")]})

    def cut(name: str, content: bytes) -> bytes:
        return content[: int(len(content) * keep)] if name == part else content

    unreadable(rewrite(whole, tmp_path / "cut.xlsx", cut))


@pytest.mark.parametrize("where", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_workbook_with_damaged_bytes_is_refused_or_lacks_its_sheet_or_is_read_whole(
    tmp_path: Path, where: float
) -> None:
    whole = write_cells(tmp_path / "whole.xlsx", {"名册": [HEADINGS, *(line() for _ in range(99))]})
    content = bytearray(whole.read_bytes())
    at = int(len(content) * where)
    content[at : at + 40] = b"\xff" * 40
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(content)
    try:
        reading = read_workbook(damaged, ROSTER)
        missing = [Place("名册")] if not reading.rows["entries"] else []
    except UnreadableWorkbook:
        return
    assert [problem.place for problem in reading.problems] == missing
    assert missing or len(entries(reading)) == 99


def test_a_name_in_capitals_is_a_workbook_too(tmp_path: Path) -> None:
    path = write_cells(tmp_path / "ROSTER.XLSX", {"名册": [HEADINGS, line()]})
    assert len(entries(read_workbook(path, ROSTER))) == 1


def test_the_file_is_let_go_of_when_it_is_read(file: Path) -> None:
    for lines in ([line()], [line(sex="?")]):
        read_lines(file, *lines)
        file.rename(file.with_name("moved.xlsx"))
        file.with_name("moved.xlsx").unlink()


def test_another_templates_workbook_lacks_its_sheets(file: Path) -> None:
    reading = read_workbook(write_cells(file, {"名册": [HEADINGS]}), SET_UP)
    assert [problem.place for problem in reading.problems] == [Place(sheet.title) for sheet in SET_UP.sheets]
