"""Errors of the ledgers of safety."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotPermitted


class DrillKnown(Conflict):
    """The school's drill of that kind on that day is recorded."""

    code = "leadership.drill_known"
    school: str
    kind: str
    on: str


class VerifiedByRectifier(NotPermitted):
    """Who rectified a hazard, or was to, does not verify it."""

    code = "leadership.verified_by_rectifier"
    staff: str
