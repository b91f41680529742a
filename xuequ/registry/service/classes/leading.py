"""Head teachers 班主任: who leads a class from which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.registry.actions.classes import APPOINT_HEAD_TEACHER
from xuequ.registry.errors.classes import (
    HeadTeacherElsewhere,
    HeadTeacherKnown,
    NoHeadTeacher,
    SpanEndsBeforeItBegins,
)
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.facts.classes import HeadTeacherEnded, HeadTeachersAppointed
from xuequ.registry.models.classes import HeadTeacher
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.classes import check_there
from xuequ.registry.schemas.classes import HeadTeacherAppointment
from xuequ.registry.service.classes.changing import ClassChanges
from xuequ.registry.service.classes.views import Day, formation

_COLUMNS = ("county_id", "id", "district_id", "school_id", "class_id", "staff_id", "since", "until")


class Leading(ClassChanges):
    """One act on the head teachers of classes as of a day."""

    def __init__(self, context: Context, day: Day) -> None:
        super().__init__(context, day)
        self.heads: dict[int, list[AnyRow]] = {}

    def lock_permitted(self, class_ids: Sequence[int]) -> dict[int, AnyRow]:
        """Lock classes at whose schools the actor may appoint, and read who leads them from the day on."""
        classes = self.lock(class_ids)
        for row in classes.values():
            self.context.permit(APPOINT_HEAD_TEACHER, school=row.school)
        self.heads = self.rows.heads_from(class_ids, self.day.on)
        return classes

    def appoint(self, asked: Sequence[HeadTeacherAppointment]) -> list[int]:
        """Appoint head teachers to classes that have none from the day on."""
        classes = self.lock_permitted([one.class_id for one in asked])
        problems = self.check(asked, classes)
        chosen: dict[int, HeadTeacherAppointment] = {}
        for one in asked:
            name = self.day.name(classes[one.class_id])
            first = chosen.setdefault(one.class_id, one)
            if first is not one:
                problems.append(self._known(name, str(first.staff_id), self.day.on))
            problems += [self._known(name, head.staff_no, head.since) for head in self.heads[one.class_id]]
        refuse_if(problems)
        self.begin(asked, classes)
        return list(chosen)

    def hand_over(self, one: HeadTeacherAppointment) -> None:
        """Let somebody else lead a class from the day on."""
        classes = self.lock_permitted([one.class_id])
        row, name = classes[one.class_id], self.day.name(classes[one.class_id])
        current, later = self._current(row)
        problems = self.check([one], classes)
        problems += [self._known(name, head.staff_no, head.since) for head in later]
        if current.staff_id == one.staff_id:
            problems.append(self._known(name, current.staff_no, current.since))
        refuse_if(problems + self._check_end(name, current))
        self._end(row, current)
        self.begin([one], classes)

    def end_leading(self, class_id: int) -> None:
        """End the time of a class's head teacher on the day."""
        row = self.lock_permitted([class_id])[class_id]
        current, _ = self._current(row)
        refuse_if(self._check_end(self.day.name(row), current))
        self._end(row, current)

    def _known(self, name: str, staff: str, since: date) -> Problem:
        return Problem(HeadTeacherKnown(name=name, staff=staff, since=str(since)))

    def _current(self, row: AnyRow) -> tuple[AnyRow, list[AnyRow]]:
        """Return who leads the class on the day, and who is to lead it later.

        Raises:
            NoHeadTeacher: when nobody leads it on the day.
        """
        heads = self.heads[row.id]
        if not heads or heads[0].since > self.day.on:
            raise NoHeadTeacher(name=self.day.name(row))
        return heads[0], heads[1:]

    def _check_end(self, name: str, head: AnyRow) -> list[Problem]:
        on = self.day.on
        if head.since < on:
            return []
        return [Problem(SpanEndsBeforeItBegins(what=f"{name}的班主任", since=str(head.since), on=str(on)))]

    def _end(self, row: AnyRow, head: AnyRow) -> None:
        self.changes.end_head_teachers([head.id], self.day.on)
        fact = HeadTeacherEnded(
            school_id=row.school_id, class_id=row.id, staff_id=head.staff_id, on=self.day.on
        )
        self.context.announce(fact)

    def check(self, asked: Sequence[HeadTeacherAppointment], classes: Mapping[int, AnyRow]) -> list[Problem]:
        """Refuse a class that is not there on the day, and whoever does not work at its school."""
        on = self.day.on
        self.keep_open({row.school_id for row in classes.values()})
        problems = [
            p for row in classes.values() for p in check_there(formation(row), on, self.day.schooling)
        ]
        staff_ids = {one.staff_id for one in asked}
        at, numbers = self.rows.working_at(staff_ids, on), self.rows.staff_numbers(staff_ids)
        for one in asked:
            row = classes[one.class_id]
            if at.get(one.staff_id) == row.school_id:
                continue
            number = numbers.get(one.staff_id)
            if number is None:
                problems.append(Problem(StaffUnknown(staff=str(one.staff_id))))
            else:
                error = HeadTeacherElsewhere(staff=number, school=row.school_name, on=str(on))
                problems.append(Problem(error))
        return problems

    def begin(self, asked: Sequence[HeadTeacherAppointment], classes: Mapping[int, AnyRow]) -> None:
        """Write who leads from the day on, no longer than the class is there."""
        on = self.day.on
        rows = [
            (
                *(row.county_id, row_id, row.district_id, row.school_id, row.id),
                *(one.staff_id, on, row.dissolved_on),
            )
            for row_id, one in zip(take_ids(len(asked)), asked, strict=True)
            for row in (classes[one.class_id],)
        ]
        self.changes.load(HeadTeacher, _COLUMNS, rows)
        by_school: defaultdict[int, list[HeadTeacherAppointment]] = defaultdict(list)
        for one in asked:
            by_school[classes[one.class_id].school_id].append(one)
        for school_id, some in by_school.items():
            fact = HeadTeachersAppointed(
                school_id=school_id,
                class_ids=tuple(one.class_id for one in some),
                staff_ids=tuple(one.staff_id for one in some),
                since=self.day.on,
            )
            self.context.announce(fact)
