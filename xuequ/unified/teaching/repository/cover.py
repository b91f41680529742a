"""Questions for cover: who is away, what they teach, who could stand in; and what writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update

from xuequ.core.halfdays import HalfDay
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Scoped, open_on, owns, same
from xuequ.registry.repository.timelines import TimelineRows
from xuequ.unified.teaching.models.cover import Absence, CoverAssignment, CoverNeed
from xuequ.unified.teaching.states.cover import NeedState

BATCH = 5_000
"""How many values one statement asks for; SQLite takes 32,766."""


def _needs() -> AnySelect:
    substitute = select(Staff.id, Staff.staff_no, Person.name, Staff.county_id).join(
        Person, same(Person, Staff.person_id, Staff)
    )
    sub = substitute.subquery("substitute")
    standing = and_(
        owns(CoverAssignment, CoverAssignment.need_id, CoverNeed), CoverAssignment.ended.is_(None)
    )
    named = (SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
    given = (CoverAssignment.id.label("assignment_id"), CoverAssignment.combined, CoverAssignment.reason)
    who = (
        sub.c.id.label("substitute_id"),
        sub.c.staff_no.label("substitute_no"),
        sub.c.name.label("substitute"),
    )
    school = (School.code.label("school"), School.name.label("school_name"))
    return (
        select(CoverNeed.__table__, *named, *school, Staff.staff_no, Person.name, *given, *who)
        .join(SchoolClass, same(SchoolClass, CoverNeed.class_id, CoverNeed))
        .join(School, same(School, CoverNeed.school_id, CoverNeed))
        .join(Staff, same(Staff, CoverNeed.staff_id, CoverNeed))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(CoverAssignment, standing)
        .outerjoin(
            sub, and_(sub.c.county_id == CoverAssignment.county_id, sub.c.id == CoverAssignment.staff_id)
        )
    )


_ORDERED = (CoverNeed.day, CoverNeed.half, School.code, CoverNeed.class_id, CoverNeed.subject, CoverNeed.id)
_LIVE = CoverNeed.state != NeedState.RELEASED.value
_ON_DAY = Scoped(_needs().where(CoverNeed.day == DAY, _LIVE).order_by(*_ORDERED), CoverNeed)
_AT_SCHOOL = Scoped(
    _needs().where(CoverNeed.day == DAY, _LIVE, School.code == bindparam("school")).order_by(*_ORDERED),
    CoverNeed,
)
_ONE = Scoped(_needs().where(CoverNeed.id == bindparam("id")), CoverNeed)


class CoverRows(TimelineRows):
    """Absences, lessons to be covered, and who covers them."""

    # locks: staff before lessons, lessons before assignments, each by id

    def lock_staff(self, staff_ids: Iterable[int]) -> None:
        """Make others who say where these people are on some half-day wait."""
        query = select(Staff.id).where(
            Staff.county_id == self.scope.county_id, Staff.id.in_(sorted(set(staff_ids)))
        )
        self.session.execute(query.order_by(Staff.id).with_for_update(key_share=True)).all()

    def lock_needs(self, need_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Lock lessons of the county; return them as they stand."""
        query = select(CoverNeed.__table__).where(
            CoverNeed.county_id == self.scope.county_id, CoverNeed.id.in_(sorted(set(need_ids)))
        )
        rows = self.session.execute(query.order_by(CoverNeed.id).with_for_update())
        return {row.id: row for row in rows}

    # a leave

    def absences(self, leave_id: int) -> Sequence[AnyRow]:
        """Return the half-days of a leave, released ones too."""
        query = select(Absence.__table__).where(
            Absence.county_id == self.scope.county_id, Absence.leave_id == leave_id
        )
        return self.session.execute(query.order_by(Absence.day, Absence.half)).all()

    def needs_of_leave(self, leave_id: int) -> Sequence[AnyRow]:
        """Return the lessons of a leave, released ones too, locked."""
        query = select(CoverNeed.__table__).where(
            CoverNeed.county_id == self.scope.county_id, CoverNeed.leave_id == leave_id
        )
        return self.session.execute(query.order_by(CoverNeed.id).with_for_update()).all()

    def home_of(self, staff_id: int) -> int | None:
        """Return the district that somebody belongs to."""
        query = select(Staff.district_id).where(Staff.county_id == self.scope.county_id, Staff.id == staff_id)
        return self.session.scalar(query)

    def taught_by(self, staff_id: int, first: date, last: date) -> Sequence[AnyRow]:
        """Return what somebody teaches in the county on some of the days."""
        query = select(
            *(Teaching.class_id, Teaching.subject, Teaching.school_id, Teaching.district_id),
            *(Teaching.since, Teaching.until),
        ).where(
            Teaching.county_id == self.scope.county_id,
            Teaching.staff_id == staff_id,
            Teaching.since <= last,
            or_(Teaching.until.is_(None), Teaching.until > first),
        )
        return self.session.execute(query.order_by(Teaching.id)).all()

    def covers_of(self, staff_id: int, first: date, last: date) -> Sequence[AnyRow]:
        """Return what somebody covers from one day to another, as it stands."""
        query = select(CoverAssignment.__table__).where(
            CoverAssignment.county_id == self.scope.county_id,
            CoverAssignment.staff_id == staff_id,
            CoverAssignment.day.between(first, last),
            CoverAssignment.ended.is_(None),
        )
        return self.session.execute(query.order_by(CoverAssignment.need_id)).all()

    def assignments_of(self, need_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return who covers some lessons, as it stands, locked."""
        found: list[AnyRow] = []
        for some in _in_batches(need_ids):
            query = select(CoverAssignment.__table__).where(
                CoverAssignment.county_id == self.scope.county_id,
                CoverAssignment.need_id.in_(some),
                CoverAssignment.ended.is_(None),
            )
            found += self.session.execute(query.order_by(CoverAssignment.id).with_for_update())
        return found

    def assignment(self, assignment_id: int) -> AnyRow | None:
        """Return one assignment of the scope, ended or not."""
        query = select(CoverAssignment.__table__).where(CoverAssignment.id == assignment_id)
        return self.session.execute(self.here(query, CoverAssignment)).one_or_none()

    def leaves_of_teachings(self, teaching_ids: Collection[int]) -> list[tuple[int, int]]:
        """Return the leaves of those who have some teachings, as far as they stand in the teaching's days."""
        found: set[tuple[int, int]] = set()
        for some in _in_batches(teaching_ids):
            query = (
                select(Absence.leave_id, Absence.staff_id)
                .distinct()
                .join(
                    Teaching,
                    and_(Teaching.county_id == Absence.county_id, Teaching.staff_id == Absence.staff_id),
                )
                .where(
                    Absence.county_id == self.scope.county_id,
                    Absence.released.is_(False),
                    Absence.day >= Teaching.since,
                    Teaching.id.in_(some),
                )
            )
            found |= {(row.leave_id, row.staff_id) for row in self.session.execute(query)}
        return sorted(found)

    # writing

    def release_absences(self, ids: Iterable[int], *, released: bool) -> None:
        """Say of half-days that they are leave no longer, or again."""
        self._set(Absence, ids, released=released)

    def set_state(self, need_ids: Iterable[int], state: NeedState) -> None:
        """Say what has become of lessons."""
        self._set(CoverNeed, need_ids, state=state.code)

    def end(self, assignment_ids: Iterable[int], ended: str, reason: str = "") -> None:
        """End assignments, and say why."""
        self._set(CoverAssignment, assignment_ids, ended=ended, end_reason=reason)

    def set_given(self, assignment_ids: Iterable[int]) -> None:
        """Say that the half-days of assignments have passed."""
        self._set(CoverAssignment, assignment_ids, given=True)

    def _set(self, model: Any, ids: Iterable[int], **values: Any) -> None:
        for some in _in_batches(list(ids)):
            here = and_(model.county_id == self.scope.county_id, model.id.in_(some))
            self.session.execute(update(model).where(here).values(**values))

    # who could stand in

    def staff_on(self, day: date, staff_id: int | None = None) -> Sequence[AnyRow]:
        """Return who works at a school of the scope on a day, by number; or one of them."""
        at = and_(owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day))
        query = (
            select(Staff.id, Staff.staff_no, Person.name, Placement.school_id, School.code.label("school"))
            .join(Placement, at)
            .join(Person, same(Person, Staff.person_id, Staff))
            .join(School, same(School, Placement.school_id, Placement))
        )
        query = self.here(query, Placement)
        if staff_id is not None:
            query = query.where(Staff.id == staff_id)
        return self.session.execute(query.order_by(Staff.staff_no)).all()

    def staff_no(self, staff_id: int) -> str | None:
        """Return the number of a member of staff of the county."""
        query = select(Staff.staff_no).where(Staff.county_id == self.scope.county_id, Staff.id == staff_id)
        return self.session.scalar(query)

    def away_at(self, half_day: HalfDay, staff_id: int | None = None) -> set[int]:
        """Return who of the county is on leave on a half-day; or whether one is."""
        query = select(Absence.staff_id).where(
            Absence.county_id == self.scope.county_id,
            Absence.day == half_day.day,
            Absence.half == half_day.half,
            Absence.released.is_(False),
        )
        if staff_id is not None:
            query = query.where(Absence.staff_id == staff_id)
        return set(self.session.scalars(query))

    def taught_on(self, day: date, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return what some staff teach in the county on a day."""
        query = select(Teaching.staff_id, Teaching.school_id, Teaching.class_id, Teaching.subject).where(
            Teaching.county_id == self.scope.county_id,
            Teaching.staff_id.in_(sorted(staff_ids)),
            open_on(Teaching.since, Teaching.until, day),
        )
        return self.session.execute(query).all()

    def covered_at(self, half_day: HalfDay, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return what some staff cover in the county on a half-day."""
        query = (
            select(CoverAssignment.staff_id, CoverNeed.school_id, CoverNeed.class_id)
            .join(CoverNeed, same(CoverNeed, CoverAssignment.need_id, CoverAssignment))
            .where(
                CoverAssignment.county_id == self.scope.county_id,
                CoverAssignment.staff_id.in_(sorted(staff_ids)),
                CoverAssignment.day == half_day.day,
                CoverAssignment.half == half_day.half,
                CoverAssignment.ended.is_(None),
            )
        )
        return self.session.execute(query).all()

    def counts(self, since: date, staff_ids: Collection[int]) -> dict[int, int]:
        """Return how many lessons some staff have covered, or are to, since a day."""
        query = (
            select(CoverAssignment.staff_id, func.count().label("covers"))
            .where(
                CoverAssignment.county_id == self.scope.county_id,
                CoverAssignment.staff_id.in_(sorted(staff_ids)),
                CoverAssignment.day >= since,
                CoverAssignment.ended.is_(None),
            )
            .group_by(CoverAssignment.staff_id)
        )
        return {row.staff_id: row.covers for row in self.session.execute(query)}

    def school_names(self) -> dict[int, str]:
        """Return the names of the county's schools by id."""
        query = select(School.id, School.name).where(School.county_id == self.scope.county_id)
        return {row.id: row.name for row in self.session.execute(query)}

    # given

    def ungiven(self, until: date) -> Sequence[AnyRow]:
        """Return what stands of the scope before a day and does not count as given yet, locked."""
        query = select(CoverAssignment.__table__).where(
            CoverAssignment.ended.is_(None), CoverAssignment.given.is_(False), CoverAssignment.day < until
        )
        query = self.here(query, CoverAssignment).order_by(CoverAssignment.id)
        return self.session.execute(query.with_for_update()).all()

    def ungiven_of_leave(self, leave_id: int) -> Sequence[AnyRow]:
        """Return what stands of a leave and does not count as given yet, locked."""
        query = (
            select(CoverAssignment.__table__)
            .join(CoverNeed, same(CoverNeed, CoverAssignment.need_id, CoverAssignment))
            .where(
                CoverAssignment.county_id == self.scope.county_id,
                CoverNeed.leave_id == leave_id,
                CoverAssignment.ended.is_(None),
                CoverAssignment.given.is_(False),
            )
        )
        query = query.order_by(CoverAssignment.id).with_for_update(of=CoverAssignment)
        return self.session.execute(query).all()

    # views

    def need(self, need_id: int) -> AnyRow | None:
        """Return one lesson of the scope with names and who covers it."""
        return self.one(_ONE, id=need_id)

    def needs_on(self, day: date, school: str | None) -> Sequence[AnyRow]:
        """Return the lessons of a day that are not released, in the order of the day."""
        if school is None:
            return self.all(_ON_DAY, day=day)
        return self.all(_AT_SCHOOL, day=day, school=school)

    def absent_on(self, day: date, school: str | None) -> Sequence[AnyRow]:
        """Return who is on leave on a day, with the school that they are away from."""
        query = (
            select(Absence.__table__, Staff.staff_no, Person.name, School.code.label("school"))
            .join(Staff, same(Staff, Absence.staff_id, Absence))
            .join(Person, same(Person, Staff.person_id, Staff))
            .outerjoin(School, same(School, Absence.school_id, Absence))
            .where(Absence.day == day, Absence.released.is_(False))
        )
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(self.here(query, Absence).order_by(Absence.half, Staff.staff_no)).all()

    def tally(self, since: date, until: date, school: str | None) -> dict[str, int]:
        """Return how many lessons of the days up to, but not with, `until` are in each state."""
        query = (
            select(CoverNeed.state, func.count().label("lessons"))
            .join(School, same(School, CoverNeed.school_id, CoverNeed))
            .where(CoverNeed.day >= since, CoverNeed.day < until)
            .group_by(CoverNeed.state)
        )
        if school is not None:
            query = query.where(School.code == school)
        return {row.state: row.lessons for row in self.session.execute(self.here(query, CoverNeed))}

    # checks

    def states_awry(self) -> Sequence[AnyRow]:
        """Return lessons whose state does not say whether somebody covers them."""
        standing = select(CoverAssignment.id).where(
            CoverAssignment.county_id == CoverNeed.county_id,
            CoverAssignment.need_id == CoverNeed.id,
            CoverAssignment.ended.is_(None),
        )
        covered = CoverNeed.state == NeedState.COVERED.value
        query = select(CoverNeed.id).where(
            or_(and_(covered, ~standing.exists()), and_(~covered, standing.exists()))
        )
        return self.session.execute(self.here(query, CoverNeed).order_by(CoverNeed.id)).all()

    def away_while_covering(self) -> Sequence[AnyRow]:
        """Return assignments whose substitute is on leave on that half-day."""
        away = select(Absence.id).where(
            Absence.county_id == CoverAssignment.county_id,
            Absence.staff_id == CoverAssignment.staff_id,
            Absence.day == CoverAssignment.day,
            Absence.half == CoverAssignment.half,
            Absence.released.is_(False),
        )
        query = select(CoverAssignment.id).where(CoverAssignment.ended.is_(None), away.exists())
        return self.session.execute(self.here(query, CoverAssignment).order_by(CoverAssignment.id)).all()


def _in_batches(values: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
