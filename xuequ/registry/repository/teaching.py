"""Questions for teaching: who teaches what to which class, and what that comes to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Scoped, open_on, owns, same
from xuequ.registry.repository.timelines import TimelineRows


def _teachings() -> AnySelect:
    named = (SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
    return (
        select(Teaching.__table__, *named, School.code.label("school"), Staff.staff_no, Person.name)
        .join(SchoolClass, same(SchoolClass, Teaching.class_id, Teaching))
        .join(School, same(School, Teaching.school_id, Teaching))
        .join(Staff, same(Staff, Teaching.staff_id, Teaching))
        .join(Person, same(Person, Staff.person_id, Staff))
    )


def _on_day() -> AnySelect:
    ordered = (School.code, SchoolClass.stage, SchoolClass.entry_year.desc(), SchoolClass.number)
    open_then = open_on(Teaching.since, Teaching.until, DAY)
    return _teachings().where(open_then).order_by(*ordered, Teaching.subject)


_OF_CLASS = Scoped(_on_day().where(Teaching.class_id == bindparam("class_id")), Teaching)
_OF_TEACHER = Scoped(_on_day().where(Teaching.staff_id == bindparam("staff_id")), Teaching)
_OF_SCHOOL = Scoped(_on_day().where(School.code == bindparam("school")), Teaching)


class TeachingRows(TimelineRows):
    """Teachings of one scope."""

    def lock_classes(self, class_ids: Collection[int]) -> Sequence[AnyRow]:
        """Lock classes of the scope; whoever changes who teaches them holds them, before any staff."""
        query = select(SchoolClass.__table__, School.name.label("school"), School.code.label("school_code"))
        query = query.join(School, same(School, SchoolClass.school_id, SchoolClass))
        query = self.here(query, SchoolClass).where(SchoolClass.id.in_(class_ids)).order_by(SchoolClass.id)
        return self.session.execute(query.with_for_update(key_share=True, of=SchoolClass)).all()

    def schools_of(self, class_ids: Collection[int]) -> dict[int, int]:
        """Return the schools of classes of the scope, by class."""
        query = select(SchoolClass.id, SchoolClass.school_id).where(SchoolClass.id.in_(class_ids))
        return {row.id: row.school_id for row in self.session.execute(self.here(query, SchoolClass))}

    def classes_of(self, school: str) -> Sequence[AnyRow]:
        """Return the classes of a school of the scope, by stage, cohort and number."""
        query = select(SchoolClass.__table__).join(School, same(School, SchoolClass.school_id, SchoolClass))
        ordered = (SchoolClass.stage, SchoolClass.entry_year.desc(), SchoolClass.number)
        query = self.here(query, SchoolClass).where(School.code == school)
        return self.session.execute(query.order_by(*ordered)).all()

    def class_school(self, class_id: int) -> AnyRow | None:
        """Return the code of the school of a class of the scope."""
        query = select(School.code).join(SchoolClass, same(School, SchoolClass.school_id, SchoolClass))
        return self.session.execute(
            self.here(query, SchoolClass).where(SchoolClass.id == class_id)
        ).one_or_none()

    def pupils_at(self, school_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return how many pupils some schools have on a day."""
        query = (
            select(Enrolment.school_id, func.count().label("pupils"))
            .where(Enrolment.county_id == self.scope.county_id, Enrolment.school_id.in_(school_ids))
            .where(open_on(Enrolment.since, Enrolment.until, day))
            .group_by(Enrolment.school_id)
        )
        return self.session.execute(query).all()

    def of_classes(self, class_ids: Collection[int], since: date) -> Sequence[AnyRow]:
        """Return what is taught to some classes on a day or later."""
        later = or_(Teaching.until.is_(None), Teaching.until > since)
        query = self.here(_teachings(), Teaching).where(Teaching.class_id.in_(class_ids), later)
        return self.session.execute(query.order_by(Teaching.since)).all()

    def by_ids(self, teaching_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return teachings of the scope by id."""
        query = self.here(_teachings(), Teaching).where(Teaching.id.in_(teaching_ids))
        return self.session.execute(query.order_by(Teaching.id)).all()

    # as of a day

    def of_class(self, class_id: int, day: date) -> Sequence[AnyRow]:
        """Return who teaches what to a class on a day."""
        return self.all(_OF_CLASS, class_id=class_id, day=day)

    def of_teacher(self, staff_id: int, day: date) -> Sequence[AnyRow]:
        """Return what somebody teaches in the scope on a day."""
        return self.all(_OF_TEACHER, staff_id=staff_id, day=day)

    def of_school(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return who teaches what at a school on a day."""
        return self.all(_OF_SCHOOL, school=school, day=day)

    def taught_at(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return the subjects of the classes of a school that somebody teaches on a day."""
        query = select(Teaching.class_id, Teaching.subject).join(
            School, same(School, Teaching.school_id, Teaching)
        )
        query = self.here(query, Teaching).where(School.code == school)
        return self.session.execute(query.where(open_on(Teaching.since, Teaching.until, day))).all()

    def load_of(self, staff_id: int, day: date) -> AnyRow | None:
        """Return the load of somebody on a day, over all schools of the county."""
        query = self._loads(day).where(Staff.county_id == self.scope.county_id, Staff.id == staff_id)
        return self.session.execute(query).one_or_none()

    def loads_at(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return the loads of all who work at a school on a day, over all schools of the county."""
        placed = and_(
            owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day)
        )
        query = (
            self._loads(day)
            .join(Placement, placed)
            .join(School, same(School, Placement.school_id, Placement))
        )
        query = self.here(query, Placement).where(School.code == school).order_by(Staff.staff_no)
        return self.session.execute(query).all()

    def _loads(self, day: date) -> Any:
        taught = and_(owns(Teaching, Teaching.staff_id, Staff), open_on(Teaching.since, Teaching.until, day))
        total = func.coalesce(func.sum(Teaching.half_periods), 0).label("half_periods")
        return (
            select(Staff.id, Staff.staff_no, Person.name, total, func.count(Teaching.id).label("subjects"))
            .join(Person, same(Person, Staff.person_id, Staff))
            .outerjoin(Teaching, taught)
            .group_by(Staff.id, Staff.staff_no, Person.name)
        )
