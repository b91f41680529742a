"""One cell: what a person wrote, as the value that a column asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from xuequ.core.codes import CodeEnum
from xuequ.core.errors import CellFormula, CellRequired, CellUnreadable, UnknownCode, XuequError
from xuequ.core.text import bare, half_width, visible
from xuequ.core.workbook import Column, Kind
from xuequ.exchange.days import read_day
from xuequ.exchange.tables.values import ErrorValue, Formula, Raw

_WHOLE = re.compile(r"-?\d{1,18}(\.0+)?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
EXACT = 10**15
"""From here on Excel keeps a number's first fifteen digits only, and writes zeros for the rest."""

_SHORTENED = re.compile(r"-?\d(\.\d+)?E\+(1[1-9]|[2-9]\d|\d{3})")
"""How Excel shows a number of twelve digits and more, and saves it as csv: 5.32101E+17."""

CUT = "以文本格式填写的号码（超过 15 位的数，Excel 只保留前 15 位）"


def read_cell(value: Raw, column: Column) -> Any | XuequError:
    """Return the value of a cell, None for an empty optional one, or the error that says what is wrong."""
    text = value.strip() if type(value) is str else cell_text(value)
    if not text:
        return CellRequired() if column.required else None
    if text[0] == "'":
        text = bare(text)
    if type(value) is Formula or type(value) is ErrorValue:
        return CellFormula(text=visible(text))
    if column.codes is not None:
        return _code(column.codes, text)
    found = READERS[column.kind](value, text)
    if found is None:
        return CellUnreadable(expected=column.kind.value, text=visible(text))
    return found


def cell_text(value: Raw) -> str:
    """Return a cell as a person sees it; whole numbers without the .0 that a spreadsheet gives them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()


def shown(value: Raw) -> str:
    """Return a cell as it is quoted in a problem: nothing in it can upset a screen, a log or a file."""
    return visible(cell_text(value))


@lru_cache(maxsize=16_384)
def _code(codes: type[CodeEnum], text: str) -> CodeEnum | UnknownCode:
    try:
        return codes.parse(text)
    except UnknownCode as error:
        return UnknownCode(list=error.list, text=visible(text), known=error.known)  # without its traceback


def _plain(text: str) -> str:
    """Return what stands for a number or a day in usual signs; commas go only where they part thousands."""
    plain = half_width(text).strip()
    return plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain


def _read_text(value: Raw, text: str) -> str | XuequError | None:
    """Read text; a number so long that Excel has lost its end is refused, not taken with zeros."""
    if isinstance(value, str):
        cut = "E+" in text and _SHORTENED.fullmatch(text) is not None
    elif isinstance(value, bool):
        return None
    else:
        cut = isinstance(value, int | float) and not abs(value) < EXACT  # NaN is no number either
    return CellUnreadable(expected=CUT, text=visible(text)) if cut else text


def _read_whole(value: Raw, text: str) -> int | None:
    return None if isinstance(value, bool) else _whole(text)


@lru_cache(maxsize=4096)
def _whole(text: str) -> int | None:
    plain = _plain(text)
    return int(Decimal(plain)) if _WHOLE.fullmatch(plain) else None


def _read_decimal(value: Raw, text: str) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(_plain(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _read_day(value: Raw, text: str) -> date | XuequError | None:
    """Read a date cell, or text as people write it; a number of days is refused with the day it may be.

    A date cell that has lost its format holds days since 1900, in a file from a Mac since 1904, and a year
    alone looks the same: nothing says which, so a person has to.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = read_day(_plain(text))
    if isinstance(found, date):
        return found
    return CellUnreadable(expected=found, text=visible(text)) if found else None


_YES = frozenset(["是", "有", "对", "√", "✓", "✔", "Y", "YES", "T", "TRUE", "1"])
_NO = frozenset(["否", "无", "没有", "×", "✗", "✘", "N", "NO", "F", "FALSE", "0"])


def read_flag(value: Raw, text: str) -> bool | None:
    """Read yes or no as people write it; an x is refused: some cross what they want, some what not."""
    wanted = "".join(half_width(text).upper().split())
    if wanted in _YES:
        return True
    return False if wanted in _NO else None


READERS: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.TEXT: _read_text,
    Kind.WHOLE: _read_whole,
    Kind.DECIMAL: _read_decimal,
    Kind.DAY: _read_day,
    Kind.FLAG: read_flag,
}
