"""The workbook of townships, villages, what is counted of them, and which schools serve them.

At a county's door it holds all townships and villages. At a district's it holds the district's own villages,
what is counted of them, and which school serves which; that townships and villages are entered at all, or
change hands, is the county's act there too, and asks for a post at the county.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome, PlannedRow
from xuequ.registry.errors.places import DistrictElsewhere, DistrictNeeded
from xuequ.registry.repository.books.places import PlaceBookRows
from xuequ.registry.schemas.books.places import ServedRow, TownshipRow, VillageCountRow, VillageRow
from xuequ.registry.schemas.places import (
    TownshipRegistration,
    VillageCounting,
    VillageRegistration,
    VillageServing,
)
from xuequ.registry.service.books.desk import Lookups, problem_at, rows_of
from xuequ.registry.service.books.recorded import Record, RecordDesk
from xuequ.registry.service.books.schools import hold_places
from xuequ.registry.service.places import PlaceService
from xuequ.registry.states.places import VillageMeasure
from xuequ.registry.templates.places import (
    COUNTS_SHEET,
    SERVED_SHEET,
    TOWNSHIPS_SHEET,
    VILLAGES,
    VILLAGES_SHEET,
)


class VillageLookups(Lookups):
    """The place of the door, and who serves its villages."""

    @cached_property
    def places(self) -> PlaceBookRows:
        """The questions of this workbook."""
        return PlaceBookRows(self.context.session, self.context.scope, self.context.place)

    @property
    def district(self) -> str | None:
        """The code of the district at whose door this is; None at a county's."""
        return self.context.place.partition("/")[2] or None

    def served_by(self) -> Mapping[str, set[str]]:
        """Return the schools that serve or served each village of a district, by the village's code."""
        served: dict[str, set[str]] = {}
        for row in self.places.served() if self.district else ():
            served.setdefault(row.village, set()).add(row.school)
        return served


class VillageBookDesk(RecordDesk):
    """A sheet of this workbook."""

    def __init__(self, lookups: VillageLookups) -> None:
        super().__init__(lookups)
        self.here = lookups
        self.rows = lookups.places
        self.service = PlaceService(self.context)


class TownshipDesk(VillageBookDesk):
    """The sheet of townships: all of the county, whichever door is open."""

    sheet = TOWNSHIPS_SHEET
    changeable = frozenset()

    def records(self) -> Iterator[Record]:
        """Return the townships."""
        served = self.here.served_by()
        schools: dict[str, set[str]] = defaultdict(set)
        for village in self.rows.villages():
            schools[village.township] |= served.get(village.code, set())
        for row in self.rows.townships():
            yield schools.get(row.code, ()), TownshipRow(code=row.code, name=row.name)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Register townships."""
        added = cast("list[TownshipRow]", rows_of(planned, Outcome.ADDED))
        self.service.register_townships([TownshipRegistration(code=row.code, name=row.name) for row in added])


class VillageDesk(VillageBookDesk):
    """The sheet of villages."""

    sheet = VILLAGES_SHEET
    changeable = frozenset({"district"})

    def records(self) -> Iterator[Record]:
        """Return the villages."""
        served = self.here.served_by()
        for row in self.rows.villages():
            village = VillageRow(code=row.code, name=row.name, township=row.township, district=row.district)
            yield served.get(row.code, ()), village

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse another district's villages at a district's door, where nobody would see them again."""
        door = self.here.district
        if door is None:
            return []
        return [
            self.said_of(row, "district", DistrictElsewhere(district=said, door=door))
            for row in planned
            if (said := cast(VillageRow, row.source.command).district) not in (None, door)
        ]

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Register villages, and hand others over."""
        added = cast("list[VillageRow]", rows_of(planned, Outcome.ADDED))
        if added:
            self.service.register_villages([self._registration(row) for row in added])
        changed = cast("list[VillageRow]", rows_of(planned, Outcome.CHANGED))
        for district, rows in groupby(sorted(changed, key=attrgetter("district")), attrgetter("district")):
            self.service.hand_over_villages([row.code for row in rows], district)

    def _registration(self, row: VillageRow) -> VillageRegistration:
        district = row.district or self.here.district
        return VillageRegistration(**row.model_dump(exclude={"district"}), district=district)


class CountDesk(VillageBookDesk):
    """The sheet of what is counted of villages; another value of the same day is a later edition."""

    sheet = COUNTS_SHEET

    def records(self) -> Iterator[Record]:
        """Return the figures that hold."""
        served = self.here.served_by()
        for row in self.rows.counts():
            count = VillageCountRow(
                village=row.code,
                measure=VillageMeasure(row.measure),
                as_of=row.as_of,
                value=row.value,
                source=row.source,
            )
            yield served.get(row.code, ()), count

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record figures."""
        self.service.record_village_counts(
            [VillageCounting(**row.source.command.model_dump()) for row in planned]
        )


class ServedDesk(VillageBookDesk):
    """The sheet of which school serves which village; a district's, as codes of schools are."""

    sheet = SERVED_SHEET
    changeable = frozenset({"until"})

    def records(self) -> Iterator[Record]:
        """Return who serves whom, and who did; at a county's door nothing."""
        for row in self.rows.served() if self.here.district else ():
            served = ServedRow(school=row.school, village=row.village, since=row.since, until=row.until)
            yield (row.school,), served

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse the sheet at a county's door, and another end for what has ended."""
        if self.here.district is None:
            return [problem_at(row, DistrictNeeded(place=self.context.place)) for row in planned]
        return [problem for row in planned for problem in self.fixed(row, "until")]

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Assign villages and release them, in the order of the days on which they began to be served."""
        key = attrgetter("since", "school")
        rows = cast("list[ServedRow]", [row.source.command for row in planned])
        began = {(row.since, row.school, row.village) for row in rows_of(planned, Outcome.ADDED)}
        for (since, code), some in groupby(sorted(rows, key=key), key):
            of_day = list(some)
            school_id = self.lookups.school(code)
            added = tuple(row.village for row in of_day if (since, code, row.village) in began)
            if added:
                serving = VillageServing(school_id=school_id, villages=added, since=since)
                self.service.assign_villages(serving)
            self._release(school_id, of_day)

    def _release(self, school_id: int, rows: Sequence[ServedRow]) -> None:
        ending: dict[date, list[str]] = {}
        for row in rows:
            if row.until is not None:
                ending.setdefault(row.until, []).append(row.village)
        for until, villages in ending.items():
            self.service.release_villages(school_id, villages, until)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = VillageLookups(context)
    return {
        "townships": TownshipDesk(lookups),
        "villages": VillageDesk(lookups),
        "counts": CountDesk(lookups),
        "served": ServedDesk(lookups),
    }


VILLAGES_BOOK = Book(VILLAGES, _desks, hold_places, stale="乡镇和村的登记")
