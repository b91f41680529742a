"""What the sheets of pupils' circumstances share: spans by pupil and first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, ClassVar, cast

from xuequ.core.errors import ColumnFixed, Place, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import shown
from xuequ.core.plan import Key, PlannedRow
from xuequ.registry.repository.books.circumstances import CircumstanceBookRows
from xuequ.registry.service.books.desk import BookDesk, Lookups, check_pupils
from xuequ.registry.service.circumstances import CircumstanceService
from xuequ.registry.templates.circumstances import CIRCUMSTANCES


class SpanDesk(BookDesk):
    """A sheet of spans of pupils; what has ended is history and stays as it is."""

    sheet: ClassVar[str]
    lasting: ClassVar[frozenset[str]]
    """The fields that may be changed only as long as a span goes on."""

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        context = self.context
        self.rows = CircumstanceBookRows(context.session, context.scope, context.place)
        self.service = CircumstanceService(context)
        self.there: dict[Key, dict[str, Any]] = {}

    def key_of(self, command: Any) -> Key:
        """Return the key of a row."""
        return tuple([getattr(command, name) for name in CIRCUMSTANCES.sheet(self.sheet).key])

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse unknown pupils, names that are not theirs, and changes of what has ended."""
        problems = check_pupils(self.lookups, planned)
        for row in planned:
            there = self.there.get(self.key_of(row.source.command), {})
            if there.get("until") is not None:
                problems += [
                    Problem(ColumnFixed(registered=shown(change.before)), self._place(row, change.field))
                    for change in row.changes
                    if change.field in self.lasting
                ]
        return problems

    def _place(self, row: PlannedRow, field: str) -> Place:
        heading = CIRCUMSTANCES.sheet(self.sheet).heading(field)
        return replace(row.source.place, column=heading)


def numbers_of(rows: Sequence[Command]) -> set[str]:
    """Return the pupils' numbers of rows."""
    return {cast(Any, row).pupil_no for row in rows}


def in_order(planned: Sequence[PlannedRow]) -> list[PlannedRow]:
    """Return rows as things happened, whatever their order in the file."""
    return sorted(planned, key=attrgetter("source.command.since"))
