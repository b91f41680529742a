"""Samples of leave."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from tests.architecture.samples.posts import appointing, other_staff_id
from xuequ.core.access import Post
from xuequ.unified.leadership.schemas.leave import LeaveDecision, LeaveExtension, LeaveRequest
from xuequ.unified.leadership.states.leave import LeaveKind

DAY, LATER = date(2026, 9, 1), date(2026, 9, 8)


def request(door: Any) -> LeaveRequest:
    """Return that the member of staff of school s1 asks for a day."""
    days: dict[str, Any] = {"first_day": LATER, "last_day": LATER}
    return LeaveRequest(staff_id=staff_id(door), kind=LeaveKind.PERSONAL, **days)


def leave_id(door: Any) -> int:
    """Return a leave that waits."""
    return maker(door).leadership.leave.request_leave(request(door)).id


def decision(door: Any) -> LeaveDecision:
    return LeaveDecision(approver_id=other_staff_id(door))


def granted_id(door: Any) -> int:
    """Return a leave that the member of staff of school s2 approved as the principal."""
    made = maker(door)
    command = appointing(door, Post.PRINCIPAL).model_copy(update={"staff_id": other_staff_id(door)})
    made.registry.posts.appoint(command)
    return made.leadership.leave.record_decision(leave_id(door), decision(door)).id


SAMPLES: dict[str, Sample] = {
    "leadership.leave.request_leave": lambda door: (request(door),),
    "leadership.leave.extend": lambda door: (granted_id(door), LeaveExtension(last_day=date(2026, 9, 9))),
    "leadership.leave.withdraw": lambda door: (leave_id(door),),
    "leadership.leave.approve_leave": lambda door: (leave_id(door),),
    "leadership.leave.reject_leave": lambda door: (leave_id(door),),
    "leadership.leave.record_decision": lambda door: (leave_id(door), decision(door)),
    "leadership.leave.report_to_principal": lambda door: (granted_id(door),),
    "leadership.leave.register_return": lambda door: (granted_id(door), LATER),
    "leadership.leave.cancel": lambda door: (granted_id(door), "录错"),
    "leadership.leave.record_taken": lambda door: (LATER,),
    "leadership.leave.leave": lambda door: (leave_id(door),),
    "leadership.leave.leaves_of": lambda door: (staff_id(door),),
    "leadership.leave.leave_days": lambda door: (staff_id(door), DAY, LATER),
    "leadership.leave.authority": lambda door: (leave_id(door),),
    "leadership.leave.ledger_of": lambda door: (),
    "leadership.leave.pending": lambda door: ("s1",),
    "leadership.leave.month_ledger": lambda door: (2026, 9, "s1"),
    "leadership.leave.unreported": lambda door: ("s1",),
    "leadership.leave.overdue": lambda door: ("s1",),
}
