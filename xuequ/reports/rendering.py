"""From a declaration and a view to rows of cells, which each format then draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xuequ.core.codes import CodeEnum
from xuequ.core.document import Align, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.core.errors import DocumentUnknown
from xuequ.core.money import Money
from xuequ.core.text import plain_number

NUMBER = DocumentColumn("序号", "", Align.CENTER)
"""The column that a numbered table gets in front."""

Cell = str | int | Decimal | Money | date | None


@dataclass(frozen=True, slots=True)
class RenderedTable:
    """One table: columns, rows of cells, totals (None where nothing is added up) and a note."""

    title: str
    columns: tuple[DocumentColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None
    note: str


@dataclass(frozen=True, slots=True)
class RenderedFigure:
    """One figure at the head of the page."""

    label: str
    value: Cell
    unit: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document with its data, ready to be drawn."""

    document: Document
    unit: str
    subtitle: str
    figures: tuple[RenderedFigure, ...]
    tables: tuple[RenderedTable, ...]
    made_on: date


def find_document(name: str, declared: Iterable[Document]) -> Document:
    """Return a declared document by its name.

    Raises:
        DocumentUnknown: lists the names there are.
    """
    documents = {document.name: document for document in declared}
    if name not in documents:
        raise DocumentUnknown(name=name, known="、".join(documents))
    return documents[name]


def render(door: Any, document: Document, **arguments: Any) -> Rendered:
    """Ask the door's service for the view and lay it out.

    Args:
        door: a District or County.
        document: the declaration.
        arguments: passed on to the view's method, such as ``on``.
    """
    view = getattr(getattr(door, document.part), document.view)(**arguments)
    return Rendered(
        document=document,
        unit=getattr(view, "district", ""),
        subtitle=document.subtitle(view),
        figures=tuple(_figure(figure, view) for figure in document.figures),
        tables=tuple(_table(table, view) for table in document.tables),
        made_on=door.context.today,
    )


def _figure(figure: KeyFigure, view: Any) -> RenderedFigure:
    hint = figure.hint(view) if figure.hint else ""
    return RenderedFigure(figure.label, _cell(getattr(view, figure.field)), figure.unit, hint)


def _table(table: DocumentTable, view: Any) -> RenderedTable:
    rows = tuple(tuple(_cell(getattr(row, c.field)) for c in table.columns) for row in table.rows(view))
    columns, totals = table.columns, _totals(table.columns, rows)
    if table.number:
        columns = (NUMBER, *columns)
        rows = tuple((number, *row) for number, row in enumerate(rows, 1))
        totals = (None, *totals) if totals else None
    note = table.note(view) if table.note else ""
    return RenderedTable(table.title, columns, rows, totals, note)


def _totals(columns: Sequence[DocumentColumn], rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...] | None:
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


def _cell(value: Any) -> Cell:
    if isinstance(value, CodeEnum):
        return value.label
    if value is None or isinstance(value, str | int | Decimal | Money | date):
        return value
    raise TypeError(f"a document cannot show {type(value).__name__}")


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
