"""The sheet of placements: who works at another school than the employing one, and from when on back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise, zip_longest
from typing import Any, cast

from xuequ.core.errors import ColumnFixed, Problem
from xuequ.core.fields import Command
from xuequ.core.intake import shown
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.books.staff import StaffBookRows
from xuequ.registry.schemas.books.staff import PlacementRow
from xuequ.registry.schemas.staff import Placing
from xuequ.registry.service.books.desk import (
    BookDesk,
    Lookups,
    at_column,
    changed,
    check_names,
    rows_of,
)
from xuequ.registry.service.staff import StaffService
from xuequ.registry.states.staff import PlacementKind
from xuequ.registry.templates.staff import STAFF

SHEET = STAFF.sheet("placements")


class PlacementDesk(BookDesk):
    """The sheet of placements; work at the employing school follows from the employment."""

    changeable = frozenset({"until"})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = StaffBookRows(self.context.session, self.context.scope, self.context.place)
        self.staff = StaffService(self.context)

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the placements of the people of rows, where they are away as the row says, or at home.

        Whoever is sent elsewhere on the very first day of work at home has a row that is new.
        """
        away = {(row.staff_no, row.since): row.kind.away for row in cast("Sequence[PlacementRow]", rows)}
        return {
            (row.staff_no, row.since): _stored(row)
            for row in self.rows.placements({number for number, _ in away})
            if away.get((row.staff_no, row.since)) is PlacementKind(row.kind).away
        }

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and leave the end of work at the employing school to what ends it."""
        found = check_names(planned, self.lookups.staff_named)
        for row in planned:
            if not _of(row).kind.away:
                found += [
                    at_column(row, SHEET, change.field, ColumnFixed(registered=shown(change.before)))
                    for change in row.changes
                    if change.field == "until"
                ]
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Let people come back and be away for longer, then place others: one after another of one person."""
        there = self.standing([row.source.command for row in planned])
        longer: list[PlacementRow] = []
        for row in planned:
            if changed(row, "until"):
                longer += self._end(_of(row), there)
        added = cast("list[PlacementRow]", rows_of(planned, Outcome.ADDED))
        self._place([*longer, *self._split(added)])

    def _end(self, command: PlacementRow, there: State) -> Iterator[PlacementRow]:
        """Let somebody come back earlier; whoever is away for longer is to be placed behind the old end."""
        until = there[command.staff_no, command.since]["until"]
        assert command.until is not None, "a row that changes the end has one"
        if until is not None and until < command.until:
            yield command.model_copy(update={"since": until})
        elif until != command.until:
            self.staff.come_back(self.lookups.staff(command.staff_no), command.until)

    def _place(self, commands: Sequence[PlacementRow]) -> None:
        """Place people, in as many calls as one person has rows; who is away then comes back."""
        by_number: defaultdict[str, list[PlacementRow]] = defaultdict(list)
        for command in sorted(commands, key=lambda one: one.since):
            by_number[command.staff_no].append(command)
        for some in zip_longest(*by_number.values()):
            wave = [one for one in some if one is not None]
            away = self._away([one for one in wave if not one.kind.away])
            self.staff.place_many([self._placing(one) for one in wave if one.staff_no not in away])
            for one in wave:
                if one.staff_no in away:
                    self.staff.come_back(self.lookups.staff(one.staff_no), one.since)

    def _away(self, homewards: Sequence[PlacementRow]) -> set[str]:
        """Return who is away on the day on which they are to work at home."""
        there = self.rows.placements({one.staff_no for one in homewards}) if homewards else ()
        spans: defaultdict[str, list[AnyRow]] = defaultdict(list)
        for row in there:
            if PlacementKind(row.kind).away:
                spans[row.staff_no].append(row)
        return {
            one.staff_no for one in homewards if any(_holds(row, one.since) for row in spans[one.staff_no])
        }

    def _split(self, commands: Sequence[PlacementRow]) -> list[PlacementRow]:
        """Cut rows where somebody's employment went over to another school while they were away.

        A placement is put into one employment at a time; the parts become one again.
        """
        begun: defaultdict[str, list[date]] = defaultdict(list)
        if commands:
            for row in self.rows.employments({one.staff_no for one in commands}):
                begun[row.staff_no].append(row.since)
        parts: list[PlacementRow] = []
        for one in commands:
            inner = [
                day
                for day in begun[one.staff_no]
                if one.kind.away and one.since < day and (one.until is None or day < one.until)
            ]
            days = [one.since, *inner, one.until]
            parts += [one.model_copy(update={"since": a, "until": b}) for a, b in pairwise(days)]
        return parts

    def _placing(self, one: PlacementRow) -> Placing:
        return Placing(
            staff_id=self.lookups.staff(one.staff_no),
            school_id=self.lookups.school(one.school),
            kind=one.kind,
            since=one.since,
            until=one.until,
            authority=one.authority,
        )

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return who works or worked at another school than the employing one."""
        named = self.lookups.staff_named
        for row in self.rows.placements(None):
            if school in (None, row.school) and PlacementKind(row.kind).away:
                name = named[row.staff_no].name
                yield PlacementRow(staff_no=row.staff_no, name=name, since=row.since, **_stored(row))


def _of(row: PlannedRow) -> PlacementRow:
    return cast(PlacementRow, row.source.command)


def _stored(row: Any) -> dict[str, Any]:
    return {
        "school": row.school,
        "kind": PlacementKind(row.kind),
        "until": row.until,
        "authority": row.authority,
    }


def _holds(row: AnyRow, day: date) -> bool:
    return bool(row.since <= day and (row.until is None or day < row.until))
