"""One cell: what a person wrote, as the value that a column asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import pendulum

from xuequ.core.errors import CellRequired, CellUnreadable, UnknownCode, XuequError
from xuequ.core.text import half_width
from xuequ.core.workbook import Column, Kind

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_WHOLE = re.compile(r"-?\d{1,18}(\.0+)?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
EXACT = 10**15
"""From here on Excel keeps a number's first fifteen digits only, and writes zeros for the rest."""


def read_cell(value: Any, column: Column) -> Any | XuequError:
    """Return the value of a cell, None for an empty optional one, or the error that says what is wrong."""
    text = cell_text(value)
    if not text:
        return CellRequired() if column.required else None
    if column.codes is not None:
        try:
            return column.codes.parse(text)
        except UnknownCode as error:
            return error
    found = READERS[column.kind](value, text)
    if isinstance(found, XuequError):
        return found
    return CellUnreadable(expected=column.kind.value, text=text) if found is None else found


def cell_text(value: Any) -> str:
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


def _plain(text: str) -> str:
    """Return what stands for a number or a day in usual signs; commas go only where they part thousands."""
    plain = half_width(text).strip()
    return plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain


def _read_text(value: Any, text: str) -> str | XuequError | None:
    """Read text; a number so long that Excel has lost its end is refused, not taken with zeros."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) and abs(value) >= EXACT:
        return CellUnreadable(
            expected="以文本格式填写的号码（超过 15 位的数，Excel 只保留前 15 位）", text=text
        )
    return text


def _read_whole(value: Any, text: str) -> int | None:
    if isinstance(value, bool) or not _WHOLE.fullmatch(_plain(text)):
        return None
    return int(Decimal(_plain(text)))


def _read_decimal(value: Any, text: str) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(_plain(text))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _read_day(value: Any, text: str) -> date | None:
    """Read a date cell, or text as people write it: 2026-9-1, 2026.9.1, 2026/9/1, 2026年9月1日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(_plain(text).removesuffix(" 00:00:00"))
    if found is None:
        return None
    try:
        day = pendulum.date(*map(int, found.groups()))
    except ValueError:
        return None
    return date(day.year, day.month, day.day)


READERS: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.TEXT: _read_text,
    Kind.WHOLE: _read_whole,
    Kind.DECIMAL: _read_decimal,
    Kind.DAY: _read_day,
}
