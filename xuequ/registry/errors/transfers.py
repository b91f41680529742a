"""Errors of transfers between schools."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class TransferUnknown(NotFound):
    """No such transfer that concerns a school of this scope."""

    code = "registry.transfer_unknown"
    transfer: str


class TransferOpen(Conflict):
    """The pupil has an open transfer already."""

    code = "registry.transfer_open"
    pupil: str


class TransferForced(RuleBroken):
    """Nobody is transferred unless a guardian applies."""

    code = "registry.transfer_forced"


class TransferToSameSchool(RuleBroken):
    """The pupil is at that school already."""

    code = "registry.transfer_to_same_school"
    school: str


class TransferBackwards(RuleBroken):
    """A transfer would take effect before it was requested."""

    code = "registry.transfer_backwards"
    effective: str
    requested: str


class TransferNeedsClass(RuleBroken):
    """The school that accepts must name a class of its own; outside the county there is none."""

    code = "registry.transfer_needs_class"
    school: str


class TransferElsewhere(RuleBroken):
    """The step is for the other side to take, at its own door."""

    code = "registry.transfer_elsewhere"
    side: str


class TransferPlace(Invalid):
    """A transfer names neither a school of the county nor a place outside it, or both."""

    code = "registry.transfer_place"
