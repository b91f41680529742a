"""Writing a merger or closure: everything is split on the day, moved or ended, and then announced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xuequ.core.context import Context
from xuequ.core.facts import Fact
from xuequ.core.ids import take_ids
from xuequ.registry.facts.classes import ClassesFormed
from xuequ.registry.facts.places import (
    PreschoolAttached,
    PupilsRehomed,
    SchoolClosed,
    SchoolMerged,
    StaffRehomed,
)
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import School, SchoolVillage
from xuequ.registry.models.premises import LandHolding, PremisesSpan
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.models.staff import Employment, Placement
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.mergers import GOING, MergerRows
from xuequ.registry.rules.mergers import kind_after
from xuequ.registry.rules.places import SchoolFacts
from xuequ.registry.service.merger_plans import Found
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.premises import PremisesState
from xuequ.registry.states.pupils import Entered, Left, Reason
from xuequ.registry.states.staff import Entry, Exit, PlacementKind

_SPAN = ("since", "until")


@dataclass(frozen=True, slots=True)
class _Moved:
    """A placement as it goes on: where, and on what ground."""

    row: AnyRow
    school_id: int
    district_id: int | None
    kind: PlacementKind


def rehome(context: Context, rows: MergerRows, found: Found) -> None:
    """Write what was found; whoever calls has made sure that nothing stands in the way."""
    _Rehoming(context, rows, found).run()


class _Rehoming:
    """One school being closed."""

    def __init__(self, context: Context, rows: MergerRows, found: Found) -> None:
        self.context = context
        self.rows = rows
        self.found = found
        self.school = found.school
        self.on = found.asked.on
        self.authority = found.asked.authority
        self.county_id = context.scope.county_id
        self.facts: list[Fact] = []

    def run(self) -> None:
        """Write table by table, and announce when everything is in its place."""
        targets = self.found.targets
        self.rows.end_posts(self.school.id, self.on)
        if targets.pupils is not None:
            self._move_pupils(targets.pupils)
        else:
            self.rows.dissolve_classes(self.school.id, self.on, {})
        if targets.staff is not None:
            self._move_staff(targets.staff)
        if targets.villages is not None:
            self._move_villages(targets.villages)
        self._move_premises()
        self._close()
        for fact in self.facts:
            self.context.announce(fact)

    def _load(self, model: type[Any], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows with the county and ids of their own in front."""
        ready = list(rows)
        keyed = (
            (self.county_id, row_id, *row) for row_id, row in zip(take_ids(len(ready)), ready, strict=True)
        )
        self.rows.load(model, ("county_id", "id", *columns), keyed)

    def _splits(self, spans: Iterable[AnyRow]) -> list[AnyRow]:
        """Return the spans that hold the day before too, and so go on in a row of their own."""
        return [row for row in spans if row.since < self.on]

    # pupils

    def _move_pupils(self, target: SchoolFacts) -> None:
        at = {"district_id": target.district_id, "school_id": target.id}
        into = self._form_classes(target)
        split = self._splits(self.found.enrolments)
        self.rows.end_spans(Enrolment, self.school.id, self.on, left_as=Left.REHOMED.code)
        self.rows.move_enrolments(self.school.id, self.on, into, **at)
        columns = ("district_id", "school_id", "class_id", "pupil_id", *_SPAN, "entered_as", "left_as")
        here = (target.district_id, target.id)
        self._load(
            Enrolment,
            columns,
            (
                (
                    *here,
                    into[row.class_id],
                    row.pupil_id,
                    self.on,
                    row.until,
                    Entered.REHOMED.code,
                    row.left_as,
                )
                for row in split
            ),
        )
        self._move_statuses(target)
        self.rows.dissolve_classes(self.school.id, self.on, into)
        moved = {row.pupil_id for row in (*self.found.enrolments, *self.found.statuses)}
        if target.district_id != self.school.district_id:
            self.rows.change_districts(moved, (), target.district_id)
        self._say_pupils(target, into)

    def _form_classes(self, target: SchoolFacts) -> dict[int, int]:
        """Form the classes that are carried over; return old class → new class."""
        formed = [seat for seat in self.found.seats if seat.into is None]
        ids = take_ids(len(formed))
        here = (target.district_id, target.id)
        rows = (
            (self.county_id, class_id, *here, *_cohort(seat.source.key), seat.number, self.on)
            for class_id, seat in zip(ids, formed, strict=True)
        )
        said = ("stage", "entry_year", "number", "formed_on")
        columns = ("county_id", "id", "district_id", "school_id", *said)
        self.rows.load(SchoolClass, columns, rows)
        into = {seat.source.id: seat.into.id for seat in self.found.seats if seat.into is not None}
        into |= {seat.source.id: class_id for seat, class_id in zip(formed, ids, strict=True)}
        if formed:
            self.facts.append(ClassesFormed(school_id=target.id, class_ids=tuple(ids)))
        stages = {seat.source.stage for seat in self.found.seats}
        if Stage.PRESCHOOL in stages and Stage.PRESCHOOL not in target.stages:
            self.rows.change(School, target.id, {"preschool_attached": True})
            self.facts.append(PreschoolAttached(school_id=target.id))
        return into

    def _move_statuses(self, target: SchoolFacts) -> None:
        not_final = PupilStatus.status.not_in(GOING)
        at = {"district_id": target.district_id, "school_id": target.id}
        split = self._splits(self.found.statuses)
        self.rows.end_spans(PupilStatus, self.school.id, self.on, not_final)
        self.rows.move_later(PupilStatus, self.school.id, self.on, not_final, **at)
        columns = ("district_id", "school_id", "pupil_id", "status", *_SPAN, "reason", "authority")
        said = (Reason.MERGER.code, self.authority)
        self._load(
            PupilStatus,
            (*columns, "planned_until", "stage", "entry_year"),
            (
                (
                    *(target.district_id, target.id, row.pupil_id, row.status, self.on, row.until, *said),
                    *(row.planned_until, row.stage, row.entry_year),
                )
                for row in split
            ),
        )

    def _say_pupils(self, target: SchoolFacts, into: dict[int, int]) -> None:
        pupils: dict[int, set[int]] = defaultdict(set)
        for row in self.found.enrolments:
            pupils[into[row.class_id]].add(row.pupil_id)
        for class_id, pupil_ids in sorted(pupils.items()):
            fact = PupilsRehomed(
                from_school_id=self.school.id,
                school_id=target.id,
                class_id=class_id,
                pupil_ids=tuple(sorted(pupil_ids)),
                since=self.on,
            )
            self.facts.append(fact)

    # staff

    def _move_staff(self, target: SchoolFacts) -> None:
        at = {"district_id": target.district_id, "school_id": target.id}
        split = self._splits(self.found.employments)
        rehomed = {"exit": Exit.REHOMED.code, "exit_authority": self.authority}
        self.rows.end_spans(Employment, self.school.id, self.on, **rehomed)
        self.rows.move_later(Employment, self.school.id, self.on, **at)
        said = ("entry", "authority", "exit", "exit_authority")
        columns = ("district_id", "school_id", "staff_id", *_SPAN, *said)
        here, begun = (target.district_id, target.id), (Entry.REHOMED.code, self.authority)
        rows = (
            (*here, row.staff_id, self.on, row.until, *begun, row.exit, row.exit_authority) for row in split
        )
        self._load(Employment, columns, rows)
        self._move_placements(target)
        employed = {row.staff_id for row in self.found.employments}
        if target.district_id != self.school.district_id:
            self.rows.change_districts((), employed, target.district_id)
        staff = employed | {row.staff_id for row in self.found.placed}
        if staff:
            fact = StaffRehomed(
                from_school_id=self.school.id,
                school_id=target.id,
                staff_ids=tuple(sorted(staff)),
                since=self.on,
            )
            self.facts.append(fact)

    def _move_placements(self, target: SchoolFacts) -> None:
        moved = [one for row in self.found.placements if (one := self._moved(row, target)) is not None]
        split = [one for one in moved if one.row.since < self.on]
        self.rows.end_by_id(Placement, [one.row.id for one in split], self.on)
        groups: dict[tuple[int, int | None, PlacementKind], list[int]] = defaultdict(list)
        for one in moved:
            if one.row.since >= self.on:
                groups[one.school_id, one.district_id, one.kind].append(one.row.id)
        for (school_id, district_id, kind), ids in groups.items():
            values = {"school_id": school_id, "district_id": district_id, "kind": kind.code}
            self.rows.change_by_id(Placement, ids, **values)
        columns = ("district_id", "school_id", "staff_id", *_SPAN, "kind", "authority")
        self._load(
            Placement,
            columns,
            (
                (one.district_id, one.school_id, one.row.staff_id, self.on, one.row.until, one.kind.code, why)
                for one in split
                for why in (self.authority if one.row.school_id == self.school.id else one.row.authority,)
            ),
        )

    def _moved(self, row: AnyRow, target: SchoolFacts) -> _Moved | None:
        """Return how a placement goes on, or None when nothing of it changes."""
        here = row.school_id == self.school.id
        school_id, district_id = (target.id, target.district_id) if here else (row.school_id, row.district_id)
        employer_id = target.id if row.employer_id == self.school.id else row.employer_id
        kind = kind_after(PlacementKind(row.kind), employer_id, school_id)
        if not here and kind.code == row.kind:
            return None
        return _Moved(row, school_id, district_id, kind)

    # villages, premises, the school itself

    def _move_villages(self, target: SchoolFacts) -> None:
        self.rows.end_spans(SchoolVillage, self.school.id, self.on)
        known = self.rows.services_of(target.id, self.on)
        spans: list[tuple[Any, ...]] = []
        for row in self.found.villages:
            own = [one for one in known if one.village_id == row.village_id]
            if any(one.since <= self.on for one in own):
                continue  # serves it on the day already
            ends = [day for day in (row.until, *(one.since for one in own)) if day is not None]
            until = min(ends, default=None)
            spans.append((target.district_id, target.id, row.village_id, self.on, until))
        self._load(SchoolVillage, ("district_id", "school_id", "village_id", *_SPAN), spans)

    def _move_premises(self) -> None:
        target, idle = self.found.targets.premises, self.found.targets.idle
        if target is None and not idle:
            return
        district_id = self.school.district_id if target is None or idle else target.district_id
        school_id = None if target is None or idle else target.id
        at: dict[str, Any] = {"district_id": district_id, "school_id": school_id}
        state = {"state": PremisesState.IDLE.code} if school_id is None else {}
        here = (district_id, school_id)
        parcels, buildings = self._splits(self.found.parcels), self._splits(self.found.buildings)
        self.rows.end_spans(LandHolding, self.school.id, self.on)
        self.rows.end_spans(PremisesSpan, self.school.id, self.on)
        self.rows.move_later(LandHolding, self.school.id, self.on, **at)
        self.rows.move_later(PremisesSpan, self.school.id, self.on, **at, **state)
        held = ((*here, row.land_id, self.on, row.until) for row in parcels)
        self._load(LandHolding, ("district_id", "school_id", "land_id", *_SPAN), held)
        used = (
            (*here, row.premises_id, state.get("state", row.state), self.on, row.until, self.authority)
            for row in buildings
        )
        columns = ("district_id", "school_id", "premises_id", "state", *_SPAN, "authority")
        self._load(PremisesSpan, columns, used)

    def _close(self) -> None:
        into_id, targets = self.found.asked.into_id, self.found.targets
        closed = {"closed_on": self.on, "merged_into_id": into_id, "closing_authority": self.authority}
        self.rows.change(School, self.school.id, closed)
        school_id, district_id = self.school.id, self.school.district_id
        if into_id is None:
            gone = SchoolClosed(school_id=school_id, district_id=district_id, closed_on=self.on)
            self.facts.append(gone)
            return
        assert targets.pupils is not None, "a merger names the school that takes the pupils"
        fact = SchoolMerged(
            school_id=school_id,
            district_id=district_id,
            into_id=into_id,
            into_district_id=targets.pupils.district_id,
            closed_on=self.on,
        )
        self.facts.append(fact)


def _cohort(key: tuple[Stage, int]) -> tuple[str, int]:
    stage, entry_year = key
    return stage.code, entry_year
