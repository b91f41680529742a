"""Documents 报表, declared: tables over views, which `xuequ.reports` renders to HTML and xlsx."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class DocumentColumn:
    """One column: heading, the field of the view, how it stands, and whether it is added up."""

    heading: str
    field: str
    align: Align = Align.LEFT
    total: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """One table: its title, where its rows are in the view, its columns and a note below."""

    title: str
    rows: Callable[[Any], Sequence[Any]]
    columns: tuple[DocumentColumn, ...]
    note: Callable[[Any], str] | None = None
    number: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure that a reader should see first."""

    label: str
    field: str
    unit: str
    hint: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document: which service and method give its view, and how it looks.

    `signers` are the people who sign at the foot: 填表人, 审核人, 负责人.
    """

    name: str
    title: str
    part: str
    view: str
    subtitle: Callable[[Any], str]
    tables: tuple[DocumentTable, ...]
    figures: tuple[KeyFigure, ...] = ()
    signers: tuple[str, ...] = ("填表人", "审核人", "负责人")
    notice: str = ""
