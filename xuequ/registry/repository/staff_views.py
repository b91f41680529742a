"""Questions for staff as of a day: single people, schools, counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Employment, Placement, Staff, Standing
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Rows, Scoped, open_on, owns, same
from xuequ.registry.states.staff import PlacementKind


class _Reaching(Scoped):
    """A statement about staff who belong to a district, or are employed or at work there on the day."""

    def __init__(self, query: AnySelect) -> None:
        here: Any = bindparam("district_id", type_=BigInteger)
        self._county = query.where(Staff.county_id == bindparam("county_id"))
        self._district = self._county.where(
            or_(Staff.district_id == here, Employment.district_id == here, Placement.district_id == here)
        )


def _on_a_day() -> AnySelect:
    """Return staff with employment and placement of a day; the school's code only where it is."""
    employed = and_(
        owns(Employment, Employment.staff_id, Staff), open_on(Employment.since, Employment.until, DAY)
    )
    placed = and_(owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, DAY))
    employer = aliased(School)
    return (
        select(
            *(Staff.id, Staff.staff_no, Person.name, Person.sex, Person.birth_date),
            *(Employment.school_id.label("employer_id"), employer.code.label("employer")),
            *(Employment.since.label("employed_since"), Employment.entry),
            *(Placement.school_id, Placement.district_id.label("placed_in"), School.code.label("school")),
            *(Placement.since.label("placed_since"), Placement.until.label("placed_until"), Placement.kind),
        )
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(Employment, employed)
        .outerjoin(employer, same(employer, Employment.school_id, Employment))
        .outerjoin(Placement, placed)
        .outerjoin(School, same(School, Placement.school_id, Placement))
    )


_BY_ID = _Reaching(_on_a_day().where(Staff.id == bindparam("id")))
_BY_NUMBER = _Reaching(_on_a_day().where(Staff.staff_no == bindparam("staff_no")))
_AT_SCHOOL = Scoped(_on_a_day().where(School.code == bindparam("school")).order_by(Staff.staff_no), Placement)


class StaffViewRows(Rows):
    """Staff as of a day."""

    def on_day(self, staff: int | str, day: date) -> AnyRow | None:
        """Return somebody by id or staff number."""
        if isinstance(staff, int):
            return self.one(_BY_ID, id=staff, day=day)
        return self.one(_BY_NUMBER, staff_no=staff, day=day)

    def at_school(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return who works at a school of the district on a day, by number."""
        return self.all(_AT_SCHOOL, school=school, day=day)

    def held_on(self, staff_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return what some people hold on a day."""
        query = select(Standing.staff_id, Standing.kind, Standing.code).where(
            Standing.county_id == self.scope.county_id,
            Standing.staff_id.in_(staff_ids),
            open_on(Standing.since, Standing.until, day),
        )
        return self.session.execute(query).all()

    def standings(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return what some people hold and held, by person, kind and day."""
        query = select(Standing.__table__).where(
            Standing.county_id == self.scope.county_id, Standing.staff_id.in_(staff_ids)
        )
        ordered = query.order_by(Standing.staff_id, Standing.kind, Standing.since)
        return self.session.execute(ordered).all()

    # counts

    def schools(self) -> Sequence[AnyRow]:
        """Return the schools of the scope in the order of their founding here."""
        query = select(School.id, School.code)
        return self.session.execute(self.here(query, School).order_by(School.id)).all()

    def employed_counts(self, day: date) -> Sequence[AnyRow]:
        """Return how many each school employs on a day; the bureau itself has no school."""
        return self._counts(Employment, day)

    def working_counts(self, day: date) -> Sequence[AnyRow]:
        """Return how many work at each school on a day, and how many of these are not its own."""
        away = func.count().filter(Placement.kind != PlacementKind.OWN.value).label("from_elsewhere")
        return self._counts(Placement, day, away)

    def _counts(self, model: type[Employment] | type[Placement], day: date, *more: Any) -> Sequence[AnyRow]:
        query = (
            select(model.school_id, func.count().label("staff"), *more)
            .where(open_on(model.since, model.until, day))
            .group_by(model.school_id)
        )
        return self.session.execute(self.here(query, model)).all()

    def held_counts(self, day: date) -> Sequence[AnyRow]:
        """Return how many of those at work hold what on a day, by kind and code."""
        held = and_(
            Standing.county_id == Placement.county_id,
            Standing.staff_id == Placement.staff_id,
            open_on(Standing.since, Standing.until, day),
        )
        query = (
            select(Standing.kind, Standing.code, func.count().label("staff"))
            .select_from(Placement)
            .join(Standing, held)
            .where(open_on(Placement.since, Placement.until, day))
            .group_by(Standing.kind, Standing.code)
        )
        return self.session.execute(self.here(query, Placement)).all()
