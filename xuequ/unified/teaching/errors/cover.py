"""Errors of cover."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class NeedUnknown(NotFound):
    """No such lesson to be covered in this scope."""

    code = "teaching.need_unknown"
    need: str


class CoverUnknown(NotFound):
    """No such assignment of a substitute in this scope."""

    code = "teaching.cover_unknown"
    cover: str


class NeedCovered(Conflict):
    """The lesson has its substitute."""

    code = "teaching.need_covered"
    lesson: str
    substitute: str


class NeedReleased(Conflict):
    """The teacher is not away any more, so there is nothing to cover."""

    code = "teaching.need_released"
    lesson: str


class CoverOver(Conflict):
    """The substitute's part has ended already."""

    code = "teaching.cover_over"
    lesson: str
    ended: str


class SubstituteIsAbsent(RuleBroken):
    """Nobody covers their own leave."""

    code = "teaching.substitute_is_absent"
    staff: str
    lesson: str


class SubstituteAway(RuleBroken):
    """The substitute is on leave on that half-day."""

    code = "teaching.substitute_away"
    staff: str
    half_day: str


class SubstituteOutside(RuleBroken):
    """The substitute does not work in the district on that day."""

    code = "teaching.substitute_outside"
    staff: str
    on: str


class SubstituteElsewhere(RuleBroken):
    """The substitute teaches or covers in another school on that half-day."""

    code = "teaching.substitute_elsewhere"
    staff: str
    school: str
    half_day: str


class SubstituteBusy(RuleBroken):
    """The substitute has another class at that school on the half-day, and nobody says how both can be."""

    code = "teaching.substitute_busy"
    staff: str
    half_day: str
