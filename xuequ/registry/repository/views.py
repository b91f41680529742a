"""Questions for single records and lists: districts, schools, staff, pupils."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, bindparam, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import County, District, School
from xuequ.registry.models.pupils import Enrolment, Pupil
from xuequ.registry.models.staff import Placement, Staff, Standing
from xuequ.registry.repository.basis import (
    DAY,
    AnyRow,
    AnySelect,
    Rows,
    Scoped,
    open_on,
    owns,
    same,
    school_open_on,
    standing_on,
)
from xuequ.registry.states.staff import StandingKind


def _staff_on_a_day() -> AnySelect:
    at = and_(owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, DAY))
    columns = (Staff.id, Staff.staff_no, Person.name, Person.sex, Person.birth_date)
    title, placed_in = Standing.code.label("title"), Placement.district_id.label("placed_in")
    return (
        select(*columns, title, School.code.label("school"), Placement.since, placed_in)
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(Standing, standing_on(Standing, Staff, StandingKind.TITLE, DAY))
        .outerjoin(Placement, at)
        .outerjoin(School, same(School, Placement.school_id, Placement))
    )


def _pupils_on_a_day(*, outer: bool) -> AnySelect:
    at = and_(owns(Enrolment, Enrolment.pupil_id, Pupil), open_on(Enrolment.since, Enrolment.until, DAY))
    return (
        select(
            *(Pupil.id, Pupil.pupil_no, Person.name, Person.sex, Person.birth_date),
            *(School.code.label("school"), Enrolment.since),
            *(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number),
        )
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(Enrolment, at, isouter=outer)
        .join(School, same(School, Enrolment.school_id, Enrolment), isouter=outer)
        .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment), isouter=outer)
    )


_SCHOOL = Scoped(
    select(School.id, School.code, School.name, School.kind, School.district_id).where(
        School.id == bindparam("id")
    ),
    School,
)
_STAFF_MEMBER = Scoped(_staff_on_a_day().where(Staff.id == bindparam("id")), Staff)
_PUPIL = Scoped(_pupils_on_a_day(outer=True).where(Pupil.id == bindparam("id")), Pupil)
_PUPILS_OF = Scoped(
    _pupils_on_a_day(outer=False).where(School.code == bindparam("school")).order_by(Pupil.pupil_no), Pupil
)


class ViewRows(Rows):
    """Single records and lists."""

    # districts and schools

    def district_exists(self, code: str) -> bool:
        """Tell whether the county has a district of that code."""
        query = select(District.id).where(District.county_id == self.scope.county_id, District.code == code)
        return self.session.scalar(query) is not None

    def districts(self) -> Sequence[AnyRow]:
        """Return the districts of the county by code."""
        columns = (District.id, District.code, District.name)
        query = select(*columns).where(District.county_id == self.scope.county_id).order_by(District.code)
        return self.session.execute(query).all()

    def names(self) -> AnyRow:
        """Return the names of the county and the district."""
        query = (
            select(County.name.label("county"), District.name.label("district"))
            .join(District, District.county_id == County.county_id)
            .where(District.county_id == self.scope.county_id, District.id == self.district_id)
        )
        return self.session.execute(query).one()

    def school(self, school_id: int) -> AnyRow | None:
        """Return one school."""
        return self.one(_SCHOOL, id=school_id)

    def schools(self, day: date | None = None) -> Sequence[AnyRow]:
        """Return the schools of the scope that are open on a day, or all of them, as they were founded."""
        query = self.here(select(School.id, School.code, School.name, School.kind, School.closed_on), School)
        if day is not None:
            query = query.where(school_open_on(day))
        return self.session.execute(query.order_by(School.id)).all()

    # people

    def staff_member(self, staff_id: int, day: date) -> AnyRow | None:
        """Return one member of staff with the placement of a day."""
        return self.one(_STAFF_MEMBER, id=staff_id, day=day)

    def pupil(self, pupil_id: int, day: date) -> AnyRow | None:
        """Return one pupil with the class of a day."""
        return self.one(_PUPIL, id=pupil_id, day=day)

    def pupils_of(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return the pupils who are at a school on a day, by number."""
        return self.all(_PUPILS_OF, school=school, day=day)
