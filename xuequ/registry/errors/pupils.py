"""Errors of pupils."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


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


class NotYetHappened(RuleBroken):
    """Something that befalls a pupil is recorded for a day to come."""

    code = "registry.not_yet_happened"
    what: str
    on: str
    today: str


class ExtensionSpent(RuleBroken):
    """A suspension was extended once already."""

    code = "registry.extension_spent"
    on: str


class ExtensionTooShort(RuleBroken):
    """An extension that puts nothing off."""

    code = "registry.extension_too_short"
    planned: str
    until: str


class ResumptionUnfit(RuleBroken):
    """Somebody comes back from suspension into a class of neither the own nor a later cohort."""

    code = "registry.resumption_unfit"
    name: str
    most: int


class DecisionMissing(RuleBroken):
    """What departs from the rule stands on no recorded decision."""

    code = "registry.decision_missing"
    what: str


class AbsentLater(RuleBroken):
    """An absence would begin after the day on which it is noticed."""

    code = "registry.absent_later"
    since: str
    on: str


class NotLastGrade(RuleBroken):
    """Somebody would graduate or leave preschool before the last grade is over."""

    code = "registry.not_last_grade"
    name: str
    earliest: str


class StageUnfit(RuleBroken):
    """A step that pupils of another stage take."""

    code = "registry.stage_unfit"
    what: str
    stage: str


class CohortDiffers(RuleBroken):
    """A class that is not of the cohort that was applied for."""

    code = "registry.cohort_differs"
    name: str
    applied: str


class MoveIncomplete(Invalid):
    """A move lacks what its kind asks for."""

    code = "registry.move_incomplete"
    kind: str
    field: str


class NotOfSchool(RuleBroken):
    """A pupil on a school's list is not of that school."""

    code = "registry.not_of_school"
    pupil: str
    school: str


class PersonDiffers(Conflict):
    """A pupil's number is known with another name, sex or birthday."""

    code = "registry.person_differs"
    pupil: str
