"""xls files (BIFF), by xlrd."""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuequ.core.extras import load
from xuequ.exchange.tables import limits
from xuequ.exchange.tables.moments import moment
from xuequ.exchange.tables.refusals import Refused, TooLarge, Unsafe, refusing
from xuequ.exchange.tables.values import ErrorValue, Formula, Line, Raw

# xlrd, not calamine: both are kept up, but calamine allots a whole rectangle and panics over damaged xls
# (tafia/calamine 433, 481, 612), and what it cannot allot ends the process; xlrd's errors can be caught.

_ENTRY = 128
"""Bytes of an entry in a compound file's directory; entries begin at multiples of it."""

_TELLING: tuple[tuple[str, int, type[Refused], str], ...] = (
    ("EncryptedPackage", 16, Refused, "已加密，请先在 Excel 中取消打开密码"),
    ("WordDocument", 12, Refused, "是 Word 文档，不是表格"),
    ("PowerPoint Document", 19, Refused, "是演示文稿，不是表格"),
    ("_VBA_PROJECT_CUR", 16, Unsafe, "宏（VBA）"),
    ("MBD", 11, Unsafe, "嵌入的对象（OLE）"),
)
"""How an entry's name begins, how long it is, and what a file with it is."""

_BOUND_SHEET, _END, _SUP_BOOK = 0x85, 0x0A, 0x1AE
_FORMULAS = frozenset({0x06, 0x206, 0x406})
_OWN_BOOK = b"\x01\x04"
_ADD_INS = b"\x01\x3a"


@dataclass(frozen=True, slots=True)
class XlsTables:
    """An open workbook, which xlrd holds in memory."""

    path: Path
    book: Any

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets; charts are none."""
        return tuple(self.book.sheet_names())

    def lines(self, title: str) -> Iterator[Line]:
        """Give the rows of a sheet."""
        with refusing(self.path):
            index = self.titles.index(title)
            sheet = self.book.sheet_by_index(index)
            formulas = _formulas(self.book, index)
            since_1904 = self.book.datemode == 1
            for number in range(sheet.nrows):
                cells = zip(sheet.row_types(number), sheet.row_values(number), strict=True)
                row: list[Raw] = [_READERS[kind](value, since_1904) for kind, value in cells]
                for column in formulas.get(number, ()):
                    row[column] = Formula("=")
                if any(value is not None for value in row):
                    yield number + 1, row


@contextmanager
def open_xls(path: Path) -> Generator[XlsTables]:
    """Open a workbook, and refuse what looks like one and is something else."""
    if path.stat().st_size > limits.XLS:
        raise TooLarge(f"xls 文件超过 {limits.XLS // limits.MIB} MB，请另存为 .xlsx")
    content = path.read_bytes()
    for begins, length, refusal, said in _TELLING:
        if _has_entry(content, begins, length):
            raise refusal(said)
    book = _open(content)
    try:
        _refuse_active(book)
        if book.nsheets > limits.SHEETS:
            raise TooLarge(f"有 {book.nsheets} 个表，至多 {limits.SHEETS} 个")
        yield XlsTables(path, book)
    finally:
        book.release_resources()


def _open(content: bytes) -> Any:
    xlrd = load("xlrd")
    try:
        return xlrd.open_workbook(file_contents=content, logfile=_Silence(), on_demand=True, ragged_rows=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Refused("已加密，请先在 Excel 中取消打开密码") from None
        raise


class _Silence:
    """Takes xlrd's remarks."""

    def write(self, text: str) -> None:
        """Drop them."""


def _has_entry(content: bytes, begins: str, length: int) -> bool:
    """Tell whether the directory of a compound file names such a stream or storage."""
    wanted, size = begins.encode("utf-16-le"), struct.pack("<H", 2 * length + 2)
    at = content.find(wanted)
    while at >= 0:
        if at % _ENTRY == 0 and content[at + 64 : at + 66] == size:
            return True
        at = content.find(wanted, at + 1)
    return False


def _records(book: Any, at: int) -> Iterator[tuple[int, bytes]]:
    """Walk the records of a substream, up to its end."""
    memory = memoryview(book.mem)
    while at + 4 <= len(memory):
        kind, length = struct.unpack_from("<HH", memory, at)
        if kind == _END:
            return
        yield kind, bytes(memory[at + 4 : at + 4 + min(length, 8)])
        at += 4 + length


def _refuse_active(book: Any) -> None:
    for kind, data in _records(book, book.base):
        if kind == _BOUND_SHEET and data[5:6] == b"\x01":
            raise Unsafe("宏（Excel 4.0 宏表）")
        if kind == _SUP_BOOK and data[2:4] not in (_OWN_BOOK, _ADD_INS):
            raise Unsafe("指向其他文件的外部链接（或 DDE）")


def _formulas(book: Any, index: int) -> dict[int, list[int]]:
    """Return the columns of formulas by row: xlrd gives what they last came to, which is no data of ours."""
    starts = [
        struct.unpack_from("<I", data)[0] + book.base
        for kind, data in _records(book, book.base)
        if kind == _BOUND_SHEET and data[5:6] == b"\x00"
    ]
    columns: dict[int, list[int]] = {}
    for kind, data in _records(book, starts[index]):
        if kind in _FORMULAS:
            row, column = struct.unpack_from("<HH", data)
            columns.setdefault(row, []).append(column)
    return columns


def _text(value: Any, since_1904: bool) -> Raw:
    return value or None


def _number(value: Any, since_1904: bool) -> Raw:
    return int(value) if value.is_integer() else value


def _flag(value: Any, since_1904: bool) -> Raw:
    return bool(value)


def _error(value: Any, since_1904: bool) -> Raw:
    return ErrorValue(_ERRORS.get(value, "#ERR!"))


def _nothing(value: Any, since_1904: bool) -> Raw:
    return None


_READERS: tuple[Callable[[Any, bool], Raw], ...] = (
    *(_nothing, _text, _number, moment, _flag, _error, _nothing),
)
"""By the numbers that xlrd gives to the types of cells."""

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
