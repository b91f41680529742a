"""Pure decisions about cover: which lessons a leave leaves, and who may stand in for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.halfdays import HalfDay
from xuequ.core.spans import DaySpan
from xuequ.standards.codes.schooling import Subject
from xuequ.unified.teaching.errors.cover import (
    NeedCovered,
    NeedReleased,
    SubstituteAway,
    SubstituteBusy,
    SubstituteElsewhere,
    SubstituteIsAbsent,
    SubstituteOutside,
)
from xuequ.unified.teaching.states.cover import NeedState


@dataclass(frozen=True, slots=True)
class Taught:
    """That somebody teaches a subject to a class on some days, and where."""

    class_id: int
    subject: Subject
    school_id: int
    district_id: int | None
    span: DaySpan


@dataclass(frozen=True, order=True, slots=True)
class Lesson:
    """A lesson as it can be said without a timetable: a subject of a class on a half-day."""

    half_day: HalfDay
    class_id: int
    subject: Subject


def lessons(half_days: Iterable[HalfDay], taught: Sequence[Taught]) -> dict[Lesson, Taught]:
    """Return the lessons that a teacher has on half-days: each subject of each class once a half-day.

    Without a timetable nobody can say on which half-day a subject is taught, so that each of the teacher's
    subjects may be: too much is asked for rather than too little, and 教导处 sees it.

    Source: the article, （一）统一行政领导 (“顶班教师由教导处在学区内调配”); domain rules A §1, invariant 6;
    our decision for the time without a timetable.
    """
    return {
        Lesson(half_day, one.class_id, one.subject): one
        for half_day in half_days
        for one in taught
        if half_day.day in one.span
    }


@dataclass(frozen=True, slots=True)
class Change:
    """What has to be done so that the lessons to be covered are those of the leave as it stands."""

    opened: tuple[Lesson, ...]
    reopened: tuple[int, ...]
    released: tuple[int, ...]


def bring(wanted: Iterable[Lesson], standing: Mapping[Lesson, tuple[int, NeedState]]) -> Change:
    """Return what opens, opens again, and is released; the same leave again changes nothing.

    Args:
        standing: the lessons that are known, with their id and state.

    Source: domain rules A §1 (“销假 early return: remaining substitute slots are released”).
    """
    asked = set(wanted)
    again = [
        row_id for key, (row_id, state) in standing.items() if key in asked and state is NeedState.RELEASED
    ]
    gone = [
        row_id
        for key, (row_id, state) in standing.items()
        if key not in asked and state is not NeedState.RELEASED
    ]
    return Change(tuple(sorted(asked - standing.keys())), tuple(sorted(again)), tuple(sorted(gone)))


@dataclass(frozen=True, slots=True)
class Busy:
    """A class that somebody teaches or covers on a half-day, and at which school."""

    school_id: int
    class_id: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The lesson that is to be covered: where, when, of whom; `called` says it to people."""

    called: str
    half_day: HalfDay
    school_id: int
    class_id: int
    absent_id: int
    state: NeedState = NeedState.OPEN
    substitute: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who might stand in: whether they work in the district and are not away, and what they have then."""

    staff_id: int
    staff_no: str
    in_district: bool = True
    away: bool = False
    busy: tuple[Busy, ...] = ()


def elsewhere(asked: Asked, person: Person) -> int | None:
    """Return another school where somebody teaches or covers on the half-day.

    Source: domain rules A §1, invariant 4 (no person is in two places in one period).
    """
    return next((one.school_id for one in person.busy if one.school_id != asked.school_id), None)


def must_combine(asked: Asked, person: Person) -> bool:
    """Tell whether somebody has another class at the very school on the half-day.

    Whoever has only the class itself then, in another subject, has nothing to combine: a class has one lesson
    at a time.

    Source: our decision; without periods nobody can know whether the two collide, so it is allowed with a
    recorded reason and not guessed.
    """
    return any(one.school_id == asked.school_id and one.class_id != asked.class_id for one in person.busy)


def cover_problems(
    asked: Asked, person: Person, schools: Mapping[int, str], *, combined: bool
) -> list[Problem]:
    """Return what keeps somebody from covering a lesson.

    Source: domain rules A §1 (substitute: from anywhere in the district, not on leave, not teaching that
    slot, not the leave-taker; one substitute a lesson slot).
    """
    found: list[Problem] = []
    staff, half_day = person.staff_no, str(asked.half_day)
    if asked.state is NeedState.COVERED:
        found.append(Problem(NeedCovered(lesson=asked.called, substitute=asked.substitute)))
    if asked.state is NeedState.RELEASED:
        found.append(Problem(NeedReleased(lesson=asked.called)))
    if person.staff_id == asked.absent_id:
        return [*found, Problem(SubstituteIsAbsent(staff=staff, lesson=asked.called))]
    if not person.in_district:
        found.append(Problem(SubstituteOutside(staff=staff, on=str(asked.half_day.day))))
    if person.away:
        found.append(Problem(SubstituteAway(staff=staff, half_day=half_day)))
    if (other := elsewhere(asked, person)) is not None:
        school = schools.get(other, str(other))
        found.append(Problem(SubstituteElsewhere(staff=staff, school=school, half_day=half_day)))
    elif must_combine(asked, person) and not combined:
        found.append(Problem(SubstituteBusy(staff=staff, half_day=half_day)))
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How near somebody is to a lesson: the same school, the same subject, and how often they covered."""

    person: Person
    same_school: bool
    same_subject: bool
    covers: int


def ranked(asked: Asked, people: Iterable[Standing]) -> list[Standing]:
    """Return who can cover a lesson: who is free first, then of the school, of the subject, least burdened.

    Source: our decision; domain rules A §1 has the substitute from anywhere in the district.
    """
    able = [one for one in people if not cover_problems(asked, one.person, {}, combined=True)]
    able.sort(
        key=lambda one: (
            must_combine(asked, one.person),
            not one.same_school,
            not one.same_subject,
            one.covers,
            one.person.staff_no,
        )
    )
    return able


def passed(half_day: HalfDay, today: date) -> bool:
    """Tell whether a half-day lies on a day before today; only then was cover given.

    Source: our decision, as with leave: what has not passed is no evidence.
    """
    return half_day.day < today
