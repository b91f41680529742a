"""Pure decisions about classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice

from xuequ.core.errors import Problem
from xuequ.core.standards import Standards
from xuequ.registry.errors.classes import (
    ClassDissolved,
    ClassNotBegun,
    ClassTooLarge,
    CohortsDiffer,
    GradeBeyondStage,
    GroupNeedsGrades,
    GroupNeedsTwo,
    PupilListedTwice,
    SchoolsDiffer,
    SplitTooFine,
)
from xuequ.registry.states.classes import GroupKind, Stage

_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Schooling:
    """How schooling is cut 学制: month and day on which a school year begins, and the grades of a stage."""

    year_begins: tuple[int, int]
    preschool: int
    primary: int
    junior: int

    @classmethod
    def of(cls, standards: Standards, on: date) -> Schooling:
        """Read what holds on a day: ``schooling.year_begins`` and ``schooling.grades.*``."""
        month, _, day = standards.text("schooling.year_begins", on=on).partition("-")
        grades = (standards.whole(f"schooling.grades.{stage.code}", on=on) for stage in Stage)
        return cls((int(month), int(day)), *grades)

    def grades(self, stage: Stage) -> int:
        """Return how many grades a stage has."""
        if stage is Stage.PRESCHOOL:
            return self.preschool
        return self.primary if stage is Stage.PRIMARY else self.junior


def school_year(day: date, schooling: Schooling) -> int:
    """Return the year in which the school year 学年 of a day began.

    Source: the standard ``schooling.year_begins``.
    """
    return day.year if (day.month, day.day) >= schooling.year_begins else day.year - 1


def begins(entry_year: int, schooling: Schooling) -> date:
    """Return the first day of a cohort, which is the first day of its school year.

    Source: the standard ``schooling.year_begins``.
    """
    return date(entry_year, *schooling.year_begins)


def grade(entry_year: int, on: date, schooling: Schooling) -> int:
    """Return the grade of a cohort on a day: 1 in its first school year; below 1 before it begins.

    Source: 《义务教育法》 knows grades by year of entry.
    """
    return school_year(on, schooling) - entry_year + 1


def class_name(stage: Stage, entry_year: int, number: int, on: date, schooling: Schooling) -> str:
    """Return what people call a class on a day: 三（1）班, 学前（1）班, 2014级（1）班 once it has left.

    >>> class_name(Stage.PRIMARY, 2024, 1, date(2026, 9, 1), Schooling((9, 1), 1, 6, 3))
    '三（1）班'

    Source: our decision; as classes are called.
    """
    year = grade(entry_year, on, schooling)
    if stage is Stage.PRESCHOOL and year == 1 and schooling.preschool == 1:
        return f"学前（{number}）班"
    if stage is Stage.PRESCHOOL and 1 <= year <= schooling.preschool:
        return f"学前{_NUMERALS[year - 1]}（{number}）班"
    if stage is not Stage.PRESCHOOL and 1 <= year <= schooling.grades(stage):
        shift = schooling.primary if stage is Stage.JUNIOR else 0
        return f"{_NUMERALS[year - 1 + shift]}（{number}）班"
    return f"{entry_year}级{stage.label}（{number}）班"


def check_class(stage: Stage, entry_year: int, number: int, on: date, schooling: Schooling) -> list[Problem]:
    """Refuse a class that has left its stage; one that is to begin may be formed in advance.

    Source: our decision.
    """
    year, last = grade(entry_year, on, schooling), schooling.grades(stage)
    if year <= last:
        return []
    name = class_name(stage, entry_year, number, on, schooling)
    return [Problem(GradeBeyondStage(name=name, grade=year, last=last))]


def is_running(stage: Stage, entry_year: int, on: date, schooling: Schooling) -> bool:
    """Tell whether a class is in one of its stage's grades on a day: begun, and not yet left.

    Source: 《义务教育法》 knows grades by year of entry.
    """
    return 1 <= grade(entry_year, on, schooling) <= schooling.grades(stage)


def check_enrolment(
    stage: Stage, entry_year: int, number: int, since: date, schooling: Schooling
) -> list[Problem]:
    """Refuse an enrolment before the class begins or after it has left its stage.

    Source: our decision.
    """
    first = begins(entry_year, schooling)
    if since >= first:
        return check_class(stage, entry_year, number, since, schooling)
    name = class_name(stage, entry_year, number, first, schooling)
    return [Problem(ClassNotBegun(name=name, since=str(since), begins=str(first)))]


@dataclass(frozen=True, slots=True)
class Cohort:
    """What decides whether classes can be put together: their school, stage and entry year."""

    school_id: int
    stage: Stage
    entry_year: int


def check_merger(cohorts: Sequence[Cohort]) -> list[Problem]:
    """Refuse to merge classes of several schools, or of several cohorts: nobody changes grade by it.

    Source: our decision; pupils are not kept back or moved up by an office's act (学籍管理办法, no
    跳级 or 留级 but by its own procedure).
    """
    if len({cohort.school_id for cohort in cohorts}) > 1:
        return [Problem(SchoolsDiffer())]
    if len(set(cohorts)) > 1:
        return [Problem(CohortsDiffer())]
    return []


def check_group(kind: GroupKind, cohorts: Sequence[Cohort]) -> list[Problem]:
    """Refuse a group of one class, of several schools, or whose grades do not fit its kind.

    A combined class 合班 is of one grade, a multi-grade class 复式 of at least two.

    Source: our decision, by what the words mean.
    """
    found: list[Problem] = []
    if len(cohorts) < 2:
        found.append(Problem(GroupNeedsTwo()))
    if len({cohort.school_id for cohort in cohorts}) > 1:
        found.append(Problem(SchoolsDiffer()))
    grades = len({(cohort.stage, cohort.entry_year) for cohort in cohorts})
    if len(cohorts) > 1 and (grades == 1) != (kind is GroupKind.COMBINED):
        found.append(Problem(GroupNeedsGrades(kind=kind.label, grades=grades)))
    return found


def classes_needed(pupils: int, largest: int) -> int:
    """Return how many classes hold so many pupils when none may be larger than `largest`.

    Source: the standards ``class.size_max.*``.

    >>> classes_needed(0, 45), classes_needed(45, 45), classes_needed(46, 45)
    (0, 1, 2)
    """
    return -(-pupils // largest)


def share_out(pupils: Sequence[int], classes: int) -> list[list[int]]:
    """Share pupils out in their order to classes whose sizes differ by one at most.

    Source: our decision; 均衡编班.

    >>> share_out([1, 2, 3, 4, 5], 2)
    [[1, 2, 3], [4, 5]]
    """
    return fill_up(pupils, [0] * classes)


def fill_up(pupils: Sequence[int], sizes: Sequence[int]) -> list[list[int]]:
    """Share pupils out in their order to classes that have some already, so that sizes come out even.

    The smallest class gets the next place, the first of equal ones; nobody who is there is moved.

    Source: our decision; 均衡编班.

    >>> fill_up([1, 2, 3, 4], [20, 18])
    [[1], [2, 3, 4]]
    """
    now = list(sizes)
    for _ in pupils:
        now[now.index(min(now))] += 1
    rest = iter(pupils)
    return [list(islice(rest, after - before)) for before, after in zip(sizes, now, strict=True)]


def free_numbers(taken: Iterable[int]) -> Iterator[int]:
    """Walk the numbers 班号 that no class of a cohort has, from 1 up; a dissolved class keeps its own.

    Source: our decision; a number that meant one class never means another.

    >>> list(islice(free_numbers([1, 3]), 3))
    [2, 4, 5]
    """
    used = set(taken)
    return (number for number in count(1) if number not in used)


def cohorts(on: date, schooling: Schooling) -> dict[Stage, range]:
    """Return the entry years of the classes that are in their stage's grades on a day.

    Source: 《义务教育法》 knows grades by year of entry.

    >>> cohorts(date(2026, 9, 1), Schooling((9, 1), 1, 6, 3))[Stage.JUNIOR]
    range(2024, 2027)
    """
    last = school_year(on, schooling)
    return {stage: range(last - schooling.grades(stage) + 1, last + 1) for stage in Stage}


@dataclass(frozen=True, slots=True)
class Formation:
    """What says on which days a class is there: its cohort and number, and its own first and last day."""

    stage: Stage
    entry_year: int
    number: int
    formed_on: date | None = None
    dissolved_on: date | None = None

    def name(self, on: date, schooling: Schooling) -> str:
        """Return what people call it on a day."""
        return class_name(self.stage, self.entry_year, self.number, on, schooling)

    def first_day(self, schooling: Schooling) -> date:
        """Return its first day: its own, or its cohort's."""
        return self.formed_on or begins(self.entry_year, schooling)


def check_there(formation: Formation, on: date, schooling: Schooling) -> list[Problem]:
    """Refuse a class that is not there on a day: not formed yet, dissolved, or past its stage.

    Source: our decision.
    """
    name = formation.name(on, schooling)
    if formation.dissolved_on is not None and formation.dissolved_on <= on:
        return [Problem(ClassDissolved(name=name, on=str(formation.dissolved_on)))]
    first = formation.first_day(schooling)
    if on < first:
        called = formation.name(first, schooling)
        return [Problem(ClassNotBegun(name=called, since=str(on), begins=str(first)))]
    return check_class(formation.stage, formation.entry_year, formation.number, on, schooling)


def check_lasting(formation: Formation, on: date, schooling: Schooling) -> list[Problem]:
    """Refuse to put pupils together in a class that is not there on a day, or is to be dissolved later.

    Source: our decision; they would be without a class from that day on.
    """
    if formation.dissolved_on is None:
        return check_there(formation, on, schooling)
    return [Problem(ClassDissolved(name=formation.name(on, schooling), on=str(formation.dissolved_on)))]


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """How many pupils a class may have 班额, with what force, and by whose authority."""

    most: int
    strength: str
    authority: str

    @classmethod
    def of(cls, stage: Stage, standards: Standards, on: date) -> SizeLimit:
        """Read what holds on a day: ``class.size_max.*``."""
        key = f"class.size_max.{stage.code}"
        entry = standards.entry(key, on=on)
        return cls(standards.whole(key, on=on), entry.strength, entry.authority)


def check_size(name: str, pupils: int, limit: SizeLimit) -> list[Problem]:
    """Refuse an act that makes a class larger than it must be; a weaker limit only warns where it is shown.

    Source: 教督〔2017〕6号 and 《幼儿园工作规程》 art. 11, as the standards ``class.size_max.*``.
    """
    if pupils <= limit.most or limit.strength != "must":
        return []
    return [Problem(ClassTooLarge(name=name, pupils=pupils, limit=limit.most))]


def check_split(
    name: str, there: Sequence[int], shares: Sequence[Sequence[int]], numbers: Sequence[str]
) -> list[Problem]:
    """Refuse a split in which a pupil goes two ways, or one of the classes has nobody.

    Args:
        there: the pupils of the class.
        shares: who goes into each new class; all of them are of the class.
        numbers: the pupils of all shares by number, as people know them.

    Source: our decision.
    """
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    if twice:
        return [Problem(PupilListedTwice(pupil=number)) for number in twice]
    going = sum(len(share) for share in shares)
    if going < len(there) and all(shares):
        return []
    return [Problem(SplitTooFine(name=name, pupils=len(there), classes=len(shares) + 1))]
