"""Pure decisions about staff: by whom somebody is employed, where they work, and what that ends.

A record holds one person's timelines as they stand. A rule is a pair: ``check_…`` says everything that is
wrong with an act, and the verb returns the record as it stands after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.staff import (
    EmployedAlready,
    EmployedThere,
    EmploymentFollows,
    NotAway,
    NotEmployed,
    PlacedAlready,
    PlacedThatDay,
    PlacementInTheWay,
    PlacementKindUnfit,
    ReturnRefused,
)
from xuequ.registry.rules.timeline import Stretch, at, cut, lay, room, uncovered
from xuequ.registry.states.staff import Entry, Exit, PlacementKind
from xuequ.registry.states.teaching import TeachingChange


@dataclass(frozen=True, slots=True)
class Site:
    """A school as the rules of staff know it."""

    id: int
    district_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Employed:
    """By whom somebody is employed, None for the county bureau itself, and how that began and ended."""

    by: Site | None
    entry: Entry
    authority: str = ""
    exit: Exit | None = None
    exit_authority: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody works, and on what ground."""

    at: Site
    kind: PlacementKind = PlacementKind.OWN
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """What somebody teaches; `name` is how people call it: 三（1）班语文."""

    name: str
    school_id: int
    itinerant: bool = False
    ended: TeachingChange | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One member of staff: every employment, placement and teaching, each in the order of days."""

    staff_id: int
    staff_no: str
    employments: tuple[Stretch[Employed], ...] = ()
    placements: tuple[Stretch[Placed], ...] = ()
    teachings: tuple[Stretch[Taught], ...] = ()


BY_TRANSFER = Entry.TRANSFERRED_IN
"""How an employment begins that is a transfer 调动."""


# coming and going


def check_entry(record: Record, entry: Entry, since: date) -> list[Problem]:
    """Refuse to employ somebody who is employed then or later, or who cannot come back this way.

    Who has retired is rehired 返聘, and not recruited again.

    Source: our decision; 《事业单位人事管理条例》 art. 18 (退休即终止聘用合同).
    """
    for one in record.employments:
        if one.until is None or one.until > since:
            error = EmployedAlready(staff=record.staff_no, since=str(one.since), on=str(since))
            return [Problem(error)]
    last = record.employments[-1].what.exit if record.employments else None
    if last is Exit.DIED or (last is Exit.RETIRED and entry is not Entry.REHIRED):
        refused = ReturnRefused(staff=record.staff_no, exit=last.label, entry=entry.label)
        return [Problem(refused)]
    return []


def enter(record: Record, employed: Employed, since: date, placed: Placed | None) -> Record:
    """Begin an employment, and with it the work at a school.

    Source: our decision.
    """
    begun = Stretch(employed, since)
    placements = record.placements if placed is None else lay(record.placements, placed, since)
    return replace(record, employments=(*record.employments, begun), placements=placements)


def check_transfer(record: Record, to: Site | None, since: date) -> list[Problem]:
    """Refuse a transfer from the first day of an employment, to the same employer, or over later moves.

    Source: our decision.
    """
    covering = at(record.employments, since)
    if covering is None:
        return [Problem(NotEmployed(staff=record.staff_no, on=str(since)))]
    found: list[Problem] = []
    if covering.what.by == to:
        name = to.name if to else "县教育局"
        found.append(Problem(EmployedThere(staff=record.staff_no, school=name)))
    elif covering.since == since:
        error = EmployedAlready(staff=record.staff_no, since=str(since), on=str(since))
        found.append(Problem(error))
    later = [one.since for one in record.placements if one.since > since]
    if later:
        found.append(Problem(PlacementInTheWay(staff=record.staff_no, on=str(min(later)))))
    return found


def transfer(record: Record, to: Employed, since: date, *, stays: bool) -> Record:
    """Change the employer on a day without a gap; the employment that was ends as 调出.

    The person goes to work at the new employer's school, or stays where they work.

    Source: our decision.
    """
    covering = at(record.employments, since)
    assert covering is not None, "check_transfer has found an employment"
    ends = covering.what
    begins = replace(to, exit=ends.exit, exit_authority=ends.exit_authority)
    left = replace(ends, exit=Exit.TRANSFERRED_OUT, exit_authority=to.authority)
    employments = tuple(
        replace(one, what=left) if one.until == since and one.what == ends else one
        for one in lay(record.employments, begins, since)
    )
    moved = replace(record, employments=employments)
    placed = _after_transfer(at(record.placements, since), to, stays=stays)
    if placed is None:
        return replace(moved, placements=cut(record.placements, since))
    return _placed(moved, placed, since, None)


def _after_transfer(now: Stretch[Placed] | None, to: Employed, *, stays: bool) -> Placed | None:
    if now is None or not stays or now.what.at == to.by:
        return None if to.by is None else Placed(to.by)
    if now.what.kind.away:
        return now.what
    return Placed(now.what.at, PlacementKind.ASSIGNED, to.authority)


def check_exit(record: Record, on: date) -> list[Problem]:
    """Refuse to end what does not go on, or what another employment follows.

    Args:
        on: the first day without.

    Source: our decision.
    """
    ending = _ending(record, on)
    if ending is None:
        return [Problem(NotEmployed(staff=record.staff_no, on=str(on)))]
    later = [one.since for one in record.employments if one.since >= on]
    if later:
        return [Problem(EmploymentFollows(staff=record.staff_no, since=str(min(later))))]
    return []


def leave(record: Record, exit_: Exit, on: date, authority: str) -> Record:
    """End the employment on its first day without, and with it the work at a school.

    A placement that was to begin later never does. Titles and degrees stay: they are the person's own.

    Source: our decision.
    """
    ending = _ending(record, on)
    assert ending is not None, "check_exit has found an employment"
    what = replace(ending.what, exit=exit_, exit_authority=authority)
    ended = replace(ending, what=what, until=on)
    employments = tuple(ended if one is ending else one for one in record.employments)
    return replace(record, employments=employments, placements=cut(record.placements, on))


def _ending(record: Record, on: date) -> Stretch[Employed] | None:
    return next((one for one in record.employments if on in one and one.since < on), None)


# where somebody works


def check_placement(record: Record, placed: Placed, since: date, until: date | None) -> list[Problem]:
    """Refuse a placement outside the employment, over other placements, twice, or of an unfit kind.

    The own school is the employing one, and every other kind of placement leads elsewhere.

    Source: our decision; 编制在甲校、工作在乙校.
    """
    staff, on = record.staff_no, str(since)
    employment = at(record.employments, since)
    if employment is None:
        return [Problem(NotEmployed(staff=staff, on=on))]
    found: list[Problem] = []
    if (employment.what.by == placed.at) == placed.kind.away:
        error = PlacementKindUnfit(staff=staff, kind=placed.kind.label, school=placed.at.name)
        found.append(Problem(error))
    now = at(record.placements, since)
    if now is not None and (now.what.at, now.what.kind) == (placed.at, placed.kind):
        where = {"school": placed.at.name, "kind": placed.kind.label}
        found.append(Problem(PlacedAlready(staff=staff, since=str(now.since), **where)))
    elif now is not None and now.since == since and now.what.kind.away:
        found.append(Problem(PlacedThatDay(staff=staff, school=now.what.at.name, on=on)))
    return found + _check_end(record, since, until)


def _check_end(record: Record, since: date, until: date | None) -> list[Problem]:
    if until is None:
        return []
    free = room(record.placements, since)
    if free is not None and free < until:
        return [Problem(PlacementInTheWay(staff=record.staff_no, on=str(free)))]
    outside = uncovered(DaySpan(since, until), _employed(record))
    return [] if outside is None else [Problem(NotEmployed(staff=record.staff_no, on=str(outside)))]


def place(record: Record, placed: Placed, since: date, until: date | None) -> Record:
    """Let somebody work at a school from a day; behind a planned end they are back where they were.

    Without an end it takes the rest of the placement that it falls into, within the employment.

    Source: our decision.
    """
    return _placed(record, placed, since, until)


def check_return(record: Record, on: date) -> list[Problem]:
    """Refuse to let somebody come back who is not away.

    Source: our decision.
    """
    now = at(record.placements, on)
    if now is not None and now.what.kind.away:
        return []
    return [Problem(NotAway(staff=record.staff_no, on=str(on)))]


def come_back(record: Record, on: date) -> Record:
    """Let somebody work at the employing school again; on the first day away, as if they had never left.

    Source: our decision.
    """
    now, employment = at(record.placements, on), at(record.employments, on)
    assert now is not None and employment is not None, "check_return has found a placement"
    home = employment.what.by
    if home is None:
        others = (one for one in record.placements if one is not now)
        return replace(record, placements=(*others, *cut([now], on)))
    return _placed(record, Placed(home), on, None)


def _placed(record: Record, placed: Placed, since: date, until: date | None) -> Record:
    end = until or _employed_until(record, since)
    return replace(record, placements=lay(record.placements, placed, since, end))


def _employed(record: Record) -> list[DaySpan]:
    return [one.span for one in record.employments]


def _employed_until(record: Record, day: date) -> date | None:
    """Return the first day on which somebody is no longer employed; employments may follow one another."""
    return uncovered(DaySpan(day), _employed(record))


# what must agree


def check_inside(record: Record) -> list[Problem]:
    """Refuse a placement on a day without employment.

    Source: our decision.
    """
    employed = _employed(record)
    outside = (uncovered(one.span, employed) for one in record.placements)
    days = [day for day in outside if day is not None]
    return [Problem(NotEmployed(staff=record.staff_no, on=str(day))) for day in days]


def check_kinds(record: Record) -> list[Problem]:
    """Refuse a placement that is said to be away at the employing school, or at home at another one.

    Source: our decision.
    """
    unfit = {
        (one.what.kind.label, one.what.at.name): None
        for one in record.placements
        for employment in record.employments
        if employment.span.overlaps(one.span) and (employment.what.by == one.what.at) == one.what.kind.away
    }
    return [
        Problem(PlacementKindUnfit(staff=record.staff_no, kind=kind, school=school)) for kind, school in unfit
    ]
