"""Errors of supervision visits."""

from __future__ import annotations

from xuequ.core.errors import Conflict, RuleBroken


class NotInTheTeam(RuleBroken):
    """Visits are made by the leadership team of the day."""

    code = "leadership.not_in_the_team"
    staff: str
    on: str


class VisitedAlready(Conflict):
    """The same person's visit to the school on that day is recorded."""

    code = "leadership.visited_already"
    school: str
    on: str


class CountersignedAlready(Conflict):
    """The head of the school has countersigned the visit."""

    code = "leadership.countersigned_already"
    school: str
    on: str


class ResolvedAlready(Conflict):
    """The finding is closed."""

    code = "leadership.resolved_already"
    on: str


class FindingIsNoProblem(RuleBroken):
    """A remark is no problem, and so there is nothing to resolve."""

    code = "leadership.finding_is_no_problem"
