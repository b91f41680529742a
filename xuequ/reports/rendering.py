"""From a declaration and a view to rows of cells, which each format then draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from xuequ.core.codes import CodeEnum
from xuequ.core.document import (
    Align,
    Chart,
    Document,
    DocumentColumn,
    DocumentTable,
    KeyFigure,
    Letter,
    Mask,
)
from xuequ.core.errors import ArgumentMissing, ArgumentUnknown, DocumentUnknown
from xuequ.core.money import Money
from xuequ.core.text import plain_number

NUMBER = DocumentColumn("序号", "", Align.CENTER)
"""The column that a numbered table gets in front."""

TOTAL, SUBTOTAL = "合计", "小计"

Cell = str | int | Decimal | Money | date | None
Row = tuple[Cell, ...]

_CITIZEN_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])1[0-9]{10}(?![0-9])")


@dataclass(frozen=True, slots=True)
class RenderedGroup:
    """Rows that stand together under a line of their own, and what they add up to."""

    label: str
    rows: tuple[Row, ...]
    subtotal: Row | None = None


@dataclass(frozen=True, slots=True)
class RenderedTable:
    """One table: columns, groups of rows, totals (None where nothing is added up) and a note."""

    title: str
    columns: tuple[DocumentColumn, ...]
    groups: tuple[RenderedGroup, ...]
    totals: Row | None
    note: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, whatever group they are in."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class RenderedFigure:
    """One figure at the head of the page."""

    label: str
    value: Cell
    unit: str
    hint: str


@dataclass(frozen=True, slots=True)
class RenderedChart:
    """The labels of a chart and its numbers, series by series; None where a number is not known."""

    chart: Chart
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | Decimal | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class RenderedPublicity:
    """The words around the table of a publicity list."""

    body: str
    first: date
    last: date
    contact: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document with its data, ready to be drawn."""

    document: Document
    unit: str
    subtitle: str
    figures: tuple[RenderedFigure, ...]
    charts: tuple[RenderedChart, ...]
    tables: tuple[RenderedTable, ...]
    notice: str
    made_on: date
    publicity: RenderedPublicity | None = None
    letter: Letter | None = None

    @property
    def title(self) -> str:
        """The title with the unit whose document it is; a letter has its own."""
        return self.letter.title if self.letter else f"{self.unit}{self.document.title}"


def find_document(name: str, declared: Iterable[Document]) -> Document:
    """Return a declared document by its name.

    Raises:
        DocumentUnknown: lists the names there are.
    """
    documents = {document.name: document for document in declared}
    if name not in documents:
        raise DocumentUnknown(name=name, known="、".join(documents))
    return documents[name]


def bind(document: Document, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a document's view; what is None counts as not given.

    Raises:
        ArgumentMissing, ArgumentUnknown: name the arguments that the document needs or does not take.
    """
    said = {name: value for name, value in given.items() if value is not None}
    known = {argument.name: argument for argument in document.arguments}
    if unknown := [name for name in said if name not in known]:
        options = "、".join(f"{one.option} {one.label}" for one in document.arguments)
        raise ArgumentUnknown(
            document=document.title, unknown="、".join(unknown), known=options or "无需参数"
        )
    missing = [one for one in document.arguments if one.required and one.name not in said]
    if missing:
        options = "、".join(f"{one.option}（{one.label}）" for one in missing)
        raise ArgumentMissing(document=document.title, missing=options)
    return said


def render(door: Any, document: Document, **arguments: Any) -> Rendered:
    """Ask the door's service for the view and lay it out.

    Args:
        door: a District or County.
        document: the declaration.
        arguments: those that the document declares, such as ``on``.

    Raises:
        ArgumentMissing, ArgumentUnknown: when the arguments are not those of the document.
    """
    said = bind(document, arguments)
    view = attrgetter(f"{document.part}.{document.view}")(door)(**said)
    public = document.publicity is not None
    notice = document.notice if isinstance(document.notice, str) else document.notice(view)
    return Rendered(
        document=document,
        unit=document.unit(view),
        subtitle=document.subtitle(view),
        figures=tuple(_figure(figure, view) for figure in document.figures),
        charts=tuple(chart for one in document.charts if (chart := _chart(one, view)).labels),
        tables=tuple(
            _table(table, view, public=public)
            for table in document.tables
            if not table.optional or table.rows(view)
        ),
        notice=notice,
        made_on=door.context.today,
        publicity=_publicity(document, view),
        letter=document.letter(view) if document.letter else None,
    )


def _publicity(document: Document, view: Any) -> RenderedPublicity | None:
    words = document.publicity
    if words is None:
        return None
    first, last = words.period(view)
    return RenderedPublicity(hide_numbers(words.body(view)), first, last, words.contact(view))


def _figure(figure: KeyFigure, view: Any) -> RenderedFigure:
    hint = figure.hint(view) if figure.hint else ""
    return RenderedFigure(figure.label, _cell(_value(view, figure.field)), figure.unit, hint)


def _chart(chart: Chart, view: Any) -> RenderedChart:
    rows = chart.rows(view)
    labels = tuple(shown(_cell(_value(row, chart.label))) for row in rows)
    series = tuple((one.name, tuple(_value(row, one.field) for row in rows)) for one in chart.series)
    return RenderedChart(chart, labels, series)


# tables


def _table(table: DocumentTable, view: Any, *, public: bool) -> RenderedTable:
    rows = table.rows(view)
    columns = (NUMBER, *table.columns) if table.number else table.columns
    cells = [tuple(_masked(column, _value(row, column.field)) for column in table.columns) for row in rows]
    if public:
        cells = [
            tuple(hide_numbers(cell) if isinstance(cell, str) else cell for cell in row) for row in cells
        ]
    if table.number:
        cells = [(number, *row) for number, row in enumerate(cells, 1)]
    note = table.note(view) if table.note else ""
    return RenderedTable(
        table.title, columns, tuple(_groups(table, columns, rows, cells)), _totals(columns, cells), note
    )


def _groups(
    table: DocumentTable, columns: Sequence[DocumentColumn], rows: Sequence[Any], cells: Sequence[Row]
) -> Iterable[RenderedGroup]:
    """Put rows together that follow each other and belong to the same."""
    if not table.group:
        yield RenderedGroup("", tuple(cells))
        return
    labels = [shown(_cell(_value(row, table.group))) for row in rows]
    for name, pairs in groupby(zip(labels, cells, strict=True), itemgetter(0)):
        found = tuple(row for _, row in pairs)
        yield RenderedGroup(name, found, _totals(columns, found))


def _totals(columns: Sequence[DocumentColumn], rows: Sequence[Row]) -> Row | None:
    """Add up the columns that say so; what is not known is left out of the sum, and an empty sum is None."""
    if not any(column.total for column in columns):
        return None
    totals: list[Cell] = []
    for index, column in enumerate(columns):
        numbers = [cell for row in rows if isinstance(cell := row[index], int | Decimal | Money)]
        totals.append(_sum(numbers) if column.total and numbers else None)
    return tuple(totals)


def _sum(numbers: Sequence[int | Decimal | Money]) -> Cell:
    amounts = [number for number in numbers if isinstance(number, Money)]
    if amounts:
        return Money.total(amounts)
    return sum(number for number in numbers if not isinstance(number, Money))


# cells


def _value(row: Any, field: str) -> Any:
    """Return a field, through what may be None: ``holder.name`` of a vacant post is None."""
    if not field:
        return ""
    for name in field.split("."):
        if row is None:
            return None
        row = getattr(row, name)
    return row


def _masked(column: DocumentColumn, value: Any) -> Cell:
    cell = _cell(value)
    return column.mask.hide(cell) if column.mask and isinstance(cell, str) else cell


def _cell(value: Any) -> Cell:
    if isinstance(value, CodeEnum):
        return value.label
    if value is None or isinstance(value, str | int | Decimal | Money | date):
        return value
    raise TypeError(f"a document cannot show {type(value).__name__}")


def hide_numbers(text: str) -> str:
    """Hide citizen and mobile numbers wherever they stand, as the last wall before a list is made public.

    >>> hide_numbers("王芳（530921201001011234），13800001234")
    '王芳（530921************），138****1234'
    """
    text = _CITIZEN_NUMBER.sub(lambda found: Mask.DOCUMENT.hide(found[0]), text)
    return _MOBILE.sub(lambda found: Mask.PHONE.hide(found[0]), text)


def shown(cell: Cell) -> str:
    """Write a cell for the eye: thousands separated, money with its fen, a dash for nothing."""
    if cell is None:
        return "—"
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | Money):
        return f"{cell:,}"
    if isinstance(cell, Decimal):
        return plain_number(cell, grouped=True)
    return str(cell)
