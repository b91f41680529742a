"""Use cases of deciding: approval, rejection, decisions taken on paper, and the report to the principal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xuequ.core.access import Holding
from xuequ.core.context import At, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.settings import CHINA
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.posts import load_holdings
from xuequ.unified.leadership.actions.leave import APPROVE, RECORD_DECISION, REPORT
from xuequ.unified.leadership.errors.leave import (
    ApproverNeeded,
    DocumentNeeded,
    LeaveDecided,
    NothingToReport,
    NotTheApprover,
    OutOfOrder,
    ReportedAlready,
)
from xuequ.unified.leadership.facts.leave import (
    LeaveApproved,
    LeaveExtended,
    LeaveRejected,
    LeaveReported,
)
from xuequ.unified.leadership.rules.leave_authority import decision_problems, ground_of
from xuequ.unified.leadership.schemas.leave import LeaveDecision, LeaveView
from xuequ.unified.leadership.service.leave.shown import when, who_approved
from xuequ.unified.leadership.service.leave.steps import Judged, LeaveSteps
from xuequ.unified.leadership.states.leave import AskState, Ground, LeaveState, Release


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on a leave: by whom, as what, when, and with what words."""

    approved: bool
    ground: Ground
    approver_id: int | None
    at: datetime
    document: str = ""
    remark: str = ""


class Deciding(LeaveSteps):
    """Leave as it is approved, by whoever may on the day of the act."""

    @use_case(APPROVE, at=At.SCHOOL)
    def approve_leave(self, leave_id: int, remark: str = "") -> LeaveView:
        """Approve a leave or the extension that waits 批准, as whoever the actor is today.

        A head's approval owes the report to the principal: see `report_to_principal` and `unreported`.

        Raises:
            LeaveUnknown: when the district has none of that id.
            LeaveDecided: when somebody has decided, or it was withdrawn; names who and when.
            ApproverNeeded: when a script would approve.
            OwnLeave, NotTheApprover: for who approves.
        """
        return self._decide_now(leave_id, approved=True, remark=remark)

    @use_case(APPROVE, at=At.SCHOOL)
    def reject_leave(self, leave_id: int, remark: str = "") -> LeaveView:
        """Refuse a leave or the extension that waits 不予批准; whoever may approve it may refuse it.

        Raises:
            LeaveUnknown, LeaveDecided, ApproverNeeded, OwnLeave, NotTheApprover: as `approve_leave` does.
        """
        return self._decide_now(leave_id, approved=False, remark=remark)

    def _decide_now(self, leave_id: int, *, approved: bool, remark: str) -> LeaveView:
        row = self._row(leave_id)
        self.context.permit(APPROVE, school=row.school or "")
        actor = self.context.actor
        if not actor.staff_no:
            raise ApproverNeeded(actor=str(actor))
        approver = self._rows.staff_numbered(actor.staff_no)
        if approver is None:
            raise StaffUnknown(staff=actor.staff_no)
        row, ask = self._awaiting(row)
        self._rows.hold_posts(approver.staff_id, self.context.today)
        if not actor.is_known:
            self.context.forget()  # as the posts stand under the lock
        held = self.context.acting.holdings or ()
        judged = self._judge(row, self.context.today)
        ground = self._ground(judged, approver, held)
        verdict = Verdict(approved, ground, approver.staff_id, self.context.now, remark=remark)
        return self._settle(row, ask, judged, verdict)

    @use_case(RECORD_DECISION)
    def record_decision(self, leave_id: int, decision: LeaveDecision) -> LeaveView:
        """Register a decision that was taken on paper, or by the bureau on the principal's own leave.

        Who decided must have been allowed to on the day of the decision, and what was decided once stands.

        Raises:
            LeaveUnknown, LeaveDecided: for the leave.
            OwnLeave: when whoever registers it, or decided, is on that leave.
            StaffUnknown, NotTheApprover: for who decided.
            DocumentNeeded: when the bureau's decision has no document number.
            DayAhead, OutOfOrder: for the day.
        """
        row = self._row(leave_id)
        self._not_own(row)
        at, on = self._moment(decision.on), decision.on or self.context.today
        row, ask = self._awaiting(row)
        asked_on = ask.asked_at.astimezone(CHINA).date()
        if on < asked_on:
            raise OutOfOrder(what="审批", on=str(on), after="申请", of=str(asked_on))
        judged = self._judge(row, on)
        ground = self._ground_on(judged, decision, on)
        words = {"document": decision.document, "remark": decision.remark}
        verdict = Verdict(decision.approved, ground, decision.approver_id, at, **words)
        return self._settle(row, ask, judged, verdict)

    def _ground_on(self, judged: Judged, decision: LeaveDecision, on: date) -> Ground:
        """Return as what a decision was taken on a day."""
        if decision.approver_id is None:
            if Ground.BUREAU not in judged.authority.grounds:
                raise self._not_the_approver(judged, Ground.BUREAU.label)
            if not decision.document:
                raise DocumentNeeded
            return Ground.BUREAU
        approver = self._staff(decision.approver_id)
        self._rows.hold_posts(approver.staff_id, on)
        held = load_holdings(self.context.session, self.context.scope, approver.staff_no, on)
        return self._ground(judged, approver, held)

    def _ground(self, judged: Judged, approver: AnyRow, held: Collection[Holding]) -> Ground:
        case, authority = judged.case, judged.authority
        refuse_if(decision_problems(case, authority, approver.staff_id, approver.staff_no, held))
        ground = ground_of(case, authority, held)
        assert ground is not None, "whoever has no ground is refused"
        return ground

    def _not_the_approver(self, judged: Judged, who: str) -> NotTheApprover:
        why = "；".join(reason.label for reason in judged.authority.why)
        return NotTheApprover(staff=who, on=str(judged.case.on), needed=judged.authority.needed, why=why)

    def _awaiting(self, row: AnyRow) -> tuple[AnyRow, AnyRow]:
        """Return a leave and what of it waits, under the lock.

        Raises:
            LeaveDecided: when nothing waits.
        """
        row = self._locked(row)
        ask = self._rows.asks(row.id)[-1]
        if ask.state != AskState.SUBMITTED:
            state = LeaveState(row.state)
            shown = state if state in (LeaveState.WITHDRAWN, LeaveState.CANCELLED) else AskState(ask.state)
            who = who_approved(ask) or ask.asked_by
            raise LeaveDecided(state=shown.label, who=who, when=when(ask.decided_at or ask.asked_at))
        return row, ask

    def _settle(self, row: AnyRow, ask: AnyRow, judged: Judged, verdict: Verdict) -> LeaveView:
        state = AskState.APPROVED if verdict.approved else AskState.REJECTED
        self._rows.change_ask(
            ask.id,
            state=state.code,
            ground=verdict.ground.code,
            approver_id=verdict.approver_id,
            decided_at=verdict.at,
            decided_by=str(self.context.actor),
            document=verdict.document,
            remark=verdict.remark,
        )
        if verdict.approved:
            self._approve(row, ask, judged, verdict)
        else:
            self._reject(row, ask, verdict)
        return self._view(row.id)

    def _approve(self, row: AnyRow, ask: AnyRow, judged: Judged, verdict: Verdict) -> None:
        self._rows.change(row.id, state=LeaveState.APPROVED.code, last=ask.last, reach=ask.last)
        whose: dict[str, Any] = {"leave_id": row.id, "staff_id": row.staff_id}
        whose["approver_id"] = verdict.approver_id
        if ask.number > 1:
            self.context.announce(LeaveExtended(**whose, last=ask.last))
        halves = sorted(judged.own.half_days)
        schools = tuple(judged.where.school_id(row.staff_id, half) for half in halves)
        self.context.announce(
            LeaveApproved(**whose, kind=row.kind, half_days=tuple(halves), school_ids=schools)
        )

    def _reject(self, row: AnyRow, ask: AnyRow, verdict: Verdict) -> None:
        extension = ask.number > 1
        self._rows.release(row.id, Release.REJECTED, row.last + 1 if extension else 0)
        state = row.state if extension else LeaveState.REJECTED.code
        self._rows.change(row.id, state=state, reach=row.last)
        self.context.announce(
            LeaveRejected(
                leave_id=row.id,
                staff_id=row.staff_id,
                approver_id=verdict.approver_id,
                extension=extension,
            )
        )

    @use_case(REPORT, at=At.SCHOOL)
    def report_to_principal(self, leave_id: int, on: date | None = None) -> LeaveView:
        """Register that the principal was told of a leave that a head had approved 报告校长.

        Args:
            leave_id: which.
            on: the day on which the principal was told; now when left out.

        Raises:
            LeaveUnknown: when the district has none of that id.
            NothingToReport: when no head has approved it.
            ReportedAlready: names who told the principal and when.
            DayAhead, OutOfOrder: for the day.
        """
        row = self._row(leave_id)
        self.context.permit(REPORT, school=row.school or "")
        at = self._moment(on)
        row = self._locked(row)
        owed = [ask for ask in self._rows.asks(leave_id) if _owes_report(ask)]
        if not owed:
            raise NothingToReport
        open_ones = [ask for ask in owed if ask.reported_at is None]
        if not open_ones:
            raise ReportedAlready(who=owed[-1].reported_by, when=when(owed[-1].reported_at))
        for ask in open_ones:
            self._report(ask, at)
        return self._view(leave_id)

    def _report(self, ask: AnyRow, at: datetime) -> None:
        on, approved_on = at.astimezone(CHINA).date(), ask.decided_at.astimezone(CHINA).date()
        if on < approved_on:
            raise OutOfOrder(what="报告", on=str(on), after="审批", of=str(approved_on))
        at = max(at, ask.decided_at)
        self._rows.change_ask(ask.id, reported_at=at, reported_by=str(self.context.actor))
        self.context.announce(LeaveReported(leave_id=ask.leave_id, approver_id=ask.approver_id, on=on))


def _owes_report(ask: AnyRow) -> bool:
    return bool(ask.state == AskState.APPROVED and ask.ground == Ground.HEAD)
