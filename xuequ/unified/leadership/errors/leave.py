"""Errors of leave."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken


class LeaveUnknown(NotFound):
    """No such leave in this scope."""

    code = "leadership.leave_unknown"
    leave: str


class LeaveOfOther(NotPermitted):
    """Somebody who may act for himself only means somebody else's leave."""

    code = "leadership.leave_of_other"
    actor: str


class LeaveOverlaps(Conflict):
    """The person is or asks to be on leave in those half-days already."""

    code = "leadership.leave_overlaps"
    staff: str
    span: str
    other: str


class NothingToTake(RuleBroken):
    """The span holds no half-day that counts for that kind."""

    code = "leadership.nothing_to_take"
    kind: str
    span: str


class NotWorkingHere(RuleBroken):
    """The person works at no school of the district on a day of the leave."""

    code = "leadership.not_working_here"
    staff: str
    on: str


class LeaveTooLong(Invalid):
    """One leave is longer than anything that is asked for in one go."""

    code = "leadership.leave_too_long"
    longest: int


class LateReasonMissing(RuleBroken):
    """A leave that has begun is registered afterwards, with a reason."""

    code = "leadership.late_reason_missing"
    since: str


class OutOfOrder(RuleBroken):
    """Something is registered for a day before that which it follows."""

    code = "leadership.out_of_order"
    what: str
    on: str
    after: str
    of: str


class ApproverNeeded(NotPermitted):
    """A person decides, and no script."""

    code = "leadership.approver_needed"
    actor: str


class OwnLeave(NotPermitted):
    """Nobody decides on his own leave, or confirms his own return."""

    code = "leadership.own_leave"
    staff: str


class NotTheApprover(NotPermitted):
    """The person is not among those who may decide on this leave on that day."""

    code = "leadership.not_the_approver"
    staff: str
    on: str
    needed: str
    why: str


class DocumentNeeded(Invalid):
    """What the bureau has decided has a document number."""

    code = "leadership.document_needed"


class LeaveDecided(Conflict):
    """Somebody has decided already, or it was withdrawn."""

    code = "leadership.leave_decided"
    state: str
    who: str
    when: str


class LeaveBegun(RuleBroken):
    """What has begun is not withdrawn."""

    code = "leadership.leave_begun"
    since: str


class ExtensionWaits(Conflict):
    """An extension of the leave waits for its decision."""

    code = "leadership.extension_waits"
    last: str


class ExtensionNotLater(RuleBroken):
    """An extension ends after the leave does."""

    code = "leadership.extension_not_later"
    last: str
    wanted: str


class NotBackYet(RuleBroken):
    """Nobody is back before the leave has begun, or in a half-day that has not come."""

    code = "leadership.not_back_yet"
    back: str
    first: str
    now: str


class NothingToReport(RuleBroken):
    """Only what a school's head has approved is reported to the principal."""

    code = "leadership.nothing_to_report"


class ReportedAlready(Conflict):
    """The principal has been told."""

    code = "leadership.reported_already"
    who: str
    when: str
