"""Raw tables of xls, and what stands in the same kind of file and is none."""

from __future__ import annotations

import struct
import sys
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.raw import lines_of, only_lines, refusal, write_xls
from xuequ.core import extras
from xuequ.core.errors import ExtraMissing, WorkbookTooLarge, WorkbookUnsafe
from xuequ.exchange.tables import ErrorValue, Formula, limits, open_tables, xls

xlwt: Any = import_module("xlwt")
SECTOR = 512


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.xls"


def compound(file: Path, *names: str, stream: bytes = b"") -> Path:
    """Write a compound file of one sector of FAT and one of directory, with entries of these names."""
    header = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096),
        *(0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for name in ("Root Entry", *names):
        coded = name.encode("utf-16-le")
        entries += struct.pack("<64sH", coded, len(coded) + 2).ljust(128, b"\0")
    file.write_bytes(header + fat + entries.ljust(SECTOR, b"\0") + stream)
    return file


def test_cells_come_as_they_stand(file: Path) -> None:
    write_xls(
        file, {"名册": [["王小明𠮷", 3, -2.5, True, date(2026, 9, 1)], [], [None, "x", "=1+1"]], "空": []}
    )
    lines = lines_of(file)
    assert lines == {
        "名册": [(1, ["王小明𠮷", 3, -2.5, True, date(2026, 9, 1)]), (3, [None, "x", Formula("=")])],
        "空": [],
    }
    assert [type(value) for value in lines["名册"][0][1]] == [str, int, float, bool, date]


def test_days_times_and_errors(file: Path) -> None:
    book = xlwt.Workbook()
    cells = book.add_sheet("a")
    cells.write(0, 0, 46266.5, xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm"))
    cells.write(0, 1, 0.5, xlwt.easyxf(num_format_str="hh:mm"))
    cells.row(0).set_cell_error(2, 0x2A)
    cells.write(0, 3, "", xlwt.easyxf("pattern: pattern solid"))
    book.save(str(file))
    noon = datetime.combine(date(2026, 9, 1), time(12))
    assert only_lines(file) == [(1, [noon, time(12), ErrorValue("#N/A")])]


def test_days_count_from_1904_where_the_workbook_says_so(file: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("a").write(0, 0, 44804, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    book.save(str(file))
    assert only_lines(file) == [(1, [date(2026, 9, 1)])]


def test_formulas_are_found_on_each_sheet(file: Path) -> None:
    write_xls(file, {"a": [["=1+1", 1]], "b": [[1], [2, "=A1"]]})
    assert lines_of(file) == {
        "a": [(1, [Formula("="), 1])],
        "b": [(1, [1]), (2, [2, Formula("=")])],
    }


def test_rows_are_given_as_often_as_they_are_asked_for(file: Path) -> None:
    write_xls(file, {"a": [["x"], ["y"]]})
    with open_tables(file) as tables:
        assert list(tables.lines("a")) == list(tables.lines("a")) == [(1, ["x"]), (2, ["y"])]


def test_a_suffix_says_nothing(tmp_path: Path) -> None:
    assert only_lines(write_xls(tmp_path / "a.xlsx", {"a": [["x"]]})) == [(1, ["x"])]


# what is none


@pytest.mark.parametrize(
    ("name", "said"),
    [("EncryptedPackage", "已加密"), ("WordDocument", "Word"), ("PowerPoint Document", "演示文稿")],
)
def test_other_compound_files_are_refused_with_what_they_are(file: Path, name: str, said: str) -> None:
    assert said in refusal(compound(file, "EncryptionInfo", name))


@pytest.mark.parametrize(("name", "said"), [("_VBA_PROJECT_CUR", "宏"), ("MBD00A1B2C3", "OLE")])
def test_macros_and_embedded_objects_are_refused(file: Path, name: str, said: str) -> None:
    assert said in refusal(compound(file, "Workbook", name), WorkbookUnsafe)


def test_a_cell_that_says_so_is_no_directory(file: Path) -> None:
    words = ["EncryptedPackage", "WordDocument", "_VBA_PROJECT_CUR", "MBD00000000"]
    assert only_lines(write_xls(file, {"a": [words]})) == [(1, words)]


def changed(file: Path, old: bytes, new: bytes) -> Path:
    content = file.read_bytes()
    assert content.count(old) == 1 and len(old) == len(new)
    file.write_bytes(content.replace(old, new))
    return file


def test_a_workbook_with_a_password_is_refused(file: Path) -> None:
    write_xls(file, {"a": [["x"]]})
    # the record of the workbook's protection gives its place to that of encryption
    changed(file, struct.pack("<HHH", 0x12, 2, 0) + b"\x63", struct.pack("<HHH", 0x2F, 2, 0) + b"\x63")
    assert "已加密" in refusal(file)


def test_a_sheet_of_macros_is_refused(file: Path) -> None:
    write_xls(file, {"名": [["x"]]})
    name = struct.pack("<BB", 1, 1) + "名".encode("utf-16-le")
    changed(file, b"\x00\x00" + name, b"\x00\x01" + name)
    assert "宏表" in refusal(file, WorkbookUnsafe)


def test_links_to_other_files_are_refused(file: Path) -> None:
    write_xls(file, {"b": [[1]], "a": [["=b!A1"]]})
    link = struct.pack("<HHHH", 0x1AE, 4, 0, 0)
    changed(file, struct.pack("<HHHH", 0x1AE, 4, 2, 0x401), link)
    assert "外部链接" in refusal(file, WorkbookUnsafe)


def test_too_large_a_file_is_refused_before_it_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_xls(file, {"a": [["x"]], "b": []})
    monkeypatch.setattr(limits, "XLS", 1000)
    refusal(file, WorkbookTooLarge)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "SHEETS", 1)
    refusal(file, WorkbookTooLarge)


def test_a_workbook_cut_off_is_refused_or_read_whole(file: Path) -> None:
    write_xls(file, {"a": [[f"王{n}", n] for n in range(500)]})
    content = file.read_bytes()
    for part in range(1, 10):
        file.write_bytes(content[: len(content) * part // 10])
        refusal(file)


def test_xlrd_keeps_its_remarks_to_itself(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_xls(file, {"a": [["x"]]})
    file.write_bytes(file.read_bytes() + b"odd")
    lines_of(file)
    compound(file, "Workbook")
    refusal(file)
    assert capsys.readouterr() == ("", "")


def test_what_runs_out_of_memory_or_depth_is_refused_and_an_interrupt_passes(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_xls(file, {"a": [["x"]]})
    for error in (MemoryError, RecursionError):
        monkeypatch.setattr(xls, "_open", _raising(error))
        assert error.__name__ in refusal(file)
    monkeypatch.setattr(xls, "_open", _raising(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        lines_of(file)


def _raising(error: type[BaseException]) -> Any:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_without_xlrd_the_extra_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_xls(file, {"a": [["x"]]})
    assert extras.EXTRAS["xlrd"] == "excel"
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'xuequ\[excel\]'"):
        lines_of(file)
