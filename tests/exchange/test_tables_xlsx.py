"""Raw tables of xlsx: cells as others write them, and the same as openpyxl reads."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from tests.exchange.books import rewrite, write_cells
from tests.exchange.raw import lines_of, only_lines, refusal, sheet
from xuequ.exchange.tables import ErrorValue, Formula, open_tables
from xuequ.exchange.tables.moments import is_moment, moment

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


HALF_PAST_EIGHT = datetime.combine(date(2026, 9, 1), time(8, 30))
"""As spreadsheets give moments: without a zone."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def first_row(path: Path) -> list[Any]:
    return only_lines(path)[0][1]


def cells(xml: str) -> str:
    return f'<row r="1">{xml}</row>'


# as openpyxl writes it


def test_cells_come_as_they_stand(file: Path) -> None:
    row = [
        "王",
        3,
        -2.5,
        True,
        date(2026, 9, 1),
        HALF_PAST_EIGHT,
        time(8, 30),
        None,
        "=1+1",
        "#N/A",
    ]
    write_cells(file, {"名册": [row, [], [None, "x"]], "空": []})
    lines = lines_of(file)
    assert lines["空"] == []
    assert lines["名册"] == [
        (
            1,
            [
                *("王", 3, -2.5, True, date(2026, 9, 1), HALF_PAST_EIGHT, time(8, 30), None),
                *(Formula("=1+1"), ErrorValue("#N/A")),
            ],
        ),
        (3, [None, "x"]),
    ]
    assert [type(value) for value in lines["名册"][0][1]][1:5] == [int, float, bool, date]


def test_hidden_rows_merged_cells_and_hidden_sheets_stand_as_they_are(file: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.active.title = "甲"
    for row in (["a", "b"], ["c", "d"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.merge_cells("A1:B1")
    book.create_sheet("乙").sheet_state = "hidden"
    book.save(file)
    assert lines_of(file) == {"甲": [(1, ["a"]), (2, ["c", "d"])], "乙": []}


def test_days_count_from_1904_where_the_workbook_says_so(file: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 9, 1)])
    book.save(file)
    assert first_row(file) == [date(2026, 9, 1)]


def test_formulas_over_many_cells_are_formulas(file: Path) -> None:
    write_cells(file, {"a": [[ArrayFormula("A1:A2", "=SUM(B1:B9)")]]})
    assert first_row(file) == [Formula("=SUM(B1:B9)")]


@pytest.mark.parametrize(
    ("form", "is_one"),
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy年m月d日;@", True),
        ("yyyy\\-mm\\-dd", True),
        ("h:mm AM/PM", True),
        ("General", False),
        ("@", False),
        ('0.00"day"', False),
        ("#,##0\\d", False),
        ("[Red]0.00", False),
        ("_-* #,##0_d", False),
        ("[h]:mm:ss", False),
        ('0;"yyyy"', False),
    ],
)
def test_a_format_tells_days_from_numbers(file: Path, form: str, is_one: bool) -> None:
    assert is_moment(form) is is_one
    book: Any = openpyxl.Workbook()
    book.active["A1"] = 46266
    book.active["A1"].number_format = form
    book.save(file)
    assert first_row(file) == [date(2026, 9, 1) if is_one else 46266]


@pytest.mark.parametrize("number", [14, 22, 27, 31, 36, 50, 57, 58])
def test_the_formats_for_days_of_a_chinese_excel_need_no_declaration(file: Path, number: int) -> None:
    plain = write_cells(file.with_name("plain.xlsx"), {"a": [[date(2026, 9, 1)]]})

    def renumber(name: str, content: bytes) -> bytes:
        return content.replace(b'numFmtId="164"', b'numFmtId="%d"' % number) if "styles" in name else content

    def without_formats(name: str, content: bytes) -> bytes:
        start, end = content.find(b"<numFmts"), content.find(b"</numFmts>")
        return content[:start] + content[end + 10 :] if "styles" in name and start > 0 else content

    rewrite(plain, file.with_name("less.xlsx"), without_formats)
    rewrite(file.with_name("less.xlsx"), file, renumber)
    assert first_row(file) == [date(2026, 9, 1)]


@given(st.integers(1, 2_958_465).filter(lambda serial: serial != 60))
def test_a_serial_number_is_the_day_that_excel_shows(serial: int) -> None:
    expected = date(1899, 12, 31) + timedelta(serial - (serial > 60))
    assert moment(serial) == expected
    assert moment(float(serial)) == expected


def test_what_is_no_day_stays_a_number() -> None:
    for serial in (-1, -0.5, 60, 2_958_466, 1e300):
        assert moment(serial) == serial
    assert moment(0, True) == date(1904, 1, 1)
    assert moment(2_958_465, True) == 2_958_465
    assert moment(46266.999999999) == date(2026, 9, 2)


values = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_\ufffe\uffff"), min_size=1),
    st.integers(-(10**15), 10**15),
    st.floats(-1e300, 1e300),
    st.booleans(),
    st.dates(date(1900, 3, 1)),
)


@settings(max_examples=60)
@given(st.lists(st.lists(values, max_size=6), max_size=6))
def test_it_reads_what_openpyxl_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]]
) -> None:
    file = write_cells(tmp_path_factory.getbasetemp() / "same.xlsx", {"a": rows})
    book = openpyxl.load_workbook(file)
    theirs = {
        (cell.row, cell.column): _of_openpyxl(cell)
        for row in book["a"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    ours = {
        (number, column): value
        for number, line in only_lines(file)
        for column, value in enumerate(line, 1)
        if value is not None
    }
    assert ours == theirs


def _of_openpyxl(cell: Any) -> Any:
    if cell.data_type == "f":
        return Formula(cell.value)
    if cell.data_type == "e":
        return ErrorValue(cell.value)
    return cell.value.date() if isinstance(cell.value, datetime) else cell.value


# as others write it


def test_strings_of_the_table_and_strings_in_the_cell_are_text(file: Path) -> None:
    xml = (
        '<c r="A1" t="s"><v>1</v></c><c r="B1" t="str"><v>=x</v></c>'
        '<c r="C1" t="inlineStr"><is><r><rPr><b/></rPr><t>王</t></r> '
        '<r><t xml:space="preserve"> 明</t></r></is></c>'
    )
    assert first_row(sheet(file, cells(xml), ["a", " 小红 "])) == [" 小红 ", "=x", "王 明"]


def test_how_a_text_is_pronounced_is_left_out(file: Path) -> None:
    xml = (
        '<c r="A1" t="s"><v>0</v></c>'
        '<c r="B1" t="inlineStr"><is><t>王</t><rPh sb="0" eb="1"><t>wang</t></rPh></is></c>'
    )
    plain = sheet(file.with_name("plain.xlsx"), cells(xml), ["X"])
    spoken = b"<si><r><t>\xe5\xbc\xa0</t></r><rPh><t>zhang</t></rPh><r><t>\xe4\xb8\x89</t></r></si>"
    path = rewrite(
        plain,
        file,
        lambda name, content: (
            content.replace(b'<si><t xml:space="preserve">X</t></si>', spoken)
            if "shared" in name
            else content
        ),
    )
    assert first_row(path) == ["张三", "王"]


def test_what_xml_cannot_hold_is_written_by_its_number(file: Path) -> None:
    xml = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>_x005F_x0041_</v></c>'
    assert first_row(sheet(file, cells(xml), ["a_x000D_\nb_x0000__xD800_"])) == ["a\r\nb\0\ud800", "_x0041_"]


def test_cells_without_addresses_follow_each_other(file: Path) -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"
    assert only_lines(sheet(file, rows)) == [(1, [1, None, 3]), (2, [4])]


def test_numbers_are_whole_or_not_as_they_are_written(file: Path) -> None:
    xml = "".join(f"<c><v>{text}</v></c>" for text in ("007", "4.0", "1E5", "530921199001011000", "-0.1"))
    row = first_row(sheet(file, cells(xml)))
    assert row == [7, 4.0, 100_000.0, 530921199001011000, -0.1]
    assert [type(value) for value in row] == [int, float, float, int, float]


def test_shared_formulas_tables_of_what_if_and_stored_values_are_formulas(file: Path) -> None:
    xml = (
        '<c><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c><c><f t="shared" si="0"/><v>4</v></c>'
        '<c t="str"><f>A1&amp;"x"</f><v>2x</v></c><c><f t="dataTable" ref="C1"/><v>1</v></c>'
    )
    assert first_row(sheet(file, cells(xml))) == [
        *(Formula("=B1*2"), Formula("=B1*2"), Formula('=A1&"x"'), Formula("="))
    ]


def test_days_of_the_strict_standard_are_days(file: Path) -> None:
    texts = ("2026-09-01", "2026-09-01T00:00:00", "2026-09-01T08:30:00", "soon")
    xml = "".join(f'<c t="d"><v>{text}</v></c>' for text in texts)
    day = date(2026, 9, 1)
    assert first_row(sheet(file, cells(xml))) == [day, day, HALF_PAST_EIGHT, "soon"]


def test_flags_and_errors(file: Path) -> None:
    xml = '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#SPILL!</v></c>'
    assert first_row(sheet(file, cells(xml))) == [True, False, ErrorValue("#SPILL!")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_prefixes_strict_namespaces_and_utf_16_make_no_difference(
    file: Path, space: str, encoding: str
) -> None:
    xml = (
        f'<x:worksheet xmlns:x="{space}"><x:sheetData>'
        '<x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>王</x:t></x:is></x:c></x:row></x:sheetData>'
        '<x:extLst xmlns:y="http://example.org"><y:row r="1"><y:c><y:v>9</y:v></y:c></y:row></x:extLst>'
        "</x:worksheet>"
    ).encode(encoding)
    plain = sheet(file.with_name("plain.xlsx"), "")
    rewrite(plain, file, lambda name, content: xml if "sheet1" in name else content)
    assert only_lines(file) == [(2, [None, "王"])]


def test_parts_by_other_names_are_found(file: Path) -> None:
    plain = write_cells(file.with_name("plain.xlsx"), {"a": [["x"]]})
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"/xl/worksheets/sheet1.xml", b"/xl/Worksheets/SHEET1.xml")
            new.writestr(name, content)
    assert first_row(file) == ["x"]


def test_a_file_that_lies_about_its_size_is_read_whole(file: Path) -> None:
    assert len(only_lines(sheet(file, "<row><c><v>1</v></c></row>" * 3))) == 3


def test_a_far_cell_costs_nothing_but_its_row(file: Path) -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    lines = only_lines(sheet(file, xml))
    assert [(number, len(row), row[-1]) for number, row in lines] == [(1, 1, 1), (1_048_576, 16_384, 2)]


def test_borders_far_to_the_right_make_no_cells(file: Path) -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="9"><c r="A9"/></row>'
    assert only_lines(sheet(file, xml)) == [(1, [1])]


def test_all_columns_of_excel_are_known(file: Path) -> None:
    xml = "".join(f'<c r="{get_column_letter(n)}1"><v>{n}</v></c>' for n in range(1, 16_385))
    assert first_row(sheet(file, cells(xml))) == list(range(1, 16_385))


def test_rows_are_given_as_often_as_they_are_asked_for(file: Path) -> None:
    write_cells(file, {"a": [["x"], ["y"]]})
    with open_tables(file) as tables:
        first, second = tables.lines("a"), tables.lines("a")
        assert next(first) == next(second) == (1, ["x"])
        assert list(second) == list(first) == [(2, ["y"])]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>',
        '<row r="3"/><row r="2"/>',
        '<row r="0"/>',
        '<row r="-1"/>',
        '<row r="x"/>',
        cells('<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>'),
        cells('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'),
        cells('<c r="1"><v>1</v></c>'),
        cells('<c r="AAAA1"><v>1</v></c>'),
        cells('<c r="Ａ1"><v>1</v></c>'),
        cells("<c><v>x</v></c>"),
        cells("<c><v>nan</v></c>"),
        cells("<c><v>1e999</v></c>"),
        cells(f"<c><v>{'9' * 5000}</v></c>"),
        cells('<c t="s"><v>1</v></c>'),
        cells('<c t="s"><v>-1</v></c>'),
        cells('<c t="s"><v>x</v></c>'),
        cells('<c t="z"><v>1</v></c>'),
        cells("<c><v>&amp</v></c>"),
        cells("<c><v>\x01</v></c>"),
        cells("<c><v>&#0;</v></c>"),
        cells("<c><v>&unknown;</v></c>"),
    ],
)
def test_cells_that_no_spreadsheet_writes_are_refused(file: Path, rows: str) -> None:
    refusal(sheet(file, rows, ["only"]))
