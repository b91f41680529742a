"""What a merger or closure finds, before anything is written: counted, seated, and every problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.mergers import MergerRows
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.rules.mergers import (
    Cohort,
    Holdings,
    Seat,
    Targets,
    check_classes,
    check_left,
    check_schools,
    seat_classes,
)
from xuequ.registry.rules.places import SchoolFacts
from xuequ.registry.schemas.places import ClassMove, MergerLine, MergerPlan, SchoolClosing, SchoolMerger
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState


@dataclass(frozen=True, slots=True)
class Asked:
    """A merger or a closure, as one thing: ids of the schools that take over, and None where none does."""

    school_id: int
    on: date
    authority: str
    pupils_to: int | None
    staff_to: int | None
    villages_to: int | None
    premises_to: int | None
    idle: bool
    into_id: int | None = None
    """The school that it is merged into, None for a closure."""

    @classmethod
    def merger(cls, command: SchoolMerger) -> Asked:
        """Read a merger: one school takes everything, but for premises that are to lie idle."""
        into, idle = command.into_id, command.premises_idle
        premises = None if idle else into
        return cls(command.school_id, command.on, command.authority, into, into, into, premises, idle, into)

    @classmethod
    def closing(cls, command: SchoolClosing) -> Asked:
        """Read a closure: each thing has its own target, or none."""
        to = (command.pupils_to, command.staff_to, command.villages_to, command.premises_to)
        return cls(command.school_id, command.on, command.authority, *to, command.premises_idle)

    @property
    def school_ids(self) -> set[int]:
        """Every school that is named."""
        named = (self.school_id, self.pupils_to, self.staff_to, self.villages_to, self.premises_to)
        return {school_id for school_id in named if school_id is not None}


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that hangs on the school, where it is to go, and what stands in the way."""

    asked: Asked
    school: SchoolFacts
    targets: Targets
    enrolments: Sequence[AnyRow]
    statuses: Sequence[AnyRow]
    employments: Sequence[AnyRow]
    placements: Sequence[AnyRow]
    """At the school, and those of its own staff elsewhere."""
    villages: Sequence[AnyRow]
    parcels: Sequence[AnyRow]
    buildings: Sequence[AnyRow]
    ending: dict[str, tuple[int, int]]
    seats: list[Seat]
    schooling: Schooling
    problems: list[Problem] = field(default_factory=list[Problem])

    @property
    def placed(self) -> list[AnyRow]:
        """The placements at the school itself."""
        return [row for row in self.placements if row.school_id == self.school.id]


def find(context: Context, rows: MergerRows, asked: Asked, today: date) -> Found:
    """Find out everything about a merger; with `rows.locking` nothing can be added to the school meanwhile.

    Raises:
        SchoolUnknown: for every school that is named and not in this scope.
    """
    school, targets = _schools(rows, asked)
    on, district_id = asked.on, school.district_id
    others = 0 if district_id is None else rows.other_open_schools(school.id, district_id, on)
    problems = check_schools(school, targets, on, today, others)
    classes = rows.classes({school.id, targets.pupils.id if targets.pupils else school.id}, on)
    sources = [_cohort(row, on) for row in classes if row.school_id == school.id]
    there = [_cohort(row, on) for row in classes if row.school_id != school.id]
    schooling = Schooling.of(context.standards, on)
    employments = rows.employments(school.id, on)
    parcels, buildings = rows.property_of(school.id, on)
    found = Found(
        asked=asked,
        school=school,
        targets=targets,
        enrolments=rows.enrolments(school.id, on),
        statuses=rows.statuses(school.id, on),
        employments=employments,
        placements=rows.placements(school.id, {row.staff_id for row in employments}, on),
        villages=rows.villages(school.id, on),
        parcels=parcels,
        buildings=buildings,
        ending=rows.ending(school.id, on),
        seats=seat_classes(sources, there, _largest(context, on)) if targets.pupils else [],
        schooling=schooling,
    )
    problems += check_classes(school, targets.pupils, sources, on, schooling)
    problems += check_left(school, _holdings(found, rows.open_transfers(school.id)), targets, on)
    found.problems.extend(problems)
    return found


def _schools(rows: MergerRows, asked: Asked) -> tuple[SchoolFacts, Targets]:
    """Return the schools, locked with their districts when something is to be written."""
    known = rows.school_facts_of(asked.school_ids)
    unknown = sorted(asked.school_ids - set(known))
    refuse_if([Problem(SchoolUnknown(school=str(school_id))) for school_id in unknown])
    if rows.locking:
        rows.lock_districts(one.district_id for one in known.values() if one.district_id is not None)
        known = rows.lock_schools(asked.school_ids)
    targets = Targets(
        pupils=known.get(asked.pupils_to or 0),
        staff=known.get(asked.staff_to or 0),
        villages=known.get(asked.villages_to or 0),
        premises=known.get(asked.premises_to or 0),
        idle=asked.idle,
    )
    return known[asked.school_id], targets


def _cohort(row: AnyRow, on: date) -> Cohort:
    standing = row.dissolved_on is None or row.dissolved_on > on
    return Cohort(row.id, Stage(row.stage), row.entry_year, row.number, row.pupils or 0, standing)


def _largest(context: Context, on: date) -> dict[Stage, int | None]:
    sizes: dict[Stage, int | None] = {}
    for stage in Stage:
        key = f"class.size_max.{stage.code}"
        known = context.standards.find(key, on=on) is not None
        sizes[stage] = context.standards.whole(key, on=on) if known else None
    return sizes


def _holdings(found: Found, transfers: Sequence[str]) -> Holdings:
    on = found.asked.on
    applied = (PupilState.APPLIED, PupilState.ADMITTED)
    applicants = {row.pupil_id for row in found.statuses if PupilState(row.status) in applied}
    enrolled = {row.pupil_id for row in (*found.enrolments, *found.statuses)} - applicants
    later = {what: number for what, (_, number) in found.ending.items()}
    later["服务村"] = sum(row.since >= on for row in found.villages)
    return Holdings(
        enrolled=len(enrolled),
        applicants=len(applicants),
        working=len({row.staff_id for row in found.placed}),
        employed=len({row.staff_id for row in found.employments}),
        buildings=len({row.premises_id for row in found.buildings}),
        parcels=len({row.land_id for row in found.parcels}),
        villages=tuple(row.code for row in found.villages if row.since < on),
        transfers=tuple(transfers),
        later=later,
    )


# what a person sees of it


def plan_of(found: Found) -> MergerPlan:
    """Return in words what would be done, and all that stands in the way."""
    return MergerPlan(
        school=found.school.name,
        on=found.asked.on,
        lines=tuple(line for line in _lines(found) if line.count),
        classes=tuple(_class_move(found, seat) for seat in found.seats),
        problems=tuple(problem.text() for problem in found.problems),
    )


def _lines(found: Found) -> list[MergerLine]:
    held, targets = _holdings(found, ()), found.targets
    premises = "学区闲置" if targets.idle else _to(targets.premises)
    lines = [
        MergerLine(what="在册学生", count=held.enrolled, becomes=_to(targets.pupils)),
        MergerLine(what="报名、录取学生", count=held.applicants, becomes=_to(targets.pupils)),
        MergerLine(what="在校任教人员", count=held.working, becomes=_to(targets.staff)),
        MergerLine(what="编制在校人员", count=held.employed, becomes=_to(targets.staff)),
        MergerLine(what="校舍", count=held.buildings, becomes=premises),
        MergerLine(what="地块", count=held.parcels, becomes=premises),
        MergerLine(what="服务村", count=len(held.villages), becomes=_to(targets.villages)),
    ]
    ended = [MergerLine(what=what, count=now, becomes="终止") for what, (now, _) in found.ending.items()]
    return lines + ended


def _to(target: SchoolFacts | None) -> str:
    return f"转到{target.name}" if target is not None else "没有去处"


def _class_move(found: Found, seat: Seat) -> ClassMove:
    stage, year = seat.source.key
    on, schooling = found.asked.on, found.schooling
    return ClassMove(
        name=class_name(stage, year, seat.source.number, on, schooling),
        into=class_name(stage, year, seat.number, on, schooling),
        formed=seat.into is None,
        pupils=seat.source.pupils,
        pupils_after=seat.pupils,
    )
