"""Use cases of purchases: placing the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xuequ.core.context import At, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.purchases import PLACE_ORDER
from xuequ.unified.budget.errors.purchases import OrderKnown, RequestNotApproved, RequestOrdered
from xuequ.unified.budget.rules.claims import supplier_key
from xuequ.unified.budget.rules.council import decision_needed, matter_needing_decision
from xuequ.unified.budget.rules.purchases import ItemSaid, OrderSaid, order_problems
from xuequ.unified.budget.schemas.purchases import Ordering, PurchaseView
from xuequ.unified.budget.service.council import cover
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.purchases.steps import PurchaseSteps, moving, parts_of
from xuequ.unified.budget.states.claims import ORDER_KIND
from xuequ.unified.budget.states.ledger import Movement, Pot
from xuequ.unified.budget.states.purchases import ORDER_LINE_KIND, REQUEST_KIND, PurchaseAct, PurchaseState

_SPLIT = "budget.claims.split_days"


class PurchaseOrdering(PurchaseSteps):
    """Orders on approved requests."""

    @use_case(PLACE_ORDER, at=At.SCHOOL)
    def order(self, request_id: int, command: Ordering) -> PurchaseView:
        """Order 订购 what was approved: what it costs is committed, the rest of the reservation given back.

        The same order again is the same order. What the council decides on draws on the decision that is
        cited, by economic code; orders of one supplier within the district's days of splitting
        (``budget.claims.split_days``) are looked at together.

        Raises:
            PurchaseUnknown: for which purchase.
            RequestNotApproved: nobody orders what was not approved.
            RequestOrdered, OrderKnown: the request has another order; the number is another order's.
            ItemUnknown, ItemTwice, OrderAboveRequest, OrderAboveEstimate: all that stands against it at once.
            DecisionNeeded, NotAdopted, OverCeiling and others: as `draw_where_needed` does.
            DayOutsideYear, YearClosed, PurchaseDutiesMeet: for the day and for who orders.
        """
        row = self._locked(request_id, PLACE_ORDER)
        if row.order_id is not None:
            view = self._view(request_id)
            if not _same(command, view):
                raise RequestOrdered(purchase=row.number, order=row.order)
            return view
        if row.state != PurchaseState.APPROVED:
            raise RequestNotApproved(purchase=row.number, state=PurchaseState(row.state).label)
        items = self._rows.items_of(request_id)
        ordered = [OrderSaid(line.no, line.quantity, line.price) for line in command.lines]
        refuse_if(order_problems(row.number, [_said(item) for item in items], ordered))
        who = self._who(row, PurchaseAct.ORDER, PLACE_ORDER)
        bought = self._bought(command)
        order_id = self._write_order(row, command, items, ordered)
        self._sign(row, PurchaseAct.ORDER, who)
        self._draw(request_id, command, bought)
        self._commit(row, order_id)
        total = Money.total(one.amount for one in ordered)
        self._say(row, PurchaseAct.ORDER, total, order_id=order_id)
        return self._view(request_id)

    def _write_order(
        self, row: AnyRow, command: Ordering, items: Sequence[AnyRow], ordered: Sequence[OrderSaid]
    ) -> int:
        order_id, rows = new_id(), self._rows
        new = rows.add_order(
            id=order_id,
            request_id=row.id,
            number=command.number,
            supplier=command.supplier,
            supplier_key=supplier_key(command.supplier),
            day=self.context.today,
            decision_item_id=command.decision_item_id,
            total=Money.total(one.amount for one in ordered),
        )
        if not new:
            raise OrderKnown(order=command.number)
        ids = {item.no: item.id for item in items}
        rows.add_order_lines(
            [
                {
                    "order_id": order_id,
                    "item_id": ids[one.no],
                    "quantity": one.quantity,
                    "price": one.price,
                    "amount": one.amount,
                }
                for one in ordered
            ]
        )
        return order_id

    def _bought(self, command: Ordering) -> Mapping[str, Money]:
        """Return what else was ordered of the supplier, undecided, within the days of splitting."""
        standards, today = self.context.standards, self.context.today
        if standards.find(_SPLIT, on=today) is None:
            return {}
        days = standards.whole(_SPLIT, on=today)
        return self._rows.bought_of(supplier_key(command.supplier), today, days)

    def _draw(self, request_id: int, command: Ordering, bought: Mapping[str, Money]) -> None:
        """Draw on the decision that is cited, and refuse what needs one, alone or with what was split off."""
        context, today = self.context, self.context.today
        for economic, (source, amount) in draws_of(self._rows.items_of(request_id)).items():
            summed = amount + bought.get(economic, Money(0))
            item = command.decision_item_id
            if item is None:
                matter = matter_needing_decision(economic, summed, context.standards, today)
                if matter is not None:
                    raise decision_needed(matter, summed, context.standards, today)
            cover.draw_where_needed(context, economic, amount, source, item_id=item, on=today)

    def _commit(self, row: AnyRow, order_id: int) -> None:
        """Turn what was reserved into a commitment, in one posting."""
        items, today = self._rows.items_of(row.id), self.context.today
        order, request = Source(ORDER_KIND, order_id), Source(REQUEST_KIND, row.id)
        given = moving(Movement.RELEASE, Pot.RESERVED, parts_of(items, "amount"), order, request, today)
        bound = parts_of(items, "order_amount")
        taken = moving(Movement.COMMIT, Pot.AVAILABLE, bound, order, order, today)
        post(self.context, self._ledger, [*given, *taken])


def draws_of(items: Sequence[AnyRow]) -> dict[str, tuple[Source, Money]]:
    """Return what an order comes to by economic code, and as what it draws on a decision for it.

    An order draws once for each code, so the first of its lines of the code is the source.
    """
    found: dict[str, tuple[Source, Money]] = {}
    for item in items:
        if item.order_line_id is not None:
            fresh = (Source(ORDER_LINE_KIND, item.order_line_id), Money(0))
            source, amount = found.get(item.economic, fresh)
            found[item.economic] = (source, amount + item.order_amount)
    return dict(sorted(found.items()))


def _said(item: AnyRow) -> ItemSaid:
    return ItemSaid(item.no, item.what, item.line_id, item.line, item.quantity, item.amount)


def _same(command: Ordering, view: PurchaseView) -> bool:
    """Tell whether a command says what was ordered."""
    order = view.order
    lines = {line.no: (line.quantity, line.price) for line in command.lines}
    stand: dict[int, tuple[Decimal | None, Money | None]] = {
        item.no: (item.ordered, item.order_price) for item in view.items if item.order_line_id is not None
    }
    head = (command.number, command.supplier, command.decision_item_id)
    return (
        order is not None
        and head == (order.number, order.supplier, order.decision_item_id)
        and lines == stand
        and len(lines) == len(command.lines)
    )
