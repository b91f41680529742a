"""Use cases of schools as places: opened, designated, identified, serving villages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.actions.places import (
    ASSIGN_VILLAGES,
    DESIGNATE_CENTRAL,
    KEEP_SCHOOL,
    OPEN_SCHOOL,
    VIEW_PLACES,
    VIEW_SCHOOL,
)
from xuequ.registry.errors.places import (
    DistrictDissolved,
    DistrictNeeded,
    IdentifierTaken,
    SchoolKnown,
    SchoolUnknown,
    VillageElsewhere,
    VillageNotServed,
    VillageServed,
    VillageUnknown,
)
from xuequ.registry.facts.places import (
    CentralDesignated,
    IdentifierAssigned,
    PreschoolAttached,
    SchoolOpened,
    VillagesAssigned,
    VillagesReleased,
)
from xuequ.registry.models.places import School, SchoolVillage
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.places import PlaceRows, school_facts
from xuequ.registry.rules.places import (
    SchoolFacts,
    check_central,
    check_identifier,
    check_open,
    is_legal_person,
    school_path,
)
from xuequ.registry.schemas.places import SchoolDetail, SchoolOpening, VillageServing
from xuequ.registry.states.places import SchoolKind

_SCHOOL_COLUMNS = (
    *("county_id", "id", "district_id", "code", "name", "kind", "legal_person", "preschool_attached"),
    *("identifier", "opened_on", "closing_authority"),
)
_SERVICE_COLUMNS = ("county_id", "id", "district_id", "school_id", "village_id", "since", "until")


class SchoolPlaces(Service):
    """Schools: what they are, and whom they serve."""

    @property
    def _rows(self) -> PlaceRows:
        return PlaceRows(self.context.session, self.context.scope, self.context.place)

    def _locked(self, school_id: int) -> SchoolFacts:
        """Lock the county's places, the school's district and the school, in this order."""
        rows = self._rows
        rows.lock_county()
        school = rows.school_facts_of([school_id]).get(school_id)
        if school is None:
            raise SchoolUnknown(school=str(school_id))
        rows.lock_districts([school.district_id] if school.district_id is not None else [])
        return rows.lock_schools([school_id])[school_id]

    @use_case(OPEN_SCHOOL, at=At.COUNTY)
    def open_school(self, command: SchoolOpening) -> SchoolDetail:
        """Open a school 开办: in the district of the door, or at a county's door outside any district.

        Raises:
            SchoolKnown, SecondLegalPerson, IdentifierUnfit, IdentifierTaken: all that is wrong at once.
        """
        rows, scope = self._rows, self.context.scope
        rows.lock_county()
        outside = scope.district_id is None
        if scope.district_id is not None:
            rows.lock_districts([scope.district_id])
        refuse_if(self._opening_problems(command))
        school_id = new_id()
        legal = is_legal_person(command.kind, outside=outside, wanted=command.legal_person)
        said = (command.code, command.name, command.kind.code, legal, command.preschool_attached)
        row = (scope.county_id, school_id, scope.district_id, *said)
        rows.load(School, _SCHOOL_COLUMNS, [(*row, command.identifier, command.opened_on, "")])
        fact = SchoolOpened(school_id=school_id, district_id=scope.district_id, opened_on=command.opened_on)
        self.context.announce(fact)
        return self._detail(school_id, command.opened_on)

    def _opening_problems(self, command: SchoolOpening) -> list[Problem]:
        rows, district_id = self._rows, self.context.scope.district_id
        found: list[Problem] = []
        if rows.school_of_code(command.code):
            found.append(Problem(SchoolKnown(school=command.code)))
        if district_id is not None:
            found += self._dissolved(district_id, self.context.place)
            central = rows.central(district_id)
            found += check_central(command.name, command.kind, central.name if central else None)
        if command.identifier is not None:
            found += self._identifier_problems(command.identifier, None)
        return found

    def _dissolved(self, district_id: int, district: str) -> list[Problem]:
        dissolved = self._rows.dissolved_on(district_id)
        if dissolved is None:
            return []
        return [Problem(DistrictDissolved(district=district, dissolved=str(dissolved)))]

    def _identifier_problems(self, identifier: str, school_id: int | None) -> list[Problem]:
        found = check_identifier(identifier, self.context.place.partition("/")[0])
        owner = self._rows.owner_of(identifier)
        if owner is not None and owner.id != school_id:
            found.append(Problem(IdentifierTaken(identifier=identifier, school=owner.name)))
        return found

    @use_case(DESIGNATE_CENTRAL, at=At.COUNTY)
    def designate_central(self, school_id: int) -> SchoolDetail:
        """Make another school of a district the central school, and so its legal person.

        The school that was it becomes a complete primary school.

        Raises:
            SchoolUnknown, SchoolNotOpen: when there is no such school, or it is closed.
            DistrictNeeded: for a school outside any district, which needs none.
        """
        rows, school = self._rows, self._locked(school_id)
        refuse_if(check_open(school, self.context.today))
        if school.district_id is None:
            raise DistrictNeeded(place=self.context.place)
        former = rows.central(school.district_id)
        if former is not None and former.id != school_id:
            lowered = {"kind": SchoolKind.COMPLETE.code, "legal_person": False}
            rows.change(School, former.id, lowered)
        if not school.legal_person:
            rows.change(School, school_id, {"kind": SchoolKind.CENTRAL.code, "legal_person": True})
            former_id = former.id if former is not None and former.id != school_id else None
            self.context.announce(CentralDesignated(school_id=school_id, former_id=former_id))
        return self._detail(school_id, self.context.today)

    @use_case(KEEP_SCHOOL)
    def assign_identifier(self, school_id: int, identifier: str) -> SchoolDetail:
        """Record a school's identifier 学校（机构）标识码, or correct it.

        Raises:
            SchoolUnknown, IdentifierUnfit, IdentifierTaken: all that is wrong with it at once.
        """
        self._locked(school_id)
        refuse_if(self._identifier_problems(identifier, school_id))
        self._rows.change(School, school_id, {"identifier": identifier})
        self.context.announce(IdentifierAssigned(school_id=school_id, identifier=identifier))
        return self._detail(school_id, self.context.today)

    @use_case(KEEP_SCHOOL)
    def attach_preschool(self, school_id: int) -> SchoolDetail:
        """Attach a preschool class 附设学前班 to a school; it teaches that stage too from now on.

        Raises:
            SchoolUnknown, SchoolNotOpen: when there is no such school, or it is closed.
        """
        school = self._locked(school_id)
        refuse_if(check_open(school, self.context.today))
        if not school.preschool_attached:
            self._rows.change(School, school_id, {"preschool_attached": True})
            self.context.announce(PreschoolAttached(school_id=school_id))
        return self._detail(school_id, self.context.today)

    @use_case(ASSIGN_VILLAGES)
    def assign_villages(self, command: VillageServing) -> None:
        """Let a school serve villages 服务村 from a day.

        Raises:
            SchoolUnknown, VillageUnknown, VillageElsewhere, VillageServed, SchoolNotOpen: all at once.
        """
        rows, school = self._rows, self._locked(command.school_id)
        villages = self._villages(command.villages)
        problems = check_open(school, command.since)
        for code, village in villages.items():
            if village.district_id is not None and village.district_id != school.district_id:
                problems.append(Problem(VillageElsewhere(village=code, school=school.name)))
        for span in rows.services(school.id, [village.id for village in villages.values()]):
            if span.until is None or span.until > command.since:
                error = VillageServed(village=span.code, school=school.name, since=str(span.since))
                problems.append(Problem(error))
        refuse_if(problems)
        here = (self.context.scope.county_id, school.district_id, school.id)
        village_ids = tuple(village.id for village in villages.values())
        spans = [
            (here[0], span_id, *here[1:], village_id, command.since, None)
            for span_id, village_id in zip(take_ids(len(village_ids)), village_ids, strict=True)
        ]
        rows.load(SchoolVillage, _SERVICE_COLUMNS, spans)
        fact = VillagesAssigned(school_id=school.id, village_ids=village_ids, since=command.since)
        self.context.announce(fact)

    @use_case(ASSIGN_VILLAGES)
    def release_villages(self, school_id: int, villages: Sequence[str], on: date) -> None:
        """Let a school serve villages no more from a day.

        Raises:
            SchoolUnknown, VillageUnknown, VillageNotServed: all at once.
        """
        rows, school = self._rows, self._locked(school_id)
        known = self._villages(villages)
        spans = rows.services(school_id, [village.id for village in known.values()])
        open_then = {span.code: span for span in spans if span.since < on and span.until is None}
        refuse_if(
            [
                Problem(VillageNotServed(village=code, school=school.name, on=str(on)))
                for code in known
                if code not in open_then
            ]
        )
        rows.end_services([span.id for span in open_then.values()], on)
        village_ids = tuple(span.village_id for span in open_then.values())
        self.context.announce(VillagesReleased(school_id=school_id, village_ids=village_ids, until=on))

    def _villages(self, codes: Iterable[str]) -> dict[str, AnyRow]:
        """Return the villages of codes, in their order and each once."""
        wanted = dict.fromkeys(codes)
        found = self._rows.village_codes(wanted)
        refuse_if([Problem(VillageUnknown(village=code)) for code in wanted if code not in found])
        return {code: found[code] for code in wanted}

    @reading(VIEW_SCHOOL, at=At.SCHOOL)
    def school(self, school_id: int, on: date | None = None) -> SchoolDetail:
        """Return one school, open or closed, with the villages that it serves on a day.

        Raises:
            SchoolUnknown: when this scope has none of that id.
        """
        row = self._rows.school_detail(school_id)
        if row is None:
            raise SchoolUnknown(school=str(school_id))
        self.context.permit(VIEW_SCHOOL, school=school_path(row.code, outside=row.district_id is None))
        return self._detail(school_id, on or self.context.today)

    @reading(VIEW_PLACES)
    def schools(self, on: date | None = None) -> list[SchoolDetail]:
        """List the schools of the scope that are open on a day, with the villages that they serve."""
        day = on or self.context.today
        served = self._rows.served_on(day)
        return [self._view(row, served.get(row.id, [])) for row in self._rows.school_details(day)]

    def _detail(self, school_id: int, day: date) -> SchoolDetail:
        row = self._rows.school_detail(school_id)
        assert row is not None, "the school was there a moment ago"
        return self._view(row, self._rows.served_on(day).get(school_id, []))

    def _view(self, row: AnyRow, villages: Sequence[str]) -> SchoolDetail:
        school, county = school_facts(row), self.context.place.partition("/")[0]
        district = row.district or None
        below = school_path(row.code, outside=district is None)
        return SchoolDetail(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=school.kind,
            district=district,
            place=f"{county}/{below}" if district is None else f"{county}/{district}/{below}",
            legal_person=row.legal_person,
            stages=school.stages,
            identifier=row.identifier,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            merged_into_id=row.merged_into_id,
            villages=tuple(villages),
        )
