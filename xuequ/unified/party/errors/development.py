"""Errors of development cases."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class CaseUnknown(NotFound):
    """No such case in this district."""

    code = "party.development_unknown"
    case: str


class StepUnknown(NotFound):
    """No such step in this district."""

    code = "party.development_step_unknown"
    step: str


class NoBranch(NotFound):
    """The district has no branch on that day."""

    code = "party.development_without_branch"
    on: str


class ApplicantUnknown(NotFound):
    """The district's staff has nobody of that id on that day."""

    code = "party.development_applicant_unknown"
    staff: str
    on: str


class CaseOpenAlready(Conflict):
    """The person has a case that is open."""

    code = "party.development_open_already"
    staff: str
    since: str


class MemberAlready(Conflict):
    """The person is a member of the party."""

    code = "party.development_member_already"
    staff: str
    since: str


class CaseOver(Conflict):
    """The case is closed."""

    code = "party.development_over"
    closed: str
    end: str


class StepThere(Conflict):
    """That step is recorded already."""

    code = "party.development_step_there"
    step: str
    on: str


class StepNotLast(Conflict):
    """Only the last step of a case can be voided."""

    code = "party.development_step_not_last"
    step: str
    last: str


class StepVoidedAlready(Conflict):
    """The step was voided."""

    code = "party.development_step_voided_already"
    step: str
    on: str


class StepStands(Conflict):
    """A membership stands on the step."""

    code = "party.development_step_stands"
    step: str


class FirstStep(RuleBroken):
    """The application cannot be voided."""

    code = "party.development_first_step"


class ProbationRuns(RuleBroken):
    """A probationary member's case ends by a decision of the branch meeting."""

    code = "party.development_probation_runs"


class CaseEndUnfit(RuleBroken):
    """A case does not end for that reason by hand."""

    code = "party.development_end_unfit"
    end: str


class StepInFuture(RuleBroken):
    """A step is recorded when it has happened."""

    code = "party.development_step_in_future"
    step: str
    on: str


class StepBeforeLast(RuleBroken):
    """A step is dated before the one that it follows."""

    code = "party.development_step_before_last"
    step: str
    on: str
    last: str
    last_on: str


class TooYoung(RuleBroken):
    """The applicant is too young."""

    code = "party.development_too_young"
    age: int
    least: int
    authority: str


class BirthDateMissing(RuleBroken):
    """The applicant's day of birth is not registered."""

    code = "party.development_birth_missing"
    staff: str


class StepTooEarly(RuleBroken):
    """A step comes before the first day on which it is lawful."""

    code = "party.development_too_early"
    step: str
    on: str
    earliest: str
    why: str


class StepTooLate(RuleBroken):
    """A step comes after the last day on which it is in time."""

    code = "party.development_too_late"
    step: str
    on: str
    latest: str
    why: str


class RedoNotDue(RuleBroken):
    """The meeting's decision waits for approval, and not yet too long."""

    code = "party.development_redo_not_due"
    meeting: str


class SponsorCount(RuleBroken):
    """Too few or too many contacts or introducers."""

    code = "party.development_sponsor_count"
    role: str
    count: int
    least: int
    most: int


class SponsorTwice(RuleBroken):
    """The same member is named twice."""

    code = "party.development_sponsor_twice"
    role: str


class SponsorUnfit(RuleBroken):
    """Somebody is no full member of the branch on that day."""

    code = "party.development_sponsor_unfit"
    role: str
    member: str
    on: str


class SponsorUnknown(NotFound):
    """The member is not a contact or introducer of the case on that day."""

    code = "party.development_sponsor_unknown"
    role: str
    member: str


class NoticeMissing(RuleBroken):
    """The candidate was not made public."""

    code = "party.development_notice_missing"
    days: int
    authority: str


class NoticeTooShort(RuleBroken):
    """The notice hung for too few working days."""

    code = "party.development_notice_short"
    days: int
    least: int
    authority: str


class TrainingTooShort(RuleBroken):
    """The training was too short."""

    code = "party.development_training_short"
    days: int
    hours: int
    least_days: int
    least_hours: int


class LeavingSoon(RuleBroken):
    """The candidate is about to leave the unit."""

    code = "party.development_leaving_soon"
    leaving: str
    months: int
    authority: str


class DocumentMissing(RuleBroken):
    """The document of a step is missing."""

    code = "party.development_document_missing"
    step: str


class ConsentMissing(RuleBroken):
    """The higher committee had not consented by that day."""

    code = "party.development_consent_missing"
    on: str
    authority: str


class TallyImpossible(RuleBroken):
    """A tally that cannot be."""

    code = "party.development_tally_impossible"
    due: int
    present: int
    yes: int
    members: int


class TallyMissing(RuleBroken):
    """A meeting of before is taken over without its tally."""

    code = "party.development_tally_missing"
    step: str
    on: str


class VoteMissing(RuleBroken):
    """The branch meeting's vote on the case is not recorded."""

    code = "party.development_vote_missing"
    step: str
    on: str


class VoteSaysOtherwise(RuleBroken):
    """The outcome of a meeting is not what was voted."""

    code = "party.development_vote_says_otherwise"
    step: str
    on: str
    said: str
    decided: str
    due: int
    yes: int


class TallyDiffers(RuleBroken):
    """A tally is said that is not the one of the recorded vote."""

    code = "party.development_tally_differs"
    on: str
    due: int
    present: int
    yes: int


class RequestMissing(RuleBroken):
    """A conversion needs a written request."""

    code = "party.development_request_missing"


class OathMissing(RuleBroken):
    """The oath is not recorded."""

    code = "party.development_oath_missing"
    authority: str


class ExtensionSpent(RuleBroken):
    """The probation was extended already."""

    code = "party.development_extension_spent"
    most: int


class ExtensionUnfit(RuleBroken):
    """An extension of unlawful length."""

    code = "party.development_extension_unfit"
    months: int
    least: int
    most: int


class CaseNotTakenOver(RuleBroken):
    """A case that began here is not entered as a past one."""

    code = "party.development_not_taken_over"
    case: str
