"""Workbooks, declared: what sheets a template has, and what was read from one.

A part declares templates over its commands; `xuequ.exchange` writes and reads them without knowing the
part, and hands the reading to the use case that the template names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Place, Problem
from xuequ.core.fields import Command

C = TypeVar("C", bound=Command, covariant=True)


class Kind(Enum):
    """What a column's cells hold; the value is the Chinese name for it."""

    TEXT = "文字"
    WHOLE = "整数"
    DECIMAL = "数字"
    DAY = "日期（如 2026-09-01）"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the command's field, the kind of its cells, or the list they are from.

    `example` is what its cell of the example row says; a sensible one is found where it is left out.
    """

    heading: str
    field: str
    kind: Kind = Kind.TEXT
    codes: type[CodeEnum] | None = None
    required: bool = True
    note: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows of one command, told apart by the fields `key`."""

    name: str
    title: str
    command: type[Command]
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def heading(self, field_name: str) -> str:
        """Return the heading of a field."""
        return next((column.heading for column in self.columns if column.field == field_name), field_name)


@dataclass(frozen=True, slots=True)
class Template:
    """One workbook, and the service's verbs that plan and apply it.

    `part` is the service's path from the door: ``"registry"``, ``"registry.attendance"``. `fill`, where
    there is one, is the verb that gives a school's rows of a day, for people to fill in the rest.
    """

    name: str
    title: str
    sheets: tuple[Sheet, ...]
    part: str
    plan: str
    apply: str
    fill: str = ""

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[C]):
    """A command and the row that it was read from."""

    command: C
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the good rows by sheet, and every problem with its place."""

    template: Template
    rows: Mapping[str, tuple[Sourced[Command], ...]]
    problems: tuple[Problem, ...] = field(default=())
