"""Pure decisions about the roll-over of school years 学年滚动: who goes where, which classes end and begin.

A grade follows from the day, so a class that goes on needs nothing. What is decided is what becomes of the
pupils of classes that leave their stage, and where those who enter find a place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from xuequ.core.errors import Problem
from xuequ.registry.errors.rollover import (
    ClassOverdue,
    JoinedTooLate,
    NobodyToFollow,
    RecordedLater,
    RolloverTooEarly,
    StatusContradicts,
    StatusMissing,
    StillInClass,
    TransferHoldsUp,
)
from xuequ.registry.rules.classes import (
    Schooling,
    class_name,
    classes_needed,
    cohorts,
    fill_up,
    free_numbers,
    school_year,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.rollover import Onward


class ClassKey(NamedTuple):
    """What tells a class from every other, also one that is yet to be formed."""

    school_id: int
    stage: Stage
    entry_year: int
    number: int

    @property
    def cohort(self) -> CohortKey:
        """The cohort that it is of."""
        return CohortKey(self.school_id, self.stage, self.entry_year)


class CohortKey(NamedTuple):
    """The classes of a school that entered a stage in one year."""

    school_id: int
    stage: Stage
    entry_year: int


@dataclass(frozen=True, slots=True)
class ClassThere:
    """A class that is there on the first day of the year, with the pupils who would then be in it."""

    id: int
    key: ClassKey
    pupils: int


@dataclass(frozen=True, slots=True)
class Leaver:
    """A pupil of a class that leaves its stage: the enrolment, and the status of the day before.

    `later_enrolment` and `later_status` are the first days of records from the first day of the year on;
    `transfers` tells whether a transfer is open.
    """

    pupil_id: int
    pupil_no: str
    class_id: int
    enrolment_id: int
    since: date
    until: date | None = None
    status: PupilState | None = None
    status_id: int | None = None
    status_until: date | None = None
    later_enrolment: date | None = None
    later_status: date | None = None
    transfers: bool = False


@dataclass(frozen=True, slots=True)
class Applicant:
    """A pupil who was admitted to a stage of a school for the year."""

    pupil_id: int
    pupil_no: str
    status_id: int
    school_id: int
    stage: Stage
    in_class: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What is asked for those who enter a stage of a school: how many more, in classes of what size."""

    expected: int = 0
    largest: int | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that a roll-over is decided on.

    `schools` are names by id; `taken` the numbers that were ever given in the cohorts that enter;
    `limits` how large a class of a stage may be; `leaving_preschool` the schools whose preschool pupils
    are to leave and not to enter grade 1.
    """

    on: date
    schooling: Schooling
    schools: Mapping[int, str]
    classes: Sequence[ClassThere]
    taken: Sequence[ClassKey]
    leavers: Sequence[Leaver]
    applicants: Sequence[Applicant]
    limits: Mapping[Stage, int]
    asked: Mapping[tuple[int, Stage], Entry] = field(default_factory=dict[tuple[int, Stage], Entry])
    leaving_preschool: frozenset[int] = frozenset()

    @property
    def year(self) -> int:
        """The school year that is rolled over into."""
        return school_year(self.on, self.schooling)

    def name(self, key: ClassKey) -> str:
        """Return what a class was called on the last day before the year: nobody knows it otherwise."""
        before = date.fromordinal(self.on.toordinal() - 1)
        return class_name(key.stage, key.entry_year, key.number, before, self.schooling)


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one pupil: from a class or from admission, to a class or out."""

    pupil_id: int
    pupil_no: str
    onward: Onward
    from_class: int | None
    enrolment_id: int | None
    status_id: int | None
    to: ClassKey | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a roll-over does: classes formed and ended, pupils moved, and all that stands against it."""

    forms: tuple[ClassKey, ...]
    ends: tuple[ClassThere, ...]
    moves: tuple[Move, ...]
    problems: tuple[Problem, ...]


STATUS_ENDS = (Onward.GRADUATES, Onward.LEAVES_PRESCHOOL, Onward.ENTERS)
"""Ways on with which the status 学籍状态 changes; the others keep it."""


def check_year(year: int, today: date, schooling: Schooling) -> list[Problem]:
    """Refuse to roll over into a year before the one before it has come.

    Source: our decision; a year is prepared in the summer before it.
    """
    latest = school_year(today, schooling) + 1
    return [] if year <= latest else [Problem(RolloverTooEarly(year=year, latest=latest))]


def onward_of(status: PupilState | None, stage: Stage, *, promotes: bool) -> Onward | None:
    """Return where a pupil of a leaving class goes; None when nobody can say.

    Who is suspended or has dropped out 休学、辍学 keeps the record and stays with the next cohort.

    Source: 《中小学生学籍管理办法》 (毕业、休学、辍学保留学籍); preschool: our decision.

    >>> onward_of(PupilState.REGISTERED, Stage.PRIMARY, promotes=True).label
    '毕业'
    """
    if status is PupilState.REGISTERED:
        if stage.compulsory:
            return Onward.GRADUATES
        return Onward.PROMOTED if promotes else Onward.LEAVES_PRESCHOOL
    if status is None or not status.on_roll or status is PupilState.TRANSFERRING:
        return None
    return Onward.HELD_OVER


def check_leaver(
    leaver: Leaver, onward: Onward | None, on: date, *, school: str, class_name: str
) -> list[Problem]:
    """Refuse to move a pupil whose records say something else: a transfer, a later move, no status.

    Source: our decision; nothing that was recorded is overwritten.
    """
    pupil = leaver.pupil_no
    if leaver.transfers or leaver.status is PupilState.TRANSFERRING:
        return [Problem(TransferHoldsUp(pupil=pupil, school=school, class_name=class_name))]
    if leaver.since >= on:
        return [Problem(JoinedTooLate(pupil=pupil, school=school, since=str(leaver.since)))]
    if leaver.status is None:
        return [Problem(StatusMissing(pupil=pupil, school=school))]
    if onward is None:
        return [Problem(StatusContradicts(pupil=pupil, school=school, status=leaver.status.label))]
    later = [("在读", day) for day in (leaver.until, leaver.later_enrolment) if day is not None][:1]
    if onward in STATUS_ENDS:
        days = (leaver.later_status, leaver.status_until)
        later += [("学籍状态", day) for day in days if day is not None][:1]
    return [
        Problem(RecordedLater(who=f"学生 {pupil} ", school=school, what=what, since=str(day)))
        for what, day in later
    ]


def decide(ground: Ground) -> Decision:
    """Decide a roll-over for all schools at once.

    Source: our decision, by 学籍管理 rules; sizes by the standards ``class.size_max.*``.
    """
    return _Deciding(ground).run()


class _Deciding:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.problems: list[Problem] = []
        self.first = {stage: years.start for stage, years in cohorts(ground.on, ground.schooling).items()}
        self.leaving = {one.id: one for one in ground.classes if self._leaves(one.key)}
        self.sizes: dict[ClassKey, int] = {
            one.key: one.pupils for one in ground.classes if one.id not in self.leaving
        }
        self.by_cohort: defaultdict[CohortKey, list[ClassKey]] = defaultdict(list)
        for key in sorted(self.sizes):
            self.by_cohort[key.cohort].append(key)

    def _leaves(self, key: ClassKey) -> bool:
        return key.entry_year < self.first[key.stage]

    def run(self) -> Decision:
        going = list(self._going())
        entering = [move for move in going if move.onward is Onward.PROMOTED]
        entering += list(self._applying())
        forms = self._form(entering)
        entered = self._enter(entering)
        held = self._hold_over([move for move in going if move.onward is Onward.HELD_OVER])
        gone = [move for move in going if move.onward in (Onward.GRADUATES, Onward.LEAVES_PRESCHOOL)]
        moves = sorted((*gone, *entered, *held), key=lambda move: move.pupil_id)
        ends = tuple(self.leaving.values())
        return Decision(tuple(forms), ends, tuple(moves), tuple(self.problems))

    # who goes

    def _going(self) -> Iterator[Move]:
        """Walk the pupils of leaving classes who can go on, and say what holds up the others."""
        promotes = self._promoting_schools()
        overdue: set[int] = set()
        for leaver in sorted(self.ground.leavers, key=lambda one: one.pupil_no):
            key = self.leaving[leaver.class_id].key
            if key.entry_year < self.first[key.stage] - 1:
                overdue.add(leaver.class_id)
                continue
            onward = onward_of(leaver.status, key.stage, promotes=key.school_id in promotes)
            school, name = self.ground.schools[key.school_id], self.ground.name(key)
            problems = check_leaver(leaver, onward, self.ground.on, school=school, class_name=name)
            self.problems += problems
            if onward is not None and not problems:
                yield _move(leaver, onward)
        self.problems += [self._overdue(self.leaving[class_id].key) for class_id in sorted(overdue)]

    def _overdue(self, key: ClassKey) -> Problem:
        year = key.entry_year + self.ground.schooling.grades(key.stage)
        school, name = self.ground.schools[key.school_id], self.ground.name(key)
        return Problem(ClassOverdue(school=school, class_name=name, year=year))

    def _promoting_schools(self) -> set[int]:
        """Return the schools that have a primary stage, and whose preschool pupils are to enter it."""
        primary = {key.school_id for key in self.sizes if key.stage is Stage.PRIMARY}
        primary |= {school_id for school_id, stage in self.ground.asked if stage is Stage.PRIMARY}
        primary |= {one.school_id for one in self.ground.applicants if one.stage is Stage.PRIMARY}
        return primary - self.ground.leaving_preschool

    def _applying(self) -> Iterator[Move]:
        for one in sorted(self.ground.applicants, key=lambda one: one.pupil_no):
            if one.in_class:
                school = self.ground.schools[one.school_id]
                self.problems.append(Problem(StillInClass(pupil=one.pupil_no, school=school)))
                continue
            to = ClassKey(one.school_id, one.stage, self.ground.year, 0)
            yield Move(one.pupil_id, one.pupil_no, Onward.ENTERS, None, None, one.status_id, to)

    # where to

    def _entry_cohort(self, move: Move) -> CohortKey:
        """Return the cohort that somebody enters: that of the admission, or grade 1 of the same school."""
        if move.to is not None:
            return move.to.cohort
        assert move.from_class is not None, "who was not admitted was in a class"
        school_id = self.leaving[move.from_class].key.school_id
        return CohortKey(school_id, Stage.PRIMARY, self.ground.year)

    def _form(self, entering: Iterable[Move]) -> list[ClassKey]:
        """Form the classes that are lacking for those who enter and those who are expected."""
        coming = Counter(self._entry_cohort(move) for move in entering)
        for (school_id, stage), entry in self.ground.asked.items():
            coming[CohortKey(school_id, stage, self.ground.year)] += entry.expected
        formed: list[ClassKey] = []
        for cohort in sorted(cohort for cohort, pupils in coming.items() if pupils):
            there = self.by_cohort[cohort]
            needed = self._needed(cohort, coming[cohort] + sum(self.sizes[key] for key in there))
            taken = (key.number for key in self.ground.taken if key.cohort == cohort)
            numbers = free_numbers((*taken, *(key.number for key in there)))
            new = [ClassKey(*cohort, next(numbers)) for _ in range(needed - len(there))]
            there += new
            self.sizes |= dict.fromkeys(new, 0)
            formed += new
        return formed

    def _needed(self, cohort: CohortKey, pupils: int) -> int:
        limit = self.ground.limits[cohort.stage]
        asked = self.ground.asked.get((cohort.school_id, cohort.stage), Entry())
        return classes_needed(pupils, min(asked.largest or limit, limit))

    def _enter(self, entering: Iterable[Move]) -> Iterator[Move]:
        by_cohort: defaultdict[CohortKey, list[Move]] = defaultdict(list)
        for move in entering:
            by_cohort[self._entry_cohort(move)].append(move)
        for cohort, moves in by_cohort.items():
            yield from self._share_out(moves, self.by_cohort[cohort])

    def _hold_over(self, held: Iterable[Move]) -> Iterator[Move]:
        """Let those who cannot leave stay with the next cohort of their school, where there is one."""
        by_cohort: defaultdict[CohortKey, list[Move]] = defaultdict(list)
        for move in held:
            assert move.from_class is not None, "who is held over was in a class"
            key = self.leaving[move.from_class].key
            by_cohort[key.cohort._replace(entry_year=key.entry_year + 1)].append(move)
        for cohort, moves in by_cohort.items():
            if self.by_cohort[cohort]:
                yield from self._share_out(moves, self.by_cohort[cohort])
            else:
                self.problems += [self._nobody(move) for move in moves]

    def _nobody(self, move: Move) -> Problem:
        status = {one.pupil_id: one.status for one in self.ground.leavers}[move.pupil_id]
        assert status is not None and move.from_class is not None, "who is held over has a status and a class"
        key = self.leaving[move.from_class].key
        error = NobodyToFollow(
            pupil=move.pupil_no,
            status=status.label,
            school=self.ground.schools[key.school_id],
            class_name=self.ground.name(key),
        )
        return Problem(error)

    def _share_out(self, moves: Sequence[Move], there: Sequence[ClassKey]) -> Iterator[Move]:
        by_pupil = {move.pupil_id: move for move in sorted(moves, key=lambda move: move.pupil_no)}
        shares = fill_up(list(by_pupil), [self.sizes[key] for key in there])
        for key, share in zip(there, shares, strict=True):
            self.sizes[key] += len(share)
            for pupil_id in share:
                yield replace(by_pupil[pupil_id], to=key)


def _move(leaver: Leaver, onward: Onward) -> Move:
    status_id = leaver.status_id if onward in STATUS_ENDS else None
    return Move(leaver.pupil_id, leaver.pupil_no, onward, leaver.class_id, leaver.enrolment_id, status_id)
