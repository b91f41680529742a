"""Pure decisions about teaching 任课: who may be responsible for a subject of a class, and on which days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.registry.errors.classes import ClassDissolved, SpanEndsBeforeItBegins
from xuequ.registry.errors.teaching import (
    ExceptionOutsideSmallSchool,
    SubjectTaken,
    TeacherElsewhere,
    TeacherNotQualified,
    TeachingEndedAlready,
)
from xuequ.registry.rules.certificates import Certificate, qualified
from xuequ.registry.rules.classes import Schooling, check_enrolment, class_name, grade, is_running
from xuequ.registry.rules.staff import Record
from xuequ.registry.rules.staff_teaching import absent_from
from xuequ.registry.states.classes import Stage
from xuequ.standards.codes.schooling import Subject


@dataclass(frozen=True, slots=True)
class Taken:
    """A class that is taught: what names it, where it is, how many pupils its school has."""

    id: int
    school_id: int
    stage: Stage
    entry_year: int
    number: int
    dissolved_on: date | None = None
    school_pupils: int = 0

    def called(self, subject: Subject, on: date, schooling: Schooling) -> str:
        """Return what people call a subject of the class: 三（1）班语文."""
        return class_name(self.stage, self.entry_year, self.number, on, schooling) + subject.label


@dataclass(frozen=True, slots=True)
class Teacher:
    """Who is to teach: their record and their certificates."""

    record: Record
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to teach which subject to which class, and on which days."""

    taken: Taken
    subject: Subject
    teacher: Teacher
    span: DaySpan
    itinerant: bool = False
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A subject that the classes of some grades of a stage have."""

    stage: Stage
    subject: Subject
    first_grade: int = 1
    last_grade: int = 99


def check_wish(wish: Wish, schooling: Schooling, standards: Standards) -> list[Problem]:
    """Refuse who works elsewhere, who is not qualified, and a class that is not there on these days.

    A teacher without a certificate for it may teach a subject in a small school 一师多科 when the reason
    is recorded.

    Source: 《教师资格条例》 art. 5; our decision that an exception is recorded;
    ``resources.small_school_pupils``.
    """
    since, taken = wish.span.since, wish.taken
    staff, what = wish.teacher.record.staff_no, taken.called(wish.subject, since, schooling)
    found = check_enrolment(taken.stage, taken.entry_year, taken.number, since, schooling)
    found += _check_dissolved(wish, what)
    away = absent_from(wish.teacher.record, taken.school_id, wish.span, itinerant=wish.itinerant)
    if away is not None:
        found.append(Problem(TeacherElsewhere(staff=staff, what=what, on=str(away))))
    certificates = wish.teacher.certificates
    if qualified(certificates, taken.stage, wish.subject, since, standards):
        return found
    if not wish.exception:
        found.append(Problem(TeacherNotQualified(staff=staff, what=what, on=str(since))))
        return found
    below = standards.whole("resources.small_school_pupils", on=since)
    if taken.school_pupils >= below:
        outside = {"pupils": taken.school_pupils, "below": below}
        found.append(Problem(ExceptionOutsideSmallSchool(staff=staff, what=what, **outside)))
    return found


def _check_dissolved(wish: Wish, what: str) -> list[Problem]:
    gone = wish.taken.dissolved_on
    if gone is None or (wish.span.until is not None and wish.span.until <= gone):
        return []
    return [Problem(ClassDissolved(name=what, on=str(gone)))]


@dataclass(frozen=True, slots=True)
class Holding:
    """Who has a subject of a class on some days; `what` and `staff` say it to people."""

    class_id: int
    subject: Subject
    span: DaySpan
    what: str
    staff: str


def check_taken(wanted: Sequence[Holding], held: Iterable[Holding]) -> list[Problem]:
    """Refuse a second teacher for a subject of a class on a day, among what is wanted too.

    Source: our decision; each subject of a class has exactly one responsible teacher on any day.
    """
    found: list[Problem] = []
    by_subject: dict[tuple[int, Subject], list[Holding]] = {}
    for one in held:
        by_subject.setdefault((one.class_id, one.subject), []).append(one)
    for one in wanted:
        others = by_subject.setdefault((one.class_id, one.subject), [])
        other = next((other for other in others if other.span.overlaps(one.span)), None)
        if other is not None:
            error = SubjectTaken(what=one.what, staff=other.staff, since=str(other.span.since))
            found.append(Problem(error))
        others.append(one)
    return found


def check_end(what: str, span: DaySpan, on: date) -> list[Problem]:
    """Refuse to end a teaching before it has begun, or when it has ended by then.

    Args:
        on: the first day without.

    Source: our decision.
    """
    if on <= span.since:
        return [Problem(SpanEndsBeforeItBegins(what=what, since=str(span.since), on=str(on)))]
    if span.until is not None and span.until <= on:
        return [Problem(TeachingEndedAlready(what=what, until=str(span.until)))]
    return []


def unassigned(
    classes: Iterable[Taken],
    offered: Sequence[Offered],
    taught: Mapping[int, set[Subject]],
    on: date,
    schooling: Schooling,
) -> list[tuple[Taken, Subject]]:
    """Return the subjects that classes have and nobody teaches; who should is for people to say.

    Source: our decision; 开齐课程, each subject of the curriculum plan has its teacher.
    """
    found: list[tuple[Taken, Subject]] = []
    for one in classes:
        if not is_running(one.stage, one.entry_year, on, schooling):
            continue
        year, has = grade(one.entry_year, on, schooling), taught.get(one.id, set())
        found += [
            (one, line.subject)
            for line in offered
            if line.stage is one.stage
            and line.first_grade <= year <= line.last_grade
            and line.subject not in has
        ]
    return found
