"""All schools with their numbers of a day, in one statement whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
)

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import District, School
from xuequ.registry.models.premises import PremisesSpan, Room, RoomSpan
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement
from xuequ.registry.repository.basis import (
    DAY,
    AnyRow,
    AnySelect,
    Rows,
    open_on,
    owns,
    same,
    school_open_on,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.premises import PremisesState

_PLACES = 2
"""How many decimals areas have; their sums come out of the database as whole numbers of hundredths."""

_NAMELESS = (null(), null(), null(), null())
"""A row that holds a number has no code, name, kind and district."""


def _what(name: str) -> ColumnElement[str]:
    """Return a constant column that says what a row holds."""
    column: ColumnElement[str] = literal_column(f"'{name}'", String)
    return column


def _here(model: Any, *, in_district: bool) -> list[ColumnElement[bool]]:
    here = [model.county_id == bindparam("county_id")]
    return [*here, model.district_id == bindparam("district_id")] if in_district else here


def _running() -> ColumnElement[bool]:
    """Keep to classes that are in one of their stage's grades, as `rules.classes.is_running` says."""
    first = case(
        {
            stage.value: bindparam(f"first_{stage.value}", type_=SchoolClass.entry_year.type)
            for stage in Stage
        },
        value=SchoolClass.stage,
    )
    return SchoolClass.entry_year.between(first, bindparam("year"))


def _classes(here: Sequence[Any]) -> AnySelect:
    formed = or_(SchoolClass.formed_on.is_(None), SchoolClass.formed_on <= DAY)
    standing = or_(SchoolClass.dissolved_on.is_(None), SchoolClass.dissolved_on > DAY)
    query: AnySelect = select(_what("classes"), SchoolClass.school_id, func.count(), *_NAMELESS)
    return query.where(*here, formed, standing, _running()).group_by(SchoolClass.school_id)


def _pupils(here: Sequence[Any], enrolled: Sequence[Any]) -> AnySelect:
    """Count by class first, so that there are few rows to join."""
    there = (*enrolled, open_on(Enrolment.since, Enrolment.until, DAY))
    by_class = (
        select(Enrolment.class_id, func.count().label("pupils"))
        .where(*there)
        .group_by(Enrolment.class_id)
        .subquery("by_class")
    )
    query: AnySelect = select(_what("pupils"), SchoolClass.school_id, func.sum(by_class.c.pupils), *_NAMELESS)
    query = query.join(by_class, by_class.c.class_id == SchoolClass.id)
    return query.where(*here, _running()).group_by(SchoolClass.school_id)


def _staff(here: Sequence[Any]) -> AnySelect:
    working = open_on(Placement.since, Placement.until, DAY)
    query: AnySelect = select(_what("staff"), Placement.school_id, func.count(), *_NAMELESS)
    return query.where(*here, working).group_by(Placement.school_id)


def _rooms(here: Sequence[Any]) -> AnySelect:
    """Sum the rooms of buildings in use, by building first; a field lies on land and is none of them."""
    by_building = (
        select(Room.premises_id, func.sum(type_coerce(RoomSpan.area, BigInteger)).label("area"))
        .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
        .where(
            Room.county_id == bindparam("county_id"),
            Room.premises_id.is_not(None),
            open_on(RoomSpan.since, RoomSpan.until, DAY),
        )
        .group_by(Room.premises_id)
        .subquery("by_building")
    )
    query: AnySelect = select(
        _what("rooms_area"), PremisesSpan.school_id, func.sum(by_building.c.area), *_NAMELESS
    )
    return (
        query.join(by_building, by_building.c.premises_id == PremisesSpan.premises_id)
        .where(
            *here,
            PremisesSpan.state == PremisesState.IN_USE.value,
            open_on(PremisesSpan.since, PremisesSpan.until, DAY),
        )
        .group_by(PremisesSpan.school_id)
    )


def _schools(here: Sequence[Any]) -> AnySelect:
    number: ColumnElement[int] = literal_column("0", Integer).label("number")
    named = (School.code, School.name, School.kind, District.code.label("district"))
    query: AnySelect = select(_what("school").label("what"), School.id, number, *named)
    query = query.outerjoin(District, same(District, School.district_id, School))
    return query.where(*here, school_open_on(DAY))


def _overview(*, in_district: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Put the counts below the schools: joined beside them, a planner may count anew for each school."""
    schools, classes, enrolled, placed, built = (
        _here(model, in_district=in_district)
        for model in (School, SchoolClass, Enrolment, Placement, PremisesSpan)
    )
    counts = (_classes(classes), _pupils(classes, enrolled), _staff(placed), _rooms(built))
    return _schools(schools).union_all(*counts)


_COUNTY, _DISTRICT = _overview(in_district=False), _overview(in_district=True)


class OverviewRows(Rows):
    """Schools with their numbers."""

    def overview(
        self, day: date, year: int, first: Mapping[Stage, int]
    ) -> tuple[list[AnyRow], dict[tuple[str, int], int]]:
        """Return the schools that are open on a day in the order of their ids, and their numbers.

        Numbers are ``classes``, ``pupils``, ``staff`` and ``rooms_area`` in hundredths of a square metre,
        by name and school; one that is nought is not there.

        Args:
            year: the school year of the day.
            first: the entry year of the highest grade of each stage.
        """
        values = {f"first_{stage.value}": entry for stage, entry in first.items()}
        bound = self._bound({**values, "day": day, "year": year})
        query = _COUNTY if self.scope.district_id is None else _DISTRICT
        rows = self.session.execute(query, bound).all()
        schools = [row for row in rows if row[0] == "school"]
        numbers = {(row[0], row[1]): int(row[2]) for row in rows if row[0] != "school"}
        return sorted(schools, key=itemgetter(1)), numbers


def square_metres(hundredths: int) -> Decimal:
    """Return an area that the database gives as a whole number of hundredths."""
    return Decimal(hundredths).scaleb(-_PLACES)
