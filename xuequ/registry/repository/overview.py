"""All schools with their numbers of a day, in one statement whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import District, School
from xuequ.registry.models.premises import PremisesSpan, Room, RoomSpan
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Rows, open_on, same, school_open_on
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.premises import PremisesState


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


def _grouped(model: Any, counted: Any, *conditions: Any, in_district: bool) -> AnySelect:
    where = (*_here(model, in_district=in_district), *conditions)
    return select(model.school_id, counted.label("number")).where(*where).group_by(model.school_id)


def _overview(*, in_district: bool) -> AnySelect:
    standing = and_(
        or_(SchoolClass.formed_on.is_(None), SchoolClass.formed_on <= DAY),
        or_(SchoolClass.dissolved_on.is_(None), SchoolClass.dissolved_on > DAY),
    )
    classes = _grouped(SchoolClass, func.count(), standing, _running(), in_district=in_district)
    there = open_on(Enrolment.since, Enrolment.until, DAY)
    pupils = _grouped(Enrolment, func.count(), there, _running(), in_district=in_district)
    working = open_on(Placement.since, Placement.until, DAY)
    in_use = and_(
        PremisesSpan.state == PremisesState.IN_USE.value,
        open_on(PremisesSpan.since, PremisesSpan.until, DAY),
        open_on(RoomSpan.since, RoomSpan.until, DAY),
    )
    rooms = _grouped(PremisesSpan, func.sum(RoomSpan.area), in_use, in_district=in_district)
    rooms = rooms.join(
        Room,
        and_(Room.county_id == PremisesSpan.county_id, Room.premises_id == PremisesSpan.premises_id),
    ).join(RoomSpan, and_(RoomSpan.county_id == Room.county_id, RoomSpan.room_id == Room.id))
    parts = {
        "classes": classes,
        "pupils": pupils.join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment)),
        "staff": _grouped(Placement, func.count(), working, in_district=in_district),
        "rooms_area": rooms,
    }
    tables = {name: part.subquery(name) for name, part in parts.items()}
    query: AnySelect = select(
        *(School.id, School.code, School.name, School.kind, District.code.label("district")),
        *(table.c.number.label(name) for name, table in tables.items()),
    ).outerjoin(District, same(District, School.district_id, School))
    for table in tables.values():
        query = query.outerjoin(table, table.c.school_id == School.id)
    return query.where(*_here(School, in_district=in_district), school_open_on(DAY)).order_by(School.id)


_COUNTY, _DISTRICT = _overview(in_district=False), _overview(in_district=True)


class OverviewRows(Rows):
    """Schools with their numbers."""

    def overview(self, day: date, year: int, first: Mapping[Stage, int]) -> Sequence[AnyRow]:
        """Return every school of the scope that is open on a day, with classes, pupils, staff and rooms.

        Args:
            year: the school year of the day.
            first: the entry year of the highest grade of each stage.
        """
        values = {f"first_{stage.value}": entry for stage, entry in first.items()}
        bound = self._bound({**values, "day": day, "year": year})
        query = _COUNTY if self.scope.district_id is None else _DISTRICT
        return self.session.execute(query, bound).all()
