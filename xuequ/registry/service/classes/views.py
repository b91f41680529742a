"""Views of classes and groups as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from xuequ.core.context import Context
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.classes import (
    Formation,
    Schooling,
    SizeLimit,
    class_name,
    cohorts,
    grade,
    school_year,
)
from xuequ.registry.schemas.classes import (
    ClassView,
    GroupMemberView,
    GroupName,
    GroupView,
    HeadTeacherView,
    SizeWarning,
)
from xuequ.registry.states.classes import GroupKind, Stage


def formation(row: AnyRow) -> Formation:
    """Return what says on which days a class is there."""
    return Formation(Stage(row.stage), row.entry_year, row.number, row.formed_on, row.dissolved_on)


class Day:
    """A day with what the standards say of it: how schooling is cut, how large a class may be."""

    def __init__(self, context: Context, on: date | None) -> None:
        self.on = on or context.today
        self.schooling = Schooling.of(context.standards, self.on)
        self.limits = {stage: SizeLimit.of(stage, context.standards, self.on) for stage in Stage}

    @property
    def year(self) -> int:
        """The school year that holds the day."""
        return school_year(self.on, self.schooling)

    @property
    def cohorts(self) -> dict[Stage, range]:
        """The entry years of the classes that run on the day."""
        return cohorts(self.on, self.schooling)

    def name(self, row: AnyRow) -> str:
        """Return what a class is called on the day."""
        return class_name(Stage(row.stage), row.entry_year, row.number, self.on, self.schooling)

    def view(self, row: AnyRow) -> ClassView:
        """Return the view of a class."""
        return ClassView(
            id=row.id,
            school_id=row.school_id,
            school=row.school,
            school_name=row.school_name,
            stage=Stage(row.stage),
            entry_year=row.entry_year,
            number=row.number,
            grade=grade(row.entry_year, self.on, self.schooling),
            name=self.name(row),
            pupils=row.pupils,
            head_teacher=_head_teacher(row),
            group=_group_name(row),
            too_large=self._too_large(row),
            formed_on=row.formed_on,
            dissolved_on=row.dissolved_on,
            successor_id=row.successor_id,
        )

    def groups(self, rows: Iterable[AnyRow]) -> list[GroupView]:
        """Return the views of groups, from rows that stand together by group."""
        return [self._group(list(members)) for _, members in groupby(rows, key=lambda row: row.id)]

    def _group(self, members: Sequence[AnyRow]) -> GroupView:
        first = members[0]
        return GroupView(
            id=first.id,
            school_id=first.school_id,
            school=first.school,
            kind=GroupKind(first.kind),
            name=first.name,
            since=first.since,
            until=first.until,
            classes=tuple(
                GroupMemberView(
                    class_id=row.class_id,
                    name=self.name(row),
                    grade=grade(row.entry_year, self.on, self.schooling),
                    pupils=row.pupils,
                )
                for row in members
            ),
        )

    def _too_large(self, row: AnyRow) -> SizeWarning | None:
        limit = self.limits[Stage(row.stage)]
        if row.pupils <= limit.most:
            return None
        return SizeWarning(limit=limit.most, strength=limit.strength, authority=limit.authority)


def _head_teacher(row: AnyRow) -> HeadTeacherView | None:
    if row.head_id is None:
        return None
    return HeadTeacherView(
        staff_id=row.staff_id,
        staff_no=row.staff_no,
        name=row.head_name,
        since=row.head_since,
        works_here=row.placement_id is not None,
    )


def _group_name(row: AnyRow) -> GroupName | None:
    if row.group_id is None:
        return None
    return GroupName(id=row.group_id, kind=GroupKind(row.kind), name=row.group_name)
