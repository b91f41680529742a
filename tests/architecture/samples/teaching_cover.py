"""Samples of cover."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id, staff_id
from tests.architecture.samples.posts import other_staff_id
from tests.architecture.samples.teaching import teaching_id
from xuequ.core.halfdays import Half, HalfDay
from xuequ.unified.leadership.facts.leave import LeaveApproved
from xuequ.unified.teaching.schemas.cover import CoverAssigning

DAY, NEXT = date(2026, 10, 12), date(2026, 10, 13)
AM = HalfDay(DAY, Half.AM).index
LEAVE = 4711


def fact_id(door: Any) -> int:
    """Tell of a leave of the member of staff of school s1, so that a lesson of theirs is to be covered."""
    teaching_id(door)
    context = maker(door).context
    with context.writing():
        return context.announce(
            LeaveApproved(
                leave_id=LEAVE,
                staff_id=staff_id(door),
                kind="sick",
                half_days=(AM,),
                school_ids=(school_id(door),),
                approver_id=None,
            )
        )


def need_id(door: Any) -> int:
    fact_id(door)
    return maker(door).teaching.cover.needs(DAY)[0].id


def assigning(door: Any) -> CoverAssigning:
    return CoverAssigning(need_id=need_id(door), staff_id=other_staff_id(door))


def assignment_id(door: Any) -> Any:
    return maker(door).teaching.cover.assign_cover(assigning(door)).assignment_id


SAMPLES: dict[str, Sample] = {
    "teaching.cover.open_cover": lambda door: (LEAVE, staff_id(door), [AM], [school_id(door)], fact_id(door)),
    "teaching.cover.shorten_cover": lambda door: (LEAVE, staff_id(door), AM, fact_id(door)),
    "teaching.cover.cancel_cover": lambda door: (LEAVE, staff_id(door), fact_id(door)),
    "teaching.cover.follow_teaching": lambda door: ([teaching_id(door)],),
    "teaching.cover.give_cover": lambda door: (LEAVE, [AM]),
    "teaching.cover.assign_cover": lambda door: (assigning(door),),
    "teaching.cover.release": lambda door: (assignment_id(door),),
    "teaching.cover.record_given": lambda door: (),
    "teaching.cover.needs": lambda door: (DAY, "s1"),
    "teaching.cover.uncovered": lambda door: (DAY, "s1"),
    "teaching.cover.absent": lambda door: (DAY, "s1"),
    "teaching.cover.candidates": lambda door: (need_id(door),),
    "teaching.cover.cover_rate": lambda door: (DAY, NEXT, "s1"),
    "teaching.cover.uncovered_list": lambda door: (DAY, "s1"),
}
