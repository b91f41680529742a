"""Pure decisions about mergers and closures: what stands in the way, and who sits where afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xuequ.core.errors import Problem
from xuequ.registry.errors.mergers import (
    BeginsLater,
    LegalPersonStands,
    MergerAhead,
    MergerIntoItself,
    PremisesLeft,
    PupilsBeyondStage,
    PupilsLeft,
    StaffLeft,
    TransfersOpen,
    VillagesLeft,
)
from xuequ.registry.rules.classes import Schooling, class_name, grade
from xuequ.registry.rules.places import SchoolFacts, check_open, check_stage
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import PlacementKind

FINAL = tuple(
    state
    for state in PupilState
    if not state.on_roll and state not in (PupilState.APPLIED, PupilState.ADMITTED)
)
"""The states in which a record stays with the school that kept it, closed or not."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Which school takes what; None where nobody does, and `idle` when premises stay with the district."""

    pupils: SchoolFacts | None = None
    staff: SchoolFacts | None = None
    villages: SchoolFacts | None = None
    premises: SchoolFacts | None = None
    idle: bool = False

    @property
    def schools(self) -> tuple[SchoolFacts, ...]:
        """Every school that takes something, once."""
        named = (self.pupils, self.staff, self.villages, self.premises)
        return tuple({school.id: school for school in named if school is not None}.values())


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class with the number of its pupils on the day."""

    id: int
    stage: Stage
    entry_year: int
    number: int
    pupils: int = 0
    standing: bool = True
    """Whether it is there on the day, or only its number is taken."""

    @property
    def key(self) -> tuple[Stage, int]:
        """What tells one cohort from another."""
        return self.stage, self.entry_year


@dataclass(frozen=True, slots=True)
class Seat:
    """Where the pupils of a class go: into a class that is there, or one formed with that number."""

    source: Cohort
    into: Cohort | None
    number: int
    pupils: int
    """How many are in it afterwards."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What hangs on a school on the day, counted."""

    enrolled: int = 0
    applicants: int = 0
    working: int = 0
    employed: int = 0
    buildings: int = 0
    parcels: int = 0
    villages: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()
    later: Mapping[str, int] = field(default_factory=dict[str, int])
    """What begins on or after the day and cannot be re-homed: Chinese name → how many."""


def check_schools(school: SchoolFacts, targets: Targets, on: date, today: date, others: int) -> list[Problem]:
    """Refuse a day that has not come, schools that are not open, and the legal person before the others.

    Args:
        others: how many other schools of the district are open.

    Source: our decision; the legal person by the article 二 (其他学校不具有法人资格).
    """
    found: list[Problem] = []
    if today < on:
        found.append(Problem(MergerAhead(on=str(on), today=str(today))))
    found += check_open(school, on)
    for target in targets.schools:
        if target.id == school.id:
            found.append(Problem(MergerIntoItself(school=school.name)))
        else:
            found += check_open(target, on)
    if school.legal_person and school.district_id is not None and others:
        found.append(Problem(LegalPersonStands(school=school.name, others=others)))
    return found


def check_left(school: SchoolFacts, held: Holdings, targets: Targets, on: date) -> list[Problem]:
    """Return everything that would be left behind, each as a problem of its own.

    Source: our decision; 《义务教育法》 第12条 (适龄儿童就近入学) leaves no child without a school.
    """
    name = school.name
    found: list[Problem] = []
    if targets.pupils is None and (held.enrolled or held.applicants):
        error = PupilsLeft(school=name, enrolled=held.enrolled, applicants=held.applicants)
        found.append(Problem(error))
    if targets.staff is None and (held.working or held.employed):
        found.append(Problem(StaffLeft(school=name, working=held.working, employed=held.employed)))
    if targets.premises is None and not targets.idle and (held.buildings or held.parcels):
        found.append(Problem(PremisesLeft(school=name, buildings=held.buildings, parcels=held.parcels)))
    if targets.villages is None and held.villages:
        found.append(Problem(VillagesLeft(school=name, villages="、".join(held.villages))))
    if held.transfers:
        found.append(Problem(TransfersOpen(school=name, pupils="、".join(held.transfers))))
    for what, count in held.later.items():
        if count:
            found.append(Problem(BeginsLater(school=name, what=what, count=count, on=str(on))))
    return found


def check_classes(
    school: SchoolFacts, target: SchoolFacts | None, classes: Iterable[Cohort], on: date, schooling: Schooling
) -> list[Problem]:
    """Refuse pupils in classes past their stage, and stages that the target does not teach.

    Source: our decision; who has finished a stage graduates at the school where it was finished.
    """
    found: list[Problem] = []
    stages: set[Stage] = set()
    for one in classes:
        if not one.pupils:
            continue
        stages.add(one.stage)
        if grade(one.entry_year, on, schooling) > schooling.grades(one.stage):
            called = class_name(one.stage, one.entry_year, one.number, on, schooling)
            found.append(Problem(PupilsBeyondStage(school=school.name, name=called, pupils=one.pupils)))
    if target is not None:
        for stage in Stage:
            found += check_stage(target, stage) if stage in stages else []
    return found


def seat_classes(
    sources: Sequence[Cohort], targets: Sequence[Cohort], largest: Mapping[Stage, int | None]
) -> list[Seat]:
    """Give every class with pupils its place: the smallest class of its cohort, if both fit together.

    A class that finds none, or none with room enough, is carried over with a number of its own. The larger
    classes choose first; a class is never torn apart, so that children stay together.

    Args:
        sources: the classes of the school that closes.
        targets: every class of the other school, also dissolved ones, whose numbers are taken.
        largest: how many pupils a class of a stage may have, None where nothing is set.

    Source: our decision; sizes by the standards ``class.size_max.*``.
    """
    sizes = {one.id: one.pupils for one in targets if one.standing}
    numbers: dict[tuple[Stage, int], int] = {}
    for one in targets:
        numbers[one.key] = max(one.number, numbers.get(one.key, 0))
    seats: list[Seat] = []
    for source in sorted(sources, key=lambda one: (-one.pupils, one.key, one.number)):
        if not source.pupils:
            continue
        into = _smallest(source, targets, sizes, largest[source.stage])
        if into is not None:
            sizes[into.id] += source.pupils
            seats.append(Seat(source, into, into.number, sizes[into.id]))
            continue
        numbers[source.key] = numbers.get(source.key, 0) + 1
        seats.append(Seat(source, None, numbers[source.key], source.pupils))
    return seats


def _smallest(
    source: Cohort, targets: Sequence[Cohort], sizes: Mapping[int, int], largest: int | None
) -> Cohort | None:
    fitting = [one for one in targets if one.standing and one.key == source.key]
    if largest is not None:
        fitting = [one for one in fitting if sizes[one.id] + source.pupils <= largest]
    return min(fitting, key=lambda one: (sizes[one.id], one.number), default=None)


def kind_after(kind: PlacementKind, employer_id: int | None, school_id: int) -> PlacementKind:
    """Return on what ground somebody works at a school once employer and school are settled.

    Who works at the employing school works at home; who worked at home and no longer does is assigned.

    Source: our decision.
    """
    if employer_id == school_id:
        return PlacementKind.OWN
    return PlacementKind.ASSIGNED if kind is PlacementKind.OWN else kind
