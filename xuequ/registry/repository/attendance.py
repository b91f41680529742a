"""Every query of attendance: rolls of classes and of staff, and who is due."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, cast

from sqlalchemy import Table, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from xuequ.core.bulk import bulk_load
from xuequ.core.halfdays import HalfDaySpan
from xuequ.registry.models.attendance import Roll, RollMark, StaffRoll, StaffRollMark
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, owns, same
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance
from xuequ.registry.states.pupils import PupilState

_IN_SCHOOL = [state.code for state in PupilState if state.in_school]


def _touches(span: Any, first: date, last: date) -> Any:
    return and_(span.since <= last, or_(span.until.is_(None), span.until > first))


def _within(roll: Any, span: HalfDaySpan) -> Any:
    """Return the condition that a roll is of a half-day of a span."""
    first, last = span.since, span.last
    return and_(
        roll.day.between(first.day, last.day),
        or_(roll.day > first.day, roll.half >= int(first.half)),
        or_(roll.day < last.day, roll.half <= int(last.half)),
    )


class RollRows(Rows, ABC):
    """Rolls of one register: each is of a unit, and marks people."""

    roll: ClassVar[Any]
    mark: ClassVar[Any]
    unit: ClassVar[str]
    """The column of a roll that says whose it is."""
    who: ClassVar[str]
    """The column of a mark that says who is marked."""
    kinds: ClassVar[type[PupilAttendance] | type[StaffAttendance]]

    @abstractmethod
    def lock(self, unit_ids: Iterable[int], school_ids: Iterable[int]) -> None:
        """Make other rolls of some units, and closures of their schools, wait until the transaction ends.

        Schools are locked before classes, as everybody does who changes classes.
        """
        ...

    @abstractmethod
    def due(self, unit_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return who is due in some units from day to day, with the two spans that make them so."""
        ...

    @abstractmethod
    def numbers(self, ids: Collection[int]) -> dict[int, str]:
        """Return the numbers of some people of the county by id."""
        ...

    def standing(self, unit_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return every edition of the rolls of some units from day to day, the one that holds last."""
        return self._rolls(getattr(self.roll, self.unit).in_(unit_ids), self.roll.day.between(first, last))

    def _rolls(self, *conditions: Any) -> Sequence[AnyRow]:
        unit = getattr(self.roll, self.unit).label("unit_id")
        query = select(self.roll.__table__, unit).where(*conditions)
        order = (self.roll.day, self.roll.half, self.roll.edition)
        return self.session.execute(self.here(query, self.roll).order_by(*order)).all()

    def marks(self, roll_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the exceptions of some rolls."""
        if not roll_ids:
            return ()
        who = getattr(self.mark, self.who).label("who")
        query = select(self.mark.__table__, who).where(self.mark.roll_id.in_(roll_ids))
        return self.session.execute(self.here(query, self.mark).order_by(self.mark.id)).all()

    def schools(self) -> dict[str, int]:
        """Return the ids of the district's schools by code.

        Raises:
            DistrictNeeded: at the county's door, where a code does not tell schools apart.
        """
        _ = self.district_id
        query = select(School.code, School.id).order_by(School.code)
        return {row.code: row.id for row in self.session.execute(self.here(query, School))}

    def load(self, model: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        return bulk_load(self.session.connection(), cast("Table", model.__table__), columns, rows)

    def crooked(self) -> Sequence[AnyRow]:
        """Return rolls whose heads are not those due without those who are marked away."""
        gone = [kind.code for kind in self.kinds if not kind.is_there]
        away = (
            select(func.count())
            .where(self.mark.county_id == self.roll.county_id, self.mark.roll_id == self.roll.id)
            .where(self.mark.kind.in_(gone))
            .correlate(self.roll)
            .scalar_subquery()
        )
        columns = (self.roll.id, self.roll.day, self.roll.due, self.roll.present, away.label("away"))
        query = select(*columns).where(self.roll.due - away != self.roll.present)
        return self.session.execute(self.here(query, self.roll).order_by(self.roll.id)).all()

    def _later(self) -> Any:
        """Return the condition that a roll has no later edition."""
        other = aliased(self.roll)
        return ~exists().where(
            other.county_id == self.roll.county_id,
            getattr(other, self.unit) == getattr(self.roll, self.unit),
            other.day == self.roll.day,
            other.half == self.roll.half,
            other.edition > self.roll.edition,
        )


class PupilRollRows(RollRows):
    """Rolls of classes."""

    roll, mark, unit, who, kinds = Roll, RollMark, "class_id", "pupil_id", PupilAttendance

    def classes(self, class_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return classes with the code of their school."""
        query = self._classes().where(SchoolClass.id.in_(class_ids))
        return self.session.execute(self.here(query, SchoolClass).order_by(SchoolClass.id)).all()

    def classes_of(self, schools: Collection[str]) -> Sequence[AnyRow]:
        """Return the classes of some schools of the district, by school code.

        Raises:
            DistrictNeeded: at the county's door, where a code does not tell schools apart.
        """
        _ = self.district_id
        query = self._classes().where(School.code.in_(schools))
        return self.session.execute(self.here(query, SchoolClass).order_by(SchoolClass.id)).all()

    def _classes(self) -> AnySelect:
        columns = (SchoolClass.id, SchoolClass.school_id, School.code.label("school"))
        return select(*columns, SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number).join(
            School, same(School, SchoolClass.school_id, SchoolClass)
        )

    def lock(self, unit_ids: Iterable[int], school_ids: Iterable[int]) -> None:
        """Make other rolls of some classes wait, and closures of their schools, which rolls share."""
        schools = select(School.id).where(
            School.county_id == self.scope.county_id, School.id.in_(sorted(school_ids))
        )
        self.session.execute(schools.order_by(School.id).with_for_update(read=True)).all()
        query = select(SchoolClass.id).where(
            SchoolClass.county_id == self.scope.county_id, SchoolClass.id.in_(sorted(unit_ids))
        )
        self.session.execute(query.order_by(SchoolClass.id).with_for_update(key_share=True)).all()

    def due(self, unit_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return who is due in some classes from day to day, with the two spans that make them so."""
        return self._due(first, last, Enrolment.class_id.in_(unit_ids))

    def due_of(self, pupil_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return where some pupils are due from day to day."""
        return self._due(first, last, Enrolment.pupil_id.in_(pupil_ids))

    def _due(self, first: date, last: date, *conditions: Any) -> Sequence[AnyRow]:
        status = and_(owns(PupilStatus, PupilStatus.pupil_id, Pupil), _touches(PupilStatus, first, last))
        query = (
            select(
                *(Enrolment.class_id.label("unit_id"), Enrolment.school_id, Pupil.id.label("who")),
                *(Pupil.pupil_no.label("number"), Person.name, Enrolment.since, Enrolment.until),
                PupilStatus.since.label("status_since"),
                PupilStatus.until.label("status_until"),
            )
            .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
            .join(Person, same(Person, Pupil.person_id, Pupil))
            .join(PupilStatus, status)
            .where(_touches(Enrolment, first, last), PupilStatus.status.in_(_IN_SCHOOL), *conditions)
        )
        return self.session.execute(self.here(query, Enrolment).order_by(Pupil.pupil_no)).all()

    def numbers(self, ids: Collection[int]) -> dict[int, str]:
        """Return the numbers of some pupils of the county."""
        query = select(Pupil.id, Pupil.pupil_no).where(
            Pupil.county_id == self.scope.county_id, Pupil.id.in_(ids)
        )
        return {row.id: row.pupil_no for row in self.session.execute(query)}

    def by_number(self, numbers: Collection[str]) -> dict[str, int]:
        """Return the ids of some pupils of the county by their number."""
        query = select(Pupil.id, Pupil.pupil_no).where(
            Pupil.county_id == self.scope.county_id, Pupil.pupil_no.in_(numbers)
        )
        return {row.pupil_no: row.id for row in self.session.execute(query)}

    def truants(self, first: date, last: date, school_id: int | None) -> Sequence[AnyRow]:
        """Return on which half-days whom the rolls that hold call truant."""
        query = (
            select(RollMark.pupil_id, Roll.class_id, Roll.day, Roll.half)
            .join(Roll, same(Roll, RollMark.roll_id, RollMark))
            .where(RollMark.kind == PupilAttendance.TRUANT.code, Roll.day.between(first, last))
            .where(self._later())
        )
        if school_id is not None:
            query = query.where(Roll.school_id == school_id)
        return self.session.execute(self.here(query, Roll)).all()

    def called(self, class_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return for which half-days rolls of some classes were called."""
        query = select(Roll.class_id, Roll.day, Roll.half).where(
            Roll.class_id.in_(class_ids), Roll.day.between(first, last), Roll.edition == 1
        )
        return self.session.execute(self.here(query, Roll)).all()


class StaffRollRows(RollRows):
    """Rolls of schools' staff."""

    roll, mark, unit, who, kinds = StaffRoll, StaffRollMark, "school_id", "staff_id", StaffAttendance

    def lock(self, unit_ids: Iterable[int], school_ids: Iterable[int]) -> None:
        """Make other rolls of the staff of some schools wait, and closures of them, by one lock."""
        query = select(School.id).where(
            School.county_id == self.scope.county_id, School.id.in_(sorted(unit_ids))
        )
        self.session.execute(query.order_by(School.id).with_for_update(key_share=True)).all()

    def due(self, unit_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return who works at some schools from day to day."""
        query = (
            select(
                *(Placement.school_id.label("unit_id"), Placement.school_id, Staff.id.label("who")),
                *(Staff.staff_no.label("number"), Person.name, Placement.since, Placement.until),
                Placement.since.label("status_since"),
                Placement.until.label("status_until"),
            )
            .join(Staff, same(Staff, Placement.staff_id, Placement))
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(Placement.school_id.in_(unit_ids), _touches(Placement, first, last))
        )
        return self.session.execute(self.here(query, Placement).order_by(Staff.staff_no)).all()

    def numbers(self, ids: Collection[int]) -> dict[int, str]:
        """Return the numbers of some staff of the county."""
        query = select(Staff.id, Staff.staff_no).where(
            Staff.county_id == self.scope.county_id, Staff.id.in_(ids)
        )
        return {row.id: row.staff_no for row in self.session.execute(query)}

    def by_number(self, numbers: Collection[str]) -> dict[str, int]:
        """Return the ids of some staff of the county by their number."""
        query = select(Staff.id, Staff.staff_no).where(
            Staff.county_id == self.scope.county_id, Staff.staff_no.in_(numbers)
        )
        return {row.staff_no: row.id for row in self.session.execute(query)}


class CalledRows(Rows):
    """Which rolls a closure of schools would contradict."""

    def rolls_called(self, span: HalfDaySpan, school_id: int | None = None) -> Sequence[AnyRow]:
        """Return the half-days of a span for which rolls were called: school, day, half, how many."""
        found: list[AnyRow] = []
        for roll in (Roll, StaffRoll):
            query = (
                select(School.code.label("school"), roll.day, roll.half, func.count().label("rolls"))
                .join(School, same(School, roll.school_id, roll))
                .where(_within(roll, span), roll.edition == 1)
                .group_by(School.code, roll.day, roll.half)
            )
            if school_id is not None:
                query = query.where(roll.school_id == school_id)
            found += self.session.execute(self.here(query, roll)).all()
        return sorted(found, key=lambda row: (row.day, row.half, row.school))
