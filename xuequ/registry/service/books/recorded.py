"""A desk whose rows are the records themselves: what is exported is what a file is compared with."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from xuequ.core.errors import ColumnFixed, Problem, XuequError
from xuequ.core.fields import Command
from xuequ.core.intake import shown
from xuequ.core.plan import PlannedRow, State
from xuequ.core.workbook import Sheet
from xuequ.registry.service.books.desk import BookDesk

Record = tuple[Iterable[str | None], Command]
"""The codes of the schools in whose export a row stands, and the row."""


class RecordDesk(BookDesk):
    """A desk of a sheet whose every row can be told from what is registered."""

    sheet: ClassVar[Sheet]

    @abstractmethod
    def records(self) -> Iterator[Record]:
        """Return all that is registered, as rows."""

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is registered, by key."""
        key = self.sheet.key
        return {
            tuple([getattr(row, name) for name in key]): {
                name: value for name, value in row.__dict__.items() if name not in key
            }
            for _, row in self.records()
        }

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return what is registered, of one school or of the whole place."""
        return (row for schools, row in self.records() if school is None or school in schools)

    def said_of(self, row: PlannedRow, field: str, error: XuequError) -> Problem:
        """Place an error at a cell."""
        value: Any = getattr(row.source.command, field)
        place = replace(row.source.place, column=self.sheet.heading(field), value=shown(value))
        return Problem(error, place)

    def fixed(self, row: PlannedRow, field: str) -> list[Problem]:
        """Refuse that a row changes a field in which something is registered already."""
        return [
            self.said_of(row, field, ColumnFixed(registered=shown(change.before)))
            for change in row.changes
            if change.field == field and change.before is not None
        ]
