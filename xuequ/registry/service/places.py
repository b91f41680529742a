"""Use cases of places: townships, villages, districts, and all schools at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.actions.figures import VIEW_OVERVIEW
from xuequ.registry.actions.places import (
    DISSOLVE_DISTRICT,
    GOVERN_DISTRICT,
    RECORD_VILLAGES,
    REGISTER_TOWNSHIPS,
    VIEW_PLACES,
    VIEW_VILLAGES,
)
from xuequ.registry.errors.places import (
    DistrictUnknown,
    TownshipKnown,
    TownshipUnknown,
    VillageKnown,
    VillageUnknown,
)
from xuequ.registry.facts.places import (
    DistrictGone,
    GovernanceAdopted,
    TownshipAssigned,
    TownshipsRegistered,
    VillageCountsRecorded,
    VillagesHandedOver,
    VillagesRegistered,
)
from xuequ.registry.models.places import District, Governance, Township, Village, VillageCount
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.overview import OverviewRows, square_metres
from xuequ.registry.rules.classes import Schooling, school_year
from xuequ.registry.rules.places import check_count_day, check_dissolution, check_governance
from xuequ.registry.schemas.places import (
    DistrictDetail,
    GovernanceAdoption,
    SchoolNumbers,
    TownshipRegistration,
    TownshipView,
    VillageCounting,
    VillageCountView,
    VillageRegistration,
    VillageView,
)
from xuequ.registry.service.schools import SchoolPlaces
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import GovernanceMode, SchoolKind, VillageMeasure


class PlaceService(SchoolPlaces):
    """Places 机构和地方: townships, villages, districts, schools."""

    # townships and villages

    @use_case(REGISTER_TOWNSHIPS, at=At.COUNTY)
    def register_townships(self, rows: Sequence[TownshipRegistration]) -> list[TownshipView]:
        """Register township governments 乡镇 of the county.

        Raises:
            TownshipKnown: for every code that there is already, or that stands twice.
        """
        places = self._rows
        places.lock_county()
        known = {row.code for row in places.townships()}
        refuse_if([Problem(TownshipKnown(township=code)) for code in _twice(known, (r.code for r in rows))])
        ids = take_ids(len(rows))
        county_id = self.context.scope.county_id
        loaded = ((county_id, i, row.code, row.name) for i, row in zip(ids, rows, strict=True))
        places.load(Township, ("county_id", "id", "code", "name"), loaded)
        self.context.announce(TownshipsRegistered(township_ids=tuple(ids)))
        made = zip(ids, rows, strict=True)
        return [TownshipView(id=row_id, code=row.code, name=row.name) for row_id, row in made]

    @reading(VIEW_PLACES)
    def townships(self) -> list[TownshipView]:
        """List the townships of the county, by code."""
        rows = self._rows.townships()
        return [TownshipView(id=row.id, code=row.code, name=row.name) for row in rows]

    @use_case(REGISTER_TOWNSHIPS, at=At.COUNTY)
    def register_villages(self, rows: Sequence[VillageRegistration]) -> list[int]:
        """Register villages 村委会; return their ids.

        Raises:
            VillageKnown, TownshipUnknown, DistrictUnknown: for every row, all at once.
        """
        places = self._rows
        places.lock_county()
        townships = {row.code: row.id for row in places.townships()}
        districts = places.district_ids(row.district for row in rows if row.district is not None)
        known = places.village_codes(row.code for row in rows)
        problems = [Problem(VillageKnown(village=code)) for code in _twice(known, (r.code for r in rows))]
        for row in rows:
            if row.township not in townships:
                problems.append(Problem(TownshipUnknown(township=row.township)))
            if row.district is not None and row.district not in districts:
                problems.append(Problem(DistrictUnknown(district=row.district)))
        refuse_if(problems)
        ids, county_id = take_ids(len(rows)), self.context.scope.county_id
        loaded = (
            (county_id, i, row.code, row.name, townships[row.township], districts.get(row.district or ""))
            for i, row in zip(ids, rows, strict=True)
        )
        columns = ("county_id", "id", "code", "name", "township_id", "district_id")
        places.load(Village, columns, loaded)
        self.context.announce(VillagesRegistered(village_ids=tuple(ids)))
        return ids

    @use_case(RECORD_VILLAGES)
    def record_village_counts(self, rows: Sequence[VillageCounting]) -> None:
        """Record figures of villages with their source; one of the same day becomes a later edition.

        Nothing is overwritten: what was said before is still there with its own source.

        Raises:
            VillageUnknown, CountAhead: for every row, all at once.
        """
        places = self._rows
        villages = places.village_codes(row.village for row in rows)
        district_id, today = self.context.scope.district_id, self.context.today
        problems: list[Problem] = []
        for row in rows:
            village = villages.get(row.village)
            if village is None or district_id not in (None, village.district_id):
                problems.append(Problem(VillageUnknown(village=row.village)))
            problems += check_count_day(row.village, row.as_of, today)
        refuse_if(problems)
        village_ids = [village.id for village in villages.values()]
        places.lock_villages(village_ids)
        editions = places.editions(village_ids)
        ids, loaded = take_ids(len(rows)), list[tuple[object, ...]]()
        for row_id, row in zip(ids, rows, strict=True):
            key = (villages[row.village].id, row.measure.code, row.as_of)
            editions[key] = editions.get(key, 0) + 1
            said = (editions[key], row.value, row.source, self.context.now)
            loaded.append((self.context.scope.county_id, row_id, *key, *said))
        columns = ("county_id", "id", "village_id", "measure", "as_of", "edition", "value", "source")
        places.load(VillageCount, (*columns, "recorded_at"), loaded)
        self.context.announce(VillageCountsRecorded(count_ids=tuple(ids)))

    @reading(VIEW_VILLAGES)
    def villages(self, on: date | None = None) -> list[VillageView]:
        """List the villages of the scope with their newest figures up to a day, each of its own day."""
        newest: dict[int, dict[VillageMeasure, VillageCountView]] = {}
        for row in self._rows.village_counts(on or self.context.today):
            newest.setdefault(row.village_id, {}).setdefault(VillageMeasure(row.measure), _count(row))
        return [
            VillageView(
                id=row.id,
                code=row.code,
                name=row.name,
                township=row.township,
                district=row.district,
                counts=tuple(newest.get(row.id, {}).values()),
            )
            for row in self._rows.villages()
        ]

    @reading(VIEW_VILLAGES)
    def village_history(self, village: str) -> list[VillageCountView]:
        """List everything that was ever recorded of a village, by measure and the newest first.

        Raises:
            VillageUnknown: when this scope has none of that code.
        """
        if village not in {row.code for row in self._rows.villages()}:
            raise VillageUnknown(village=village)
        return [_count(row) for row in self._rows.village_counts(village=village)]

    @use_case(REGISTER_TOWNSHIPS, at=At.COUNTY)
    def hand_over_villages(self, villages: Sequence[str], district: str | None) -> None:
        """Let another district serve villages, or none; what a school serves by date stays as it is.

        Raises:
            VillageUnknown, DistrictUnknown: when there is none of that code.
        """
        rows = self._rows
        rows.lock_county()
        village_ids = tuple(village.id for village in self._villages(villages).values())
        district_id = None if district is None else self._district_id(district)
        rows.hand_over_villages(village_ids, district_id)
        self.context.announce(VillagesHandedOver(village_ids=village_ids, district_id=district_id))

    # districts

    @use_case(GOVERN_DISTRICT, at=At.COUNTY)
    def assign_township(self, district: str, township: str) -> None:
        """Put a district under a township government, its superior beside the education bureau.

        Raises:
            DistrictUnknown, TownshipUnknown: when there is none of that code.
        """
        rows = self._rows
        district_id = self._district_id(district)
        township_id = next((row.id for row in rows.townships() if row.code == township), None)
        if township_id is None:
            raise TownshipUnknown(township=township)
        rows.lock_districts([district_id])
        rows.change(District, district_id, {"township_id": township_id})
        self.context.announce(TownshipAssigned(district_id=district_id, township_id=township_id))

    @use_case(GOVERN_DISTRICT, at=At.COUNTY)
    def adopt_governance(self, command: GovernanceAdoption) -> None:
        """Adopt 校长负责制 or 党组织领导的校长负责制 for a district from a day; the present mode ends.

        Raises:
            DistrictUnknown, GovernanceBackwards: when it does not begin after the present mode.
        """
        rows = self._rows
        district_id = self._district_id(command.district)
        rows.lock_districts([district_id])
        current = rows.governance(district_id)
        refuse_if(check_governance(command.since, current.since if current else None))
        if current is not None:
            rows.change(Governance, current.id, {"until": command.since})
        columns = ("county_id", "id", "district_id", "mode", "since", "authority")
        row = (self.context.scope.county_id, new_id(), district_id, command.mode.code, command.since)
        rows.load(Governance, columns, [(*row, command.authority)])
        fact = GovernanceAdopted(district_id=district_id, mode=command.mode.code, since=command.since)
        self.context.announce(fact)

    @use_case(DISSOLVE_DISTRICT, at=At.COUNTY)
    def dissolve_district(self, district: str, on: date) -> None:
        """Dissolve a district 撤销学区 whose schools are closed and whose villages others serve.

        Raises:
            DistrictUnknown, DistrictDissolved, DistrictNotEmpty: names what is left.
        """
        rows = self._rows
        rows.lock_county()
        district_id = self._district_id(district)
        rows.lock_districts([district_id])
        problems = self._dissolved(district_id, district)
        refuse_if(problems + check_dissolution(district, *rows.left_in(district_id, on)))
        rows.change(District, district_id, {"dissolved_on": on})
        self.context.announce(DistrictGone(district_id=district_id, dissolved_on=on))

    def _district_id(self, code: str) -> int:
        found = self._rows.district_ids([code]).get(code)
        if found is None:
            raise DistrictUnknown(district=code)
        return found

    @reading(VIEW_PLACES)
    def districts(self, on: date | None = None) -> list[DistrictDetail]:
        """List the districts of the scope as of a day, dissolved ones with their day."""
        return [
            DistrictDetail(
                id=row.id,
                code=row.code,
                name=row.name,
                township=row.township,
                governance=GovernanceMode(row.mode) if row.mode else None,
                legal_person=row.legal_person,
                opened_on=row.opened_on,
                dissolved_on=row.dissolved_on,
                schools=row.schools,
                villages=row.villages,
            )
            for row in self._rows.districts_on(on or self.context.today)
        ]

    # all schools

    @reading(VIEW_OVERVIEW)
    def overview(self, on: date | None = None) -> list[SchoolNumbers]:
        """Return all schools of the scope with classes, pupils, staff and the area of their rooms.

        One statement whatever the number of schools. Classes that have left their stage are not counted,
        nor are their pupils; the rooms are those of buildings in use, as registered.
        """
        day = on or self.context.today
        schooling = Schooling.of(self.context.standards, day)
        year = school_year(day, schooling)
        first = {stage: year - schooling.grades(stage) + 1 for stage in Stage}
        rows = OverviewRows(self.context.session, self.context.scope, self.context.place)
        schools, numbers = rows.overview(day, year, first)
        return [
            SchoolNumbers(
                id=row.id,
                code=row.code,
                name=row.name,
                kind=SchoolKind(row.kind),
                district=row.district,
                classes=numbers.get(("classes", row.id), 0),
                pupils=numbers.get(("pupils", row.id), 0),
                staff=numbers.get(("staff", row.id), 0),
                rooms_area=square_metres(numbers.get(("rooms_area", row.id), 0)),
            )
            for row in schools
        ]


def _twice(known: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Return the codes that are known already or stand for the second time."""
    seen, again = set(known), list[str]()
    for code in codes:
        if code in seen:
            again.append(code)
        seen.add(code)
    return again


def _count(row: AnyRow) -> VillageCountView:
    return VillageCountView(
        measure=VillageMeasure(row.measure),
        as_of=row.as_of,
        edition=row.edition,
        value=row.value,
        source=row.source,
        recorded_at=row.recorded_at,
    )
