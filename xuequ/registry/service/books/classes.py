"""The workbook of classes: forming and dissolving them, and teaching some together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.repository.books.classes import ClassBookRows
from xuequ.registry.repository.states import StateRows
from xuequ.registry.rules.class_lists import Cohort, read_class_list, write_class_list
from xuequ.registry.rules.classes import Schooling, begins
from xuequ.registry.schemas.books.classes import ClassLine, GroupLine
from xuequ.registry.schemas.classes import ClassForming, GroupForming
from xuequ.registry.service.books.desk import BookDesk, Lookups, problem_at, rows_of
from xuequ.registry.service.classes import ClassService
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.templates.classes import CLASSES


class ClassDesk(BookDesk):
    """The sheet of classes; mergers and splits, which move pupils, are no rows of it."""

    changeable = frozenset({"dissolved_on"})

    @cached_property
    def schooling(self) -> Schooling:
        """How schooling is cut today."""
        return Schooling.of(self.context.standards, self.context.today)

    @cached_property
    def rows(self) -> StateRows:
        """What is there."""
        return StateRows(self.context.session, self.context.scope, self.context.place)

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say; a class formed with its cohort says no day of its own."""
        return [
            {**row.__dict__, "formed_on": self._formed_later(row)}
            for row in cast("Sequence[ClassLine]", rows)
        ]

    def _formed_later(self, row: ClassLine) -> date | None:
        first = begins(row.entry_year, self.schooling)
        return row.formed_on if row.formed_on is not None and row.formed_on > first else None

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the classes of the district."""
        return self.rows.class_state()

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Form the classes of each day together, then dissolve those that are there no longer."""
        by_day: defaultdict[date, list[ClassLine]] = defaultdict(list)
        for row in cast("list[ClassLine]", rows_of(planned, Outcome.ADDED)):
            by_day[row.formed_on or begins(row.entry_year, self.schooling)].append(row)
        for day, some in sorted(by_day.items()):
            ClassService(self.context).form_classes([self._forming(row) for row in some], day)
        self._dissolve([row for row in planned if cast(ClassLine, row.source.command).dissolved_on])

    def _forming(self, row: ClassLine) -> ClassForming:
        return ClassForming(
            school_id=self.lookups.school(row.school),
            stage=row.stage,
            entry_year=row.entry_year,
            number=row.number,
        )

    def _dissolve(self, planned: Sequence[PlannedRow]) -> None:
        if not planned:
            return
        there = self.rows.class_state()
        for row in planned:
            line = cast(ClassLine, row.source.command)
            at = (line.school, line.stage, line.entry_year, line.number)
            ClassService(self.context).dissolve_class(there[at]["id"], line.dissolved_on)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return all classes that there are and were."""
        for (code, stage, entry_year, number), one in sorted(self.rows.class_state().items()):
            if school in (None, code):
                yield ClassLine(
                    school=code,
                    stage=stage,
                    entry_year=entry_year,
                    number=number,
                    formed_on=one["formed_on"],
                    dissolved_on=one["dissolved_on"],
                )


class GroupDesk(BookDesk):
    """The sheet of classes that are taught together; a group is formed at once, so it is one row."""

    changeable = frozenset({"until"})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        context = self.context
        self.rows = ClassBookRows(context.session, context.scope, context.place)

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, the classes in our order."""
        return [
            {**row.__dict__, "classes": _in_order(row.classes)} for row in cast("Sequence[GroupLine]", rows)
        ]

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the groups that there are and were."""
        return self._groups()

    def _groups(self) -> dict[Key, dict[str, Any]]:
        there: dict[Key, dict[str, Any]] = {}
        for group_id, members in groupby(self.rows.groups(), key=lambda row: row.id):
            some = list(members)
            first = some[0]
            there[first.school, first.name, first.since] = {
                "id": group_id,
                "kind": GroupKind(first.kind),
                "classes": write_class_list((Stage(row.stage), row.entry_year, row.number) for row in some),
                "until": first.until,
            }
        return there

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse what names no classes."""
        read = ((row, read_class_list(cast(GroupLine, row.source.command).classes)) for row in planned)
        return [problem_at(row, found.error) for row, found in read if isinstance(found, Problem)]

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Form groups, and end those that are to end."""
        service, there = ClassService(self.context), self._groups()
        for row in sorted(planned, key=lambda one: cast(GroupLine, one.source.command).since):
            line = cast(GroupLine, row.source.command)
            if row.outcome is Outcome.ADDED:
                group_id = service.form_group(self._forming(line), line.since).id
            else:
                group_id = there[line.school, line.name, line.since]["id"]
            if line.until is not None:
                service.separate_group(group_id, line.until)

    def _forming(self, line: GroupLine) -> GroupForming:
        self.lookups.school(line.school)
        cohorts = cast("list[Cohort]", read_class_list(line.classes))
        class_ids = tuple(self.lookups.school_class(line.school, *cohort) for cohort in cohorts)
        return GroupForming(kind=line.kind, name=line.name, class_ids=class_ids)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return all groups that there are and were."""
        for (code, name, since), one in self._groups().items():
            if school in (None, code):
                fields = {field: one[field] for field in ("kind", "classes", "until")}
                yield GroupLine(school=code, name=name, since=since, **fields)


def _in_order(text: str) -> str:
    found = read_class_list(text)
    return text if isinstance(found, Problem) else write_class_list(found)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {"classes": ClassDesk(lookups), "groups": GroupDesk(lookups)}


CLASSES_BOOK = Book(CLASSES, _desks, stale="班级")
