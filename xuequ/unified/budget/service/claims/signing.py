"""Use cases of claims: submitting, accepting, checking, approving, returning."""

from __future__ import annotations

from xuequ.core.context import At, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.claims import (
    ACCEPT_GOODS,
    APPROVE_CLAIM,
    CHECK_CLAIM,
    RETURN_CLAIM,
    SUBMIT_CLAIM,
)
from xuequ.unified.budget.errors.claims import BandPostMissing, ClaimDecisionMissing, GoodsNotAccepted
from xuequ.unified.budget.errors.purchases import ClaimAboveAccepted, OrderNotStanding
from xuequ.unified.budget.rules.claim_bands import (
    Band,
    band_of,
    bands_of,
    bands_problems,
    signers,
    split_total,
)
from xuequ.unified.budget.rules.claims import claim_problems, decided_matters, parts_of_order
from xuequ.unified.budget.schemas.claims import ClaimView
from xuequ.unified.budget.service.claims.money import committing, releasing, reserving, shares
from xuequ.unified.budget.service.claims.steps import ClaimSteps
from xuequ.unified.budget.service.council import cover
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.purchases.views import worth_accepted
from xuequ.unified.budget.service.signatures import Signatory
from xuequ.unified.budget.states.claims import ORDER_KIND, STEP_KIND, Act, ClaimState
from xuequ.unified.budget.states.ledger import Pot
from xuequ.unified.budget.states.purchases import STANDING, PurchaseState

_BANDS, _SPLIT = "budget.claims.bands", "budget.claims.split_days"


class ClaimSigning(ClaimSteps):
    """Signatures on claims until they are approved."""

    @use_case(SUBMIT_CLAIM, at=At.SCHOOL)
    def submit(self, claim_id: int) -> ClaimView:
        """Submit a claim 提交: money is reserved for it, but for what its order has committed already.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            ClaimEmpty, DayOutsideYear, YearClosed, LineOfOtherSchool, UseForbidden, InvoicesShort and others:
                all that stands against it at once.
            OrderNotStanding: when its order was cancelled or is closed.
            InsufficientBudget: when a line has not enough.
        """
        row = self._begin(claim_id, SUBMIT_CLAIM, Act.SUBMIT)
        if row is not None:
            context = self.context
            self._take_from_order(row)
            refuse_if(claim_problems(self._said(row), context.standards, today=context.today))
            step = self._sign(row, Act.SUBMIT, SUBMIT_CLAIM)
            lines = shares(self._rows.lines_of([claim_id]))
            post(context, self._ledger, reserving(claim_id, step, lines, context.today))
        return self._view(claim_id)

    @use_case(ACCEPT_GOODS, at=At.SCHOOL)
    def accept(self, claim_id: int) -> ClaimView:
        """Accept what was bought 验收; not the claimant, and not a buyer.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            DutiesMeet, PostExcludes: for who accepts.
        """
        row = self._begin(claim_id, ACCEPT_GOODS, Act.ACCEPT)
        if row is not None:
            who = self._signatory(row, sorted(ACCEPT_GOODS.posts))
            self._keep_apart(row, Act.ACCEPT, who)
            self._sign(row, Act.ACCEPT, ACCEPT_GOODS, who=who)
        return self._view(claim_id)

    @use_case(CHECK_CLAIM, at=At.SCHOOL)
    def check(self, claim_id: int) -> ClaimView:
        """Check a claim 审核 in the general affairs office: invoices, budget, goods received.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            GoodsNotAccepted: before somebody has accepted what was bought, on the claim or on its order.
            ClaimAboveAccepted: when claims take more of the order than what was accepted is worth.
            DutiesMeet, PostExcludes: for who checks.
            Others as `submit` does.
        """
        row = self._begin(claim_id, CHECK_CLAIM, Act.CHECK)
        if row is not None:
            context = self.context
            refuse_if(claim_problems(self._said(row), context.standards, today=context.today))
            self._refuse_unaccepted(row)
            who = self._signatory(row, sorted(CHECK_CLAIM.posts))
            self._keep_apart(row, Act.CHECK, who)
            self._sign(row, Act.CHECK, CHECK_CLAIM, who=who)
        return self._view(claim_id)

    @use_case(APPROVE_CLAIM, at=At.SCHOOL)
    def approve(self, claim_id: int, *, version: int | None = None) -> ClaimView:
        """Approve a claim 审批 by the district's bands: money is committed for it.

        Args:
            claim_id: which.
            version: the version that was seen, to be sure that it is that which is approved.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
            StandardNotSet, BandsBroken: when the district has not said who approves what.
            BandPostMissing: when the amount, with others of the supplier, needs another post.
            ClaimDecisionMissing: when it needs the council's decision and cites none.
            DutiesMeet, PostExcludes: for who approves.
        """
        row = self._begin(claim_id, APPROVE_CLAIM, Act.APPROVE, version=version)
        if row is not None:
            summed, bands, place, basis = self._band(row)
            who = self._approver(row, summed, bands, place)
            self._keep_apart(row, Act.APPROVE, who)
            said = {"summed": summed, "basis": basis}
            step = self._sign(row, Act.APPROVE, APPROVE_CLAIM, who=who, **said)  # type: ignore[arg-type]
            lines = shares(self._rows.lines_of([claim_id]))
            own = Money.total(line.own for line in lines)
            if row.decision_item_id is not None and own:
                source, matter = Source(STEP_KIND, step), self._matter(row)
                on = self.context.today
                cover.draw(self.context, row.decision_item_id, own, source, on=on, matter=matter)
            post(self.context, self._ledger, committing(claim_id, step, lines, self.context.today))
        return self._view(claim_id)

    @use_case(RETURN_CLAIM, at=At.SCHOOL)
    def return_claim(self, claim_id: int, reason: str) -> ClaimView:
        """Return a claim 退回, with the reason: what is held for it is released, and it may be revised.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
        """
        row = self._begin(claim_id, RETURN_CLAIM, Act.RETURN)
        if row is not None:
            self._release(row, self._sign(row, Act.RETURN, RETURN_CLAIM, reason=reason))
        return self._view(claim_id)

    def _matter(self, row: AnyRow) -> str | None:
        """Return the one matter that a claim needs its decision for, if it needs one."""
        said, standards = self._said(row), self.context.standards
        lines = ((line.economic, line.amount - line.from_order) for line in said.lines)
        matters = {matter for matter, _ in decided_matters(lines, standards, said.spent_on).values()}
        if len(matters) > 1:
            labels = "、".join(sorted(matter.label for matter in matters))
            raise ClaimDecisionMissing(matter=labels, what="一份报销单引用一项决议，请分开填写")
        return next((matter.code for matter in matters), None)

    def _take_from_order(self, row: AnyRow) -> None:
        """Write down how much of each line the order has committed, and no other claim of it takes."""
        if row.order_id is None:
            return
        self._purchases.lock_order(row.order_id)
        purchase = self._purchases.of_order(row.order_id)
        if purchase is None or purchase.state not in STANDING:
            label = "" if purchase is None else PurchaseState(purchase.state).label
            raise OrderNotStanding(order="" if purchase is None else purchase.order, state=label)
        rows, order = self._rows, Source(ORDER_KIND, row.order_id)
        lines = rows.lines_of([row.id])
        held = {
            line: Money(max(balances.committed, 0))
            for (line, _), balances in self._ledger.held({(line.line_id, order) for line in lines}).items()
        }
        spoken = rows.spoken(row.order_id, but=row.id)
        parts = parts_of_order([(line.line_id, line.amount) for line in lines], held, spoken)
        rows.pay_from_order({line.id: part for line, part in zip(lines, parts, strict=True)})

    def _refuse_unaccepted(self, row: AnyRow) -> None:
        """Refuse what nobody has accepted: on the claim, or on its order as far as that pays."""
        purchases = self._purchases
        purchase = None if row.order_id is None else purchases.of_order(row.order_id)
        accepted = Money(0) if purchase is None else worth_accepted(purchases.items_of(purchase.id))
        if not accepted and not any(step.act == Act.ACCEPT for step in self._round(row.id)):
            raise GoodsNotAccepted(claim=row.number)
        if purchase is not None:
            claimed = purchases.claimed_of(purchase.order_id)
            if claimed > accepted:
                raise ClaimAboveAccepted(order=purchase.order, claimed=claimed, accepted=accepted)

    def _decided(self, row: AnyRow) -> bool:
        """Tell whether the council has decided, on the claim or on its order."""
        if row.decision_item_id is not None or row.order_id is None:
            return row.decision_item_id is not None
        purchase = self._purchases.of_order(row.order_id)
        return purchase is not None and purchase.decision_item_id is not None

    def _band(self, row: AnyRow) -> tuple[Money, list[Band], int, str]:
        """Return what is summed, the district's bands, which of them it is, and by whose authority."""
        standards, today = self.context.standards, self.context.today
        entry, table = standards.entry(_BANDS, on=today), standards.rows(_BANDS, on=today)
        refuse_if(bands_problems(table))
        days, bands = standards.whole(_SPLIT, on=today), bands_of(table)
        others = self._rows.bought_of(row.supplier_key, row.spent_on, days, but=row.id)
        summed = split_total(row.spent_on, row.total, [(one.spent_on, one.total) for one in others], days)
        basis = f"{entry.authority}{entry.article}（{entry.span.since} 起）"
        return summed, bands, band_of(bands, summed), basis

    def _approver(self, row: AnyRow, summed: Money, bands: list[Band], place: int) -> Signatory:
        if bands[place].post is None and not self._decided(row):
            raise ClaimDecisionMissing(matter="校务委员会审批", what=f"合计 {summed} 元")
        posts = signers(bands, place)
        who = self._signatory(row, posts)
        if who.staff_id is not None and who.post is None:
            labels = "、".join(post.label for post in posts)
            raise BandPostMissing(total=row.total, summed=summed, posts=labels)
        return who

    def _release(self, row: AnyRow, step: int) -> None:
        """Release what is held for a claim, and give back what it drew of a decision."""
        rows, state = self._rows, ClaimState(row.state)
        approved = state is ClaimState.APPROVED
        out_of = Pot.COMMITTED if approved else Pot.RESERVED
        lines = rows.lines_of([row.id])
        parts = shares(lines)
        postings = releasing(row.id, step, parts, self.context.today, out_of)
        post(self.context, self._ledger, postings)
        rows.pay_from_order({line.id: Money(0) for line in lines if line.from_order})
        if approved and row.decision_item_id is not None and any(part.own for part in parts):
            approval = next(one for one in reversed(self._round(row.id)) if one.act == Act.APPROVE)
            cover.give_back(self.context, row.decision_item_id, Source(STEP_KIND, approval.id))
