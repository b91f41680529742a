"""Use cases of claims: paying by the cashier, posting by the accountant, filing."""

from __future__ import annotations

from datetime import date

from xuequ.core.access import Action
from xuequ.core.context import At, use_case
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.claims import ARCHIVE_CLAIM, PAY_CLAIM, POST_CLAIM
from xuequ.unified.budget.errors.claims import ClaimAhead, PaidBeforeApproved
from xuequ.unified.budget.schemas.claims import ClaimView
from xuequ.unified.budget.service.claims.money import paying, shares
from xuequ.unified.budget.service.claims.steps import ClaimSteps
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.signatures import Signatory
from xuequ.unified.budget.states.claims import Act

__all__ = ["ClaimSettling"]


class ClaimSettling(ClaimSteps):
    """What is done with an approved claim."""

    @use_case(PAY_CLAIM, at=At.SCHOOL)
    def pay(self, claim_id: int, on: date | None = None) -> ClaimView:
        """Pay a claim 支付 out of what is committed for it, first out of what its order has committed.

        Args:
            claim_id: which.
            on: the day on which it was paid; today when left out.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            ClaimAhead, PaidBeforeApproved, DayOutsideYear: for the day.
            DutiesMeet, PostExcludes: for who pays.
            NotHeld: when the order no longer holds what it had committed.
        """
        row = self._begin(claim_id, PAY_CLAIM, Act.PAY)
        if row is not None:
            day = on or self.context.today
            self._check_day(row, day)
            self._settle(row, Act.PAY, PAY_CLAIM, day=day)
            lines = shares(self._rows.lines_of([claim_id]))
            post(self.context, self._ledger, paying(claim_id, row.order_id, lines, day))
        return self._view(claim_id)

    @use_case(POST_CLAIM, at=At.SCHOOL)
    def post(self, claim_id: int) -> ClaimView:
        """Enter a paid claim in the ledgers 入账; not whoever was cashier when it was paid.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            DutiesMeet, PostExcludes: for who posts.
        """
        row = self._begin(claim_id, POST_CLAIM, Act.POST)
        if row is not None:
            paid = [step.day for step in self._round(claim_id) if step.act == Act.PAY]
            self._settle(row, Act.POST, POST_CLAIM, also_on=paid)
        return self._view(claim_id)

    @use_case(ARCHIVE_CLAIM, at=At.SCHOOL)
    def archive(self, claim_id: int) -> ClaimView:
        """File a posted claim 归档.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            DutiesMeet, PostExcludes: for who files.
        """
        row = self._begin(claim_id, ARCHIVE_CLAIM, Act.ARCHIVE)
        if row is not None:
            self._settle(row, Act.ARCHIVE, ARCHIVE_CLAIM)
        return self._view(claim_id)

    def _settle(
        self,
        row: AnyRow,
        act: Act,
        action: Action,
        *,
        day: date | None = None,
        also_on: list[date] | None = None,
    ) -> None:
        who = self._signatory(row, sorted(action.posts)) or Signatory(None, "", None)
        self._keep_apart(row, act, who, also_on=also_on or [])
        self._sign(row, act, action, who=who, day=day)

    def _check_day(self, row: AnyRow, day: date) -> None:
        today = self.context.today
        approved = max(step.day for step in self._round(row.id) if step.act == Act.APPROVE)
        if day > today:
            raise ClaimAhead(day=str(day), today=str(today))
        if day < approved:
            raise PaidBeforeApproved(claim=row.number, paid=str(day), approved=str(approved))
