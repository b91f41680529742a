"""Errors of pupils."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class PupilUnknown(NotFound):
    """No such pupil in this scope."""

    code = "registry.pupil_unknown"
    pupil: str


class PupilKnown(Conflict):
    """The county has a pupil of that number already."""

    code = "registry.pupil_known"
    pupil: str


class StandingBackwards(RuleBroken):
    """A status would begin before the present one did, or leave no day of what it ends."""

    code = "registry.standing_backwards"
    on: str
    since: str


class NotInSchool(RuleBroken):
    """The pupil is in no class."""

    code = "registry.not_in_school"
    pupil: str


class SameClass(Conflict):
    """The pupil is in that class already."""

    code = "registry.same_class"
    pupil: str
    name: str


class OtherSchool(RuleBroken):
    """A change of class leads to another school."""

    code = "registry.other_school"
    pupil: str
    school: str


class SuspensionTooLong(RuleBroken):
    """A suspension is planned beyond what is allowed, or for no day."""

    code = "registry.suspension_too_long"
    since: str
    until: str
    latest: str


class AbsenceTooShort(RuleBroken):
    """A dropout is confirmed before the weeks of absence are over."""

    code = "registry.absence_too_short"
    since: str
    weeks: int
    earliest: str


class PersuasionMissing(RuleBroken):
    """A dropout is confirmed without any record of persuasion."""

    code = "registry.persuasion_missing"
