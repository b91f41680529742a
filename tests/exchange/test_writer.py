"""Writing a workbook: what people fill in, and rows that read back as the same commands."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from pydantic import SecretStr, ValidationError

from tests.exchange.books import COLUMNS, ROSTER, Entry, entries
from tests.exchange.raw import lines_of
from tests.exchange.rows_of_parts import rows_of_parts
from xuequ.core.access import Post
from xuequ.core.codes import CodeEnum, code_list
from xuequ.core.fields import Command
from xuequ.core.text import bare, inert
from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.exchange import read_workbook, write_csv, write_workbook
from xuequ.exchange.cells import cell_text, read_cell
from xuequ.exchange.examples import example_row
from xuequ.exchange.streaming import new_cell, put_text, streamed_book, xml_text
from xuequ.exchange.writer import ROOM
from xuequ.registry.schemas.attendance_books import ClassDay, PupilDay, SchoolDay, StaffDay
from xuequ.registry.schemas.books.calendar import DaysApartRow, MakeUpRow, NoticeRow, SchoolClosureRow
from xuequ.registry.schemas.books.circumstances import GuardianLine, ResidenceLine, TraitLine
from xuequ.registry.schemas.books.classes import ClassLine, GroupLine
from xuequ.registry.schemas.books.figures import FigureRow
from xuequ.registry.schemas.books.moves import PupilMoveRow
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.schemas.books.places import (
    OpenSchoolRow,
    ServedRow,
    TownshipRow,
    VillageCountRow,
    VillageRow,
)
from xuequ.registry.schemas.books.posts import AppointmentRow, DelegationRow
from xuequ.registry.schemas.books.premises import BuildingChangeRow, BuildingRow, DangerRow, LandRow, RoomRow
from xuequ.registry.schemas.books.staff import CertificateRow, EmploymentRow, PlacementRow, StandingRow
from xuequ.registry.schemas.books.teaching import HeadTeacherRow, TeachingRow
from xuequ.registry.schemas.calendar import TermDates
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow, SchoolRow, StaffRow, StatementRow
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance
from xuequ.registry.states.calendar import (
    ApartKind,
    ClosureReason,
    DayHalf,
    EntryState,
    HolidayWeeks,
    NoticeDay,
    Parity,
    TimetableDay,
)
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.states.figures import Measure, Quantity, Wording
from xuequ.registry.states.people import NumberedRole, Sex
from xuequ.registry.states.places import SchoolKind, VillageMeasure
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.states.premises import DangerLevel, LandUse, PremisesState, RoomUse, Structure
from xuequ.registry.states.pupils import MoveKind, Reason
from xuequ.registry.states.staff import Entry as StaffEntry
from xuequ.registry.states.staff import Exit, PlacementKind, StandingKind, Title
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.registry.templates import (
    CALENDAR,
    CIRCUMSTANCES,
    CLASSES,
    FIGURES,
    PEOPLE,
    POSTS,
    PREMISES,
    PUPIL_ATTENDANCE,
    PUPIL_MOVES,
    SCHOOLS,
    SET_UP,
    STAFF,
    STAFF_ATTENDANCE,
    TEACHING,
    VILLAGES,
)
from xuequ.registry.templates import TEMPLATES as OF_REGISTRY
from xuequ.standards.codes.people import DocumentKind, Relation
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind
from xuequ.testing.strategies import days, names
from xuequ.unified.budget.templates import TEMPLATES as OF_BUDGET
from xuequ.unified.leadership.schemas.books.duties import DrillRow, DutyRow
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.safety import DrillKind
from xuequ.unified.leadership.templates import DRILLS, DUTY
from xuequ.unified.leadership.templates import TEMPLATES as OF_LEADERSHIP
from xuequ.unified.party.templates import TEMPLATES as OF_PARTY

Filled = tuple[Template, Mapping[str, Sequence[Command]]]
TEMPLATES = (*OF_REGISTRY, *OF_BUDGET, *OF_LEADERSHIP, *OF_PARTY)
every_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
EXCEL_LIST = 255
"""Characters that Excel lets a list in a cell's validation have."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def open_book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def entry(**more: Any) -> Entry:
    values: dict[str, Any] = {"code": "a", "name": "王小明", "sex": Sex.MALE, "count": 3}
    return Entry(**values | more)


# an empty one


@every_template
def test_an_empty_template_has_every_sheet_and_heading_and_required_ones_are_marked(
    file: Path, template: Template
) -> None:
    write_workbook(file, template)
    book = open_book(file)
    assert book.sheetnames == ["填写说明", *(sheet.title for sheet in template.sheets)]
    for sheet in template.sheets:
        headings = [cell.value for cell in book[sheet.title][1]]
        assert headings == [("＊" if c.required else "") + c.heading for c in sheet.columns]
        assert all(cell.font.b for cell in book[sheet.title][1])
        assert book[sheet.title].freeze_panes == "A2"


@every_template
def test_an_empty_template_holds_nothing_but_its_headings_and_an_example(
    file: Path, template: Template
) -> None:
    write_workbook(file, template)
    lines = lines_of(file)
    for sheet in template.sheets:
        (_, _), (number, example) = lines[sheet.title]
        assert number == 2
        assert tuple(map(cell_text, example)) == example_row(sheet)


@every_template
def test_the_example_is_in_grey_italics_and_of_the_kind_of_its_column(file: Path, template: Template) -> None:
    write_workbook(file, template)
    book = open_book(file)
    for sheet in template.sheets:
        for cell, column in zip(book[sheet.title][2], sheet.columns, strict=True):
            assert cell.font.i and cell.font.color.rgb == "00808080"
            assert cell.is_date is (column.kind is Kind.DAY)


@every_template
def test_the_first_sheet_says_of_every_column_what_it_wants(file: Path, template: Template) -> None:
    write_workbook(file, template)
    lines = [list(map(cell_text, cells)) for _, cells in lines_of(file)["填写说明"]]
    assert lines[0] == [template.title]
    for sheet in template.sheets:
        at = lines.index([f"表“{sheet.title}”"])
        for line, column, example in zip(lines[at + 2 :], sheet.columns, example_row(sheet), strict=False):
            told = [*line, *[""] * (6 - len(line))]
            assert told[:2] == [column.heading, "是" if column.required else ""]
            assert column.note in told[3] and told[4] == example
            assert (column.codes is None) or next(iter(column.codes)).label in told[5]


@every_template
def test_every_heading_has_a_note(file: Path, template: Template) -> None:
    write_workbook(file, template)
    book = open_book(file)
    for sheet in template.sheets:
        for cell, column in zip(book[sheet.title][1], sheet.columns, strict=True):
            assert cell.comment.text == (column.note or ("必填" if column.required else "选填"))


@every_template
def test_a_code_column_is_a_drop_down_of_its_labels(file: Path, template: Template) -> None:
    write_workbook(file, template)
    book = open_book(file)
    for sheet in template.sheets:
        every = book[sheet.title].data_validations.dataValidation
        rules = {str(rule.sqref): rule for rule in every if rule.type == "list"}
        wanted = {
            f"{get_column_letter(index)}2:{get_column_letter(index)}{ROOM}": column
            for index, column in enumerate(sheet.columns, 1)
            if column.codes is not None
        }
        assert set(rules) == set(wanted)
        for place, column in wanted.items():
            assert column.codes is not None
            listed = rules[place].formula1.strip('"')
            assert listed.split(",") == [member.label for member in column.codes]
            assert len(listed) <= EXCEL_LIST
            assert bool(rules[place].allow_blank) is not column.required


@every_template
def test_text_columns_are_text_so_that_numbers_keep_their_zeros(file: Path, template: Template) -> None:
    write_workbook(file, template)
    book = open_book(file)
    for sheet in template.sheets:
        for index, column in enumerate(sheet.columns, 1):
            letter = get_column_letter(index)
            form = book[sheet.title].column_dimensions[letter].number_format
            assert (form == "@") is (column.kind is Kind.TEXT and column.codes is None)


# with rows


def test_cells_are_of_the_kind_of_their_column(file: Path) -> None:
    row = entry(count=7, area=Decimal("12.50"), born=date(2020, 3, 1), number="007")
    write_workbook(file, ROSTER, {"entries": [row, entry(code="b")]})
    sheet = open_book(file)["名册"]
    assert [cell.value for cell in sheet[2]][:5] == ["a", "王小明", "男", 7, 12.5]
    assert sheet["F2"].value.date() == date(2020, 3, 1)
    assert sheet["F2"].number_format == "yyyy-mm-dd"
    assert (sheet["G2"].value, sheet["G2"].data_type, sheet["G2"].number_format) == ("007", "s", "@")
    assert [cell.value for cell in sheet[3]][4:] == [None, None, None]


def test_sheets_without_rows_are_written_empty(file: Path) -> None:
    write_workbook(file, SET_UP, {"schools": [SchoolRow(code="a", name="甲", kind=SchoolKind.CENTRAL)]})
    reading = read_workbook(file, SET_UP)
    assert {name: len(rows) for name, rows in reading.rows.items() if rows} == {"schools": 1}


@pytest.mark.parametrize(
    "name",
    ["=1+1", "=cmd|'/c calc'!A0", "+86", "-1", "@SUM(A1)", "=", "#N/A", "#DIV/0!", "'x", "TRUE", "1e5"],
)
def test_text_that_looks_like_a_formula_is_written_and_read_as_text(file: Path, name: str) -> None:
    write_workbook(file, ROSTER, {"entries": [entry(name=name, number=name)]})
    assert entries(read_workbook(file, ROSTER)) == [entry(name=name, number=name)]
    sheet = open_book(file)["名册"]
    assert {(cell.value, cell.data_type) for cell in (sheet["B2"], sheet["G2"])} == {(inert(name), "s")}
    assert not inert(name).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("area", ["0", "0.01", "0.10", "12.5", "99999999999999.99", "99999999999999", "1E+3"])
def test_a_quantity_comes_back_to_the_last_digit(file: Path, area: str) -> None:
    write_workbook(file, ROSTER, {"entries": [entry(area=Decimal(area))]})
    (back,) = entries(read_workbook(file, ROSTER))
    assert back.area == Decimal(area)


def test_more_rows_than_there_is_room_for_get_their_drop_downs_too(file: Path) -> None:
    write_workbook(file, ROSTER, {"entries": (entry(code=f"c{n}") for n in range(ROOM + 1))})
    assert f'sqref="C2:C{ROOM + 2}"' in _parts(file)["xl/worksheets/sheet2.xml"]


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


# lists and days


def codes_of(*labels: str) -> type[CodeEnum]:
    members = {f"C{n}": (str(n), label) for n, label in enumerate(labels)}
    make: Any = CodeEnum
    made: type[CodeEnum] = code_list("自定", standard="xuequ")(make("Made", members))
    return made


LONG = codes_of(*(f"第{n:03}个很长的选项" for n in range(200)))
WITH_COMMAS = codes_of("甲,乙", "丙")


def test_a_list_too_long_for_a_rule_stands_on_a_hidden_sheet(file: Path) -> None:
    columns = (
        *(Column("一", "code", codes=LONG), Column("二", "name", codes=WITH_COMMAS)),
        *(Column("三", "number", codes=LONG), Column("四", "sex", codes=Sex)),
    )
    template = Template("t", "长", (Sheet("entries", "名册", Entry, columns, ("code",)),), "", "", "")
    write_workbook(file, template)
    book = open_book(file)
    assert book.sheetnames == ["填写说明", "名册", "＿列表"]
    assert book["＿列表"].sheet_state == "hidden"
    rules = {str(rule.sqref)[0]: rule.formula1 for rule in book["名册"].data_validations.dataValidation}
    assert rules == {
        "A": "'＿列表'!$A$1:$A$200",
        "B": "'＿列表'!$B$1:$B$2",
        "C": "'＿列表'!$A$1:$A$200",
        "D": f'"{",".join(member.label for member in Sex)}"',
    }
    assert [cell.value for cell in book["＿列表"]["A"]] == [member.label for member in LONG]
    assert [cell.value for cell in book["＿列表"]["B"]][:3] == ["甲,乙", "丙", None]
    assert len(lines_of(file)["填写说明"][-4][1][5] or "") < 800  # type: ignore[arg-type]


def test_a_day_is_checked_with_a_warning_that_lets_text_pass(file: Path) -> None:
    write_workbook(file, ROSTER)
    sheet = open_book(file)["名册"]
    (rule,) = (rule for rule in sheet.data_validations.dataValidation if rule.type == "date")
    assert (str(rule.sqref), rule.errorStyle) == (f"F2:F{ROOM}", "warning")
    assert sheet.column_dimensions["F"].number_format == "yyyy-mm-dd"


# whole or not at all


def failing() -> Iterator[Entry]:
    yield entry()
    yield entry(code="b")
    raise RuntimeError("the source of rows fails")


@pytest.mark.parametrize("before", [None, b"what was there"])
def test_a_file_is_there_whole_or_as_it_was(
    tmp_path: Path, before: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, temporary = tmp_path / "there", tmp_path / "temporary"
    there.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    file = there / "book.xlsx"
    if before is not None:
        file.write_bytes(before)
    for rows in (failing(), [entry(), object()]):
        with pytest.raises((RuntimeError, AttributeError)):
            write_workbook(file, ROSTER, {"entries": rows})  # type: ignore[dict-item]
    with pytest.raises(RuntimeError):
        write_csv(file, ROSTER, {"entries": failing()})
    assert [path.read_bytes() for path in there.iterdir()] == ([] if before is None else [before])
    assert list(temporary.iterdir()) == []
    write_workbook(file, ROSTER, {"entries": [entry()]})
    assert entries(read_workbook(file, ROSTER)) == [entry()]
    assert [path.name for path in there.iterdir()] == ["book.xlsx"]
    assert list(temporary.iterdir()) == []


def test_a_folder_that_is_not_there_gets_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_workbook(tmp_path / "none" / "book.xlsx", ROSTER)


def test_a_file_is_written_with_the_rights_that_every_new_file_has(file: Path) -> None:
    write_workbook(file, ROSTER)
    plain = file.with_name("plain")
    plain.touch()
    assert file.stat().st_mode == plain.stat().st_mode


def test_rows_are_taken_one_at_a_time_and_not_kept(file: Path) -> None:
    alive = 0
    most = 0

    class Counted(Entry):
        def model_post_init(self, _: Any) -> None:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    write_workbook(
        file,
        ROSTER,
        {"entries": (Counted(code="a", name="王", sex=Sex.MALE, count=1) for _ in range(200))},
    )
    assert most <= 2


# csv


def test_csv_is_utf_8_with_its_mark_and_a_file_a_sheet(tmp_path: Path) -> None:
    (file,) = write_csv(tmp_path / "名册.csv", ROSTER, {"entries": [entry(area=Decimal("1E+3"), name="=1")]})
    assert (
        file.read_bytes()
        == ("\ufeff" + ",".join(column.heading for column in COLUMNS) + "\r\na,'=1,男,3,1000,,\r\n").encode()
    )
    files = write_csv(tmp_path / "folder", SET_UP, {})
    assert [path.name for path in files] == [f"{sheet.title}.csv" for sheet in SET_UP.sheets]
    assert set(lines_of(tmp_path / "folder")) == {sheet.title for sheet in SET_UP.sheets}


def plain(value: Any) -> Any:
    """Return a field as a cell says it."""
    return value.get_secret_value() if isinstance(value, SecretStr) else value


@settings(max_examples=40)
@given(book=st.deferred(lambda: books))  # type: ignore[has-type]
def test_rows_written_as_csv_read_back_cell_by_cell(tmp_path: Path, book: Filled) -> None:
    template, rows = book
    alone = len(template.sheets) == 1
    path = tmp_path / (f"{template.sheets[0].title}.csv" if alone else template.name)
    path = tmp_path / template.name / f"{template.sheets[0].title}.csv"
    path.parent.mkdir(exist_ok=True)
    write_csv(path, template, rows)
    lines = lines_of(path)
    for sheet in template.sheets:
        read = [
            {c.field: read_cell(cell, c) for c, cell in zip(sheet.columns, cells, strict=True)}
            for _, cells in lines[sheet.title][1:]
        ]
        wanted = [
            {c.field: plain(getattr(command, c.field)) for c in sheet.columns} for command in rows[sheet.name]
        ]
        assert [{f: v or None for f, v in row.items()} for row in read] == [
            {f: v or None for f, v in row.items()} for row in wanted
        ]


@given(
    st.text(st.characters(), min_size=1, max_size=20),
    st.sampled_from(["", "=", "+", "-", "@", "'", "_x0041_"]),
)
def test_any_text_is_written_and_read_back_unchanged_whatever_it_looks_like(
    tmp_path: Path, text: str, begin: str
) -> None:
    path, text = tmp_path / "text.xlsx", begin + text
    with streamed_book(path) as book:
        cells = book.create_sheet("a")
        cells.append([put_text(new_cell(cells), text), "end"])
    ((_, (written, _)),) = lines_of(path)["a"]
    assert isinstance(written, str)
    assert bare(written) == text
    assert not written.startswith(("=", "+", "-", "@"))


def test_text_longer_than_a_cell_is_cut_with_a_sign(tmp_path: Path) -> None:
    for text in ("长" * 40_000, "\1" * 40_000):
        written = xml_text(text)
        assert written.endswith("…") and len(written) <= 32_767


def test_eighteen_digits_are_written_to_the_last(file: Path) -> None:
    write_workbook(file, ROSTER, {"entries": [entry(number="530921199001011234")]})
    (back,) = entries(read_workbook(file, ROSTER))
    assert back.number == "530921199001011234"


# what no file can hold is refused before it is written, and never changed


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x01", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\t", "\n", "\r", "\ud800", "\udfff"],
    ids=ascii,
)
def test_a_command_refuses_a_sign_that_is_no_character(sign: str) -> None:
    for text in (f"王{sign}明", f"{sign}王", f"王{sign}"):
        with pytest.raises(ValidationError, match="控制字符"):
            entry(name=text)


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"], ids=ascii)
def test_a_sign_that_xml_cannot_hold_is_refused_and_not_written_into_a_broken_file(sign: str) -> None:
    with pytest.raises(ValidationError):
        entry(name=f"王{sign}明")


# whatever is written is read


def texts(most: int) -> st.SearchStrategy[str]:
    """Names, and text that begins as a formula, a number, a code or an error value does."""
    tricky = st.tuples(st.sampled_from("=+-@#'"), names()).map("".join)
    odd = st.sampled_from(["=1+1", "007", "1E5", "TRUE", "#N/A", "2026-09-01", "1,000", "<b>&amp;", '"'])
    signs = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
    return (
        (names() | tricky | odd | st.text(signs, min_size=1, max_size=8))
        .map(str.strip)
        .filter(lambda text: 0 < len(text) <= most)
    )


codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,39}", fullmatch=True)
measured = st.none() | st.decimals(0, Decimal("99999999999999.99"), places=2)
years, numbers = st.integers(1950, 2100), st.integers(1, 99)
in_class: Mapping[str, st.SearchStrategy[Any]] = {
    "school": codes,
    "stage": st.sampled_from(Stage),
    "entry_year": years,
    "number": numbers,
}
person: Mapping[str, st.SearchStrategy[Any]] = {
    "name": texts(100),
    "sex": st.sampled_from(Sex),
    "birth_date": st.none() | days(),
    "since": days(),
}
ROWS: Mapping[str, st.SearchStrategy[Command]] = {
    "place": st.builds(
        PlaceRow, county=codes, county_name=texts(100), district=codes, district_name=texts(100), as_of=days()
    ),
    "schools": st.builds(
        SchoolRow,
        code=codes,
        name=texts(100),
        kind=st.sampled_from(SchoolKind),
        land_area=measured,
        building_area=measured,
        books=measured,
        computers=measured,
        whiteboards=measured,
    ),
    "classes": st.builds(ClassRow, **in_class),
    "staff": st.builds(StaffRow, staff_no=texts(40), title=st.sampled_from(Title), school=codes, **person),
    "pupils": st.builds(PupilRow, pupil_no=texts(40), **in_class, **person),
    "statements": st.builds(
        StatementRow,
        label=texts(100),
        printed=texts(40),
        numerator=st.sampled_from(Quantity),
        denominator=st.none() | st.sampled_from(Quantity),
        wording=st.sampled_from(Wording),
        part_of=st.just("") | texts(200),
        source=st.just("") | texts(200),
    ),
}


heads: Mapping[str, st.SearchStrategy[Any]] = {
    "day": days(),
    "due": st.none() | st.integers(0, 99),
    "am": st.none() | st.integers(0, 99),
    "pm": st.none() | st.integers(0, 99),
    "reason": st.none() | texts(200),
}


def on_a_day(kinds: type[CodeEnum]) -> Mapping[str, st.SearchStrategy[Any]]:
    """Return the fields of somebody on a day."""
    said = st.none() | st.sampled_from(list(kinds))
    return {"name": st.none() | texts(100), "day": days(), "am": said, "pm": said}


def sealed(text: st.SearchStrategy[str]) -> st.SearchStrategy[SecretStr | None]:
    """Return what is hidden wherever it is shown, but for the file that it is written to."""
    return st.none() | text.map(SecretStr)


identity: Mapping[str, st.SearchStrategy[Any]] = {
    "document_kind": st.none() | st.sampled_from(DocumentKind),
    "document_number": sealed(texts(60)),
    "phone": sealed(texts(60)),
}
of_pupil: Mapping[str, st.SearchStrategy[Any]] = {
    "pupil_no": texts(40),
    "name": st.none() | texts(100),
    "since": days(),
}
areas = st.decimals(Decimal("0.01"), Decimal("9999999999.99"), places=2)
measures: Mapping[str, st.SearchStrategy[Any]] = {measure.value: measured for measure in Measure}
in_use: Mapping[str, st.SearchStrategy[Any]] = {
    "state": st.just(PremisesState.IN_USE),
    "used_by": st.none() | codes,
}
standing: Mapping[str, st.SearchStrategy[Any]] = {
    "state": st.sampled_from([PremisesState.IDLE, PremisesState.DEMOLISHED]),
    "used_by": st.none(),
}
flags = st.none() | st.booleans()

PREMISES_ROWS: Mapping[str, st.SearchStrategy[Command]] = {
    "land": st.builds(
        LandRow,
        school=codes,
        name=texts(100),
        area=areas,
        use=st.sampled_from(LandUse),
        certificate=st.none() | texts(100),
        since=days(),
    ),
    "buildings": st.builds(
        BuildingRow,
        school=codes,
        name=texts(100),
        area=areas,
        structure=st.sampled_from(Structure),
        built_year=st.none() | st.integers(1850, 2100),
        land=st.none() | texts(100),
        land_school=st.none() | codes,
        since=days(),
    ),
    "rooms": st.builds(
        RoomRow,
        school=codes,
        building=st.just("") | texts(200),
        land=st.just("") | texts(200),
        number=texts(40),
        since=days(),
        use=st.sampled_from(RoomUse),
        area=areas,
        capacity=st.none() | st.integers(0, 10_000),
        networked=flags,
        until=st.none() | days(),
    ),
    "changes": st.one_of(
        [
            st.builds(
                BuildingChangeRow,
                school=codes,
                building=texts(100),
                since=days(),
                authority=st.just("") | texts(200),
                **state,
            )
            for state in (in_use, standing)
        ]
    ),
    "dangers": st.builds(
        DangerRow,
        school=codes,
        building=texts(100),
        assessed_on=days(),
        level=st.sampled_from(DangerLevel),
        authority=texts(100),
    ),
}
VILLAGES_ROWS: Mapping[str, st.SearchStrategy[Command]] = {
    "townships": st.builds(TownshipRow, code=codes, name=texts(100)),
    "villages": st.builds(
        VillageRow, code=codes, name=texts(100), township=codes, district=st.none() | codes
    ),
    "counts": st.builds(
        VillageCountRow,
        village=codes,
        measure=st.sampled_from(VillageMeasure),
        as_of=days(),
        value=st.integers(0, 10**12 - 1),
        source=texts(100),
    ),
    "served": st.builds(ServedRow, school=codes, village=codes, since=days(), until=st.none() | days()),
}
SCHOOLS_ROWS: Mapping[str, st.SearchStrategy[Command]] = {
    "schools": st.builds(
        OpenSchoolRow,
        code=codes,
        name=texts(100),
        kind=st.sampled_from(SchoolKind),
        opened_on=st.none() | days(),
        identifier=st.none() | texts(40),
        preschool_attached=flags,
        legal_person=flags,
    )
}
FIGURES_ROWS: Mapping[str, st.SearchStrategy[Command]] = {
    "figures": st.one_of(
        [st.builds(FigureRow, school=codes, as_of=days(), **{**measures, one: areas}) for one in measures]
    )
}


def stretches() -> st.SearchStrategy[tuple[date, date]]:
    """Return first and last days."""
    return st.tuples(days(), days()).map(lambda span: (min(span), max(span)))


def stretching(command: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    """Return rows of a command that has a first and a last day."""
    return st.tuples(stretches(), st.fixed_dictionaries(fields)).map(
        lambda drawn: command(first=drawn[0][0], last=drawn[0][1], **drawn[1])
    )


calendar_rows: Mapping[str, st.SearchStrategy[Command]] = {
    "terms": stretching(
        TermDates,
        school_year=years,
        number=st.integers(1, 2),
        holiday_weeks=st.none() | st.sampled_from(HolidayWeeks),
    ),
    "notices": stretching(
        NoticeRow,
        year=years,
        kind=st.sampled_from(NoticeDay),
        name=st.just("") | texts(100),
        number=st.just("") | texts(200),
        authority=st.just("") | texts(100),
        state=st.sampled_from(EntryState),
    ),
    "make_ups": st.builds(
        MakeUpRow,
        day=days(),
        follows=st.sampled_from(TimetableDay),
        parity=st.none() | st.sampled_from(Parity),
    ),
    "apart": stretching(
        DaysApartRow,
        school=st.none() | codes,
        kind=st.sampled_from(ApartKind),
        name=texts(100),
        authority=st.just("") | texts(200),
        state=st.sampled_from(EntryState),
    ),
    "closures": stretching(
        SchoolClosureRow,
        school=st.none() | codes,
        first_half=st.sampled_from(DayHalf),
        last_half=st.sampled_from(DayHalf),
        reason=st.sampled_from(ClosureReason),
        note=st.just("") | texts(200),
        reopened=st.none() | days(),
        reopened_half=st.none() | st.sampled_from(DayHalf),
    ),
}
papers = st.just("") | texts(200)
of_staff: Mapping[str, st.SearchStrategy[Any]] = {"staff_no": texts(40), "name": st.none() | texts(100)}
spanned: Mapping[str, st.SearchStrategy[Any]] = {**of_staff, "since": days(), "until": st.none() | days()}

BOOKS: Mapping[str, Mapping[str, st.SearchStrategy[Command]]] = {
    CALENDAR.name: calendar_rows,
    FIGURES.name: FIGURES_ROWS,
    PREMISES.name: PREMISES_ROWS,
    SCHOOLS.name: SCHOOLS_ROWS,
    SET_UP.name: ROWS,
    CLASSES.name: {
        "classes": st.builds(
            ClassLine, **in_class, formed_on=st.none() | days(), dissolved_on=st.none() | days()
        ),
        "groups": st.builds(
            GroupLine,
            school=codes,
            name=texts(100),
            kind=st.sampled_from(GroupKind),
            classes=texts(200),
            since=days(),
            until=st.none() | days(),
        ),
    },
    CIRCUMSTANCES.name: {
        "traits": st.builds(
            TraitLine,
            **of_pupil,
            kind=st.sampled_from(TraitKind),
            detail=st.none() | st.sampled_from(TraitDetail),
            until=st.none() | days(),
        ),
        "guardians": st.builds(
            GuardianLine,
            **of_pupil,
            **identity,
            guardian=texts(100),
            is_primary=st.none() | st.booleans(),
            relation=st.sampled_from(Relation),
            sex=st.none() | st.sampled_from(Sex),
            birth_date=st.none() | days(),
            until=st.none() | days(),
        ),
        "residences": st.builds(
            ResidenceLine,
            **of_pupil,
            kind=st.sampled_from(ResidenceKind),
            area=texts(12),
            address=sealed(texts(200)),
        ),
    },
    PEOPLE.name: {
        "people": st.builds(
            IdentityRow,
            role=st.sampled_from(NumberedRole),
            number=texts(40),
            name=st.none() | texts(100),
            **identity,
        )
    },
    PUPIL_MOVES.name: {
        "moves": st.builds(
            PupilMoveRow,
            school=codes,
            pupil_no=texts(40),
            name=st.none() | texts(100),
            kind=st.sampled_from(MoveKind),
            on=days(),
            reason=st.none() | st.sampled_from(Reason),
            entry_year=st.none() | years,
            number=st.none() | numbers,
            planned_until=st.none() | days(),
            absent_since=st.none() | days(),
            outside=st.just("") | texts(200),
            guardian_applied=st.none() | st.booleans(),
            remark=st.just("") | texts(200),
        )
    },
    VILLAGES.name: VILLAGES_ROWS,
    PUPIL_ATTENDANCE.name: {
        "rolls": st.builds(ClassDay, **in_class, **heads),
        "people": st.builds(PupilDay, pupil_no=texts(40), **on_a_day(PupilAttendance)),
    },
    POSTS.name: {
        "appointments": st.builds(
            AppointmentRow,
            post=st.sampled_from(Post),
            school=st.none() | codes,
            authority=texts(200),
            acting=st.none(),
            ended=st.none() | st.sampled_from(AppointmentEnd),
            **spanned,
        ),
        "delegations": st.builds(
            DelegationRow,
            post=st.sampled_from(Post),
            school=st.none() | codes,
            holder_no=texts(40),
            reach=st.none() | codes,
            reason=texts(200),
            **spanned,
        ),
    },
    STAFF.name: {
        "employments": st.builds(
            EmploymentRow,
            school=codes,
            sex=st.none() | st.sampled_from(Sex),
            birth_date=st.none() | days(),
            entry=st.sampled_from(StaffEntry),
            exit=st.none() | st.sampled_from(Exit),
            exit_authority=papers,
            authority=papers,
            **spanned,
        ),
        "placements": st.builds(
            PlacementRow, school=codes, kind=st.sampled_from(PlacementKind), authority=papers, **spanned
        ),
        "standings": st.builds(
            StandingRow, kind=st.sampled_from(StandingKind), held=texts(40), authority=papers, **spanned
        ),
        "certificates": st.builds(
            CertificateRow,
            **of_staff,
            number=texts(40),
            kind=st.sampled_from(CertificateKind),
            subject=st.none() | st.sampled_from(Subject),
            issued=days(),
            registered=st.none() | days(),
            authority=papers,
        ),
    },
    STAFF_ATTENDANCE.name: {
        "rolls": st.builds(SchoolDay, school=codes, **heads),
        "people": st.builds(StaffDay, staff_no=texts(40), **on_a_day(StaffAttendance)),
    },
    TEACHING.name: {
        "teachings": st.builds(
            TeachingRow,
            **in_class,
            subject=st.sampled_from(Subject),
            half_periods=st.integers(1, 200),
            ended=st.none() | st.sampled_from(TeachingChange),
            origin=st.none() | st.sampled_from(TeachingOrigin),
            itinerant=st.none(),
            exception=papers,
            **spanned,
        ),
        "head_teachers": st.builds(HeadTeacherRow, **in_class, **spanned),
    },
    DUTY.name: {
        "duty": st.builds(
            DutyRow,
            school=codes,
            day=days(),
            half=st.sampled_from(DayHalf),
            staff_no=texts(40),
            name=papers,
            role=st.sampled_from(DutyRole),
        )
    },
    DRILLS.name: {
        "drills": st.builds(
            DrillRow,
            school=codes,
            kind=st.sampled_from(DrillKind),
            held_on=days(),
            participants=st.integers(1, 100_000),
            minutes=st.integers(1, 1440),
            problems=papers,
        )
    },
    **rows_of_parts(texts),
}


def test_every_sheet_of_every_template_is_in_the_round_trip() -> None:
    sheets = {template.name: {sheet.name for sheet in template.sheets} for template in TEMPLATES}
    assert {name: set(rows) for name, rows in BOOKS.items()} == sheets


def filled(template: Template) -> st.SearchStrategy[Filled]:
    """Return a template with rows of each of its sheets."""
    rows = {name: st.lists(some, max_size=3) for name, some in BOOKS[template.name].items()}
    return st.tuples(st.just(template), st.fixed_dictionaries(rows))


books = st.sampled_from(TEMPLATES).flatmap(filled)


@settings(max_examples=120)
@given(book=books)
def test_rows_that_are_written_read_back_as_the_same_commands(tmp_path: Path, book: Filled) -> None:
    path, (template, rows) = tmp_path / "book.xlsx", book
    write_workbook(path, template, rows)
    reading = read_workbook(path, template)
    assert reading.problems == ()
    assert {name: [row.command for row in read] for name, read in reading.rows.items()} == rows
    for read in reading.rows.values():
        assert [row.place.row for row in read] == list(range(2, len(read) + 2))


@settings(max_examples=60)
@given(book=books)
def test_no_cell_that_is_written_is_a_formula(tmp_path: Path, book: Filled) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(path, *book)
    for name, part in _parts(path).items():
        assert "<f>" not in part and 't="e"' not in part, name
