"""Readings of cover: what is uncovered, who could stand in, how much of the leave was covered."""

from __future__ import annotations

from datetime import date

from xuequ.core.context import At, Service, reading
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.places import DistrictNeeded
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.classes import Schooling, begins, class_name, school_year
from xuequ.registry.service.forms.basis import Names
from xuequ.registry.states.classes import Stage
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.teaching.actions.cover import ASSIGN_COVER, VIEW_COVER
from xuequ.unified.teaching.errors.cover import NeedUnknown
from xuequ.unified.teaching.repository.cover import CoverRows
from xuequ.unified.teaching.rules.cover import Asked, Busy, Person, Standing, must_combine, ranked
from xuequ.unified.teaching.schemas.cover import (
    AbsenceView,
    CandidateView,
    CoverRate,
    NeedView,
    UncoveredList,
)
from xuequ.unified.teaching.states.cover import NeedState


def half_day_of(row: AnyRow) -> HalfDay:
    """Return the half-day of a row."""
    return HalfDay(row.day, Half(row.half))


class CoverViews(Service):
    """What is to be covered, and who can."""

    @property
    def _rows(self) -> CoverRows:
        return CoverRows(self.context.session, self.context.scope, self.context.place)

    @reading(VIEW_COVER, at=At.SCHOOL)
    def needs(self, on: date | None = None, school: str | None = None) -> list[NeedView]:
        """List the lessons of a day whose teacher is away, with who covers them.

        Args:
            on: today when left out.
            school: of one school; of the whole district when left out.
        """
        self.context.permit(VIEW_COVER, school=school or "")
        return [self._view(row) for row in self._rows.needs_on(on or self.context.today, school)]

    @reading(VIEW_COVER, at=At.SCHOOL)
    def uncovered(self, on: date | None = None, school: str | None = None) -> list[NeedView]:
        """List the lessons of a day that nobody covers yet; arguments as of `needs`."""
        return [one for one in self.needs(on, school) if one.state is NeedState.OPEN]

    @reading(VIEW_COVER, at=At.SCHOOL)
    def absent(self, on: date | None = None, school: str | None = None) -> list[AbsenceView]:
        """List who is on leave on a day by half-day, also who teaches nothing then."""
        self.context.permit(VIEW_COVER, school=school or "")
        return [
            AbsenceView(
                staff_id=row.staff_id,
                staff_no=row.staff_no,
                name=row.name,
                school=row.school,
                leave_id=row.leave_id,
                day=row.day,
                half=Half(row.half),
            )
            for row in self._rows.absent_on(on or self.context.today, school)
        ]

    @reading(ASSIGN_COVER)
    def candidates(self, need_id: int) -> list[CandidateView]:
        """List who can cover a lesson, from the whole district, the most fitting first.

        First who is free, then who would have to combine classes; of the same school before others, who
        teaches the subject before others, who has covered less this school year before others.

        Raises:
            NeedUnknown: when the district has no such lesson.
            NeedCovered, NeedReleased: are no hindrance; it says who could.
        """
        rows, row = self._rows, self._rows.need(need_id)
        if row is None:
            raise NeedUnknown(need=str(need_id))
        half_day, day = half_day_of(row), row.day
        asked = Asked(self._called(row), half_day, row.school_id, row.class_id, row.staff_id)
        staff = {one.id: one for one in rows.staff_on(day)}
        away = rows.away_at(half_day)
        taught, busy = set[int](), self._busy(half_day, list(staff))
        for one in rows.taught_on(day, list(staff)):
            if one.subject == row.subject:
                taught.add(one.staff_id)
        schooling = Schooling.of(self.context.standards, day)
        counts = rows.counts(begins(school_year(day, schooling), schooling), list(staff))
        found = ranked(
            asked,
            (
                Standing(
                    Person(one.id, one.staff_no, away=one.id in away, busy=busy.get(one.id, ())),
                    same_school=one.school_id == row.school_id,
                    same_subject=one.id in taught,
                    covers=counts.get(one.id, 0),
                )
                for one in staff.values()
            ),
        )
        return [_candidate(one, staff[one.person.staff_id], asked) for one in found]

    @reading(VIEW_COVER, at=At.SCHOOL)
    def cover_rate(self, since: date, until: date, school: str | None = None) -> CoverRate:
        """Return how many of the lessons in leave are covered 顶班率, up to but not with `until`.

        Raises:
            SpanBackwards: when the days are none.
        """
        self.context.permit(VIEW_COVER, school=school or "")
        span = DaySpan(since, until)
        counted = self._rows.tally(span.since, until, school)
        covered = counted.get(NeedState.COVERED.code, 0)
        lessons = covered + counted.get(NeedState.OPEN.code, 0)
        return CoverRate(since=since, until=until, lessons=lessons, covered=covered)

    @reading(VIEW_COVER, at=At.SCHOOL)
    def uncovered_list(self, on: date | None = None, school: str | None = None) -> UncoveredList:
        """Return the form of the lessons of a day that nobody covers 今日未安排顶班一览.

        Raises:
            DistrictNeeded: at a county's door.
            SchoolUnknown: when the district has no such school.
        """
        day, found = on or self.context.today, self.needs(on, school)
        if self.context.scope.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        registry = RegistryRepository(self.context.session, self.context.scope, self.context.place)
        names = Names(registry)
        return UncoveredList(
            district=names.district,
            school="" if school is None else names.school(school),
            as_of=day,
            lessons=len(found),
            uncovered=tuple(one for one in found if one.state is NeedState.OPEN),
        )

    # what writing needs too

    def _called(self, row: AnyRow) -> str:
        """Say a lesson to people: 2026-10-12 上午 s1完小三（1）班语文."""
        named = f"{row.school_name}{self._class_name(row)}{Subject(row.subject).label}"
        return f"{half_day_of(row)} {named}"

    def _class_name(self, row: AnyRow) -> str:
        schooling = Schooling.of(self.context.standards, row.day)
        return class_name(Stage(row.stage), row.entry_year, row.number, row.day, schooling)

    def _asked(self, row: AnyRow) -> Asked:
        return Asked(
            called=self._called(row),
            half_day=half_day_of(row),
            school_id=row.school_id,
            class_id=row.class_id,
            absent_id=row.staff_id,
            state=NeedState(row.state),
            substitute=row.substitute_no or "",
        )

    def _person(self, staff_id: int, staff_no: str, half_day: HalfDay) -> Person:
        rows = self._rows
        return Person(
            staff_id,
            staff_no,
            in_district=bool(rows.staff_on(half_day.day, staff_id)),
            away=bool(rows.away_at(half_day, staff_id)),
            busy=self._busy(half_day, [staff_id]).get(staff_id, ()),
        )

    def _busy(self, half_day: HalfDay, staff_ids: list[int]) -> dict[int, tuple[Busy, ...]]:
        """Return what people have on a half-day: the classes that they teach, and those that they cover."""
        rows, found = self._rows, dict[int, tuple[Busy, ...]]()
        both = [*rows.taught_on(half_day.day, staff_ids), *rows.covered_at(half_day, staff_ids)]
        for row in both:
            found[row.staff_id] = (*found.get(row.staff_id, ()), Busy(row.school_id, row.class_id))
        return found

    def _view(self, row: AnyRow) -> NeedView:
        return NeedView(
            id=row.id,
            leave_id=row.leave_id,
            staff_id=row.staff_id,
            staff_no=row.staff_no,
            name=row.name,
            school=row.school,
            school_name=row.school_name,
            class_id=row.class_id,
            class_name=self._class_name(row),
            subject=Subject(row.subject),
            day=row.day,
            half=Half(row.half),
            period=row.period,
            state=NeedState(row.state),
            assignment_id=row.assignment_id,
            substitute_id=row.substitute_id,
            substitute_no=row.substitute_no or "",
            substitute=row.substitute or "",
            combined=bool(row.combined),
            reason=row.reason or "",
        )


def _candidate(one: Standing, row: AnyRow, asked: Asked) -> CandidateView:
    return CandidateView(
        staff_id=row.id,
        staff_no=row.staff_no,
        name=row.name,
        school=row.school,
        same_school=one.same_school,
        same_subject=one.same_subject,
        combined=must_combine(asked, one.person),
        covers=one.covers,
    )
