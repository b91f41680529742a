"""What the sheets of land, buildings and rooms share: what is meant by a school and a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import cast

from xuequ.core.errors import Problem, XuequError
from xuequ.core.plan import PlannedRow
from xuequ.registry.errors.premises import LandUnknown, NameShared, PremisesUnknown
from xuequ.registry.repository.books.premises import Held, PremisesBookRows
from xuequ.registry.schemas.books.premises import BuildingRow, LandRow
from xuequ.registry.service.books.desk import Lookups
from xuequ.registry.service.books.recorded import RecordDesk
from xuequ.registry.service.premises import PremisesService

Ids = dict[tuple[str, str], list[int]]
"""School and name → id, and more than one where several share a name."""


class PremisesLookups(Lookups):
    """Parcels and buildings by school and name; a desk adds those that it registers."""

    @cached_property
    def records(self) -> PremisesBookRows:
        """The questions of this workbook."""
        return PremisesBookRows(self.context.session, self.context.scope, self.context.place)

    @cached_property
    def land_ids(self) -> Ids:
        """Parcels by school and name."""
        return _ids(self.records.parcels())

    @cached_property
    def building_ids(self) -> Ids:
        """Buildings by school and name."""
        return _ids(self.records.buildings())

    def land(self, school: str, name: str) -> int:
        """Return the id of a parcel.

        Raises:
            SchoolUnknown, LandUnknown, NameShared: when there is none, or no telling which.
        """
        self.school(school)
        return _only(self.land_ids, (school, name), "地块", LandUnknown(land=name))

    def building(self, school: str, name: str) -> int:
        """Return the id of a building.

        Raises:
            SchoolUnknown, PremisesUnknown, NameShared: when there is none, or no telling which.
        """
        self.school(school)
        return _only(self.building_ids, (school, name), "校舍", PremisesUnknown(premises=name))


def _ids(held: Sequence[Held]) -> Ids:
    ids: Ids = defaultdict(list)
    for one in held:
        ids[one.school, one.name].append(one.id)
    return ids


def _only(ids: Ids, called: tuple[str, str], what: str, unknown: XuequError) -> int:
    some = ids.get(called, [])
    if not some:
        raise unknown
    if len(some) > 1:
        raise _shared(called, what, len(some))
    return some[0]


def _shared(called: tuple[str, str], what: str, count: int) -> NameShared:
    return NameShared(what=what, name=called[1], school=called[0], count=count)


class PremisesDesk(RecordDesk):
    """A sheet of this workbook; nothing in its rows can be changed, only more be added."""

    changeable = frozenset()

    def __init__(self, lookups: PremisesLookups) -> None:
        super().__init__(lookups)
        self.named = lookups
        self.rows = lookups.records
        self.service = PremisesService(self.context)

    def check_names(self, planned: Sequence[PlannedRow], ids: Ids, what: str) -> list[Problem]:
        """Refuse rows of which nobody can say which parcel or building they are of."""
        found: list[Problem] = []
        for row in planned:
            command = cast("LandRow | BuildingRow", row.source.command)
            called = (command.school, command.name)
            if len(ids.get(called, ())) > 1:
                found.append(self.said_of(row, "name", _shared(called, what, len(ids[called]))))
        return found
