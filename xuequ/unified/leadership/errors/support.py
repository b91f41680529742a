"""Errors of support targets."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class SupportUnknown(NotFound):
    """No such support target in this scope."""

    code = "leadership.support_unknown"
    target: str


class TargetAbsent(RuleBroken):
    """The class or grade group is not there in the term."""

    code = "leadership.target_absent"
    target: str
    when: str


class SupportedTwice(Conflict):
    """Somebody supports the class or grade group already in that term."""

    code = "leadership.supported_twice"
    target: str
    when: str
    leader: str


class SupportsAlready(Conflict):
    """The leader supports somebody already in that term."""

    code = "leadership.supports_already"
    leader: str
    when: str
    target: str


class SupportDone(Conflict):
    """A support target whose result is recorded cannot be taken back."""

    code = "leadership.support_done"
    target: str
