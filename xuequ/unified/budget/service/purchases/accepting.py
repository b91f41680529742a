"""Use cases of purchases: accepting deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from xuequ.core.context import At, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.purchases import ACCEPT_DELIVERY
from xuequ.unified.budget.errors.purchases import AcceptanceKnown
from xuequ.unified.budget.facts.purchases import GoodsAccepted
from xuequ.unified.budget.rules.claim_duties import Doer, post_problems
from xuequ.unified.budget.rules.purchases import (
    Delivered,
    OrderedLine,
    acceptance_day_problems,
    acceptance_problems,
    purchase_act_problems,
    worth,
)
from xuequ.unified.budget.schemas.purchases import AcceptanceView, Accepting, PurchaseView
from xuequ.unified.budget.service.purchases.steps import PurchaseSteps
from xuequ.unified.budget.service.signatures import Signatory
from xuequ.unified.budget.states.claims import Act
from xuequ.unified.budget.states.purchases import PurchaseAct, PurchaseState


class PurchaseAccepting(PurchaseSteps):
    """Acceptances of what was ordered."""

    @use_case(ACCEPT_DELIVERY, at=At.SCHOOL)
    def accept(self, request_id: int, command: Accepting) -> PurchaseView:
        """Accept a delivery 验收, all or part of the order; the same again is the same acceptance.

        What is rejected is written down and leaves room for what replaces it.

        Raises:
            PurchaseUnknown, IllegalTransition: for which purchase, and in what state.
            AcceptanceKnown: the number is another acceptance's.
            ItemUnknown, ItemTwice, AcceptedAboveOrder, NothingDelivered, RejectionUnexplained,
            AcceptedBeforeOrdered: all that stands against it at once.
            PurchaseDutiesMeet, PostExcludes: for who accepts: neither requester nor buyer nor approver.
        """
        row = self._locked(request_id, ACCEPT_DELIVERY)
        if self._accepted_before(row, command):
            return self._view(request_id)
        refuse_if(purchase_act_problems(PurchaseAct.ACCEPT, PurchaseState(row.state)))
        items = [item for item in self._rows.items_of(request_id) if item.order_line_id is not None]
        lines = [OrderedLine(item.no, item.what, item.ordered, item.accepted) for item in items]
        brought = [Delivered(one.no, one.accepted, one.rejected, one.reason) for one in command.lines]
        day = command.day or self.context.today
        problems = acceptance_problems(row.number, lines, brought)
        refuse_if(problems + acceptance_day_problems(day, row.ordered_on, self.context.today))
        who = self._who(row, PurchaseAct.ACCEPT, ACCEPT_DELIVERY)
        self._refuse_posts(row, who, day)
        acceptance_id = self._write_acceptance(row, command, who, day)
        self._take(acceptance_id, items, brought)
        self._sign(row, PurchaseAct.ACCEPT, who, day=day)
        prices = {item.no: item.order_price for item in items}
        value = Money.total(worth(one.accepted, prices[one.no]) for one in brought)
        said = {"request_id": row.id, "school_id": row.school_id, "order_id": row.order_id}
        self.context.announce(GoodsAccepted(**said, amount=value, on=day, acceptance_id=acceptance_id))
        return self._view(request_id)

    def _accepted_before(self, row: AnyRow, command: Accepting) -> bool:
        """Tell whether an acceptance stands already; refuse if its number is another's."""
        standing = self._rows.acceptance(command.number)
        if standing is None:
            return False
        found = [one for one in self._view(row.id).acceptances if one.number == command.number]
        if not found or not _same(command, found[0]):
            raise AcceptanceKnown(acceptance=command.number)
        return True

    def _refuse_posts(self, row: AnyRow, who: Signatory, day: date) -> None:
        """Refuse whoever holds, or held on the day, a post that excludes accepting."""
        if who.staff_id is not None:
            context, days = self.context, {day, self.context.today}
            held, doer = self._held(who.staff_id, day), Doer(who.staff_id, who.number)
            refuse_if(post_problems(Act.ACCEPT, doer, held, days, context.standards, place=context.place))

    def _write_acceptance(self, row: AnyRow, command: Accepting, who: Signatory, day: date) -> int:
        acceptance_id = new_id()
        head = {"id": acceptance_id, "order_id": row.order_id, "number": command.number}
        if not self._rows.add_acceptance(**head, acceptor_id=who.staff_id, day=day):
            raise AcceptanceKnown(acceptance=command.number)
        return acceptance_id

    def _take(self, acceptance_id: int, items: Sequence[AnyRow], brought: Sequence[Delivered]) -> None:
        by_no = {item.no: item for item in items}
        self._rows.add_deliveries(
            [
                {
                    "acceptance_id": acceptance_id,
                    "order_line_id": by_no[one.no].order_line_id,
                    "accepted": one.accepted,
                    "rejected": one.rejected,
                    "reason": one.reason,
                }
                for one in brought
            ]
        )
        self._rows.set_accepted(
            {by_no[one.no].order_line_id: by_no[one.no].accepted + one.accepted for one in brought}
        )


def _same(command: Accepting, view: AcceptanceView) -> bool:
    """Tell whether a command says what was accepted."""
    lines: dict[int, tuple[Decimal, Decimal, str]] = {
        line.no: (line.accepted, line.rejected, line.reason) for line in command.lines
    }
    return (
        command.day in (None, view.day)
        and len(lines) == len(command.lines)
        and lines == {line.no: (line.accepted, line.rejected, line.reason) for line in view.lines}
    )
