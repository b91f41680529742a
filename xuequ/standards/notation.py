"""How values of rule parameters are written: as text in packs, files and the database, never as floats.

========== ===========================================================================================
kind       written
========== ===========================================================================================
whole      ``19``
ratio      ``"1/2"``, ``"1.5%"``, ``"0.85"`` or a whole number; exact
money      ``"3000"``, ``"0.20"``: yuan
text       ``"09-01"``
flag       ``true``, ``false``; also ``"是"``, ``"否"``
day        ``2026-09-01``
list(…)    a list of one kind: ``list(day)``
table(…)   a list of rows, each cell of its column's kind; one with ``?`` may be left out:
           ``table(upto money?, rate ratio)``
========== ===========================================================================================
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, TypeGuard

from xuequ.core.errors import XuequError
from xuequ.core.money import Money
from xuequ.core.standards import Scalar, Value
from xuequ.core.text import plain_number
from xuequ.standards.errors import KindUnreadable, ValueUnreadable

_NAME = "[a-z][a-z0-9_]*"
_RATIO = re.compile(r"(-?\d{1,18})(?:\.(\d{1,9}))?(%?)")
_FRACTION = re.compile(r"(-?\d{1,18})/([1-9]\d{0,17})")
_FLAGS = {"true": True, "是": True, "false": False, "否": False}
_WORDS = {
    "whole": "整数",
    "ratio": "比例（如 1/2、1.5%）",
    "money": "金额（元）",
    "text": "文字",
    "flag": "是或否",
    "day": "日期（如 2026-09-01）",
    "list": "列表",
    "table": "表格",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    optional: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.kind}{'?' if self.optional else ''}"


@dataclass(frozen=True, slots=True)
class ValueKind:
    """What a value is: one of the scalars, a list of one, or a table of columns."""

    base: str
    of: str = ""
    columns: tuple[Column, ...] = ()

    def __str__(self) -> str:
        if self.base == "list":
            return f"list({self.of})"
        if self.base == "table":
            return f"table({', '.join(map(str, self.columns))})"
        return self.base

    @property
    def words(self) -> str:
        """The Chinese words for it."""
        return _WORDS[self.base]


@cache
def read_kind(text: str) -> ValueKind:
    """Read a kind in the notation of the packs.

    Raises:
        KindUnreadable: when it is none.

    >>> read_kind("table(upto money?, rate ratio)").columns[0].optional
    True
    """
    if text in SCALARS:
        return ValueKind(text)
    if (found := re.fullmatch(r"list\((\w+)\)", text)) and found[1] in SCALARS:
        return ValueKind("list", of=found[1])
    if found := re.fullmatch(r"table\((.+)\)", text):
        columns = [_read_column(part.strip()) for part in found[1].split(",")]
        if all(columns) and len({one.name for one in columns if one}) == len(columns):
            return ValueKind("table", columns=tuple(one for one in columns if one))
    raise KindUnreadable(kind=text)


def _read_column(text: str) -> Column | None:
    found = re.fullmatch(rf"({_NAME}) (\w+)(\??)", text)
    if found is None or found[2] not in SCALARS:
        return None
    return Column(found[1], found[2], bool(found[3]))


def is_list(written: Any) -> TypeGuard[list[Any]]:
    """Tell whether TOML or JSON gives a list."""
    return isinstance(written, list)


def is_row(written: Any) -> TypeGuard[dict[str, Any]]:
    """Tell whether TOML or JSON gives a table of names and values."""
    return isinstance(written, dict)


def read_value(kind: ValueKind, written: Any) -> Value:
    """Read a value as TOML or JSON gives it, or as text of a scalar.

    Raises:
        ValueUnreadable: says what is expected, and where in a list or table it stands.
    """
    if kind.base not in ("list", "table"):
        return _scalar(kind.base, written, "")
    if not is_list(written):
        raise ValueUnreadable(expected=kind.words, text=_shown(written), where="")
    if kind.base == "list":
        return tuple(_scalar(kind.of, one, f"第{n}项") for n, one in enumerate(written, 1))
    return tuple(_row(kind, one, n) for n, one in enumerate(written, 1))


def _row(kind: ValueKind, written: Any, number: int) -> Mapping[str, Scalar]:
    where = f"第{number}行"
    if not is_row(written):
        raise ValueUnreadable(expected="一行（各列的名称和数值）", text=_shown(written), where=where)
    known = {column.name for column in kind.columns}
    missing = [one.name for one in kind.columns if not one.optional and one.name not in written]
    if missing or set(written) - known:
        expected = f"{kind} 的各列"
        raise ValueUnreadable(expected=expected, text=_shown(written), where=where)
    return {
        one.name: _scalar(one.kind, written[one.name], f"{where} {one.name}")
        for one in kind.columns
        if one.name in written
    }


def _scalar(kind: str, written: Any, where: str) -> Scalar:
    try:
        found = SCALARS[kind](written)
    except (XuequError, ValueError):
        found = None
    if found is None:
        raise ValueUnreadable(expected=_WORDS[kind], text=_shown(written), where=where)
    return found


def _whole(written: Any) -> int | None:
    if isinstance(written, str) and re.fullmatch(r"-?\d{1,18}", written):
        return int(written)
    return written if type(written) is int else None


def _ratio(written: Any) -> Fraction | None:
    if type(written) is int:
        return Fraction(written)
    if not isinstance(written, str):
        return None
    if found := _FRACTION.fullmatch(written):
        return Fraction(int(found[1]), int(found[2]))
    if found := _RATIO.fullmatch(written):
        return Fraction(f"{found[1]}.{found[2] or 0}") / (100 if found[3] else 1)
    return None


def _money(written: Any) -> Money | None:
    return Money.yuan(written) if isinstance(written, str) else None


def _text(written: Any) -> str | None:
    return written if isinstance(written, str) and written else None


def _flag(written: Any) -> bool | None:
    if isinstance(written, str):
        return _FLAGS.get(written)
    return written if isinstance(written, bool) else None


def _day(written: Any) -> date | None:
    if isinstance(written, str):
        return date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d\d-\d\d", written) else None
    return written if type(written) is date else None


SCALARS: dict[str, Callable[[Any], Scalar | None]] = {
    "whole": _whole,
    "ratio": _ratio,
    "money": _money,
    "text": _text,
    "flag": _flag,
    "day": _day,
}


def _shown(written: Any) -> str:
    return str(written)[:80]


def plain(value: Value) -> Any:
    """Return a value as JSON-ready data that `read_value` reads back as the same.

    >>> plain((Fraction(1, 200), Money.yuan("0.2")))
    ['1/200', '0.20']
    """
    if isinstance(value, tuple):
        return [plain(one) if not isinstance(one, Mapping) else _plain_row(one) for one in value]
    if isinstance(value, bool | int | str):
        return value
    return str(value)


def _plain_row(row: Mapping[str, Scalar]) -> dict[str, Any]:
    return {name: plain(cell) for name, cell in row.items()}


def write_value(value: Value) -> str:
    """Write a value as the text that the database and a cell of a workbook hold."""
    found = plain(value)
    if isinstance(found, str):
        return found
    return json.dumps(found, ensure_ascii=False)


def parse_value(kind: ValueKind, text: str) -> Value:
    """Read what `write_value` writes, or what a person writes in a cell.

    Raises:
        ValueUnreadable: as `read_value`.
    """
    if kind.base not in ("list", "table"):
        return read_value(kind, text.strip() if kind.base != "text" else text)
    try:
        return read_value(kind, json.loads(text))
    except json.JSONDecodeError:
        raise ValueUnreadable(expected=f"{kind.words}（JSON）", text=_shown(text), where="") from None


def say_value(value: Value) -> str:
    """Say a value as people read it.

    >>> say_value(Fraction(3, 200)), say_value(Fraction(27, 2)), say_value(Fraction(2, 3)), say_value(True)
    ('1.5%', '13.5', '2/3', '是')
    """
    if isinstance(value, tuple):
        rows = [_say_row(one) if isinstance(one, Mapping) else say_value(one) for one in value]
        return "；".join(rows) if any(isinstance(one, Mapping) for one in value) else "、".join(rows)
    if isinstance(value, bool):
        return "是" if value else "否"
    return _say_ratio(value) if isinstance(value, Fraction) else str(value)


def _say_row(row: Mapping[str, Scalar]) -> str:
    return " ".join(f"{name} {say_value(cell)}" for name, cell in row.items())


def _say_ratio(value: Fraction) -> str:
    """Say what has few decimals so, a share as per cent, and anything else as a fraction."""
    scaled = value * 10_000
    if scaled.denominator != 1:
        return str(value)
    share = 0 < value < 1
    number = Decimal(scaled.numerator).scaleb(-2 if share else -4)
    return plain_number(number) + ("%" if share else "")
