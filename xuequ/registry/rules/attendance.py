"""Pure decisions about rolls: which may be called or corrected, who was there, a month's ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.source import Source
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.attendance import (
    MarkedTwice,
    NobodyDue,
    NoSchoolThen,
    NotDue,
    RollAhead,
    RollKnown,
    RollReplaced,
    RollSame,
    RollUnknown,
)
from xuequ.registry.states.attendance import PupilAttendance, StaffAttendance

Kind = PupilAttendance | StaffAttendance


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody who was not simply present, and which record of another part says why."""

    who: int
    kind: Kind
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The roll that holds: its edition, how many were due, and its exceptions."""

    edition: int
    due: int
    marks: frozenset[Mark]

    def says(self, due: int, marks: Iterable[Mark]) -> bool:
        """Tell whether it says the same as another would."""
        return self.due == due and self.marks == frozenset(marks)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of a class, or of a school's staff, on one half-day.

    Attributes:
        whose: what the class or school is called.
        now: the half-day that it is now.
        closed: why school does not run then; empty when it does.
        due: the numbers of those who are due, by id.
        standing: the roll that was called, if one was.
    """

    whose: str
    half_day: HalfDay
    now: HalfDay
    closed: str
    due: Mapping[int, str]
    standing: Standing | None = None


def check_roll(marks: Sequence[Mark], ground: Ground, names: Mapping[int, str]) -> list[Problem]:
    """Refuse a roll that was called, of a half-day ahead or off, or with marks that do not fit.

    Args:
        names: the numbers of those marked who are not due, by id.

    Source: domain rules A §4 (eaters ≤ pupils present: attendance) and B §12 (控辍保学); once for a
    half-day is our decision.
    """
    found: list[Problem] = []
    if ground.standing is not None:
        found.append(Problem(RollKnown(whose=ground.whose, half_day=str(ground.half_day))))
    return found + _check_content(marks, ground, names)


def check_correction(
    marks: Sequence[Mark], ground: Ground, names: Mapping[int, str], edition: int
) -> list[Problem]:
    """Refuse to correct what was never called, was corrected meanwhile, or would stay as it is.

    Args:
        edition: the edition that whoever corrects it has seen.

    Source: our decision.
    """
    whose, half_day = ground.whose, str(ground.half_day)
    standing = ground.standing
    if standing is None:
        return [Problem(RollUnknown(whose=whose, half_day=half_day))]
    found: list[Problem] = []
    if standing.edition != edition:
        error = RollReplaced(whose=whose, half_day=half_day, edition=edition, latest=standing.edition)
        found.append(Problem(error))
    elif standing.says(len(ground.due), marks):
        found.append(Problem(RollSame(whose=whose, half_day=half_day)))
    return found + _check_content(marks, ground, names)


def _check_content(marks: Sequence[Mark], ground: Ground, names: Mapping[int, str]) -> list[Problem]:
    whose, half_day = ground.whose, str(ground.half_day)
    found: list[Problem] = []
    if ground.half_day > ground.now:
        found.append(Problem(RollAhead(whose=whose, half_day=half_day, now=str(ground.now))))
    if ground.closed:
        found.append(Problem(NoSchoolThen(whose=whose, half_day=half_day, why=ground.closed)))
    if not ground.due:
        found.append(Problem(NobodyDue(whose=whose, half_day=half_day)))
        return found
    marked = Counter(mark.who for mark in marks)
    for who, times in marked.items():
        name = ground.due.get(who) or names.get(who, str(who))
        if who not in ground.due:
            found.append(Problem(NotDue(who=name, whose=whose, half_day=half_day)))
        if times > 1:
            found.append(Problem(MarkedTwice(who=name, whose=whose, half_day=half_day)))
    return found


def heads_present(due: int, kinds: Iterable[Kind]) -> int:
    """Return how many of those due were there 实到: all but those marked away.

    Source: domain rules A §4; who comes late or leaves early was there.

    >>> heads_present(45, [PupilAttendance.SICK, PupilAttendance.LATE])
    44
    """
    return due - sum(not kind.is_there for kind in kinds)


# a day at a school


@dataclass(frozen=True, slots=True)
class Called:
    """A roll that was called: heads due and present, and who was away."""

    due: int
    present: int
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Presence:
    """Heads of a class or stage on a day; None where a roll is missing, which is never read as nobody.

    Attributes:
        am, pm: present on that half-day; 0 when school does not run then.
        at_all: present on one of the half-days at least, which bounds the eaters of the day.
    """

    due: int
    am: int | None
    pm: int | None
    at_all: int | None


def presence(due: int, runs: frozenset[Half], rolls: Mapping[Half, Called]) -> Presence:
    """Return who was there on a day, by the rolls of its half-days.

    Source: domain rules A §4 (Eaters ≤ pupils present that day).
    """
    present = {half: _present(half, runs, rolls) for half in Half}
    called = [rolls[half] for half in sorted(runs) if half in rolls]
    at_all: int | None = None
    if len(called) == len(runs):
        away_all_day = set(called[0].away if called else ())
        for one in called[1:]:
            away_all_day &= one.away
        at_all = max((one.due for one in called), default=0) - len(away_all_day)
    return Presence(due, present[Half.AM], present[Half.PM], at_all)


def _present(half: Half, runs: frozenset[Half], rolls: Mapping[Half, Called]) -> int | None:
    if half not in runs:
        return 0
    return rolls[half].present if half in rolls else None


def together(parts: Sequence[Presence]) -> Presence:
    """Add up classes; what is not known of one is not known of all.

    Source: our decision; a half-day without a roll is unknown, never present.
    """
    return Presence(
        sum(part.due for part in parts),
        _sum([part.am for part in parts]),
        _sum([part.pm for part in parts]),
        _sum([part.at_all for part in parts]),
    )


def _sum(heads: Sequence[int | None]) -> int | None:
    known = [head for head in heads if head is not None]
    return sum(known) if len(known) == len(heads) else None


# a month of a member of staff


@dataclass(frozen=True, slots=True)
class Worked:
    """Half-days of one member of staff at one school: due, there, by kind, and not known."""

    due: int
    there: int
    unknown: int
    kinds: Mapping[StaffAttendance, int] = field(default_factory=dict[StaffAttendance, int])


def worked(
    spans: Sequence[DaySpan],
    halves: Iterable[HalfDay],
    called: frozenset[HalfDay],
    marks: Mapping[HalfDay, StaffAttendance],
) -> Worked:
    """Count the school half-days on which somebody worked at a school; one without a roll is unknown.

    Args:
        spans: when they worked at the school.
        halves: the school half-days of the stretch.
        called: those for which the roll was called.
        marks: what they were marked as.

    Source: domain rules A §2 (attendance in half-days) and B §7 (attendance as evidence).
    """
    due = [at for at in halves if any(at.day in span for span in spans)]
    known = [marks.get(at, StaffAttendance.PRESENT) for at in due if at in called]
    kinds: Counter[StaffAttendance] = Counter(kind for kind in known if kind is not StaffAttendance.PRESENT)
    return Worked(len(due), sum(kind.is_there for kind in known), len(due) - len(known), kinds)


def month_of(year: int, month: int) -> DaySpan:
    """Return the days of a month.

    Source: the calendar.

    >>> str(month_of(2026, 12))
    '2026-12-01 至 2026-12-31'
    """
    return DaySpan(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
