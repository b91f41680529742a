"""What the data checks of purchases ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, func, or_, select

from xuequ.registry.repository.basis import AnyRow, Rows, same
from xuequ.unified.budget.models.ledger import BudgetEntry
from xuequ.unified.budget.models.purchases import (
    PurchaseAcceptanceLine,
    PurchaseItem,
    PurchaseOrder,
    PurchaseOrderLine,
    PurchaseRequest,
)
from xuequ.unified.budget.repository.ledger import in_fen, moved_into
from xuequ.unified.budget.states.claims import ORDER_KIND
from xuequ.unified.budget.states.ledger import Pot
from xuequ.unified.budget.states.purchases import REQUEST_KIND, RESERVING, STANDING, PurchaseState


class PurchaseCheckRows(Rows):
    """Questions to purchases that should all have no answer."""

    def reserved_astray(self) -> Sequence[AnyRow]:
        """Return requests for which another amount is reserved than their state says."""
        held = self._held(REQUEST_KIND, Pot.RESERVED).subquery()
        reserved = func.coalesce(held.c.held, 0)
        estimate = in_fen(PurchaseRequest.estimate)
        right = case((PurchaseRequest.state.in_(sorted(RESERVING)), estimate), else_=0)
        query = (
            select(PurchaseRequest.id, PurchaseRequest.number, reserved.label("held"), right.label("due"))
            .outerjoin(held, held.c.purpose_id == PurchaseRequest.id)
            .where(reserved != right)
        )
        return self.session.execute(self.here(query, PurchaseRequest).order_by(PurchaseRequest.id)).all()

    def committed_astray(self) -> Sequence[AnyRow]:
        """Return orders that hold another amount than their lines come to, less what was paid."""
        held = self._held(ORDER_KIND, Pot.COMMITTED).subquery()
        paid = self._held(ORDER_KIND, Pot.PAID).subquery()
        lines = (
            select(PurchaseOrderLine.order_id, func.sum(in_fen(PurchaseOrderLine.amount)).label("amount"))
            .where(PurchaseOrderLine.county_id == self.scope.county_id)
            .group_by(PurchaseOrderLine.order_id)
            .subquery()
        )
        committed, spent = func.coalesce(held.c.held, 0), func.coalesce(paid.c.held, 0)
        come_to = func.coalesce(lines.c.amount, 0)
        left = case((PurchaseRequest.state.in_(sorted(STANDING)), come_to - spent), else_=0)
        total = in_fen(PurchaseOrder.total)
        query = (
            select(PurchaseOrder.id, PurchaseOrder.number, committed.label("held"), left.label("due"))
            .add_columns(total.label("total"), come_to.label("come_to"))
            .join(PurchaseRequest, same(PurchaseRequest, PurchaseOrder.request_id, PurchaseOrder))
            .outerjoin(held, held.c.purpose_id == PurchaseOrder.id)
            .outerjoin(paid, paid.c.purpose_id == PurchaseOrder.id)
            .outerjoin(lines, lines.c.order_id == PurchaseOrder.id)
            .where(or_(committed != left, total != come_to))
        )
        return self.session.execute(self.here(query, PurchaseOrder).order_by(PurchaseOrder.id)).all()

    def accepted_astray(self) -> Sequence[AnyRow]:
        """Return lines of orders of which more is accepted than ordered, or other than acceptances say."""
        brought = func.coalesce(func.sum(_whole(PurchaseAcceptanceLine.accepted)), 0)
        accepted, ordered = _whole(PurchaseOrderLine.accepted), _whole(PurchaseOrderLine.quantity)
        columns = (PurchaseOrderLine.id, PurchaseOrder.number, PurchaseItem.what)
        amounts = (PurchaseOrderLine.quantity, PurchaseOrderLine.accepted)
        query = (
            select(*columns, *amounts)
            .join(PurchaseOrder, same(PurchaseOrder, PurchaseOrderLine.order_id, PurchaseOrderLine))
            .join(PurchaseItem, same(PurchaseItem, PurchaseOrderLine.item_id, PurchaseOrderLine))
            .outerjoin(PurchaseAcceptanceLine, _of_line())
            .group_by(*columns, *amounts)
            .having(or_(accepted != brought, accepted > ordered))
        )
        return self.session.execute(self.here(query, PurchaseOrder).order_by(PurchaseOrderLine.id)).all()

    def states_astray(self) -> Sequence[AnyRow]:
        """Return purchases that have an order and should not, or should and do not."""
        with_order = {*STANDING, PurchaseState.CLOSED}
        ordered = PurchaseOrder.id.is_not(None)
        should = PurchaseRequest.state.in_(sorted(with_order))
        may = PurchaseRequest.state.in_(sorted({*with_order, PurchaseState.CANCELLED}))
        query = (
            select(PurchaseRequest.id, PurchaseRequest.number, PurchaseRequest.state)
            .outerjoin(
                PurchaseOrder,
                and_(
                    PurchaseOrder.county_id == PurchaseRequest.county_id,
                    PurchaseOrder.request_id == PurchaseRequest.id,
                ),
            )
            .where(or_(and_(should, ~ordered), and_(ordered, ~may)))
        )
        return self.session.execute(self.here(query, PurchaseRequest).order_by(PurchaseRequest.id)).all()

    def _held(self, kind: str, pot: Pot) -> Any:
        """Sum up what is in a pot for the records of a kind."""
        return (
            select(BudgetEntry.purpose_id, moved_into(pot).label("held"))
            .where(BudgetEntry.county_id == self.scope.county_id, BudgetEntry.purpose_kind == kind)
            .group_by(BudgetEntry.purpose_id)
        )


def _whole(column: Any) -> Any:
    """Take a column of quantities as the whole number that it holds."""
    return in_fen(column)


def _of_line() -> Any:
    return and_(
        PurchaseAcceptanceLine.county_id == PurchaseOrderLine.county_id,
        PurchaseAcceptanceLine.order_line_id == PurchaseOrderLine.id,
    )
