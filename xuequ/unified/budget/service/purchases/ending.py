"""Use cases of purchases: closing and cancelling."""

from __future__ import annotations

from xuequ.core.context import At, use_case
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.purchases import CANCEL_PURCHASE, CLOSE_PURCHASE
from xuequ.unified.budget.errors.purchases import OrderUnderClaim
from xuequ.unified.budget.schemas.purchases import PurchaseView
from xuequ.unified.budget.service.council import cover
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.purchases.ordering import draws_of
from xuequ.unified.budget.service.purchases.steps import PurchaseSteps, moving
from xuequ.unified.budget.states.claims import ORDER_KIND
from xuequ.unified.budget.states.ledger import Movement, Pot
from xuequ.unified.budget.states.purchases import REQUEST_STEP_KIND, PurchaseAct


class PurchaseEnding(PurchaseSteps):
    """Ends of purchases."""

    @use_case(CLOSE_PURCHASE, at=At.SCHOOL)
    def close(self, request_id: int) -> PurchaseView:
        """Close a purchase 结清: what its order still has committed is given back.

        Raises:
            PurchaseUnknown, PurchaseTaken, IllegalTransition: for which purchase, and in what state.
            OrderUnderClaim: while claims of its order are under way.
        """
        row = self._begin(request_id, CLOSE_PURCHASE, PurchaseAct.CLOSE)
        if row is not None:
            self._refuse_under_claim(row)
            who = self._who(row, PurchaseAct.CLOSE, CLOSE_PURCHASE)
            step = self._sign(row, PurchaseAct.CLOSE, who)
            self._uncommit(row, Source(REQUEST_STEP_KIND, step))
            self._say(row, PurchaseAct.CLOSE, row.total, order_id=row.order_id)
        return self._view(request_id)

    @use_case(CANCEL_PURCHASE, at=At.SCHOOL)
    def cancel(self, request_id: int, reason: str) -> PurchaseView:
        """Cancel a purchase 取消 of which nothing was accepted yet: its money is given back.

        What its order drew of a decision of the council is given back too.

        Raises:
            PurchaseUnknown, PurchaseTaken, IllegalTransition: for which purchase, and in what state.
            OrderUnderClaim: while claims of its order are under way.
        """
        row = self._begin(request_id, CANCEL_PURCHASE, PurchaseAct.CANCEL)
        if row is not None:
            self._refuse_under_claim(row)
            who = self._who(row, PurchaseAct.CANCEL, CANCEL_PURCHASE)
            source = Source(REQUEST_STEP_KIND, self._sign(row, PurchaseAct.CANCEL, who, reason=reason))
            if row.order_id is None:
                self._unreserve(row, source)
            else:
                self._give_back(row)
                self._uncommit(row, source)
            amount = row.estimate if row.total is None else row.total
            self._say(row, PurchaseAct.CANCEL, amount, order_id=row.order_id)
        return self._view(request_id)

    def _refuse_under_claim(self, row: AnyRow) -> None:
        if row.order_id is None:
            return
        claims = self._rows.under_claim(row.order_id)
        if claims:
            raise OrderUnderClaim(order=row.order, claims="、".join(claims))

    def _give_back(self, row: AnyRow) -> None:
        if row.decision_item_id is not None:
            for source, _ in draws_of(self._rows.items_of(row.id)).values():
                cover.give_back(self.context, row.decision_item_id, source)

    def _uncommit(self, row: AnyRow, source: Source) -> None:
        """Give back what an order has committed and nobody was paid."""
        order = Source(ORDER_KIND, row.order_id)
        years = {item.line_id: item.year for item in self._rows.items_of(row.id)}
        held = self._ledger.held({(line, order) for line in years})
        parts = [
            (line, years[line], Money(balances.committed))
            for (line, _), balances in sorted(held.items(), key=lambda one: one[0][0])
        ]
        given = moving(Movement.RELEASE, Pot.COMMITTED, parts, source, order, self.context.today)
        post(self.context, self._ledger, given)
