"""Commands and views of development cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from xuequ.core.fields import Command, Id, Text, clean_text
from xuequ.unified.party.states.development import CaseEnd, Outcome, Role, StepKind

_S, _O = StepKind, Outcome

Wording = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
"""A reason, or the number of a document: what must be said."""


class Tally(Command):
    """The tally of one secret ballot on one person; `yes` holds written opinions filed beforehand too.

    Nobody's own vote is kept.
    """

    due: int = Field(ge=1, le=10_000)
    present: int = Field(ge=0, le=10_000)
    yes: int = Field(ge=0, le=10_000)


class StepRecord(Command):
    """What every step of a case says: its day, and a reason where it departs from what is usual."""

    on: date
    reason: Text = ""
    remark: Text = ""


class Talk(StepRecord):
    """Somebody was sent to talk with the applicant 派人谈话."""

    kind: Literal[StepKind.TALK] = _S.TALK


class Recognition(StepRecord):
    """The committee decided that the applicant is an activist 入党积极分子, and had it filed above.

    `sponsors` are the contacts 培养联系人, `document` the number under which it was filed 备案.
    """

    kind: Literal[StepKind.ACTIVIST] = _S.ACTIVIST
    sponsors: tuple[Id, ...]
    document: Wording
    document_on: date | None = None


class Review(StepRecord):
    """The half-yearly review of an activist 考察."""

    kind: Literal[StepKind.REVIEW] = _S.REVIEW


class Notice(StepRecord):
    """A candidate-to-be is made public 公示; without `until` for as long as the rules ask."""

    kind: Literal[StepKind.NOTICE] = _S.NOTICE
    until: date | None = None


class Naming(StepRecord):
    """The committee named a candidate 发展对象; the higher committee has it on file, or has consented."""

    kind: Literal[StepKind.CANDIDATE] = _S.CANDIDATE
    document: Wording
    document_on: date | None = None


Judged = Literal[Outcome.PASSED, Outcome.FAILED]


class PoliticalReview(StepRecord):
    """The political review 政治审查 and what it came to."""

    kind: Literal[StepKind.POLITICAL_REVIEW] = _S.POLITICAL_REVIEW
    outcome: Judged = _O.PASSED
    document: Text = ""


class Training(StepRecord):
    """A short training in a body 短期集中培训, from a day to another, of so many hours 学时."""

    kind: Literal[StepKind.TRAINING] = _S.TRAINING
    until: date | None = None
    hours: int = Field(default=0, ge=0, le=1000)


class PreReview(StepRecord):
    """The committee's review and the higher committee's preliminary one 预审.

    `leaving_on` is the day on which the candidate is to leave the unit, by a planned transfer; an end of
    employment that is registered is looked up.
    """

    kind: Literal[StepKind.PRE_REVIEW] = _S.PRE_REVIEW
    outcome: Judged = _O.PASSED
    document: Wording
    leaving_on: date | None = None


class AdmissionMeeting(StepRecord):
    """The branch meeting discussed and voted on the admission; `sponsors` are the introducers 入党介绍人.

    It stands on the vote that is recorded of that day's meeting on the case; `tally` is of a meeting of
    before the case was taken over.
    """

    kind: Literal[StepKind.MEETING] = _S.MEETING
    outcome: Judged = _O.PASSED
    sponsors: tuple[Id, ...]
    tally: Tally | None = None


class Approval(StepRecord):
    """The higher committee approved the admission or refused it 审批."""

    kind: Literal[StepKind.APPROVAL] = _S.APPROVAL
    outcome: Judged = _O.PASSED
    document: Wording


class Oath(StepRecord):
    """The oath 入党宣誓."""

    kind: Literal[StepKind.OATH] = _S.OATH


class ConversionRequest(StepRecord):
    """A probationary member asked in writing to be made a full one 转正申请."""

    kind: Literal[StepKind.REQUEST] = _S.REQUEST
    document: Wording


class ConversionMeeting(StepRecord):
    """The branch meeting voted to convert, to extend the probation by so many months, or to cancel it.

    It failed when none of these was passed. The vote is as in `AdmissionMeeting`.
    """

    kind: Literal[StepKind.CONVERSION] = _S.CONVERSION
    outcome: Literal[Outcome.CONVERT, Outcome.EXTEND, Outcome.CANCEL, Outcome.FAILED] = _O.CONVERT
    months: int | None = Field(default=None, ge=1, le=36)
    tally: Tally | None = None

    @model_validator(mode="after")
    def _an_extension_has_its_months(self) -> Self:
        if (self.months is None) == (self.outcome is _O.EXTEND):
            raise ValueError("延长预备期的填写月数，其他的不填")
        return self


class ConversionApproval(StepRecord):
    """The higher committee approved what the meeting decided, or refused it."""

    kind: Literal[StepKind.CONVERSION_APPROVAL] = _S.CONVERSION_APPROVAL
    outcome: Judged = _O.PASSED
    document: Wording


AnyStep = Annotated[
    Talk
    | Recognition
    | Review
    | Notice
    | Naming
    | PoliticalReview
    | Training
    | PreReview
    | AdmissionMeeting
    | Approval
    | Oath
    | ConversionRequest
    | ConversionMeeting
    | ConversionApproval,
    Field(discriminator="kind"),
]
"""A step of a case, told apart by its kind."""

COMMANDS: Mapping[StepKind, type[StepRecord]] = {
    _S.TALK: Talk,
    _S.ACTIVIST: Recognition,
    _S.REVIEW: Review,
    _S.NOTICE: Notice,
    _S.CANDIDATE: Naming,
    _S.POLITICAL_REVIEW: PoliticalReview,
    _S.TRAINING: Training,
    _S.PRE_REVIEW: PreReview,
    _S.MEETING: AdmissionMeeting,
    _S.APPROVAL: Approval,
    _S.OATH: Oath,
    _S.REQUEST: ConversionRequest,
    _S.CONVERSION: ConversionMeeting,
    _S.CONVERSION_APPROVAL: ConversionApproval,
}
"""The command of every step that follows an application."""


class Application(Command):
    """Somebody applies in writing to be admitted 入党申请; `document` says where the paper is kept."""

    staff_id: Id
    on: date
    document: Wording


class CaseTakenOver(Command):
    """A case that is under way when the district begins: its application and the steps so far, in order.

    Each is judged by the text of its day; where one departs from it, the step needs a `reason`.
    """

    staff_id: Id
    on: date
    document: Wording
    reason: Text = ""
    steps: tuple[AnyStep, ...] = ()


class StepTakenOver(Command):
    """One more past step of a case that was taken over."""

    case_id: Id
    step: AnyStep


class SponsorReplacement(Command):
    """A contact or introducer makes way for another on a day."""

    role: Role
    old_member_id: Id
    new_member_id: Id
    on: date
    reason: Wording


class Closing(Command):
    """A case ends without a membership: withdrawn, stopped, or gone to another branch."""

    end: CaseEnd
    on: date
    reason: Wording


class Voiding(Command):
    """A step was recorded by mistake; it is crossed out with the reason."""

    reason: Wording
