"""Every query of purchases: one question a method."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select, update

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, Rows, Scoped, same
from xuequ.unified.budget.models.claims import BudgetClaim, BudgetClaimLine
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine, BudgetProject
from xuequ.unified.budget.models.purchases import (
    PurchaseAcceptance,
    PurchaseAcceptanceLine,
    PurchaseItem,
    PurchaseOrder,
    PurchaseOrderLine,
    PurchaseRequest,
    PurchaseStep,
)
from xuequ.unified.budget.repository.ledger import in_fen, moved_into
from xuequ.unified.budget.states.claims import HOLDING, ORDER_KIND, SETTLED
from xuequ.unified.budget.states.ledger import Pot
from xuequ.unified.budget.states.purchases import STANDING, PurchaseState

__all__ = ["PurchaseRows"]

_REQUEST = cast("Table", PurchaseRequest.__table__)
_ORDER = cast("Table", PurchaseOrder.__table__)

_PURCHASES = (
    select(
        _REQUEST,
        School.code.label("school"),
        School.name.label("school_name"),
        Person.name.label("requester"),
        PurchaseOrder.id.label("order_id"),
        PurchaseOrder.number.label("order"),
        PurchaseOrder.day.label("ordered_on"),
        *(PurchaseOrder.supplier, PurchaseOrder.supplier_key),
        *(PurchaseOrder.decision_item_id, PurchaseOrder.total),
    )
    .outerjoin(School, same(School, PurchaseRequest.school_id, PurchaseRequest))
    .join(Staff, same(Staff, PurchaseRequest.requester_id, PurchaseRequest))
    .join(Person, same(Person, Staff.person_id, Staff))
    .outerjoin(
        PurchaseOrder,
        and_(
            PurchaseOrder.county_id == PurchaseRequest.county_id,
            PurchaseOrder.request_id == PurchaseRequest.id,
        ),
    )
)
_ONE = Scoped(_PURCHASES.where(PurchaseRequest.id == bindparam("id")), PurchaseRequest)
_NUMBERED = Scoped(_PURCHASES.where(PurchaseRequest.number == bindparam("number")), PurchaseRequest)
_ORDERED = Scoped(_PURCHASES.where(PurchaseOrder.number == bindparam("number")), PurchaseRequest)
_OF_ORDER = Scoped(_PURCHASES.where(PurchaseOrder.id == bindparam("order")), PurchaseRequest)
_ITEMS = Scoped(
    select(
        cast("Table", PurchaseItem.__table__),
        BudgetLine.name.label("line"),
        *(BudgetLine.book, BudgetLine.year, BudgetLine.school_id, BudgetLine.economic),
        *(BudgetLine.closed_on, BudgetProject.name.label("project"), BudgetProject.purse),
        PurchaseOrderLine.id.label("order_line_id"),
        PurchaseOrderLine.quantity.label("ordered"),
        PurchaseOrderLine.price.label("order_price"),
        PurchaseOrderLine.amount.label("order_amount"),
        PurchaseOrderLine.accepted,
    )
    .join(PurchaseRequest, same(PurchaseRequest, PurchaseItem.request_id, PurchaseItem))
    .join(BudgetLine, same(BudgetLine, PurchaseItem.line_id, PurchaseItem))
    .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
    .outerjoin(
        PurchaseOrderLine,
        and_(
            PurchaseOrderLine.county_id == PurchaseItem.county_id,
            PurchaseOrderLine.item_id == PurchaseItem.id,
        ),
    )
    .where(PurchaseItem.request_id == bindparam("request"))
    .order_by(PurchaseItem.no),
    PurchaseRequest,
)
_ACCEPTANCES = Scoped(
    select(cast("Table", PurchaseAcceptance.__table__), Person.name.label("acceptor"))
    .outerjoin(Staff, same(Staff, PurchaseAcceptance.acceptor_id, PurchaseAcceptance))
    .outerjoin(Person, same(Person, Staff.person_id, Staff))
    .where(PurchaseAcceptance.order_id == bindparam("order"))
    .order_by(PurchaseAcceptance.day, PurchaseAcceptance.id),
    PurchaseAcceptance,
)
_DELIVERIES = Scoped(
    select(
        cast("Table", PurchaseAcceptanceLine.__table__),
        *(PurchaseItem.no, PurchaseItem.what, PurchaseItem.spec, PurchaseItem.unit),
    )
    .join(
        PurchaseAcceptance,
        same(PurchaseAcceptance, PurchaseAcceptanceLine.acceptance_id, PurchaseAcceptanceLine),
    )
    .join(
        PurchaseOrderLine,
        same(PurchaseOrderLine, PurchaseAcceptanceLine.order_line_id, PurchaseAcceptanceLine),
    )
    .join(PurchaseItem, same(PurchaseItem, PurchaseOrderLine.item_id, PurchaseOrderLine))
    .where(PurchaseAcceptance.order_id == bindparam("order"))
    .order_by(PurchaseAcceptanceLine.acceptance_id, PurchaseItem.no),
    PurchaseAcceptance,
)
_STEPS = Scoped(
    select(cast("Table", PurchaseStep.__table__), Staff.staff_no, Person.name)
    .join(PurchaseRequest, same(PurchaseRequest, PurchaseStep.request_id, PurchaseStep))
    .outerjoin(Staff, same(Staff, PurchaseStep.staff_id, PurchaseStep))
    .outerjoin(Person, same(Person, Staff.person_id, Staff))
    .where(PurchaseStep.request_id == bindparam("request"))
    .order_by(PurchaseStep.id),
    PurchaseRequest,
)


class PurchaseRows(Rows):
    """Questions to purchases within one scope, and what writes them."""

    def purchase(self, request_id: int) -> AnyRow | None:
        """Return one purchase with its school, its requester, and its order if it has one."""
        return self.one(_ONE, id=request_id)

    def numbered(self, number: str) -> AnyRow | None:
        """Return the purchase whose request has a number."""
        return self.one(_NUMBERED, number=number)

    def ordered(self, number: str) -> AnyRow | None:
        """Return the purchase whose order has a number."""
        return self.one(_ORDERED, number=number)

    def of_order(self, order_id: int) -> AnyRow | None:
        """Return the purchase of an order."""
        return self.one(_OF_ORDER, order=order_id)

    def acceptance(self, number: str) -> AnyRow | None:
        """Return the acceptance of a number."""
        table = cast("Table", PurchaseAcceptance.__table__)
        query = self.here(select(table), PurchaseAcceptance).where(PurchaseAcceptance.number == number)
        return self.session.execute(query).one_or_none()

    def purchases_of(self, year: int, school: str | None) -> Sequence[AnyRow]:
        """Return what was requested in a year, by day and number; of one school or of all."""
        days = PurchaseRequest.day.between(date(year, 1, 1), date(year, 12, 31))
        query = self.here(_PURCHASES, PurchaseRequest).where(days)
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(query.order_by(PurchaseRequest.day, PurchaseRequest.number)).all()

    def paid(self, orders: Collection[int]) -> dict[int, Money]:
        """Return what was paid out of what orders have committed."""
        query = (
            select(BudgetEntry.purpose_id, moved_into(Pot.PAID))
            .where(
                BudgetEntry.county_id == self.scope.county_id,
                BudgetEntry.purpose_kind == ORDER_KIND,
                BudgetEntry.purpose_id.in_(sorted(orders)),
            )
            .group_by(BudgetEntry.purpose_id)
        )
        return {row[0]: Money(int(row[1])) for row in self.session.execute(query)}

    def lock(self, request_id: int) -> None:
        """Lock a request, then its order."""
        query = self.here(select(PurchaseRequest.id), PurchaseRequest)
        self.session.execute(query.where(PurchaseRequest.id == request_id).with_for_update())
        self._lock_order(PurchaseOrder.request_id == request_id)

    def lock_order(self, order_id: int) -> None:
        """Lock an order; a request is not locked after it."""
        self._lock_order(PurchaseOrder.id == order_id)

    def _lock_order(self, which: Any) -> None:
        query = self.here(select(PurchaseOrder.id), PurchaseOrder).where(which)
        self.session.execute(query.with_for_update())

    # what a purchase has

    def items_of(self, request_id: int) -> Sequence[AnyRow]:
        """Return the items of a request with what matters of their budget lines, and their order's lines."""
        return self.all(_ITEMS, request=request_id)

    def acceptances_of(self, order_id: int) -> Sequence[AnyRow]:
        """Return the acceptances of an order."""
        return self.all(_ACCEPTANCES, order=order_id)

    def deliveries_of(self, order_id: int) -> Sequence[AnyRow]:
        """Return the lines of an order's acceptances."""
        return self.all(_DELIVERIES, order=order_id)

    def steps_of(self, request_id: int) -> Sequence[AnyRow]:
        """Return what was done with a purchase, in order, with who did it."""
        return self.all(_STEPS, request=request_id)

    def budget_lines(self, ids: Collection[int]) -> dict[int, AnyRow]:
        """Return what matters of budget lines that are here, by id."""
        query = (
            select(
                *(BudgetLine.id, BudgetLine.name, BudgetLine.book, BudgetLine.year, BudgetLine.school_id),
                *(BudgetLine.economic, BudgetLine.closed_on, BudgetProject.purse),
                BudgetProject.name.label("project"),
            )
            .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
            .where(BudgetLine.id.in_(sorted(ids)))
        )
        return {row.id: row for row in self.session.execute(self.here(query, BudgetLine))}

    def under_claim(self, order_id: int) -> Sequence[str]:
        """Return the numbers of claims under way that take of an order's commitment."""
        line = and_(
            BudgetClaimLine.county_id == BudgetClaim.county_id, BudgetClaimLine.claim_id == BudgetClaim.id
        )
        query = (
            select(BudgetClaim.number)
            .join(BudgetClaimLine, line)
            .where(BudgetClaim.order_id == order_id, BudgetClaim.state.in_(sorted(HOLDING)))
            .where(in_fen(BudgetClaimLine.from_order) > 0)
            .distinct()
            .order_by(BudgetClaim.number)
        )
        return self.session.scalars(self.here(query, BudgetClaim)).all()

    def claimed_of(self, order_id: int) -> Money:
        """Return what claims under way or paid take of an order's commitment."""
        query = (
            select(func.coalesce(func.sum(in_fen(BudgetClaimLine.from_order)), 0))
            .join(BudgetClaim, same(BudgetClaim, BudgetClaimLine.claim_id, BudgetClaimLine))
            .where(BudgetClaim.order_id == order_id, BudgetClaim.state.in_(sorted(HOLDING | SETTLED)))
        )
        return Money(int(self.session.scalars(self.here(query, BudgetClaim)).one()))

    def bought_of(self, key: str, day: date, days: int) -> dict[str, Money]:
        """Return what is ordered of a supplier near a day without a decision, by economic code."""
        near = timedelta(days=days)
        states = sorted({*STANDING, PurchaseState.CLOSED})
        query = (
            select(BudgetLine.economic, func.sum(in_fen(PurchaseOrderLine.amount)))
            .join(PurchaseOrder, same(PurchaseOrder, PurchaseOrderLine.order_id, PurchaseOrderLine))
            .join(PurchaseRequest, same(PurchaseRequest, PurchaseOrder.request_id, PurchaseOrder))
            .join(PurchaseItem, same(PurchaseItem, PurchaseOrderLine.item_id, PurchaseOrderLine))
            .join(BudgetLine, same(BudgetLine, PurchaseItem.line_id, PurchaseItem))
            .where(
                PurchaseOrder.supplier_key == key,
                PurchaseOrder.day.between(day - near, day + near),
                PurchaseOrder.decision_item_id.is_(None),
                PurchaseRequest.state.in_(states),
            )
            .group_by(BudgetLine.economic)
        )
        return {row[0]: Money(int(row[1])) for row in self.session.execute(self.here(query, PurchaseOrder))}

    # writing

    def add_request(self, **values: Any) -> bool:
        """Insert a request unless its number is taken; tell whether it went in."""
        return self._add(_REQUEST, values)

    def add_order(self, **values: Any) -> bool:
        """Insert an order unless its number is taken; tell whether it went in."""
        return self._add(_ORDER, values)

    def add_acceptance(self, **values: Any) -> bool:
        """Insert an acceptance unless its number is taken; tell whether it went in."""
        return self._add(cast("Table", PurchaseAcceptance.__table__), values)

    def _add(self, table: Table, values: dict[str, Any]) -> bool:
        here = {"county_id": self.scope.county_id, "district_id": self.district_id}
        return bool(insert_new(self.session, table, [{**here, **values}]))

    def add_items(self, rows: Sequence[dict[str, Any]]) -> None:
        """Insert the items of a request."""
        self._add_all(PurchaseItem, rows)

    def add_order_lines(self, rows: Sequence[dict[str, Any]]) -> None:
        """Insert the lines of an order, of which nothing is accepted yet."""
        self._add_all(PurchaseOrderLine, [{"accepted": Decimal(0), **row} for row in rows])

    def add_deliveries(self, rows: Sequence[dict[str, Any]]) -> None:
        """Insert the lines of an acceptance."""
        self._add_all(PurchaseAcceptanceLine, rows)

    def add_step(self, **values: Any) -> int:
        """Write an act on a purchase; return its id."""
        step_id = new_id()
        self._add_all(PurchaseStep, [{"id": step_id, **values}])
        return step_id

    def _add_all(self, model: Any, rows: Sequence[dict[str, Any]]) -> None:
        made = [{"county_id": self.scope.county_id, "id": new_id(), **row} for row in rows]
        self.session.connection().execute(model.__table__.insert(), made)

    def move(self, request_id: int, state: PurchaseState) -> None:
        """Write the state of a purchase that is locked."""
        here = (_REQUEST.c.county_id == self.scope.county_id, _REQUEST.c.id == request_id)
        self.session.execute(update(_REQUEST).where(*here).values(state=state.code))

    def set_accepted(self, quantities: Mapping[int, Decimal]) -> None:
        """Write what is accepted of the lines of an order that is locked."""
        table = cast("Table", PurchaseOrderLine.__table__)
        here = (table.c.county_id == bindparam("county"), table.c.id == bindparam("line"))
        change = update(table).where(*here).values(accepted=bindparam("part"))
        county = self.scope.county_id
        values = [{"county": county, "line": line, "part": part} for line, part in sorted(quantities.items())]
        if values:
            self.session.connection().execute(change, values)
