"""Errors of attendance."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class RollKnown(Conflict):
    """The roll of that half-day was called already."""

    code = "registry.roll_known"
    whose: str
    half_day: str


class RollUnknown(NotFound):
    """No roll was called for that half-day."""

    code = "registry.roll_unknown"
    whose: str
    half_day: str


class RollAhead(RuleBroken):
    """A roll of a half-day that has not come."""

    code = "registry.roll_ahead"
    whose: str
    half_day: str
    now: str


class NoSchoolThen(RuleBroken):
    """School does not run on that half-day."""

    code = "registry.no_school_then"
    whose: str
    half_day: str
    why: str


class NobodyDue(RuleBroken):
    """Nobody is due there on that day."""

    code = "registry.nobody_due"
    whose: str
    half_day: str


class NotDue(RuleBroken):
    """Somebody is marked who is not due there on that day."""

    code = "registry.not_due"
    who: str
    whose: str
    half_day: str


class MarkedTwice(Conflict):
    """Somebody is marked twice on one roll."""

    code = "registry.marked_twice"
    who: str
    whose: str
    half_day: str


class RollReplaced(Conflict):
    """Somebody has corrected the roll in the meantime."""

    code = "registry.roll_replaced"
    whose: str
    half_day: str
    edition: int
    latest: int


class RollSame(Conflict):
    """The correction says what the roll says already."""

    code = "registry.roll_same"
    whose: str
    half_day: str


class HeadsMissing(Invalid):
    """Somebody is marked in a workbook, and the heads of that half-day are not filled in."""

    code = "registry.heads_missing"
    whose: str
    half_day: str


class HeadsDiffer(RuleBroken):
    """The heads that were counted are not those due without those away."""

    code = "registry.heads_differ"
    whose: str
    half_day: str
    due: int
    away: int
    wanted: int
    counted: int


class DueDiffers(RuleBroken):
    """A workbook was made when others were due."""

    code = "registry.due_differs"
    whose: str
    half_day: str
    due: int
    written: int


class CorrectionNeedsReason(RuleBroken):
    """A workbook would correct a roll and does not say why."""

    code = "registry.correction_needs_reason"
    whose: str
    half_day: str


class NotListed(RuleBroken):
    """A workbook names somebody who is in no class of the workbook on that day."""

    code = "registry.not_listed"
    who: str
    day: str
