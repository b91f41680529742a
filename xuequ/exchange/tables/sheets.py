"""The rows of one sheet of an xlsx file, streamed from its XML.

openpyxl's own streaming reader builds an object for every element and every cell: it takes five times as
long, and one row of a hostile file fills the memory. Here nothing outlives its row but the strings' table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import isfinite

from xuequ.exchange.tables import limits
from xuequ.exchange.tables.markup import Handler, main_names, parse
from xuequ.exchange.tables.moments import moment
from xuequ.exchange.tables.refusals import Refused, TooLarge, Unsafe
from xuequ.exchange.tables.values import ErrorValue, Formula, Line, Raw

_TAGS = main_names("row", "c", "v", "f", "is", "t", "rPh")
_ADDRESS = re.compile(r"([A-Za-z]{1,3})[0-9]*")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of a workbook refer to: its strings, the styles of days, and its calendar."""

    strings: Sequence[str]
    moments: frozenset[str]
    since_1904: bool


def rows(chunks: Iterable[bytes], book: Book) -> Iterator[Line]:
    """Stream the rows that hold anything, with their numbers."""
    sheet = _Sheet(book)
    for _ in parse(chunks, sheet):
        sheet.refuse_endless_text()
        yield from sheet.ready
        sheet.ready.clear()


class _Sheet(Handler):
    """Gathers rows as their ends come."""

    def __init__(self, book: Book) -> None:
        self.ready: list[Line] = []
        self.book = book
        self.number = 0
        self.blank = 0
        self.cells = 0
        self.row: list[Raw] = []
        self.column = 0
        self.kind = ""
        self.style = ""
        self.pieces: list[str] = []
        self.value: str | None = None
        self.formula: str | None = None
        self.shared: dict[str, str] = {}
        self.shares = ""
        self.aside = 0
        self.readers: dict[str, Callable[[str], Raw]] = {
            "n": self._number,
            "s": self._shared_string,
            "str": plain_text,
            "inlineStr": plain_text,
            "b": _flag,
            "e": ErrorValue,
            "d": _iso_moment,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        tag = _TAGS.get(name)
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or tag == "t":
            self.pieces.clear()
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self.pieces.clear()
            self.shares = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif tag == "rPh":
            self.aside += 1

    def end(self, name: str) -> None:
        self.depth -= 1
        tag = _TAGS.get(name)
        if tag == "c":
            self._end_cell()
        elif tag == "v":
            self.value = "".join(self.pieces)
        elif tag == "t":
            if not self.aside:
                self.value = (self.value or "") + "".join(self.pieces)
        elif tag == "row":
            self._end_row()
        elif tag == "f":
            self._end_formula("".join(self.pieces))
        elif tag == "rPh":
            self.aside -= 1

    def text(self, text: str) -> None:
        self.pieces.append(text)

    def refuse_endless_text(self) -> None:
        """Refuse what no cell holds before it fills the memory; what stands outside cells is let go."""
        if not self.kind:
            self.pieces.clear()
        elif sum(map(len, self.pieces)) + len(self.value or "") > limits.CELL * 8:
            raise TooLarge(f"第 {self.number} 行有超过 {limits.CELL:,} 个字符的格")

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = _whole(attributes.get("r")) or self.number + 1
        if number <= self.number:
            raise Refused(f"行号混乱（第 {number} 行在第 {self.number} 行之后）")
        if number > limits.ROWS:
            raise Unsafe(f"超出 Excel 行数的行（第 {number} 行）")
        self.number = number
        self.row = []
        self.column = 0

    def _end_row(self) -> None:
        if self.row:
            self.ready.append((self.number, self.row))
            self.blank = 0
        else:
            self.blank += 1
            if self.blank > limits.BLANK_ROWS:
                raise TooLarge(f"第 {self.number} 行及以前有 {self.blank:,} 个空行，请删除数据下面的空行")
        self.cells += self.column
        if self.cells > limits.CELLS:
            raise TooLarge(f"一个表超过 {limits.CELLS:,} 格")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        get = attributes.get
        self.kind = get("t", "n")
        self.style = get("s", "")
        self.value = self.formula = None
        address = get("r")
        self.column = column_of(address.rstrip(_DIGITS)) if address else self.column + 1
        if self.column > limits.COLUMNS:
            raise Unsafe(f"超出 Excel 栏数的格（第 {self.number} 行）")

    def _end_cell(self) -> None:
        value: Raw
        if self.formula is not None:
            value = Formula(self.formula)
        elif self.value:
            reader = self.readers.get(self.kind)
            if reader is None:
                raise Refused(f"第 {self.number} 行有类型不明的格")
            value = reader(self.value)
        else:
            self.kind = ""
            return
        self.kind = ""
        row, gap = self.row, self.column - 1 - len(self.row)
        if gap < 0:
            raise Refused(f"第 {self.number} 行的格次序混乱")
        if gap:
            row.extend([None] * gap)
        row.append(value)

    def _end_formula(self, text: str) -> None:
        """Take a formula; one that is shared stands only in the first of its cells."""
        if self.shares and text:
            self.shared[self.shares] = text
        self.formula = "=" + (text or self.shared.get(self.shares, ""))

    def _number(self, text: str) -> Raw:
        value = number(text)
        if self.style in self.book.moments:
            return moment(value, self.book.since_1904)
        return value

    def _shared_string(self, text: str) -> str:
        index = int(text)
        if index < 0:
            raise Refused("字符串表的编号为负")
        return self.book.strings[index]


def number(text: str) -> int | float:
    """Return a number as a file writes it.

    Raises:
        ValueError: when it is none, or none that Excel holds.
    """
    try:
        return int(text)
    except ValueError:
        value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value


def plain_text(text: str) -> str:
    """Return text with the characters that XML cannot hold, which Excel writes as ``_x0000_``.

    Raises:
        TooLarge: longer than a cell may be.
    """
    if len(text) > limits.CELL:
        raise TooLarge(f"有超过 {limits.CELL:,} 个字符的格")
    return _ESCAPE.sub(_escaped, text) if "_x" in text else text


def _escaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _flag(text: str) -> bool:
    return text in ("1", "true")


def _iso_moment(text: str) -> Raw:
    """Return a day as the strict standard writes it; what is none stays text."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found if found.time() != datetime.min.time() else date(found.year, found.month, found.day)


def _whole(text: str | None) -> int:
    if text is None:
        return 0
    value = int(text)
    if value < 1:
        raise Refused(f"行号不成立（{value}）")
    return value


@lru_cache(maxsize=1024)
def column_of(letters: str) -> int:
    """Return the number of a column.

    >>> column_of("A"), column_of("AB"), column_of("XFD")
    (1, 28, 16384)

    Raises:
        Refused: when it is none.
    """
    if not _ADDRESS.fullmatch(letters):
        raise Refused("格的地址不成立")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class _Strings(Handler):
    """Gathers the strings' table; how a text is to be pronounced stands beside it and is left out."""

    _tags = main_names("si", "t", "rPh")

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.pieces: list[str] = []
        self.within = False
        self.aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        tag = self._tags.get(name)
        if tag == "si":
            self.pieces.clear()
        elif tag == "t":
            self.within = not self.aside
        elif tag == "rPh":
            self.aside += 1

    def end(self, name: str) -> None:
        self.depth -= 1
        tag = self._tags.get(name)
        if tag == "t":
            self.within = False
        elif tag == "rPh":
            self.aside -= 1
        elif tag == "si":
            self.strings.append(plain_text("".join(self.pieces)))
            if len(self.strings) > limits.STRINGS:
                raise TooLarge(f"超过 {limits.STRINGS:,} 条文字")

    def text(self, text: str) -> None:
        if self.within:
            self.pieces.append(text)


def strings(chunks: Iterable[bytes]) -> list[str]:
    """Read the strings' table."""
    handler = _Strings()
    for _ in parse(chunks, handler):
        if sum(map(len, handler.pieces)) > limits.CELL * 8:
            raise TooLarge(f"有超过 {limits.CELL:,} 个字符的格")
    return handler.strings
