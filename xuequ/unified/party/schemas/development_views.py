"""Views of development cases."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Id, SourceField, View
from xuequ.unified.party.states.development import CaseEnd, Outcome, Phase, Role, StepKind


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
