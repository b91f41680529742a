"""Pure decisions about what the moves of staff mean for the classes that they teach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.staff import TeachingLeft
from xuequ.registry.rules.staff import Record, Taught
from xuequ.registry.rules.timeline import Stretch, uncovered
from xuequ.registry.states.staff import Exit, PlacementKind
from xuequ.registry.states.teaching import TeachingChange


def absent_from(record: Record, school_id: int, span: DaySpan, *, itinerant: bool) -> date | None:
    """Return the first day of a span on which somebody cannot teach at a school.

    They work there, or come there as an itinerant teacher 走教 while they work somewhere.

    Source: our decision.
    """
    working = (one for one in record.placements if itinerant or one.what.at.id == school_id)
    return uncovered(span, (one.span for one in working))


def strays(record: Record, before: Record) -> list[tuple[Stretch[Taught], date]]:
    """Return the teachings that an act leaves without their teacher, each with the first such day.

    What was stray before is not the act's doing.

    Source: our decision.
    """
    found: list[tuple[Stretch[Taught], date]] = []
    for one in record.teachings:
        day, was = (_absent(each, one) for each in (record, before))
        if day is not None and (was is None or day < was):
            found.append((one, day))
    return found


def _absent(record: Record, one: Stretch[Taught]) -> date | None:
    return absent_from(record, one.what.school_id, one.span, itinerant=one.what.itinerant)


def check_teaching(record: Record, before: Record) -> list[Problem]:
    """Refuse an act that leaves classes without their teacher.

    Source: our decision; each subject of a class has exactly one responsible teacher on any day.
    """
    return [
        Problem(TeachingLeft(staff=record.staff_no, what=one.what.name, on=str(day)))
        for one, day in strays(record, before)
    ]


def end_teaching(record: Record, before: Record, why: TeachingChange) -> Record:
    """End what an act leaves without its teacher, on the first such day; what would begin then never does.

    Source: our decision; the reasons are those of a mid-year change 学年中变动.
    """
    ends = {one.row_id: day for one, day in strays(record, before)}
    teachings = tuple(_ended(record.teachings, ends, why))
    return replace(record, teachings=teachings)


def _ended(
    teachings: Iterable[Stretch[Taught]], ends: dict[int | None, date], why: TeachingChange
) -> Iterable[Stretch[Taught]]:
    for one in teachings:
        day = ends.get(one.row_id)
        if day is None:
            yield one
        elif one.since < day:
            yield replace(one, until=day, what=replace(one.what, ended=why))


TEACHING_CHANGE = {
    Exit.RETIRED: TeachingChange.RETIREMENT,
    Exit.TRANSFERRED_OUT: TeachingChange.TRANSFER,
    Exit.RESIGNED: TeachingChange.RESIGNATION,
    Exit.DISMISSED: TeachingChange.OTHER,
    Exit.EXPIRED: TeachingChange.OTHER,
    Exit.DIED: TeachingChange.DEATH,
    Exit.REHOMED: TeachingChange.OTHER,
}
"""Why somebody teaches no more who leaves in a way."""


def change_for(kind: PlacementKind) -> TeachingChange:
    """Return why somebody teaches no more at a school who goes to work at another on a ground.

    Source: our decision; the reasons are those of a mid-year change 学年中变动.
    """
    rotates = kind in (PlacementKind.SUPPORT, PlacementKind.ROTATION)
    return TeachingChange.ROTATION if rotates else TeachingChange.TRANSFER
