"""Questions for land, premises and rooms, as of a day; sums are made in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, or_, select, update

from xuequ.registry.models.places import School
from xuequ.registry.models.premises import (
    DangerAssessment,
    Land,
    LandHolding,
    Premises,
    PremisesSpan,
    Room,
    RoomSpan,
)
from xuequ.registry.repository.basis import AnyRow, AnySelect, open_on, owns, same, school_open_on
from xuequ.registry.repository.counts import CountRows
from xuequ.registry.repository.places import WritingRows
from xuequ.registry.states.premises import PremisesState


def _newest_danger(day: date) -> Any:
    """Return the newest assessment of every building up to a day."""
    ranked = (
        select(
            *(DangerAssessment.county_id, DangerAssessment.premises_id),
            *(DangerAssessment.level, DangerAssessment.assessed_on),
            func.row_number()
            .over(partition_by=DangerAssessment.premises_id, order_by=DangerAssessment.assessed_on.desc())
            .label("rank"),
        )
        .where(DangerAssessment.assessed_on <= day)
        .subquery()
    )
    return select(ranked).where(ranked.c.rank == 1).subquery("danger")


class PremisesRows(WritingRows, CountRows):
    """Land, buildings and rooms of one scope."""

    # land

    def land_of(self, day: date) -> Sequence[AnyRow]:
        """Return the parcels of the scope as of a day, with the code of the school that has them."""
        query = (
            select(*(Land.id, Land.name, Land.area, Land.use, Land.certificate), School.code.label("school"))
            .join(LandHolding, owns(LandHolding, LandHolding.land_id, Land))
            .outerjoin(School, same(School, LandHolding.school_id, LandHolding))
            .where(open_on(LandHolding.since, LandHolding.until, day))
        )
        return self.session.execute(self.here(query, LandHolding).order_by(Land.id)).all()

    def certificates(self, numbers: Iterable[str]) -> set[str]:
        """Return those certificates of right that the county has already."""
        query = select(Land.certificate).where(
            Land.county_id == self.scope.county_id, Land.certificate.in_(sorted(set(numbers)))
        )
        return {number for number in self.session.scalars(query) if number is not None}

    def lock_land(self, land_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Lock parcels that the scope has, in the order of their ids; who had one has no say any more."""
        held = (LandHolding.county_id == Land.county_id, LandHolding.until.is_(None))
        own = self.here(select(LandHolding.land_id).where(*held), LandHolding)
        query = select(Land.id, Land.name, Land.area).where(
            Land.county_id == self.scope.county_id, Land.id.in_(sorted(set(land_ids))), Land.id.in_(own)
        )
        rows = self.session.execute(query.order_by(Land.id).with_for_update()).all()
        return {row.id: row for row in rows}

    # buildings

    def lock_premises(self, premises_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Lock buildings that the scope has, in the order of their ids; who had one has no say any more."""
        held = (PremisesSpan.county_id == Premises.county_id, PremisesSpan.until.is_(None))
        own = self.here(select(PremisesSpan.premises_id).where(*held), PremisesSpan)
        query = select(Premises.id, Premises.name, Premises.area).where(
            Premises.county_id == self.scope.county_id,
            Premises.id.in_(sorted(set(premises_ids))),
            Premises.id.in_(own),
        )
        rows = self.session.execute(query.order_by(Premises.id).with_for_update()).all()
        return {row.id: row for row in rows}

    def last_spans(self, premises_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return the newest span of buildings, by building."""
        query = select(
            *(PremisesSpan.id, PremisesSpan.premises_id, PremisesSpan.state, PremisesSpan.since),
            *(PremisesSpan.school_id, PremisesSpan.district_id),
        ).where(
            PremisesSpan.county_id == self.scope.county_id,
            PremisesSpan.premises_id.in_(sorted(set(premises_ids))),
            PremisesSpan.until.is_(None),
        )
        return {row.premises_id: row for row in self.session.execute(query)}

    def first_days(self, premises_ids: Iterable[int]) -> dict[int, date]:
        """Return the day since which each building is registered."""
        first: Any = func.min(PremisesSpan.since)
        query: AnySelect = select(PremisesSpan.premises_id, first).where(
            PremisesSpan.county_id == self.scope.county_id,
            PremisesSpan.premises_id.in_(sorted(set(premises_ids))),
        )
        return {row[0]: row[1] for row in self.session.execute(query.group_by(PremisesSpan.premises_id))}

    def premises_of(self, day: date) -> Sequence[AnyRow]:
        """Return the buildings of the scope as of a day, with school, state and newest assessment."""
        danger = _newest_danger(day)
        assessed = and_(danger.c.county_id == Premises.county_id, danger.c.premises_id == Premises.id)
        query: AnySelect = (
            select(
                *(Premises.id, Premises.name, Premises.area, Premises.structure, Premises.built_year),
                *(Premises.land_id, PremisesSpan.state, School.code.label("school")),
                *(danger.c.level, danger.c.assessed_on),
            )
            .join(PremisesSpan, owns(PremisesSpan, PremisesSpan.premises_id, Premises))
            .outerjoin(School, same(School, PremisesSpan.school_id, PremisesSpan))
            .outerjoin(danger, assessed)
            .where(open_on(PremisesSpan.since, PremisesSpan.until, day))
        )
        return self.session.execute(self.here(query, PremisesSpan).order_by(Premises.id)).all()

    def assessment(self, premises_id: int, day: date) -> str | None:
        """Return what an assessment of a day found."""
        query = select(DangerAssessment.level).where(
            DangerAssessment.county_id == self.scope.county_id,
            DangerAssessment.premises_id == premises_id,
            DangerAssessment.assessed_on == day,
        )
        return self.session.scalar(query)

    # rooms

    def room_spans(self, premises_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return every span of every room of buildings."""
        query = (
            select(Room.premises_id, RoomSpan.room_id, RoomSpan.since, RoomSpan.until, RoomSpan.area)
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .where(Room.county_id == self.scope.county_id, Room.premises_id.in_(sorted(set(premises_ids))))
        )
        return self.session.execute(query).all()

    def numbers_in(self, premises_ids: Iterable[int], land_ids: Iterable[int]) -> set[tuple[int, str]]:
        """Return the numbers of the rooms of buildings and parcels, by the id of either."""
        where = or_(Room.premises_id.in_(sorted(set(premises_ids))), Room.land_id.in_(sorted(set(land_ids))))
        query = select(func.coalesce(Room.premises_id, Room.land_id), Room.number).where(
            Room.county_id == self.scope.county_id, where
        )
        return {(row[0], row[1]) for row in self.session.execute(query)}

    def rooms_by_id(self, room_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return rooms with their newest open span."""
        query = (
            select(
                *(Room.id, Room.number, Room.premises_id, Room.land_id),
                *(RoomSpan.id.label("span_id"), RoomSpan.since),
            )
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .where(
                Room.county_id == self.scope.county_id,
                Room.id.in_(sorted(set(room_ids))),
                RoomSpan.until.is_(None),
            )
        )
        return {row.id: row for row in self.session.execute(query)}

    def end_rooms(self, span_ids: Sequence[int], until: date) -> None:
        """End spans of rooms."""
        here = (RoomSpan.county_id == self.scope.county_id, RoomSpan.id.in_(span_ids))
        self.session.execute(update(RoomSpan).where(*here).values(until=until))

    def rooms_of(self, school_id: int, day: date) -> Sequence[AnyRow]:
        """Return the rooms and sports areas of a school on a day."""
        said = (RoomSpan.use, RoomSpan.area, RoomSpan.capacity, RoomSpan.networked)
        columns = (Room.id, Room.number, Room.premises_id, Room.land_id, *said)
        indoors = (
            select(*columns, Premises.name.label("where"))
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .join(Premises, same(Premises, Room.premises_id, Room))
            .join(PremisesSpan, owns(PremisesSpan, PremisesSpan.premises_id, Premises))
            .where(
                PremisesSpan.school_id == school_id,
                PremisesSpan.state == PremisesState.IN_USE.value,
                open_on(PremisesSpan.since, PremisesSpan.until, day),
                open_on(RoomSpan.since, RoomSpan.until, day),
            )
        )
        outdoors = (
            select(*columns, Land.name.label("where"))
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .join(Land, same(Land, Room.land_id, Room))
            .join(LandHolding, owns(LandHolding, LandHolding.land_id, Land))
            .where(
                LandHolding.school_id == school_id,
                open_on(LandHolding.since, LandHolding.until, day),
                open_on(RoomSpan.since, RoomSpan.until, day),
            )
        )
        both = self.here(indoors, PremisesSpan).union_all(self.here(outdoors, LandHolding))
        return sorted(self.session.execute(both).all(), key=lambda row: int(row.id))

    # sums

    def schools_on(self, day: date) -> Sequence[AnyRow]:
        """Return the schools of the scope that are open on a day."""
        query = select(School.id, School.code, School.name).where(school_open_on(day))
        return self.session.execute(self.here(query, School).order_by(School.id)).all()

    def room_sums(self, day: date) -> Sequence[AnyRow]:
        """Return rooms and sports areas by school and use on a day: how many, m², places, networked."""
        sums = (
            func.count().label("rooms"),
            func.sum(RoomSpan.area).label("area"),
            func.coalesce(func.sum(RoomSpan.capacity), 0).label("capacity"),
            func.sum(case((RoomSpan.networked, 1), else_=0)).label("networked"),
        )
        used = open_on(RoomSpan.since, RoomSpan.until, day)
        indoors = (
            select(PremisesSpan.school_id, RoomSpan.use, *sums)
            .join(
                Room,
                and_(Room.county_id == PremisesSpan.county_id, Room.premises_id == PremisesSpan.premises_id),
            )
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .where(PremisesSpan.state == PremisesState.IN_USE.value, used)
            .where(open_on(PremisesSpan.since, PremisesSpan.until, day))
        )
        outdoors = (
            select(LandHolding.school_id, RoomSpan.use, *sums)
            .join(Room, and_(Room.county_id == LandHolding.county_id, Room.land_id == LandHolding.land_id))
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .where(LandHolding.school_id.is_not(None), used)
            .where(open_on(LandHolding.since, LandHolding.until, day))
        )
        # a field is on land only and every other use in a building only, so the two never share a use
        both = self.here(indoors, PremisesSpan).group_by(PremisesSpan.school_id, RoomSpan.use)
        more = self.here(outdoors, LandHolding).group_by(LandHolding.school_id, RoomSpan.use)
        return self.session.execute(both.union_all(more)).all()

    def building_sums(self, day: date) -> dict[int, Any]:
        """Return the built area in use by school on a day."""
        total: Any = func.sum(Premises.area)
        query: AnySelect = (
            select(PremisesSpan.school_id, total)
            .join(Premises, same(Premises, PremisesSpan.premises_id, PremisesSpan))
            .where(PremisesSpan.state == PremisesState.IN_USE.value)
            .where(open_on(PremisesSpan.since, PremisesSpan.until, day))
            .group_by(PremisesSpan.school_id)
        )
        return {row[0]: row[1] for row in self.session.execute(self.here(query, PremisesSpan))}

    def land_sums(self, day: date) -> dict[int, Any]:
        """Return the area of land by school on a day."""
        total: Any = func.sum(Land.area)
        query: AnySelect = (
            select(LandHolding.school_id, total)
            .join(Land, same(Land, LandHolding.land_id, LandHolding))
            .where(LandHolding.school_id.is_not(None))
            .where(open_on(LandHolding.since, LandHolding.until, day))
            .group_by(LandHolding.school_id)
        )
        return {row[0]: row[1] for row in self.session.execute(self.here(query, LandHolding))}
