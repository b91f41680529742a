"""Use cases of development cases: opening, recording steps, voiding, closing, taking over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.development import CORRECT_STEP, OPEN_CASE, RECORD_STEP, TAKE_OVER
from xuequ.unified.party.errors.development import (
    ApplicantUnknown,
    CaseEndUnfit,
    CaseNotTakenOver,
    CaseOpenAlready,
    CaseOver,
    FirstStep,
    MemberAlready,
    ProbationRuns,
    SponsorUnknown,
    StepBeforeLast,
    StepInFuture,
    StepNotLast,
    StepStands,
    StepUnknown,
    StepVoidedAlready,
)
from xuequ.unified.party.facts.development import CaseOpened, SponsorReplaced, StepVoided
from xuequ.unified.party.models.development import DevelopmentSponsor
from xuequ.unified.party.rules.developing import Ground, judge, refused, sponsor_findings
from xuequ.unified.party.rules.development import Step, phase, standing_of
from xuequ.unified.party.schemas.development import (
    AnyStep,
    Application,
    CaseTakenOver,
    Closing,
    SponsorReplacement,
    StepTakenOver,
    Voiding,
)
from xuequ.unified.party.schemas.development_views import CaseView
from xuequ.unified.party.service.development.reports import DevelopmentReports
from xuequ.unified.party.service.development.steps import DevelopmentSteps, Held
from xuequ.unified.party.states.development import CaseEnd, Outcome, Phase, StepKind

__all__ = ["DevelopmentService"]

_BY_APPROVAL = frozenset({CaseEnd.CONVERTED, CaseEnd.CANCELLED})
_SEALED = frozenset({(StepKind.APPROVAL, Outcome.PASSED), (StepKind.CONVERSION_APPROVAL, Outcome.PASSED)})
"""What a membership was made or changed by."""


class DevelopmentService(DevelopmentReports, DevelopmentSteps):
    """Development cases 发展党员: a dated pipeline, each step judged by the rule text of its day.

    The branch never approves an admission itself: what the higher committee decided is recorded with its
    document.
    """

    @use_case(OPEN_CASE)
    def open_case(self, command: Application) -> CaseView:
        """Open a case with a written application 递交入党申请书.

        Raises:
            NoBranch, ApplicantUnknown: for where and who.
            CaseOpenAlready, MemberAlready: when there is nothing to apply for.
            TooYoung, BirthDateMissing, StepInFuture: for the application.
            Problems: when there is more than one of these.
        """
        held = self._open(command, "", taken_over=False)
        return self._shown(held)

    @use_case(RECORD_STEP)
    def record_step(self, case_id: int, step: AnyStep) -> CaseView:
        """Record the next step of a case; a meeting stands on the vote that is recorded of its day.

        Raises:
            CaseUnknown, CaseOver: for the case.
            StepThere, IllegalTransition, StepBeforeLast, StepInFuture: for its turn and its day.
            StepTooEarly, StepTooLate: for the days between which the text of its day allows it.
            SponsorCount, SponsorTwice, SponsorUnfit, NoticeMissing, NoticeTooShort, TrainingTooShort,
            LeavingSoon, DocumentMissing, ConsentMissing, VoteMissing, VoteSaysOtherwise, TallyDiffers,
            RequestMissing, OathMissing, ExtensionSpent, ExtensionUnfit, RedoNotDue: for what it says.
            Problems: when there is more than one of these.
        """
        held = self._hold(case_id)
        self._record(held, step)
        return self._shown(held)

    @use_case(RECORD_STEP)
    def replace_sponsor(self, case_id: int, command: SponsorReplacement) -> CaseView:
        """Let another full member be contact or introducer from a day on.

        Raises:
            CaseUnknown, CaseOver, SponsorUnknown: for the case and who makes way.
            SponsorUnfit, SponsorTwice, StepInFuture: for who comes, and the day.
            Problems: when there is more than one of these.
        """
        held, on = self._hold(case_id), command.on
        sponsors = [one for one in self._rows.sponsors([case_id]) if one.role == command.role.code]
        current = [one for one in sponsors if one.since <= on and (one.until is None or on < one.until)]
        leaving = next((one for one in current if one.member_id == command.old_member_id), None)
        if leaving is None:
            raise SponsorUnknown(role=command.role.label, member=str(command.old_member_id))
        staying = [one.member_id for one in current if one is not leaving]
        ground = Ground(full_members=held.roll.on(on) | set(staying))
        named = [*staying, command.new_member_id]
        found = sponsor_findings(command.role, named, on, ground, len(named), len(named))
        refuse_if([Problem(one.error) for one in found] + self._ahead(command.role.label, on))
        self._rows.end_sponsor(leaving.id, on)
        row = {"step_id": leaving.step_id, "role": command.role.code, "member_id": command.new_member_id}
        more = {"since": on, "replaces_id": command.old_member_id, "reason": command.reason}
        self._rows.add_below(DevelopmentSponsor, [{**row, **more}])
        self.context.announce(
            SponsorReplaced(
                case_id=case_id,
                role=command.role,
                old_member_id=command.old_member_id,
                new_member_id=command.new_member_id,
                on=on,
            )
        )
        return self._shown(held)

    def _ahead(self, what: str, on: date) -> list[Problem]:
        return [Problem(StepInFuture(step=what, on=str(on)))] if on > self.context.today else []

    @use_case(CORRECT_STEP)
    def void_step(self, step_id: int, command: Voiding) -> CaseView:
        """Void the last step of a case, recorded by mistake; it stands crossed out with the reason 作废.

        Raises:
            StepUnknown, CaseOver, StepVoidedAlready: for what is to be voided.
            StepNotLast: when others have followed it.
            FirstStep, StepStands: for the application, and for an approval that made a membership.
        """
        row = self._step(step_id)
        held = self._hold(row.case_id)
        row, last = self._step(step_id), standing_of(held.history)
        label = StepKind(row.kind).label
        if row.voided_at is not None:
            raise StepVoidedAlready(step=label, on=str(row.voided_at.date()))
        if row.number != len(held.history):
            raise StepNotLast(step=label, last=last.kind.label)
        if last.reached in _SEALED:
            raise StepStands(step=label)
        if last.kind is StepKind.APPLICATION:
            raise FirstStep
        self._rows.set_step(step_id, voided_at=self.context.now, void_reason=command.reason)
        self.context.announce(StepVoided(case_id=row.case_id, step_id=step_id, kind=last.kind))
        return self._shown(held)

    def _step(self, step_id: int) -> AnyRow:
        row = self._rows.step(step_id)
        if row is None:
            raise StepUnknown(step=str(step_id))
        return row

    @use_case(RECORD_STEP)
    def close_case(self, case_id: int, command: Closing) -> CaseView:
        """Close a case without a membership: withdrawn, stopped, or gone to another branch.

        Raises:
            CaseUnknown, CaseOver: for the case.
            CaseEndUnfit, ProbationRuns, StepInFuture, StepBeforeLast: for how and when it ends.
        """
        held = self._hold(case_id)
        if command.end in _BY_APPROVAL:
            raise CaseEndUnfit(end=command.end.label)
        if phase(held.history) is Phase.PROBATIONARY and command.end is not CaseEnd.TRANSFERRED:
            raise ProbationRuns
        refuse_if(self._closing_day(held.history, command))
        self._close(held, command.on, command.end, command.reason)
        return self._shown(held)

    def _closing_day(self, history: Sequence[Step], command: Closing) -> list[Problem]:
        last, label = standing_of(history), command.end.label
        if command.on < last.on:
            said = {"step": label, "on": str(command.on), "last": last.kind.label, "last_on": str(last.on)}
            return [Problem(StepBeforeLast(**said))]
        return self._ahead(label, command.on)

    @use_case(TAKE_OVER)
    def take_over_case(self, command: CaseTakenOver) -> CaseView:
        """Take over a case that is under way, with its steps so far, each judged by the text of its day.

        Nothing of the past can be done otherwise, so a step that departs from its text is recorded with a
        reason and listed; without one it is refused. Who is a probationary member already is linked.

        Raises:
            Others as `open_case` and `record_step` do; with each its step.
        """
        application = Application(staff_id=command.staff_id, on=command.on, document=command.document)
        held = self._open(application, command.reason, taken_over=True)
        self._take_over(held, command.steps)
        return self._shown(held)

    @use_case(TAKE_OVER)
    def take_over_steps(self, steps: Sequence[StepTakenOver]) -> None:
        """Enter past steps of cases that were taken over, many at once; those of one case in their order.

        Raises:
            CaseUnknown, CaseOver: for a case; CaseNotTakenOver: for one that began here.
            Others as `take_over_case` does.
        """
        by_case: dict[int, list[AnyStep]] = {}
        for one in steps:
            by_case.setdefault(one.case_id, []).append(one.step)
        for case_id, some in sorted(by_case.items()):
            held = self._hold(case_id)
            if not held.row.taken_over:
                raise CaseNotTakenOver(case=str(case_id))
            self._take_over(held, some)

    def _take_over(self, held: Held, steps: Sequence[AnyStep]) -> None:
        for step in steps:
            if held.closed:
                raise CaseOver(closed=str(standing_of(held.history).on), end="审批已登记")
            self._record(held, step, past=True)

    def _open(self, command: Application, reason: str, *, taken_over: bool) -> Held:
        branch = self._branch(self.context.today if taken_over else command.on)
        who = self._applicant(command, taken_over=taken_over)
        step = Step(StepKind.APPLICATION, command.on, document=command.document)
        ground = Ground(staff=who.staff_no, birth_date=who.birth_date)
        findings = judge(step, (), ground, self.context.standards)
        problems = refused(findings, reason, taken_over=taken_over)
        refuse_if(problems + self._ahead(StepKind.APPLICATION.label, command.on))
        own = {"branch_id": branch.id, "person_id": who.person_id, "applied_on": command.on}
        case_id = self._rows.add_case({**own, "taken_over": taken_over})
        held = self._held(self._case(case_id))
        self._write(held, step, findings, {"reason": reason})
        held.taken_on = self.context.today if taken_over else None
        self.context.announce(
            CaseOpened(case_id=case_id, branch_id=branch.id, on=command.on, taken_over=taken_over)
        )
        return held

    def _applicant(self, command: Application, *, taken_over: bool) -> AnyRow:
        rows = self._rows
        who = rows.applicant(command.staff_id)
        if who is None:
            raise ApplicantUnknown(staff=str(command.staff_id), on=str(command.on))
        known, member = rows.open_case_of(who.person_id), rows.member_of(who.person_id)
        if known is not None:
            raise CaseOpenAlready(staff=who.staff_no, since=str(known.applied_on))
        if member is not None and not (taken_over and member.full_on is None):
            raise MemberAlready(staff=who.staff_no, since=str(member.joined_on))
        return who

    def _shown(self, held: Held) -> CaseView:
        return self._views([self._case(held.row.id)])[0]
