"""The example row of an empty template: valid in every cell, and never taken for a row of data."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from xuequ.core.errors import XuequError
from xuequ.core.fields import Command
from xuequ.core.workbook import Column, Kind, Sheet
from xuequ.exchange.cells import read_cell

_BY_HEADING = (
    ("身份证", "11010519491231002X"),
    ("证件号", "11010519491231002X"),
    ("电话", "13800000000"),
    ("手机", "13800000000"),
    ("姓名", "示例（王小明）"),
    ("代码", "shili"),
    ("号", "SHILI001"),
)
"""What suits a column of text by a word of its heading; the long number is the example of GB 11643."""

_OF_KIND = {
    Kind.TEXT: ("示例", "shili", "SHILI001", "2026", "1"),
    Kind.WHOLE: ("1", "2026", "10", "100", "0"),
    Kind.DECIMAL: ("100", "1", "0.5", "0"),
    Kind.DAY: ("2026-09-01", "2015-03-01", "1990-03-01"),
    Kind.FLAG: ("是", "否"),
}
_ELSE = ("是", "1", "示例")


@lru_cache(maxsize=256)
def example_row(sheet: Sheet) -> tuple[str, ...]:
    """Return the example's cells in the order of the columns, as `cell_text` gives them when they are read.

    A reader passes over a row of just these cells: they say 示例 wherever a column lets them.
    """
    return tuple(_example(sheet.command, column) for column in sheet.columns)


def _example(command: type[Command], column: Column) -> str:
    fitting = (text for text in _candidates(column) if _fits(command, column, text))
    if column.example is None:
        return ""
    return column.example or next(fitting, "")


def _candidates(column: Column) -> tuple[str, ...]:
    if column.codes is not None:
        labels = [member.label for member in column.codes]
        return tuple(sorted(labels, key=_says_little))
    of_kind = _OF_KIND.get(column.kind, _ELSE)
    if column.kind is not Kind.TEXT:
        return of_kind
    return (*(text for word, text in _BY_HEADING if word in column.heading), *of_kind)


def _says_little(label: str) -> bool:
    return label.startswith(("未", "其他", "不"))


def _fits(command: type[Command], column: Column, text: str) -> bool:
    """Tell whether a column and the command's field take a text."""
    value = read_cell(text, column)
    return not isinstance(value, XuequError) and not _refused(command, column.field, value)


def _refused(command: type[Command], field: str, value: Any) -> bool:
    try:
        command.model_validate({field: value})
    except ValidationError as error:
        return any(wrong["loc"][:1] == (field,) for wrong in error.errors())
    return False
