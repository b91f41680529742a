"""The workbook of land, buildings and rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome, PlannedRow, Values
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.premises import PremisesRows
from xuequ.registry.schemas.books.premises import BuildingChangeRow, BuildingRow, DangerRow, LandRow
from xuequ.registry.schemas.premises import (
    DangerFinding,
    LandRegistration,
    PremisesChange,
    PremisesRegistration,
)
from xuequ.registry.service.books.desk import rows_of
from xuequ.registry.service.books.held import PremisesDesk, PremisesLookups
from xuequ.registry.service.books.recorded import Record
from xuequ.registry.service.books.rooms import RoomDesk
from xuequ.registry.states.premises import DangerLevel, LandUse, PremisesState, Structure
from xuequ.registry.templates.premises import BUILDINGS, CHANGES, DANGERS, LAND, PREMISES


class LandDesk(PremisesDesk):
    """The sheet of land."""

    sheet = LAND

    def records(self) -> Iterator[Record]:
        """Return the parcels as they were registered."""
        for held in self.rows.parcels():
            first = held.spans[0]
            row = LandRow(
                school=held.school,
                name=held.name,
                area=first.area,
                use=LandUse(first.use),
                certificate=first.certificate,
                since=first.since,
            )
            yield (held.school, held.present), row

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that a name tells a parcel from others."""
        return self.check_names(planned, self.named.land_ids, "地块")

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Register parcels."""
        added = cast("list[LandRow]", rows_of(planned, Outcome.ADDED))
        ids = self.service.register_land(
            [
                LandRegistration(
                    school_id=self.named.school(row.school), **row.model_dump(exclude={"school"})
                )
                for row in added
            ]
        )
        for row, land_id in zip(added, ids, strict=True):
            self.named.land_ids[row.school, row.name] = [land_id]


class BuildingDesk(PremisesDesk):
    """The sheet of buildings."""

    sheet = BUILDINGS

    def records(self) -> Iterator[Record]:
        """Return the buildings as they were registered."""
        parcels = {parcel.id: parcel for parcel in self.rows.parcels()}
        for held in self.rows.buildings():
            first, parcel = held.spans[0], parcels.get(held.spans[0].land_id)
            row = BuildingRow(
                school=held.school,
                name=held.name,
                area=first.area,
                structure=Structure(first.structure),
                built_year=first.built_year,
                land=parcel.name if parcel else None,
                land_school=parcel.school if parcel and parcel.school != held.school else None,
                since=first.since,
            )
            yield (held.school, held.present), row

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say; that the parcel is the same school's need not be said."""
        own = {"land_school": None}
        return [
            row.__dict__ | own if row.land_school == row.school else row.__dict__
            for row in cast("Sequence[BuildingRow]", rows)
        ]

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that a name tells a building from others."""
        return self.check_names(planned, self.named.building_ids, "校舍")

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Register buildings."""
        added = cast("list[BuildingRow]", rows_of(planned, Outcome.ADDED))
        ids = self.service.register_premises([self._registration(row) for row in added])
        for row, premises_id in zip(added, ids, strict=True):
            self.named.building_ids[row.school, row.name] = [premises_id]

    def _registration(self, row: BuildingRow) -> PremisesRegistration:
        land = None if row.land is None else self.named.land(row.land_school or row.school, row.land)
        said = row.model_dump(exclude={"school", "land", "land_school"})
        return PremisesRegistration(school_id=self.named.school(row.school), land_id=land, **said)


class ChangeDesk(PremisesDesk):
    """The sheet of what became of buildings."""

    sheet = CHANGES

    def records(self) -> Iterator[Record]:
        """Return all states of buildings but the first, which the sheet of buildings tells."""
        for held in self.rows.buildings():
            for span in held.spans[1:]:
                row = BuildingChangeRow(
                    school=held.school,
                    building=held.name,
                    since=span.since,
                    state=PremisesState(span.state),
                    used_by=span.school,
                    authority=span.authority,
                )
                yield (held.school, held.present), row

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that the school which is to use a building is there."""
        found: list[Problem] = []
        for row in planned:
            code = cast(BuildingChangeRow, row.source.command).used_by
            if code is not None and code not in self.named.schools:
                found.append(self.said_of(row, "used_by", SchoolUnknown(school=code)))
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Put buildings to use, leave them idle, record their demolition: the earliest first."""
        added = cast("list[BuildingChangeRow]", rows_of(planned, Outcome.ADDED))
        for row in sorted(added, key=attrgetter("since")):
            self.service.change_premises(
                PremisesChange(
                    premises_id=self.named.building(row.school, row.building),
                    state=row.state,
                    school_id=None if row.used_by is None else self.named.school(row.used_by),
                    since=row.since,
                    authority=row.authority,
                )
            )


class DangerDesk(PremisesDesk):
    """The sheet of assessments."""

    sheet = DANGERS

    def records(self) -> Iterator[Record]:
        """Return all assessments."""
        buildings = {held.id: held for held in self.rows.buildings()}
        for premises_id, some in groupby(self.rows.assessments(), attrgetter("premises_id")):
            if (held := buildings.get(premises_id)) is None:
                continue
            for found in some:
                row = DangerRow(
                    school=held.school,
                    building=held.name,
                    assessed_on=found.assessed_on,
                    level=DangerLevel(found.level),
                    authority=found.authority,
                )
                yield (held.school, held.present), row

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record what assessments found."""
        for row in cast("list[DangerRow]", rows_of(planned, Outcome.ADDED)):
            self.service.assess_danger(
                DangerFinding(
                    premises_id=self.named.building(row.school, row.building),
                    **row.model_dump(exclude={"school", "building"}),
                )
            )


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = PremisesLookups(context)
    return {
        "land": LandDesk(lookups),
        "buildings": BuildingDesk(lookups),
        "rooms": RoomDesk(lookups),
        "changes": ChangeDesk(lookups),
        "dangers": DangerDesk(lookups),
    }


def _hold(context: Context) -> None:
    """Make whoever writes of the district's schools, land and buildings wait.

    The sheets lock one row after the other, which two files at once would do in different orders.
    """
    rows = PremisesRows(context.session, context.scope, context.place)
    lookups = PremisesLookups(context)
    rows.lock_schools(lookups.schools.values())
    rows.lock_land(i for ids in lookups.land_ids.values() for i in ids)
    rows.lock_premises(i for ids in lookups.building_ids.values() for i in ids)


PREMISES_BOOK = Book(PREMISES, _desks, _hold, stale="校舍用地")
