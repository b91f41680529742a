"""Commands and views of development cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from xuequ.core.fields import Command, Id, SourceField, Text, View, clean_text
from xuequ.unified.party.states.development import CaseEnd, Outcome, Phase, Role, StepKind

_S, _O = StepKind, Outcome

Wording = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
"""A reason, or the number of a document: what must be said."""


class Tally(Command):
    """The tally of one secret ballot on one person; `yes` holds written opinions filed beforehand too.

    Nobody's own vote is kept. `source` is the vote that it is of; each vote decides on one person.
    """

    source: SourceField | None = None
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
    """The branch meeting discussed and voted on the admission; `sponsors` are the introducers 入党介绍人."""

    kind: Literal[StepKind.MEETING] = _S.MEETING
    sponsors: tuple[Id, ...]
    tally: Tally


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
    """The branch meeting voted to convert, to extend the probation by so many months, or to cancel it."""

    kind: Literal[StepKind.CONVERSION] = _S.CONVERSION
    outcome: Literal[Outcome.CONVERT, Outcome.EXTEND, Outcome.CANCEL] = _O.CONVERT
    months: int | None = Field(default=None, ge=1, le=36)
    tally: Tally

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


# views


class StandardUsed(View):
    """An entry of the rule text by which a step was judged; `checked` says how sure the library is of it."""

    key: str
    since: date
    value: str
    authority: str
    article: str
    checked: str


class ExceptionView(View):
    """In what a step departs from the rule text of its day."""

    case_id: Id
    staff_no: str
    name: str
    step: StepKind
    on: date
    code: str
    says: str
    reason: str


class StepView(View):
    """One step as recorded; `provisional` says which calendar was not known when it was judged."""

    id: Id
    kind: StepKind
    on: date
    outcome: Outcome
    until: date | None
    hours: int
    months: int
    document: str
    document_on: date | None
    leaving_on: date | None
    vote: SourceField | None
    due: int | None
    present: int | None
    yes: int | None
    reason: str
    remark: str
    provisional: str
    voided: bool
    void_reason: str
    exceptions: tuple[str, ...]
    standards: tuple[StandardUsed, ...]


class SponsorView(View):
    """A contact or introducer of a case, and whether they still are a full member of the branch."""

    role: Role
    member_id: Id
    staff_no: str | None
    name: str
    since: date
    until: date | None
    replaces_id: Id | None
    reason: str
    fit: bool


class NextStep(View):
    """A step that may come next: first lawful day, last one in time, the reasons, and what is missing."""

    kind: StepKind
    earliest: date
    latest: date | None
    overdue: bool
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    provisional: str


class CaseView(View):
    """A case with everything that is recorded of it, and what may come next."""

    id: Id
    staff_id: Id | None
    staff_no: str | None
    name: str
    school: str
    applied_on: date
    phase: Phase
    taken_over: bool
    member_id: Id | None
    probation_ends: date | None
    closed_on: date | None
    end: CaseEnd | None
    closing_reason: str
    steps: tuple[StepView, ...]
    sponsors: tuple[SponsorView, ...]
    next_steps: tuple[NextStep, ...]
    redo_proposed: str


class OwnStep(View):
    """A step as the applicant sees it: without tallies, papers and remarks."""

    kind: StepKind
    on: date
    outcome: Outcome


class OwnCase(View):
    """An applicant's own case."""

    id: Id
    applied_on: date
    phase: Phase
    closed_on: date | None
    end: CaseEnd | None
    steps: tuple[OwnStep, ...]
    next_steps: tuple[NextStep, ...]


class SponsorToReplace(View):
    """A contact or introducer who is no full member of the branch any more."""

    case_id: Id
    staff_no: str
    name: str
    role: Role
    member_id: Id
    sponsor: str


class PhaseCount(View):
    """How many cases are in a phase."""

    phase: Phase
    count: int


class LedgerLine(View):
    """One case in the ledger: when it reached each phase, and what comes next until when."""

    case_id: Id
    staff_no: str
    name: str
    school: str
    phase: Phase
    applied_on: date
    activist_on: date | None
    candidate_on: date | None
    admitted_on: date | None
    next_step: StepKind | None
    earliest: date | None
    due_step: StepKind | None
    latest: date | None
    overdue: str
    exceptions: int
    remark: str


class DevelopmentLedger(View):
    """The funnel and ledger of development 发展党员台账 as of a day."""

    district: str
    branch: str
    as_of: date
    phases: tuple[PhaseCount, ...]
    lines: tuple[LedgerLine, ...]
    exceptions: tuple[ExceptionView, ...]
    sponsors: tuple[SponsorToReplace, ...]

    @property
    def open_cases(self) -> int:
        """How many cases are open."""
        return len(self.lines)

    @property
    def overdue(self) -> int:
        """How many of them have let a deadline pass."""
        return sum(bool(line.overdue) for line in self.lines)


class CandidateLine(View):
    """Somebody who is made public before being named a candidate."""

    name: str
    sex: str
    born: str
    school: str
    applied_on: date
    activist_on: date | None
    contacts: str


class CandidateNotice(View):
    """The public notice of candidates 发展对象公示 that goes up on a day."""

    district: str
    branch: str
    as_of: date
    last: date
    working_days: int
    lines: tuple[CandidateLine, ...]
    contact: str
    provisional: str
    authority: str
