"""Use cases of land, premises and rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.actions.premises import (
    ASSESS_DANGER,
    CHANGE_PREMISES,
    REGISTER_PREMISES,
    VIEW_AREAS,
    VIEW_PREMISES,
)
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.premises import (
    AssessedAlready,
    CertificateKnown,
    LandUnknown,
    PremisesUnknown,
)
from xuequ.registry.facts.premises import (
    DangerAssessed,
    LandRegistered,
    PremisesChanged,
    PremisesRegistered,
)
from xuequ.registry.models.premises import (
    DangerAssessment,
    Land,
    LandHolding,
    Premises,
    PremisesSpan,
)
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.places import SchoolFacts, check_open, school_path
from xuequ.registry.rules.premises import (
    area_source,
    check_change,
    check_later,
    check_standing,
)
from xuequ.registry.schemas.premises import (
    AreaFigure,
    DangerFinding,
    LandRegistration,
    LandView,
    PremisesChange,
    PremisesRegistration,
    PremisesView,
    RoomView,
    SchoolAreas,
    UseSum,
)
from xuequ.registry.service.rooms import RoomUseCases
from xuequ.registry.states.figures import Measure
from xuequ.registry.states.premises import DangerLevel, LandUse, PremisesState, RoomUse, Structure

_KEY = ("county_id", "id")
_HELD = ("district_id", "school_id")


class PremisesService(RoomUseCases):
    """Land, premises 校舍 and rooms 用房, as of any day."""

    # registering

    @use_case(REGISTER_PREMISES)
    def register_land(self, rows: Sequence[LandRegistration]) -> list[int]:
        """Register parcels of land of schools; return their ids.

        Raises:
            SchoolUnknown, SchoolNotOpen, CertificateKnown: for every row, all at once.
        """
        places = self._rows
        schools, problems = self._open_schools([(row.school_id, row.since) for row in rows])
        numbers = [row.certificate for row in rows if row.certificate is not None]
        known = places.certificates(numbers)
        known |= {number for number in numbers if numbers.count(number) > 1}
        refuse_if(problems + [Problem(CertificateKnown(certificate=number)) for number in sorted(known)])
        ids = take_ids(len(rows))
        said = ((self._county_id, i, r.name, r.area, r.use.code, r.certificate) for i, r in _both(ids, rows))
        places.load(Land, (*_KEY, "name", "area", "use", "certificate"), said)
        held = (
            (self._county_id, span_id, schools[row.school_id].district_id, row.school_id, i, row.since, None)
            for span_id, (i, row) in zip(take_ids(len(rows)), _both(ids, rows), strict=True)
        )
        places.load(LandHolding, (*_KEY, *_HELD, "land_id", "since", "until"), held)
        self.context.announce(LandRegistered(land_ids=tuple(ids)))
        return ids

    @use_case(REGISTER_PREMISES)
    def register_premises(self, rows: Sequence[PremisesRegistration]) -> list[int]:
        """Register buildings that schools use; return their ids.

        Raises:
            SchoolUnknown, SchoolNotOpen, LandUnknown: for every row, all at once.
        """
        places = self._rows
        schools, problems = self._open_schools([(row.school_id, row.since) for row in rows])
        named = {row.land_id for row in rows if row.land_id is not None}
        land = places.lock_land(named)
        problems += [Problem(LandUnknown(land=str(land_id))) for land_id in sorted(named - set(land))]
        refuse_if(problems)
        ids = take_ids(len(rows))
        said = (
            (self._county_id, i, r.land_id, r.name, r.area, r.structure.code, r.built_year)
            for i, r in _both(ids, rows)
        )
        places.load(Premises, (*_KEY, "land_id", "name", "area", "structure", "built_year"), said)
        used = [
            (schools[r.school_id].district_id, r.school_id, i, PremisesState.IN_USE.code, r.since, "")
            for i, r in _both(ids, rows)
        ]
        self._begin(used)
        self.context.announce(PremisesRegistered(premises_ids=tuple(ids)))
        return ids

    def _begin(self, spans: Sequence[tuple[Any, ...]]) -> None:
        columns = (*_KEY, *_HELD, "premises_id", "state", "since", "authority", "until")
        rows = (
            (self._county_id, span_id, *span, None)
            for span_id, span in zip(take_ids(len(spans)), spans, strict=True)
        )
        self._rows.load(PremisesSpan, columns, rows)

    def _open_schools(
        self, wanted: Sequence[tuple[int, date]]
    ) -> tuple[dict[int, SchoolFacts], list[Problem]]:
        """Lock schools that are to get something from a day, and say what is wrong with them."""
        schools = self._rows.lock_schools(school_id for school_id, _ in wanted)
        problems: list[Problem] = []
        for school_id, since in dict.fromkeys(wanted):
            school = schools.get(school_id)
            if school is None:
                problems.append(Problem(SchoolUnknown(school=str(school_id))))
            else:
                problems += check_open(school, since)
        return schools, problems

    # buildings by date

    @use_case(CHANGE_PREMISES)
    def change_premises(self, command: PremisesChange) -> None:
        """Put a building to use at a school, leave it idle, or record its demolition, from a day.

        Raises:
            PremisesUnknown, SchoolUnknown, SchoolNotOpen: when there is no such building or school.
            IllegalTransition, PremisesSchoolMissing, SpanNotLater: all that is wrong at once.
        """
        places = self._rows
        in_use = command.state is PremisesState.IN_USE
        wanted = [(command.school_id, command.since)] if in_use and command.school_id is not None else []
        schools, problems = self._open_schools(wanted)
        premises, last = self._premises(command.premises_id)
        state = PremisesState(last.state)
        problems += check_change(premises.name, state, command.state, command.school_id)
        problems += check_later(premises.name, command.since, last.since)
        refuse_if(problems)
        school = schools[command.school_id] if in_use and command.school_id is not None else None
        district_id = school.district_id if school else last.district_id
        places.change(PremisesSpan, last.id, {"until": command.since})
        school_id = school.id if school else None
        said = (command.state.code, command.since, command.authority)
        self._begin([(district_id, school_id, premises.id, *said)])
        fact = PremisesChanged(
            premises_id=premises.id, school_id=school_id, state=command.state.code, since=command.since
        )
        self.context.announce(fact)

    @use_case(ASSESS_DANGER)
    def assess_danger(self, command: DangerFinding) -> None:
        """Record what an assessment of a building found 危险性鉴定; the same again changes nothing.

        Raises:
            PremisesUnknown, PremisesGone, AssessedAlready: when that day's finding was another.
        """
        places = self._rows
        premises, last = self._premises(command.premises_id)
        if last.since <= command.assessed_on:
            refuse_if(check_standing(premises.name, PremisesState(last.state), command.assessed_on))
        found = places.assessment(premises.id, command.assessed_on)
        if found == command.level.code:
            return
        if found is not None:
            on = str(command.assessed_on)
            raise AssessedAlready(premises=premises.name, on=on, level=DangerLevel(found).label)
        row = (self._county_id, new_id(), premises.id, command.level.code, command.assessed_on)
        columns = (*_KEY, "premises_id", "level", "assessed_on", "authority")
        places.load(DangerAssessment, columns, [(*row, command.authority)])
        fact = DangerAssessed(
            premises_id=premises.id, level=command.level.code, assessed_on=command.assessed_on
        )
        self.context.announce(fact)

    def _premises(self, premises_id: int) -> tuple[AnyRow, AnyRow]:
        """Lock a building; return it with its newest span."""
        premises = self._rows.lock_premises([premises_id]).get(premises_id)
        if premises is None:
            raise PremisesUnknown(premises=str(premises_id))
        return premises, self._rows.last_spans([premises_id])[premises_id]

    # views

    @reading(VIEW_AREAS)
    def land(self, on: date | None = None) -> list[LandView]:
        """List the parcels of the scope as of a day, also those that lie idle with the district."""
        return [
            LandView(
                id=row.id,
                name=row.name,
                area=row.area,
                use=LandUse(row.use),
                certificate=row.certificate,
                school=row.school,
            )
            for row in self._rows.land_of(on or self.context.today)
        ]

    @reading(VIEW_AREAS)
    def premises(self, on: date | None = None) -> list[PremisesView]:
        """List the buildings of the scope as of a day, also idle and demolished ones."""
        return [
            PremisesView(
                id=row.id,
                name=row.name,
                area=row.area,
                structure=Structure(row.structure),
                built_year=row.built_year,
                land_id=row.land_id,
                state=PremisesState(row.state),
                school=row.school,
                danger=DangerLevel(row.level) if row.level else None,
                assessed_on=row.assessed_on,
            )
            for row in self._rows.premises_of(on or self.context.today)
        ]

    @reading(VIEW_PREMISES, at=At.SCHOOL)
    def rooms_of(self, school_id: int, on: date | None = None) -> list[RoomView]:
        """List the rooms and sports areas that a school uses on a day.

        Raises:
            SchoolUnknown: when this scope has none of that id.
        """
        school = self._rows.school_facts_of([school_id]).get(school_id)
        if school is None:
            raise SchoolUnknown(school=str(school_id))
        path = school_path(school.code, outside=school.district_id is None)
        self.context.permit(VIEW_PREMISES, school=path)
        return [
            RoomView(
                id=row.id,
                number=row.number,
                where=row.where,
                premises_id=row.premises_id,
                land_id=row.land_id,
                use=RoomUse(row.use),
                area=row.area,
                capacity=row.capacity,
                networked=row.networked,
            )
            for row in self._rows.rooms_of(school_id, on or self.context.today)
        ]

    @reading(VIEW_AREAS)
    def areas(self, on: date | None = None) -> list[SchoolAreas]:
        """Return land, built area and rooms by use of every school, as of a day.

        Land and built area stand both as registered and as measured 统计数, with the day of the latter, and
        say which of the two holds: they are never added up, nor is one filled up from the other.
        """
        day, rows = on or self.context.today, self._rows
        land, buildings = rows.land_sums(day), rows.building_sums(day)
        measured = {(row.school_id, row.measure): row for row in rows.latest_figures(day)}
        uses: dict[int, list[UseSum]] = {}
        for row in rows.room_sums(day):
            uses.setdefault(row.school_id, []).append(_use_sum(row))
        order = list(RoomUse)
        return [
            SchoolAreas(
                id=row.id,
                code=row.code,
                name=row.name,
                land=_figure(land.get(row.id), measured.get((row.id, Measure.LAND_AREA.code))),
                building=_figure(buildings.get(row.id), measured.get((row.id, Measure.BUILDING_AREA.code))),
                uses=tuple(sorted(uses.get(row.id, []), key=lambda use: order.index(use.use))),
            )
            for row in rows.schools_on(day)
        ]


def _both(ids: Sequence[int], rows: Sequence[Any]) -> Iterable[tuple[int, Any]]:
    return zip(ids, rows, strict=True)


def _use_sum(row: AnyRow) -> UseSum:
    return UseSum(
        use=RoomUse(row.use),
        rooms=row.rooms,
        area=row.area,
        capacity=int(row.capacity),
        networked=int(row.networked),
    )


def _figure(registered: Decimal | None, measured: AnyRow | None) -> AreaFigure:
    value = measured.value if measured is not None else None
    return AreaFigure(
        registered=registered,
        measured=value,
        measured_as_of=measured.as_of if measured is not None else None,
        source=area_source(registered, value),
    )
