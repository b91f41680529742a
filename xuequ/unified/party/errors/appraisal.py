"""Errors of 民主评议 and 整改."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class AppraisalUnknown(NotFound):
    """No such appraisal in this scope."""

    code = "party.appraisal_unknown"
    appraisal: str


class AppraisalOpenAlready(Conflict):
    """The branch's appraisal of that year is under way."""

    code = "party.appraisal_open_already"
    year: str


class NotAppraised(NotFound):
    """The member is not in the appraisal of that year."""

    code = "party.not_appraised"
    member: str
    year: str


class StepBackwards(RuleBroken):
    """A step is dated before the one that it follows."""

    code = "party.appraisal_step_backwards"
    member: str
    step: str
    on: str
    last: str


class StepAhead(RuleBroken):
    """A step is dated on a day that has not come."""

    code = "party.appraisal_step_ahead"
    member: str
    step: str
    on: str


class MeetingNotOfAppraisal(RuleBroken):
    """Ballots are of a 民主评议会 or 组织生活会 that was held."""

    code = "party.meeting_not_of_appraisal"
    number: str
    kind: str
    state: str


class BallotsExceedPresent(RuleBroken):
    """More ballots on a member than people present."""

    code = "party.ballots_exceed_present"
    member: str
    cast: int
    present: int


class GradeNotInForce(RuleBroken):
    """The grade is not among those in force."""

    code = "party.grade_not_in_force"
    grade: str
    grades: str


class CriticismNotOfLifeMeeting(RuleBroken):
    """Criticism is raised at a 组织生活会 or 民主评议会 that was held."""

    code = "party.criticism_not_of_life_meeting"
    number: str
    kind: str
    state: str


class CriticismUnknown(NotFound):
    """No such item of criticism in this scope."""

    code = "party.criticism_unknown"
    criticism: str


class RectificationUnknown(NotFound):
    """No such item to put right in this scope."""

    code = "party.rectification_unknown"
    rectification: str


class RectificationDoneAlready(Conflict):
    """It was put right already."""

    code = "party.rectification_done_already"
    rectification: str
    on: str


class DoneAhead(RuleBroken):
    """Something is said to have been put right on a day that has not come."""

    code = "party.rectification_ahead"
    rectification: str
    on: str
