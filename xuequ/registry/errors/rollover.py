"""Errors of the roll-over of school years."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class RolloverUnknown(NotFound):
    """No such roll-over in this scope."""

    code = "registry.rollover_unknown"
    rollover: str


class RolloverUndone(Conflict):
    """The roll-over was undone already."""

    code = "registry.rollover_undone"
    at: str


class RolloverStoodUpon(RuleBroken):
    """Later records stand on what the roll-over wrote, so that undoing would break them."""

    code = "registry.rollover_stood_upon"
    what: str


class TransferHoldsUp(RuleBroken):
    """A pupil of a leaving class has an open transfer."""

    code = "registry.transfer_holds_up"
    pupil: str
    school: str
    class_name: str


class NobodyToFollow(RuleBroken):
    """A pupil who cannot leave with the class has no class of the next grade to stay in."""

    code = "registry.nobody_to_follow"
    pupil: str
    status: str
    school: str
    class_name: str


class StatusMissing(RuleBroken):
    """A pupil is in a class without any status."""

    code = "registry.status_missing"
    pupil: str
    school: str


class JoinedTooLate(RuleBroken):
    """A pupil joined a leaving class on or after the day of the roll-over."""

    code = "registry.joined_too_late"
    pupil: str
    school: str
    since: str


class RolloverTooEarly(RuleBroken):
    """A school year is to be rolled over into that does not follow on the present one."""

    code = "registry.rollover_too_early"
    year: int
    latest: int


class RolloverOutOfOrder(RuleBroken):
    """A later school year was rolled over into already."""

    code = "registry.rollover_out_of_order"
    year: int
    later: int


class ClassOverdue(RuleBroken):
    """A class with pupils should have left its stage in an earlier year."""

    code = "registry.class_overdue"
    school: str
    class_name: str
    year: int


class StatusContradicts(RuleBroken):
    """A pupil is in a class, and by the status is not at school."""

    code = "registry.status_contradicts"
    pupil: str
    school: str
    status: str


class RecordedLater(RuleBroken):
    """A pupil or class has a record from the day of the roll-over or later that it would contradict."""

    code = "registry.recorded_later"
    who: str
    school: str
    what: str
    since: str


class StillInClass(RuleBroken):
    """An applicant who is to enter is in a class already."""

    code = "registry.still_in_class"
    pupil: str
    school: str


class EntryAskedTwice(RuleBroken):
    """The same school and stage is asked for twice."""

    code = "registry.entry_asked_twice"
    school: str
    stage: str
