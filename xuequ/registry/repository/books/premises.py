"""Questions of the workbook of land, buildings and rooms: all that was ever registered of what is here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import and_, or_, select

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
from xuequ.registry.repository.basis import AnyRow, AnySelect, owns, same
from xuequ.registry.repository.books import BookRows


@dataclass(frozen=True, slots=True)
class Held:
    """A parcel or a building, and what it is called in a file: its name, and the school that had it first.

    That stays as it is when it passes to another school, which may have one of the same name.

    Attributes:
        present: the code of the school that has it now; None when it lies idle with the district.
        spans: its rows, the oldest first.
    """

    id: int
    school: str
    name: str
    present: str | None
    spans: Sequence[AnyRow]


def _held(rows: Iterable[AnyRow]) -> list[Held]:
    """Put the spans of each parcel or building together, from the first in which a school had it."""
    found: list[Held] = []
    for _, some in groupby(rows, attrgetter("id")):
        spans = list(some)
        while spans and spans[0].school is None:
            del spans[0]
        if spans:
            first = spans[0]
            found.append(Held(first.id, first.school, first.name, spans[-1].school, tuple(spans)))
    return found


class PremisesBookRows(BookRows):
    """Land, buildings and rooms of a district, by what a file calls them.

    What was given to another district is not here any more, and of what came from one only the time here is.
    """

    def parcels(self) -> list[Held]:
        """Return the parcels that the district has, with every school that had them."""
        query = (
            select(
                *(Land.id, Land.name, Land.area, Land.use, Land.certificate),
                *(LandHolding.since, School.code.label("school")),
            )
            .join(LandHolding, owns(LandHolding, LandHolding.land_id, Land))
            .outerjoin(School, same(School, LandHolding.school_id, LandHolding))
            .where(LandHolding.district_id == self.district_id, Land.id.in_(self._land()))
            .order_by(Land.id, LandHolding.since)
        )
        return _held(self.session.execute(self.here(query, LandHolding)).all())

    def buildings(self) -> list[Held]:
        """Return the buildings that the district has, with all their states and who used them."""
        query = (
            select(
                *(Premises.id, Premises.name, Premises.area, Premises.structure, Premises.built_year),
                *(Premises.land_id, PremisesSpan.state, PremisesSpan.since, PremisesSpan.authority),
                School.code.label("school"),
            )
            .join(PremisesSpan, owns(PremisesSpan, PremisesSpan.premises_id, Premises))
            .outerjoin(School, same(School, PremisesSpan.school_id, PremisesSpan))
            .where(PremisesSpan.district_id == self.district_id, Premises.id.in_(self._premises()))
            .order_by(Premises.id, PremisesSpan.since)
        )
        return _held(self.session.execute(self.here(query, PremisesSpan)).all())

    def _land(self) -> AnySelect:
        return self.here(select(LandHolding.land_id).where(LandHolding.until.is_(None)), LandHolding)

    def _premises(self) -> AnySelect:
        return self.here(select(PremisesSpan.premises_id).where(PremisesSpan.until.is_(None)), PremisesSpan)

    def assessments(self) -> Sequence[AnyRow]:
        """Return every assessment of the district's buildings."""
        query = select(
            *(DangerAssessment.premises_id, DangerAssessment.level),
            *(DangerAssessment.assessed_on, DangerAssessment.authority),
        ).where(
            DangerAssessment.county_id == self.scope.county_id,
            DangerAssessment.premises_id.in_(self._premises()),
        )
        newest_last = (DangerAssessment.premises_id, DangerAssessment.assessed_on)
        return self.session.execute(query.order_by(*newest_last)).all()

    def room_spans(self) -> Sequence[AnyRow]:
        """Return every span of every room of the district, those of one room together, the oldest first."""
        query = (
            select(
                *(Room.id, Room.number, Room.premises_id, Room.land_id),
                *(RoomSpan.use, RoomSpan.area, RoomSpan.capacity, RoomSpan.networked),
                *(RoomSpan.since, RoomSpan.until),
            )
            .join(RoomSpan, owns(RoomSpan, RoomSpan.room_id, Room))
            .where(
                and_(
                    Room.county_id == self.scope.county_id,
                    or_(Room.premises_id.in_(self._premises()), Room.land_id.in_(self._land())),
                )
            )
        )
        return self.session.execute(query.order_by(Room.id, RoomSpan.since)).all()
