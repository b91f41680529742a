"""Pure decisions about corrections: what was written wrong, set right with what hangs on it.

A correction says that something never was as it is written; a change says that it is so no longer, and
has a verb of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xuequ.core.errors import Problem
from xuequ.registry.errors.staff import NothingToCorrect, ShiftedOver
from xuequ.registry.rules.staff import Employed, Placed, Record, Site, check_inside, check_kinds
from xuequ.registry.rules.timeline import Stretch, shift
from xuequ.registry.states.staff import PlacementKind


def correct_employment(
    record: Record, one: Stretch[Employed], what: Employed, since: date
) -> Record | list[Problem]:
    """Set right by whom and since when somebody was employed.

    The work at a school that began on the same day begins on the right day too, and who worked at the
    school that was wrongly written as the employer works at the right one.

    Source: our decision.
    """
    if (what, since) == (one.what, one.since):
        return [Problem(NothingToCorrect(staff=record.staff_no))]
    employments, placements = shift(record.employments, one, since), record.placements
    began = next((each for each in placements if each.since == one.since), None)
    moved = placements if began is None else shift(placements, began, since)
    if employments is None or moved is None:
        return [Problem(ShiftedOver(staff=record.staff_no, on=str(since)))]
    corrected = tuple(replace(each, what=what) if each.row_id == one.row_id else each for each in employments)
    if what.by is not None and what.by != one.what.by:
        moved = tuple(_at_employer(each, one, what.by) for each in moved)
    return _agreeing(replace(record, employments=corrected, placements=moved))


def _at_employer(placement: Stretch[Placed], one: Stretch[Employed], to: Site) -> Stretch[Placed]:
    """Correct the school of work in the same stretch where it was the employing one."""
    own = placement.what.kind is PlacementKind.OWN and placement.what.at == one.what.by
    if own and placement.span.overlaps(one.span):
        return replace(placement, what=replace(placement.what, at=to))
    return placement


def correct_placement(
    record: Record, one: Stretch[Placed], what: Placed, since: date
) -> Record | list[Problem]:
    """Set right where, on what ground and since when somebody worked; the one before ends there too.

    Source: our decision.
    """
    if (what, since) == (one.what, one.since):
        return [Problem(NothingToCorrect(staff=record.staff_no))]
    moved = shift(record.placements, one, since)
    if moved is None:
        return [Problem(ShiftedOver(staff=record.staff_no, on=str(since)))]
    placements = tuple(replace(each, what=what) if each.row_id == one.row_id else each for each in moved)
    return _agreeing(replace(record, placements=placements))


def _agreeing(record: Record) -> Record | list[Problem]:
    return [*check_inside(record), *check_kinds(record)] or record
