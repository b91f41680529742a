"""Groups of classes that are taught together: combined 合班 and multi-grade 复式."""

from __future__ import annotations

from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.actions.classes import GROUP_CLASSES
from xuequ.registry.errors.classes import AlreadyGrouped, GroupUnknown, SpanEndsBeforeItBegins
from xuequ.registry.facts.classes import GroupFormed, GroupsSeparated
from xuequ.registry.models.classes import ClassGroup, ClassGroupMember
from xuequ.registry.rules.classes import check_group, check_there
from xuequ.registry.schemas.classes import GroupForming
from xuequ.registry.service.classes.changing import ClassChanges, cohort_of
from xuequ.registry.service.classes.views import formation

_GROUP = ("county_id", "id", "district_id", "school_id", "kind", "name", "since", "until")
_MEMBER = ("county_id", "id", "group_id", "class_id", "since", "until")


class Grouping(ClassChanges):
    """One act on groups of classes as of a day."""

    def form_group(self, command: GroupForming) -> int:
        """Teach classes together from the day on, while all of them are there; return the group."""
        on, county_id = self.day.on, self.context.scope.county_id
        classes = list(self.lock(command.class_ids).values())
        for row in classes:
            self.context.permit(GROUP_CLASSES, school=row.school)
        self.keep_open({row.school_id for row in classes})
        grouped = self.rows.grouped_from(command.class_ids, on)
        problems = [p for row in classes for p in check_there(formation(row), on, self.day.schooling)]
        problems += check_group(command.kind, [cohort_of(row) for row in classes])
        problems += [Problem(AlreadyGrouped(name=self.day.name(row))) for row in classes if row.id in grouped]
        refuse_if(problems)
        first, group_id = classes[0], new_id()
        group = (county_id, group_id, first.district_id, first.school_id, command.kind.code, command.name)
        until = min((row.dissolved_on for row in classes if row.dissolved_on is not None), default=None)
        self.changes.load(ClassGroup, _GROUP, [(*group, on, until)])
        ids = take_ids(len(classes))
        members = [
            (county_id, row_id, group_id, row.id, on, until) for row_id, row in zip(ids, classes, strict=True)
        ]
        self.changes.load(ClassGroupMember, _MEMBER, members)
        fact = GroupFormed(
            school_id=first.school_id,
            group_id=group_id,
            kind=command.kind,
            class_ids=tuple(row.id for row in classes),
            since=on,
        )
        self.context.announce(fact)
        return group_id

    def separate(self, group_id: int) -> None:
        """Teach the classes of a group apart from the day on."""
        on, row = self.day.on, self.rows.group(group_id)
        if row is None:
            raise GroupUnknown(group=str(group_id))
        self.context.permit(GROUP_CLASSES, school=row.school)
        if row.until is not None and row.until <= on:
            raise GroupUnknown(group=str(group_id))
        if row.since >= on:
            raise SpanEndsBeforeItBegins(what=row.name, since=str(row.since), on=str(on))
        self.changes.end_groups([group_id], on)
        self.context.announce(GroupsSeparated(school_id=row.school_id, group_ids=(group_id,), on=on))
