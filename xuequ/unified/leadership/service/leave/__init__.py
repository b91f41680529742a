"""Use cases of leave 请假: asking, deciding, ending, and the ledger."""

from __future__ import annotations

from xuequ.unified.leadership.service.leave.asking import Asking
from xuequ.unified.leadership.service.leave.deciding import Deciding
from xuequ.unified.leadership.service.leave.ending import Ending
from xuequ.unified.leadership.service.leave.views import LeaveViews

__all__ = ["LeaveService"]


class LeaveService(Asking, Deciding, Ending, LeaveViews):
    """Leave by half-days: all of it is the principal's to approve, up to half a day the head's too.

    Whoever approves is tested on the day of the act, over all leaves that count as one. Approval and cover
    are two axes: no leave waits for a substitute. What has passed becomes part of the record by
    `record_taken`, and nothing is ever erased.
    """
