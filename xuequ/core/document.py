"""Documents 报表, declared: tables, charts and wording over a view; `xuequ.reports` draws them.

A document says which service gives its view and which arguments that takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from xuequ.core.keys import mask_document, mask_name, mask_phone


class Align(Enum):
    """Where the text of a column stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Paper(Enum):
    """How a sheet of A4 lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Mask(Enum):
    """What of a personal value is shown 脱敏; the rest is in no file."""

    NAME = "name"
    DOCUMENT = "document"
    PHONE = "phone"

    def hide(self, text: str) -> str:
        """Return what may be shown of a value.

        >>> Mask.NAME.hide("张三丰"), Mask.DOCUMENT.hide("530921201001011234"), Mask.PHONE.hide("13800001234")
        ('张*丰', '530921************', '138****1234')
        """
        return {Mask.NAME: mask_name, Mask.DOCUMENT: mask_document, Mask.PHONE: mask_phone}[self](text)


@dataclass(frozen=True, slots=True)
class Argument:
    """What a view must be told: the parameter's name, what people call it, and how its text is read."""

    name: str
    label: str
    read: Callable[[str], Any] = str
    required: bool = True

    @property
    def option(self) -> str:
        """How a command line spells it."""
        return f"--{self.name.replace('_', '-')}"


ON = Argument("on", "日期，如 2026-09-01（默认今天）", date.fromisoformat, required=False)
SCHOOL = Argument("school", "学校代码")
ANY_SCHOOL = Argument("school", "学校代码（默认全部学校）", required=False)


@dataclass(frozen=True, slots=True)
class DocumentColumn:
    """One column: heading, the field of the row, how it stands, and whether it is added up.

    A dotted field such as ``holder.name`` goes through what may be None; without a field the column is left
    blank, for people to fill in. `mask` hides a personal value.
    """

    heading: str
    field: str = ""
    align: Align = Align.LEFT
    total: bool = False
    wide: bool = False
    mask: Mask | None = None


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """One table: its title, where its rows are in the view, its columns and a note below.

    With `group`, a field, rows that follow each other and have it in common stand under it with a sub-total.
    An empty table says so, or with `optional` is left out.
    """

    title: str
    rows: Callable[[Any], Sequence[Any]]
    columns: tuple[DocumentColumn, ...]
    note: Callable[[Any], str] | None = None
    number: bool = False
    group: str = ""
    optional: bool = False


class ChartKind(Enum):
    """How a chart draws its numbers."""

    BARS = "bars"
    GROUPED = "grouped"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars or one line: its name and the field with its numbers."""

    name: str
    field: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers that a reader should see: the rows, the field with the label of each, and the series."""

    title: str
    rows: Callable[[Any], Sequence[Any]]
    label: str
    series: tuple[Series, ...]
    kind: ChartKind = ChartKind.BARS
    unit: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure that a reader should see first; `hint` says in plain words what it means."""

    label: str
    field: str
    unit: str
    hint: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Publicity:
    """The words of a publicity list 公示 around its table.

    `period` gives its first and last day, `contact` where objections are received.
    """

    body: Callable[[Any], str]
    period: Callable[[Any], tuple[date, date]]
    contact: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an official letter; at level 1 to 4 it is numbered 一、 （一） 1. （1）."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter 公文, as GB/T 9704-2012 lays it out; what is empty is not printed.

    `number` is the 发文字号, `addressees` the 主送机关, `copies` the 抄送机关.
    """

    issuer: str
    title: str
    dated: date
    paragraphs: tuple[Paragraph, ...]
    heading: str = ""
    number: str = ""
    addressees: str = ""
    attachments: tuple[str, ...] = ()
    copies: str = ""


def _district_of(view: Any) -> str:
    return str(getattr(view, "district", ""))


@dataclass(frozen=True, slots=True)
class Document:
    """One document: which service and method give its view, what they must be told, and how it looks.

    `part` is the service's path from the door: ``"registry"``, ``"registry.forms"``; `unit` is whose
    document it is. `signers` are the people who sign at the foot: 填表人, 审核人, 负责人. With
    `publicity` it is a publicity list 公示, with `letter` an official letter 公文.
    """

    name: str
    title: str
    part: str
    view: str
    subtitle: Callable[[Any], str]
    tables: tuple[DocumentTable, ...] = ()
    arguments: tuple[Argument, ...] = ()
    unit: Callable[[Any], str] = _district_of
    figures: tuple[KeyFigure, ...] = ()
    charts: tuple[Chart, ...] = ()
    signers: tuple[str, ...] = ("填表人", "审核人", "负责人")
    notice: Callable[[Any], str] | str = ""
    paper: Paper = Paper.LANDSCAPE
    publicity: Publicity | None = None
    letter: Callable[[Any], Letter] | None = None
