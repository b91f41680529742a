"""Use cases of teaching: who is responsible for a subject of a class, by date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from xuequ.core.context import At, Service, reading, use_case
from xuequ.registry.actions.teaching import ASSIGN_TEACHING, END_TEACHING, VIEW_TEACHING
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.staff_views import StaffViewRows
from xuequ.registry.repository.teaching import TeachingRows
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.rules.teaching import Offered, Taken, unassigned
from xuequ.registry.schemas.teaching import (
    Assignment,
    HandOver,
    OfferedSubject,
    TeachingLoad,
    TeachingView,
    UnassignedSubject,
)
from xuequ.registry.service.assigning import assign, end, hand_over, taken_of
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.standards.codes.schooling import Subject


class TeachingService(Service):
    """Teaching 任课: each subject of a class has exactly one responsible teacher on any day.

    Who covers a lesson of somebody on leave 顶班 does not appear here: cover lies over the teaching and
    does not replace it.
    """

    @property
    def _rows(self) -> TeachingRows:
        return TeachingRows(self.context.session, self.context.scope, self.context.place)

    @use_case(ASSIGN_TEACHING)
    def assign_teaching(self, command: Assignment) -> TeachingView:
        """Assign a subject of a class to a teacher from a day.

        Raises:
            SubjectTaken: it has its teacher on some of these days.
            TeacherElsewhere: who neither works at the school then nor comes there as itinerant 走教.
            TeacherNotQualified, ExceptionOutsideSmallSchool: for the certificates.
            ClassUnknown, ClassDissolved, ClassNotBegun, GradeBeyondStage, StaffUnknown: for class and person.
            Problems: several of these.
        """
        (teaching_id,) = assign(self.context, [command])
        return self._one(teaching_id, command.since)

    @use_case(ASSIGN_TEACHING)
    def assign_many(self, commands: Sequence[Assignment]) -> list[int]:
        """Assign a whole school year, all or none, in the same number of statements as one; return the ids.

        Raises:
            Problems: everything that `assign_teaching` would refuse, and what contradicts itself.
        """
        return assign(self.context, commands)

    @use_case(ASSIGN_TEACHING)
    def hand_over(self, command: HandOver) -> TeachingView:
        """Hand a subject over 交接 on a day, also to the same teacher with another load.

        Raises:
            TeachingUnknown: when the scope has none of that id.
            SameTeacher: to whom has it, with the same load.
            TeachingEndedAlready, SpanEndsBeforeItBegins: for the day.
            TeacherElsewhere and others: as `assign_teaching` does.
        """
        return self._one(hand_over(self.context, command), command.on)

    @use_case(END_TEACHING)
    def end_teaching(
        self, teaching_ids: Collection[int], reason: TeachingChange, on: date | None = None
    ) -> None:
        """End teachings, all or none; their subjects are without a teacher until they are assigned.

        Args:
            on: the first day without; today when left out.

        Raises:
            TeachingUnknown: names the first that this scope has not.
            TeachingEndedAlready, SpanEndsBeforeItBegins, Problems: for the day.
        """
        end(self.context, teaching_ids, reason, on or self.context.today)

    # as of a day

    @reading(VIEW_TEACHING, at=At.SCHOOL)
    def of_class(self, class_id: int, on: date | None = None) -> list[TeachingView]:
        """List who teaches what to a class on a day.

        Raises:
            ClassUnknown: when the scope has none of that id.
        """
        found = self._rows.class_school(class_id)
        if found is None:
            raise ClassUnknown(name=str(class_id))
        self.context.permit(VIEW_TEACHING, school=found.code)
        on = on or self.context.today
        return self._views(self._rows.of_class(class_id, on), on)

    @reading(VIEW_TEACHING, at=At.SCHOOL)
    def of_teacher(self, staff_id: int, on: date | None = None) -> list[TeachingView]:
        """List what somebody teaches on a day at the schools of the scope.

        Raises:
            StaffUnknown: when the scope has nothing to do with that person on that day.
        """
        on = on or self.context.today
        self._permit_for(staff_id, on)
        return self._views(self._rows.of_teacher(staff_id, on), on)

    @reading(VIEW_TEACHING, at=At.SCHOOL)
    def of_school(self, school: str, on: date | None = None) -> list[TeachingView]:
        """List who teaches what at a school on a day 任课一览表, by class.

        Args:
            school: the school's code, which tells schools apart within a district only.

        Raises:
            DistrictNeeded: at the county's door.
        """
        on = self._at_school(school, on)
        return self._views(self._rows.of_school(school, on), on)

    @reading(VIEW_TEACHING, at=At.SCHOOL)
    def load_of(self, staff_id: int, on: date | None = None) -> TeachingLoad:
        """Return the weekly load of somebody on a day 周课时量, over all schools.

        Raises:
            StaffUnknown: when the scope has nothing to do with that person on that day.
        """
        on = on or self.context.today
        self._permit_for(staff_id, on)
        row = self._rows.load_of(staff_id, on)
        assert row is not None, "the person is known"
        return _load(row)

    @reading(VIEW_TEACHING, at=At.SCHOOL)
    def loads_of(self, school: str, on: date | None = None) -> list[TeachingLoad]:
        """List the weekly loads of all who work at a school on a day, also of who teaches nothing.

        Raises:
            DistrictNeeded: at the county's door.
        """
        on = self._at_school(school, on)
        return [_load(row) for row in self._rows.loads_at(school, on)]

    @reading(VIEW_TEACHING, at=At.SCHOOL)
    def unassigned(
        self, school: str, offered: Sequence[OfferedSubject], on: date | None = None
    ) -> list[UnassignedSubject]:
        """List the subjects of a school's classes that nobody teaches on a day; none is ever guessed.

        Args:
            offered: what the classes have, as the curriculum plan says.

        Raises:
            DistrictNeeded: at the county's door.
        """
        on = self._at_school(school, on)
        schooling = Schooling.of(self.context.standards, on)
        taught: dict[int, set[Subject]] = {}
        for row in self._rows.taught_at(school, on):
            taught.setdefault(row.class_id, set()).add(Subject(row.subject))
        classes = [taken_of(row) for row in self._rows.classes_of(school)]
        there = [one for one in classes if one.dissolved_on is None or on < one.dissolved_on]
        lines = [Offered(o.stage, o.subject, o.first_grade, o.last_grade) for o in offered]
        return [
            UnassignedSubject(class_id=one.id, class_name=_name(one, on, schooling), subject=subject)
            for one, subject in unassigned(there, lines, taught, on, schooling)
        ]

    # inner

    def _at_school(self, school: str, on: date | None) -> date:
        self.context.permit(VIEW_TEACHING, school=school)
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        return on or self.context.today

    def _permit_for(self, staff_id: int, on: date) -> None:
        """Check that the actor may see a teacher at the school where they work on the day."""
        scope = self.context.scope
        row = StaffViewRows(self.context.session, scope, self.context.place).on_day(staff_id, on)
        if row is None:
            raise StaffUnknown(staff=str(staff_id))
        here = row.placed_in == scope.district_id
        self.context.permit(VIEW_TEACHING, school=row.school or "" if here else "")

    def _one(self, teaching_id: int, on: date) -> TeachingView:
        return self._views(self._rows.by_ids([teaching_id]), on)[0]

    def _views(self, rows: Sequence[AnyRow], on: date) -> list[TeachingView]:
        schooling = Schooling.of(self.context.standards, on)
        return [_view(row, on, schooling) for row in rows]


def _name(one: Taken, on: date, schooling: Schooling) -> str:
    return class_name(one.stage, one.entry_year, one.number, on, schooling)


def _load(row: AnyRow) -> TeachingLoad:
    return TeachingLoad(
        staff_id=row.id,
        staff_no=row.staff_no,
        name=row.name,
        half_periods=row.half_periods,
        subjects=row.subjects,
    )


def _view(row: AnyRow, on: date, schooling: Schooling) -> TeachingView:
    return TeachingView(
        id=row.id,
        school=row.school,
        class_id=row.class_id,
        class_name=class_name(Stage(row.stage), row.entry_year, row.number, on, schooling),
        subject=Subject(row.subject),
        staff_id=row.staff_id,
        staff_no=row.staff_no,
        name=row.name,
        half_periods=row.half_periods,
        since=row.since,
        until=row.until,
        itinerant=row.itinerant,
        origin=TeachingOrigin(row.origin),
        exception=row.exception,
        ended=TeachingChange(row.ended) if row.ended else None,
    )
