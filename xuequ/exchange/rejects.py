"""The bad rows of a file as a workbook: to mend where they are coloured, and to read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuequ.core.errors import Problem
from xuequ.core.extras import load
from xuequ.core.workbook import Column, Sheet, Template
from xuequ.exchange.cells import cell_text
from xuequ.exchange.lists import Lists
from xuequ.exchange.reader import find_headings, normal_heading, title_of
from xuequ.exchange.streaming import TEXT_FORMAT, new_cell, put_text, streamed_book
from xuequ.exchange.tables import Tables, open_tables
from xuequ.exchange.tables.values import ErrorValue, Formula, Raw
from xuequ.exchange.writer import ROOM, column_format, heading_cell, help_filling

ROW, REMEDY = "原行号", "问题与改法"
"""The columns that are added; no template has them, so a reader passes them over."""

_BAD, _AMBER = "FFC7CE", "FFEB9C"
_UNKNOWN_ERROR = "#VALUE!"
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: the title of its sheet, its number, its cells as they stood, what is wrong.

    The headings are those of the file, the same for every row of a sheet.
    """

    sheet: str
    row: int
    cells: Sequence[Raw]
    headings: Sequence[str]
    problems: Sequence[Problem]


def write_rejects(path: Path, template: Template, bad: Iterable[BadRow]) -> None:
    """Write the bad rows, a sheet of the template a sheet, as they come; the file is whole or not there.

    Raises:
        KeyError: for a row of a sheet that the template does not have.
    """
    with streamed_book(path) as book:
        lists = Lists()
        sheets = {sheet.title: _Rejects(book.create_sheet(sheet.title), sheet) for sheet in template.sheets}
        for row in bad:
            sheets[row.sheet].add(row)
        for rejects in sheets.values():
            rejects.finish(lists)
        lists.write(book)


def write_rejects_of(path: Path, file: Path, template: Template, problems: Iterable[Problem]) -> int:
    """Write those rows of a file that problems are about; return how many there are.

    Args:
        path: of the workbook that is written.
        file: that was read.
        problems: of its plan.
    """
    wrong: dict[str, dict[int, list[Problem]]] = {}
    for problem in problems:
        if problem.place is not None and problem.place.row is not None:
            wrong.setdefault(problem.place.sheet, {}).setdefault(problem.place.row, []).append(problem)
    with open_tables(file) as tables:
        write_rejects(path, template, _bad_rows(tables, template, wrong))
    return sum(map(len, wrong.values()))


def _bad_rows(
    tables: Tables, template: Template, wrong: Mapping[str, Mapping[int, Sequence[Problem]]]
) -> Iterator[BadRow]:
    for sheet in template.sheets:
        title = title_of(tables, sheet, alone=len(template.sheets) == 1)
        rows = wrong.get(sheet.title, {})
        if title is None or not rows:
            continue
        headings, _, lines = find_headings(sheet, tables.lines(title))
        for number, cells in lines:
            if number in rows:
                yield BadRow(sheet.title, number, cells, [cell_text(one) for one in headings], rows[number])


class _Rejects:
    """One sheet; its headings are those of the first bad row, or the template's when there is none."""

    def __init__(self, cells: Any, sheet: Sheet) -> None:
        self.cells = cells
        self.known = {normal_heading(column.heading): column for column in sheet.columns}
        self.template_headings = [column.heading for column in sheet.columns]
        self.names: list[str] = []
        self.kept: list[int] = []

    def add(self, bad: BadRow) -> None:
        """Write a row."""
        if not self.names:
            self._begin(bad.headings)
        wrong = {normal_heading(problem.place.column) for problem in bad.problems if problem.place}
        row: list[Any] = [bad.row]
        for index, name in zip(self.kept, self.names, strict=True):
            value = bad.cells[index] if index < len(bad.cells) else None
            row.append(self._cell(value, self.known.get(name), bad=bool(name) and name in wrong))
        self.cells.append([*row, self._said(bad.problems)])

    def finish(self, lists: Lists) -> None:
        """Add what helps in filling."""
        if not self.names:
            self._begin(self.template_headings)
        help_filling(self.cells, [None, *map(self.known.get, self.names)], ROOM, lists)

    def _begin(self, headings: Sequence[str]) -> None:
        """Write the headings but our own two, which a file has that was sent back before."""
        self.kept = [index for index, heading in enumerate(headings) if heading not in (ROW, REMEDY)]
        self.names = [normal_heading(headings[index]) for index in self.kept]
        letters = load("openpyxl.utils").get_column_letter
        dimensions = self.cells.column_dimensions
        for index, name in enumerate(self.names, 2):
            dimensions[letters(index)].width = max(12, 2 * len(name) + 4)
            form = column_format(self.known[name]) if name in self.known else ""
            if form:
                dimensions[letters(index)].number_format = form
        dimensions[letters(len(self.names) + 2)].width = 80
        self.cells.freeze_panes = "B2"
        row = [self._heading(headings[index]) for index in self.kept]
        self.cells.append([self._heading(ROW), *row, self._heading(REMEDY)])

    def _heading(self, heading: str) -> Any:
        column = self.known.get(normal_heading(heading))
        if column is not None:
            return heading_cell(self.cells, column)
        cell = put_text(new_cell(self.cells), heading)
        cell.font = load("openpyxl.styles").Font(bold=True)
        return cell

    def _cell(self, value: Raw, column: Column | None, *, bad: bool) -> Any:
        if value is None and not bad:
            return None
        cell = _raw_cell(self.cells, value, column)
        if bad:
            cell.fill = load("openpyxl.styles").PatternFill("solid", fgColor=_BAD)
        return cell

    def _said(self, problems: Sequence[Problem]) -> Any:
        styles = load("openpyxl.styles")
        text = "\n".join(_said(problem) for problem in problems)
        cell = put_text(new_cell(self.cells), text)
        cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
        cell.fill = styles.PatternFill("solid", fgColor=_AMBER)
        return cell


def _said(problem: Problem) -> str:
    """Say what is wrong and what to do; where it is, the row and the colour say."""
    column = problem.place.column if problem.place else ""
    said = f"{problem.error.message()}{problem.error.remedy()}"
    return f"“{column}”栏：{said}" if column else said


def _raw_cell(cells: Any, value: Raw, column: Column | None) -> Any:
    """Write a cell as it stood; a formula becomes an error value, which is refused until it is mended."""
    if isinstance(value, Formula | ErrorValue):
        cell = new_cell(cells)
        cell.value = value.text if value.text in _ERRORS else _UNKNOWN_ERROR
        cell.data_type = "e"
        return cell
    if isinstance(value, str):
        return put_text(new_cell(cells, TEXT_FORMAT), value)
    cell = new_cell(cells, column_format(column) if value is None and column is not None else "")
    cell.value = value  # of a day or a time openpyxl sets the format too
    return cell
