"""Drop-downs: short lists in the rule itself, long ones on a hidden sheet, and the check of dates."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from xuequ.core.codes import CodeEnum
from xuequ.core.extras import load
from xuequ.core.workbook import Column, Kind
from xuequ.exchange.streaming import new_cell, put_text

SHEET = "＿列表"
INLINE = 255
"""Characters that Excel lets a list have that stands in the rule itself."""

_SAID = 220
"""Characters of a rule's message; Excel takes 225."""


class Lists:
    """The lists of one workbook; those too long for a rule are gathered for a sheet of their own."""

    def __init__(self) -> None:
        self._long: dict[type[CodeEnum], str] = {}

    def rule(self, column: Column) -> Any:
        """Return the rule of a column's cells, or None where there is nothing to check."""
        if column.codes is not None:
            return self._list_rule(column, column.codes)
        return _day_rule(column) if column.kind is Kind.DAY else None

    def _list_rule(self, column: Column, codes: type[CodeEnum]) -> Any:
        labels = [member.label for member in codes]
        inline = ",".join(labels)
        fits = len(inline) <= INLINE and not any(sign in label for label in labels for sign in ',"')
        rule = _validation(
            "list", f'"{inline}"' if fits else self._place(codes), allow_blank=not column.required
        )
        rule.errorTitle = column.heading[:30]
        rule.error = f"请从列表中选择：{inline}"[:_SAID]
        return rule

    def _place(self, codes: type[CodeEnum]) -> str:
        """Return where the hidden sheet has a list."""
        letter = load("openpyxl.utils").get_column_letter(len(self._long) + 1)
        where = f"'{SHEET}'!${letter}$1:${letter}${len(codes)}"
        return self._long.setdefault(codes, where)

    def write(self, book: Any) -> None:
        """Add the hidden sheet, where a list needs it."""
        if not self._long:
            return
        sheet = book.create_sheet(SHEET)
        sheet.sheet_state = "hidden"
        for labels in zip_longest(*([member.label for member in codes] for codes in self._long)):
            sheet.append([label and put_text(new_cell(sheet), label) for label in labels])


def _day_rule(column: Column) -> Any:
    """Warn of what is no date; whoever goes on has written it as text, which is read as well."""
    rule = _validation("date", "DATE(1900,1,1)", operator="between", formula2="DATE(2199,12,31)")
    rule.errorStyle = "warning"
    rule.errorTitle = column.heading[:30]
    rule.error = "请填日期，如 2026-09-01"
    return rule


def _validation(kind: str, formula: str, **more: Any) -> Any:
    return load("openpyxl.worksheet.datavalidation").DataValidation(kind, formula1=formula, **more)
