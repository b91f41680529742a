"""Raw tables of csv: encodings, delimiters, quotes, and what is refused with its line."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.raw import lines_of, only_lines, refusal
from xuequ.core.errors import UnreadableWorkbook, WorkbookTooLarge
from xuequ.exchange.tables import limits, open_tables

ROWS = [
    ["代码", "姓名", "备注"],
    ["a", "王小明", "1,2"],
    ["b", "𠮷田㛃", '说“是”和"否"'],
    ["c", "李\n红", ""],
]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "学生.csv"


def write(file: Path, text: str, encoding: str = "utf-8") -> Path:
    file.write_bytes(MARKS.get(encoding, b"") + text.encode(encoding))
    return file


def quoted(rows: list[list[str]], delimiter: str, end: str) -> str:
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return end.join(lines) + end


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=ascii)
def test_a_text_table_is_read_in_every_encoding_with_every_delimiter(
    file: Path, encoding: str, delimiter: str, end: str
) -> None:
    write(file, quoted(ROWS, delimiter, end), encoding)
    assert lines_of(file) == {"学生": list(enumerate(ROWS, 1))}


@pytest.mark.parametrize("encoding", ["gbk", "gb2312"])
def test_what_older_programs_save_is_gb18030_too(file: Path, encoding: str) -> None:
    assert only_lines(write(file, "姓名,村\n王小明,前锋村\n", encoding))[1] == (2, ["王小明", "前锋村"])


def test_a_cell_with_line_breaks_is_one_row_and_blank_lines_count_as_excel_counts_them(file: Path) -> None:
    write(file, 'a,b\n"1\n2\n3",4\n\n,\n5,6')
    assert only_lines(file) == [(1, ["a", "b"]), (2, ["1\n2\n3", "4"]), (5, ["5", "6"])]


def test_the_delimiter_is_what_parts_the_first_line_outside_quotes(file: Path) -> None:
    assert only_lines(write(file, '\n"a,b,c";d\n1;2\n'))[0] == (2, ["a,b,c", "d"])
    assert only_lines(write(file, "名单\n王,李\n"))[1] == (2, ["王", "李"])


def test_rows_are_given_as_often_as_they_are_asked_for(file: Path) -> None:
    write(file, "a,b\n1,2\n")
    with open_tables(file) as tables:
        first, second = tables.lines("学生"), tables.lines("学生")
        assert next(first) == next(second) == (1, ["a", "b"])
        assert list(first) == list(second) == [(2, ["1", "2"])]


def test_a_suffix_says_nothing(tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.xls", "a", "a.dat"):
        assert lines_of(write(tmp_path / name, "代码\n1\n")) == {"a": [(1, ["代码"]), (2, ["1"])]}


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=9)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5), st.sampled_from(ENCODINGS))
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], encoding: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    head = ["头", "头", "头", "头"]
    write(file, quoted([head, *rows], ",", "\r\n"), encoding)
    kept = [(number, row) for number, row in enumerate([head, *rows], 1) if any(row)]
    assert only_lines(file) == kept


# refused, with the line


def test_bytes_that_are_no_text_are_named_with_their_line(file: Path) -> None:
    file.write_bytes("代码,姓名\n1,王\n".encode() + b"2,\xff\xfe\n")
    assert "第 3 行不是文字" in refusal(file)
    file.write_bytes("代码,姓名\n1,王\n".encode("gb18030") + b"2,\xff\n")
    assert "第 3 行不是文字" in refusal(file)
    file.write_bytes(b"\xef\xbb\xbf" + "代码\n王\n".encode() + b"\xd0\xd0\n")
    assert "第 3 行不是 UTF-8 文字" in refusal(file)


def test_text_that_breaks_off_within_a_character_is_refused(file: Path) -> None:
    file.write_bytes("代码，姓名，性别，学校\n王小明，李小红".encode()[:-1])
    assert "第 2 行不是 UTF-8 文字" in refusal(file)
    file.write_bytes(b"\xff\xfe" + "a\n王".encode("utf-16-le")[:-1])
    assert "第 2 行不是 UTF-16 文字" in refusal(file)


def test_a_damaged_file_in_utf_8_is_not_taken_for_gb18030(file: Path) -> None:
    good = "".join(f"{n},李红\n" for n in range(99)).encode()
    file.write_bytes(b"code,name\n" + good + "99,李红".encode()[:-2] + b"\n")
    file.read_text("gb18030")
    assert "第 101 行不是 UTF-8 文字" in refusal(file)


@given(st.text(st.sampled_from("王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧"), min_size=12))
def test_names_in_gb18030_are_not_taken_for_damaged_utf_8(
    tmp_path_factory: pytest.TempPathFactory, names: str
) -> None:
    file = write(tmp_path_factory.getbasetemp() / "names.csv", names + "姓名", "gb18030")
    assert only_lines(file) == [(1, [names + "姓名"])]


def test_a_wrong_byte_far_down_is_found_before_a_row_is_given(file: Path) -> None:
    file.write_bytes("代码,王\n".encode() * 200_000 + b"\xff\n")
    assert "第 200001 行" in refusal(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030"])
def test_nul_is_no_text(file: Path, encoding: str) -> None:
    write(file, "代码\na\0b\n", encoding)
    assert "第 2 行" in refusal(file)


def test_utf_16_without_its_mark_is_refused_and_not_read_as_nonsense(file: Path) -> None:
    file.write_bytes("code,name\n1,王\n".encode("utf-16-le"))
    assert "带 BOM 的 UTF-16" in refusal(file)


@pytest.mark.parametrize("text", ['a,b\n"1,2\n3,4\n', 'a,b\n"1"x,2\n'])
def test_a_quote_without_its_fellow_is_refused_and_swallows_no_rows(file: Path, text: str) -> None:
    assert "引号没有配对" in refusal(write(file, text))


def test_a_quote_that_swallows_a_long_file_is_refused_soon(file: Path) -> None:
    write(file, 'a,b\n"1,2\n' + "王小明,前锋村\n" * 50_000)
    assert "引号没有配对" in refusal(file, WorkbookTooLarge)


def test_more_than_excel_holds_is_refused(file: Path) -> None:
    refusal(write(file, "a\n" + "x" * (limits.CELL + 1)), WorkbookTooLarge)
    refusal(write(file, "a\n" + "," * limits.COLUMNS + "x"), WorkbookTooLarge)
    refusal(write(file, "a\n" * (limits.ROWS + 1)), WorkbookTooLarge)
    assert "第 2 行" in refusal(write(file, "a\n" + "," * limits.TEXT_LINE), WorkbookTooLarge)
    fits = "x" * limits.CELL
    assert only_lines(write(file, f"a\n{fits}\n")) == [(1, ["a"]), (2, [fits])]


def test_the_limit_of_the_csv_module_stays_as_the_host_set_it(file: Path) -> None:
    before = csv.field_size_limit()
    only_lines(write(file, "a\n1\n"))
    assert csv.field_size_limit() == before


# a folder


def test_a_folder_of_csv_files_is_a_table_a_file(tmp_path: Path) -> None:
    write(tmp_path / "学生.csv", "学号\n1\n", "gb18030")
    write(tmp_path / "教师.TSV", "工号\t姓名\n2\t王\n", "utf-16")
    write(tmp_path / "说明.md", "x")
    write(tmp_path / "~$学生.csv", "x")
    write(tmp_path / ".隐藏.csv", "x")
    assert lines_of(tmp_path) == {
        "学生": [(1, ["学号"]), (2, ["1"])],
        "教师": [(1, ["工号", "姓名"]), (2, ["2", "王"])],
    }


def test_a_folder_without_tables_or_with_two_of_a_name_is_refused(tmp_path: Path) -> None:
    assert "没有 csv 文件" in refusal(tmp_path)
    write(tmp_path / "a.csv", "x")
    write(tmp_path / "a.txt", "x")
    assert "两个名为“a”的表" in refusal(tmp_path)


def test_a_file_of_a_folder_that_is_no_text_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "x")
    (tmp_path / "b.csv").write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableWorkbook, match=r"b\.csv"):
        lines_of(tmp_path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEETS", 1)
    for name in "ab":
        write(tmp_path / f"{name}.csv", "x")
    refusal(tmp_path, WorkbookTooLarge)


# files that are none


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert "不是普通文件" in refusal(tmp_path / "pipe.csv")


OTHERS = {
    "~$学生.xlsx": (b"\x05user", "临时文件"),
    "empty.xlsx": (b"", "空的"),
    "a.pdf": (b"%PDF-1.7\n", "PDF"),
    "a.rtf": (b"{\\rtf1", "RTF"),
    "a.png": (b"\x89PNG\r\n", "图片"),
    "a.jpg": (b"\xff\xd8\xff\xe0", "图片"),
    "a.rar": (b"Rar!\x1a\x07", "压缩包"),
    "a.zip": (b"PK\x05\x06" + b"\0" * 18, "空的压缩包"),
    "html.xls": (b"\xef\xbb\xbf <HTML xmlns:o=''><table><tr><td>1", "网页"),
    "page.xls": ("\ufeff<!DOCTYPE html>\n<p>".encode("utf-16-le"), "网页"),
    "table.xls": (b"<table border=1><tr><td>1</td></tr></table>", "网页"),
    "mail.xls": (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "网页"),
    "2003.xls": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "XML 电子表格 2003",
    ),
    "a.xml": (b'<?xml version="1.0"?><a/>', "XML"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_table_is_refused_with_what_it_is(tmp_path: Path, name: str) -> None:
    content, said = OTHERS[name]
    (tmp_path / name).write_bytes(content)
    assert said in refusal(tmp_path / name)


def test_text_that_begins_with_a_bracket_is_text_all_the_same(file: Path) -> None:
    assert only_lines(write(file, "<代码>,b\n1,2\n"))[0] == (1, ["<代码>", "b"])


def test_a_file_that_may_not_be_read_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    write(file, "a\n")
    monkeypatch.setattr(Path, "open", deny)
    assert "没有读取它的权限" in refusal(file)


def test_a_name_that_no_screen_takes_is_shown_by_numbers(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff\n.csv")
    path.write_bytes(b"")
    with pytest.raises(UnreadableWorkbook) as caught:
        lines_of(path)
    assert caught.value.file == "a<U+DCFF><U+000A>.csv"
