"""xlsx files made to harm whoever opens them: each is refused in time, and nothing of it is left."""

from __future__ import annotations

import gc
import struct
import tempfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.exchange.books import write_cells
from tests.exchange.raw import HEAD, lines_of, only_lines, refusal, sheet, with_parts
from xuequ.core.errors import UnreadableWorkbook, WorkbookTooLarge, WorkbookUnsafe, XuequError
from xuequ.exchange.tables import limits, open_tables

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SECONDS = 4.0
"""Of processor time, in which the slowest of these is made and refused; nearly all take a hundredth of it."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hostile.xlsx"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return sheet(tmp_path / "plain.xlsx", HEAD, ["x"])


@pytest.fixture(autouse=True)
def nothing_left(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In time, without a temporary file or a file left open."""
    temporary = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    opened, began = _open_files(), time.process_time()
    yield
    assert time.process_time() - began < SECONDS
    gc.collect()
    assert list(temporary.iterdir()) == []
    assert _open_files() == opened


def _open_files() -> int:
    descriptors = Path("/proc/self/fd")
    return len(list(descriptors.iterdir())) if descriptors.exists() else 0


# bombs


def test_a_bomb_is_refused_by_what_comes_out_of_it(plain: Path, file: Path) -> None:
    blank = b"<worksheet " + MAIN.encode() + b"><sheetData>" + b" " * (40 * limits.MIB)
    with_parts(plain, file, {SHEET: blank})
    assert file.stat().st_size < 100_000
    assert "压缩炸弹" in refusal(file, WorkbookUnsafe)


def test_a_bomb_that_lies_about_its_size_is_refused(plain: Path, file: Path) -> None:
    with_parts(plain, file, {SHEET: b" " * (40 * limits.MIB)})
    size = struct.pack("<I", 40 * limits.MIB)
    content = file.read_bytes()
    assert content.count(size) == 2
    file.write_bytes(content.replace(size, struct.pack("<I", 100)))
    refusal(file)
    packed = len(zlib.compress(b" " * (40 * limits.MIB)))
    assert packed < limits.MIB
    file.write_bytes(content.replace(size, struct.pack("<I", 0xFFFFFFF0)))
    refusal(file, WorkbookTooLarge)


def test_bombs_that_share_their_bytes_are_refused_by_their_sum(plain: Path, file: Path) -> None:
    many: dict[str, bytes | None] = {f"xl/media/{n}.bin": b"x" for n in range(40)}
    with_parts(plain, file, many)
    content, one = bytearray(file.read_bytes()), b"PK\x01\x02"
    at = content.find(one)
    while at >= 0:  # sizes in the list of members only: all of them claim the same bytes
        content[at + 24 : at + 28] = struct.pack("<I", 100 * limits.MIB)
        at = content.find(one, at + 1)
    file.write_bytes(content)
    refusal(file, WorkbookTooLarge)


def test_a_zip_of_countless_members_is_refused(plain: Path, file: Path) -> None:
    with_parts(plain, file, {f"x/{n}": b"" for n in range(limits.MEMBERS)})
    refusal(file, WorkbookTooLarge)


def test_a_zip_within_a_zip_is_never_opened(plain: Path, file: Path) -> None:
    with_parts(plain, file, {"xl/media/image1.zip": plain.read_bytes() * 100})
    assert len(only_lines(file)) == 1


def test_a_table_of_strings_without_end_is_refused(
    plain: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STRINGS", 1000)
    strings = f"<sst {MAIN}>" + "<si><t/></si>" * 1001 + "</sst>"
    with_parts(plain, file, {"xl/sharedStrings.xml": strings.encode()})
    refusal(file, WorkbookTooLarge)
    monkeypatch.setattr(limits, "STRINGS_PART", 1000)
    refusal(file, WorkbookTooLarge)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "{}"><!ENTITY b "{}">]>'.format("a" * 99, "&a;" * 99)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("doctype", [ENTITIES, EXTERNAL, '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
@pytest.mark.parametrize(
    "part",
    [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_wherever_it_stands(
    plain: Path, file: Path, part: str, doctype: str, encoding: str
) -> None:
    with zipfile.ZipFile(plain) as archive:
        content = archive.read(part).decode()
    with_parts(plain, file, {part: (doctype + content).encode(encoding)})
    assert "DTD" in refusal(file, WorkbookUnsafe)


def test_elements_without_end_inside_one_another_are_refused(plain: Path, file: Path) -> None:
    deep = f"<worksheet {MAIN}><sheetData>" + "<a>" * 1_000_000
    with_parts(plain, file, {SHEET: deep.encode()})
    assert "层层相套" in refusal(file, WorkbookUnsafe)


def test_a_tag_without_end_is_refused_before_it_is_read_again_and_again(plain: Path, file: Path) -> None:
    tag = f"<worksheet {MAIN}><sheetData><row r='{'1' * (30 * limits.MIB)}'/>"
    with_parts(plain, file, {SHEET: tag.encode()})
    assert "没有尽头" in refusal(file, WorkbookUnsafe)


# more than Excel holds


def filled(rows: str) -> bytes:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ('<row r="1048577"><c><v>1</v></c></row>', WorkbookUnsafe),
        ('<row r="99999999999999"><c><v>1</v></c></row>', WorkbookUnsafe),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', WorkbookUnsafe),
        ('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', WorkbookUnsafe),
        ("<row>" + "<c/>" * 16_385 + "</row>", WorkbookUnsafe),
        (f'<row><c t="str"><v>{"长" * 32_768}</v></c></row>', WorkbookTooLarge),
        (f'<row><c t="str"><v>{"长" * 999_999}</v></c></row>', WorkbookTooLarge),
        (f'<row><c t="inlineStr"><is>{"<t>长</t>" * 300_000}</is></c></row>', WorkbookTooLarge),
        ("<row/>" * (limits.BLANK_ROWS + 2), WorkbookTooLarge),
        ('<row><c s="1"/></row>' * (limits.BLANK_ROWS + 2), WorkbookTooLarge),
    ],
    ids=["row", "rows", "column", "columns", "cells", "text", "long text", "pieces", "blanks", "borders"],
)
def test_what_lies_beyond_excel_is_refused(
    plain: Path, file: Path, rows: str, kind: type[XuequError]
) -> None:
    with_parts(plain, file, {SHEET: filled(rows)})
    refusal(file, kind)


def test_a_string_longer_than_a_cell_is_refused(plain: Path, file: Path) -> None:
    for length in (limits.CELL + 1, 999_999):
        strings = f"<sst {MAIN}><si><t>{'x' * length}</t></si></sst>"
        row = '<row><c t="s"><v>0</v></c></row>'
        with_parts(plain, file, {"xl/sharedStrings.xml": strings.encode(), SHEET: filled(row)})
        refusal(file, WorkbookTooLarge)


def test_rows_of_gaps_are_counted_as_cells(plain: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CELLS", 100_000)
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 9))
    with_parts(plain, file, {SHEET: filled(rows)})
    refusal(file, WorkbookTooLarge)


def test_text_outside_cells_is_let_go(plain: Path, file: Path) -> None:
    noise = " " * limits.MIB
    with_parts(
        plain, file, {SHEET: filled(f"{noise}<row><c><v>1</v></c>{noise}<c><v>2</v></c></row>{noise}")}
    )
    assert only_lines(file) == [(1, [1, 2])]


def test_memory_is_bounded_by_a_row_and_not_by_the_file(plain: Path, file: Path) -> None:
    rows = "".join(f'<row><c t="str"><v>{n}王小明</v></c></row>' for n in range(15_000))
    with_parts(plain, file, {SHEET: filled(rows)})
    with open_tables(file) as tables:
        lines = tables.lines("名册")
        next(lines)
        tracemalloc.start()
        assert sum(1 for _ in lines) == 14_999
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < limits.MIB


# what acts or reaches out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("xl/vbaProject.bin", "宏"),
        ("xl/VBAPROJECT.BIN", "宏"),
        ("xl/macrosheets/sheet1.xml", "宏"),
        ("xl/externalLinks/externalLink1.xml", "外部链接"),
        ("xl/connections.xml", "外部数据连接"),
        ("xl/queryTables/queryTable1.xml", "外部数据连接"),
        ("xl/embeddings/oleObject1.bin", "OLE"),
        ("xl/activeX/activeX1.bin", "控件"),
        ("xl/ctrlProps/ctrlProp1.xml", "控件"),
    ],
)
def test_what_acts_when_it_is_opened_is_refused_by_name(
    plain: Path, file: Path, name: str, said: str
) -> None:
    with_parts(plain, file, {name: b"x"})
    assert said in refusal(file, WorkbookUnsafe)


def test_a_workbook_that_may_hold_macros_is_refused(plain: Path, file: Path) -> None:
    retype(plain, file, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert "宏" in refusal(file, WorkbookUnsafe)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "Word"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", "演示文稿"),
        ("application/zip", "压缩包"),
    ],
)
def test_zips_of_other_kinds_are_refused_with_what_they_are(
    plain: Path, file: Path, kind: str, said: str
) -> None:
    retype(plain, file, kind)
    assert said in refusal(file)


def retype(plain: Path, file: Path, kind: str) -> None:
    types = "[Content_Types].xml"
    with zipfile.ZipFile(plain) as archive:
        content = archive.read(types).decode()
    usual = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with_parts(plain, file, {types: content.replace(usual, kind).encode()})


def test_a_template_of_excel_is_a_workbook_too(plain: Path, file: Path) -> None:
    retype(plain, file, "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml")
    assert len(only_lines(file)) == 1


def test_an_opendocument_file_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "OpenDocument" in refusal(file)


def test_a_link_in_a_cell_is_not_followed_and_does_no_harm(file: Path) -> None:
    write_cells(file, {"a": [['=HYPERLINK("http://example.org")', "=cmd|'/c calc'!A0"]]})
    ((_, row),) = only_lines(file)
    assert [str(value) for value in row] == ['=HYPERLINK("http://example.org")', "=cmd|'/c calc'!A0"]


# names


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:/evil.xml", "c:evil.xml", "xl\\evil.xml"),
        *("..\\evil.xml", "xl/evil\n.xml", "xl/evil\x7f.xml"),
    ],
    ids=ascii,
)
def test_a_member_whose_name_leads_elsewhere_is_refused(plain: Path, file: Path, name: str) -> None:
    with_parts(plain, file, {name: b"x"})
    refusal(file, WorkbookUnsafe)


def test_a_name_that_goes_on_behind_nul_is_refused(plain: Path, file: Path) -> None:
    with_parts(plain, file, {"xl/evil_.xml": b"x"})
    file.write_bytes(file.read_bytes().replace(b"evil_.xml", b"evil\0.xml"))
    refusal(file, WorkbookUnsafe)


@pytest.mark.parametrize("name", [SHEET, SHEET.upper()])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_stands_twice_is_refused(plain: Path, file: Path, name: str) -> None:
    file.write_bytes(plain.read_bytes())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, filled("<row><c><v>other</v></c></row>"))
    assert "重名" in refusal(file, WorkbookUnsafe)


def test_a_relation_that_leads_out_of_the_archive_finds_nothing(plain: Path, file: Path) -> None:
    rels = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(plain) as archive:
        content = archive.read(rels)
    elsewhere = content.replace(b"worksheets/sheet1.xml", b"../../../../etc/passwd")
    with_parts(plain, file, {rels: elsewhere})
    assert "etc/passwd" in refusal(file)


# damage


def tampered(change: Callable[[bytearray], None]) -> Callable[[Path, Path], None]:
    def write(plain: Path, file: Path) -> None:
        content = bytearray(plain.read_bytes())
        change(content)
        file.write_bytes(content)

    return write


def _encrypt(content: bytearray) -> None:
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(sign)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(sign, at + 1)


def _odd_method(content: bytearray) -> None:
    at = content.find(b"PK\x01\x02")
    content[at + 10 : at + 12] = struct.pack("<H", zipfile.ZIP_LZMA)


def _wrong_sum(content: bytearray) -> None:
    at = content.rfind(b"<sst")
    content[at + 5] ^= 1


@pytest.mark.parametrize(
    ("change", "said"), [(_encrypt, "已加密"), (_odd_method, "压缩方法"), (_wrong_sum, "")]
)
def test_members_that_cannot_be_trusted_are_refused(
    plain: Path, file: Path, change: Callable[[bytearray], None], said: str
) -> None:
    tampered(change)(plain, file)
    try:
        with open_tables(file) as tables:
            list(tables.lines("名册"))
    except UnreadableWorkbook as error:
        assert said in error.reason
    else:
        pytest.fail("was read")


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_workbook_that_lacks_a_part_is_refused(plain: Path, file: Path, part: str) -> None:
    with_parts(plain, file, {part: None})
    refusal(file)


@pytest.mark.parametrize(
    "sheets",
    [
        "",
        '<sheet name="a" sheetId="1" r:id="nowhere"/>',
        '<sheet sheetId="1" r:id="worksheet"/>',
        '<sheet name="a"/>',
        '<sheet name="a" r:id="worksheet"/><sheet name="a" r:id="worksheet"/>',
    ],
)
def test_a_list_of_sheets_that_makes_no_sense_is_refused(plain: Path, file: Path, sheets: str) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook {MAIN} xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>'
    with_parts(plain, file, {"xl/workbook.xml": book.encode()})
    refusal(file)


def test_too_many_sheets_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEETS", 2)
    refusal(write_cells(file, {"a": [], "b": [], "c": []}), WorkbookTooLarge)


def test_an_error_of_the_reader_while_rows_are_read_is_not_taken_for_damage(plain: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_tables(plain) as tables:
        for _ in tables.lines("名册"):
            raise ZeroDivisionError


def test_rows_end_with_the_file(plain: Path) -> None:
    with open_tables(plain) as tables:
        lines = tables.lines("名册")
    with pytest.raises(UnreadableWorkbook):
        list(lines)


def test_lines_of_reads_a_plain_file(plain: Path) -> None:
    assert lines_of(plain) == {"名册": [(1, ["代码"])]}
