"""Use cases of classes 班级: cohorts, their head teachers, and those that are taught together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.actions.classes import (
    APPOINT_HEAD_TEACHER,
    FORM_CLASSES,
    GROUP_CLASSES,
    VIEW_CLASSES,
)
from xuequ.registry.errors.classes import ClassKnown, ClassUnknown
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.facts.classes import ClassRenumbered
from xuequ.registry.repository.classes import ClassRows
from xuequ.registry.rules.classes import Formation, check_there
from xuequ.registry.schemas.classes import (
    ClassForming,
    ClassMerger,
    ClassNumber,
    ClassSplit,
    ClassView,
    GroupForming,
    GroupView,
    HeadTeacherAppointment,
)
from xuequ.registry.service.classes.changing import ClassChanges
from xuequ.registry.service.classes.grouping import Grouping
from xuequ.registry.service.classes.leading import Leading
from xuequ.registry.service.classes.views import Day, formation
from xuequ.registry.states.classes import Stage

__all__ = ["ClassService"]


class ClassService(Service):
    """Classes 教学班 as cohorts: the entry year stays, the grade follows from the day.

    A use case acts as of a day, today when it is left out.
    """

    @property
    def _rows(self) -> ClassRows:
        return ClassRows(self.context.session, self.context.scope, self.context.place)

    def _day(self, on: date | None) -> Day:
        return Day(self.context, on)

    def _views(self, class_ids: Sequence[int], day: Day) -> list[ClassView]:
        found = self._rows.classes(class_ids, day.on)
        return [day.view(found[class_id]) for class_id in class_ids]

    # forming

    @use_case(FORM_CLASSES)
    def form_classes(self, classes: Sequence[ClassForming], on: date | None = None) -> list[ClassView]:
        """Form classes 设班, also of a cohort that has not begun.

        Of a cohort that has, the class is there from the day on; others are as old as their cohort.

        Raises:
            SchoolUnknown: when a school is not of this scope.
            ClassKnown: when a number is taken; that of a dissolved class stays its own.
            GradeBeyondStage: when the cohort has left its stage.
        """
        day = self._day(on)
        return self._views(ClassChanges(self.context, day).form(classes), day)

    @use_case(FORM_CLASSES)
    def renumber_class(self, class_id: int, number: ClassNumber) -> ClassView:
        """Give a class another number 班号 within its cohort.

        Raises:
            ClassUnknown, ClassKnown: when there is no such class, or the number is taken.
        """
        day = self._day(None)
        changes = ClassChanges(self.context, day)
        row = changes.lock([class_id])[class_id]
        if row.number == number:
            return day.view(row)
        taken = self._rows.numbers([row.school_id])[row.school_id, row.stage, row.entry_year]
        renumbered = Formation(Stage(row.stage), row.entry_year, number)
        if number in taken:
            raise ClassKnown(name=renumbered.name(day.on, day.schooling))
        refuse_if(check_there(formation(row), day.on, day.schooling) if row.dissolved_on else [])
        changes.changes.change_class(class_id, {"number": number})
        fact = ClassRenumbered(
            school_id=row.school_id, class_id=class_id, number_before=row.number, number=number
        )
        self.context.announce(fact)
        return self._views([class_id], day)[0]

    @use_case(FORM_CLASSES)
    def dissolve_class(self, class_id: int, on: date | None = None) -> ClassView:
        """Dissolve an empty class 撤班; what belongs to it ends with it.

        Raises:
            ClassUnknown, ClassDissolved: when there is no such class, or none any more.
            ClassNotEmpty: when somebody is in it on the day or later.
            SpanEndsBeforeItBegins: when the class, or what belongs to it, begins on the day or later.
        """
        day = self._day(on)
        changes = ClassChanges(self.context, day)
        row = changes.lock([class_id])[class_id]
        if row.dissolved_on is not None:
            refuse_if(check_there(formation(row), row.dissolved_on, day.schooling))
        changes.dissolve(row)
        return self._views([class_id], day)[0]

    @use_case(FORM_CLASSES)
    def merge_classes(self, command: ClassMerger, on: date | None = None) -> ClassView:
        """Merge classes of one cohort and school 并班; pupils go on in the other class without a gap.

        The merged classes are dissolved and keep who took their pupils; what they had by date ends.

        Raises:
            ClassUnknown, ClassDissolved, ClassNotBegun, GradeBeyondStage: for a class that is not there.
            SchoolsDiffer, CohortsDiffer: when pupils would change school or grade by it.
            ClassTooLarge: when the standard forbids so many pupils in a class.
            SpanEndsBeforeItBegins: as for `dissolve_class`.
        """
        day = self._day(on)
        ClassChanges(self.context, day).merge(command)
        return self._views([command.into_id], day)[0]

    @use_case(FORM_CLASSES)
    def split_class(self, command: ClassSplit, on: date | None = None) -> list[ClassView]:
        """Split a class 分班; pupils go on in new classes of the cohort without a gap.

        Returns the class and the new ones.

        Raises:
            ClassUnknown, ClassDissolved, ClassNotBegun, GradeBeyondStage: for a class that is not there.
            NotInClass, PupilListedTwice, SplitTooFine: for lists that do not fit.
            ClassKnown: when a number is taken.
        """
        day = self._day(on)
        return self._views(ClassChanges(self.context, day).split(command), day)

    # head teachers

    @use_case(APPOINT_HEAD_TEACHER, at=At.SCHOOL)
    def appoint_head_teachers(
        self, appointments: Sequence[HeadTeacherAppointment], on: date | None = None
    ) -> list[ClassView]:
        """Appoint head teachers 班主任 to classes that have none from the day on.

        Raises:
            ClassUnknown, ClassDissolved, ClassNotBegun, GradeBeyondStage: for a class that is not there.
            HeadTeacherKnown: when somebody leads the class then, or is to later.
            HeadTeacherElsewhere, StaffUnknown: for one who does not work at the school on the day.
        """
        day = self._day(on)
        if not appointments:
            self.context.permit(APPOINT_HEAD_TEACHER, school="")
        return self._views(Leading(self.context, day).appoint(appointments), day)

    @use_case(APPOINT_HEAD_TEACHER, at=At.SCHOOL)
    def hand_over_class(self, appointment: HeadTeacherAppointment, on: date | None = None) -> ClassView:
        """Hand a class over to another head teacher 班主任交接 on a day.

        Raises:
            NoHeadTeacher: when nobody leads the class on the day.
            HeadTeacherKnown: when it is the same person, or somebody is to lead it later.
            SpanEndsBeforeItBegins: when the one before began on the day.
            Others as for `appoint_head_teachers`.
        """
        day = self._day(on)
        Leading(self.context, day).hand_over(appointment)
        return self._views([appointment.class_id], day)[0]

    @use_case(APPOINT_HEAD_TEACHER, at=At.SCHOOL)
    def end_head_teacher(self, class_id: int, on: date | None = None) -> ClassView:
        """End the time of a class's head teacher on a day.

        Raises:
            ClassUnknown, NoHeadTeacher: when there is no such class, or nobody leads it.
            SpanEndsBeforeItBegins: when the time began on the day.
        """
        day = self._day(on)
        Leading(self.context, day).end_leading(class_id)
        return self._views([class_id], day)[0]

    @reading(VIEW_CLASSES, at=At.DOOR)
    def head_teacher_vacancies(self, on: date | None = None) -> list[ClassView]:
        """List the classes that nobody leads who works at their school on a day 班主任空缺."""
        day = self._day(on)
        return [day.view(row) for row in self._rows.without_head_teacher(day.on, day.cohorts)]

    # groups

    @use_case(GROUP_CLASSES, at=At.SCHOOL)
    def form_group(self, command: GroupForming, on: date | None = None) -> GroupView:
        """Teach classes of one school together from a day: 合班 of one grade, 复式 of at least two.

        Raises:
            GroupNeedsTwo, SchoolsDiffer, GroupNeedsGrades: for classes that make no such group.
            AlreadyGrouped: when one of them is in a group then, or is to be later.
            ClassUnknown, ClassDissolved, ClassNotBegun, GradeBeyondStage: for a class that is not there.
        """
        day = self._day(on)
        if not command.class_ids:
            self.context.permit(GROUP_CLASSES, school="")
        group_id = Grouping(self.context, day).form_group(command)
        return next(one for one in day.groups(self._rows.grouped(day.on)) if one.id == group_id)

    @use_case(GROUP_CLASSES, at=At.SCHOOL)
    def separate_group(self, group_id: int, on: date | None = None) -> None:
        """Teach the classes of a group apart from a day on.

        Raises:
            GroupUnknown: when there is none of that id, or none any more.
            SpanEndsBeforeItBegins: when it began on the day or later.
        """
        Grouping(self.context, self._day(on)).separate(group_id)

    @reading(VIEW_CLASSES, at=At.DOOR)
    def groups(self, on: date | None = None) -> list[GroupView]:
        """List the groups of a day, by school."""
        day = self._day(on)
        return day.groups(self._rows.grouped(day.on))

    # classes

    @reading(VIEW_CLASSES, at=At.DOOR)
    def class_list(self, on: date | None = None) -> list[ClassView]:
        """List the classes that run on a day 班级一览, by school, stage, grade and number."""
        day = self._day(on)
        return [day.view(row) for row in self._rows.running(day.on, day.cohorts)]

    @reading(VIEW_CLASSES, at=At.SCHOOL)
    def classes_of(self, school: str, on: date | None = None) -> list[ClassView]:
        """List the classes of one school that run on a day.

        Args:
            school: the school's code, which tells schools apart within a district only.

        Raises:
            DistrictNeeded: at the county's door.
        """
        self.context.permit(VIEW_CLASSES, school=school)
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        day = self._day(on)
        return [day.view(row) for row in self._rows.running_at(school, day.on, day.cohorts)]

    @reading(VIEW_CLASSES, at=At.SCHOOL)
    def school_class(self, class_id: int, on: date | None = None) -> ClassView:
        """Return one class as of a day, also one that does not run on it.

        Raises:
            ClassUnknown: when this scope has none of that id.
        """
        day = self._day(on)
        row = self._rows.classes([class_id], day.on).get(class_id)
        if row is None:
            raise ClassUnknown(name=str(class_id))
        self.context.permit(VIEW_CLASSES, school=row.school)
        return day.view(row)
