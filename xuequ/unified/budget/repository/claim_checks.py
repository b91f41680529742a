"""What the data checks of claims ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, and_, case, func, or_, select, type_coerce

from xuequ.registry.repository.basis import AnyRow, Rows, same
from xuequ.unified.budget.models.claims import BudgetClaim, BudgetClaimLine, BudgetClaimStep, BudgetInvoice
from xuequ.unified.budget.models.ledger import BudgetEntry
from xuequ.unified.budget.states.claims import (
    CLAIM_KIND,
    EXCESS_KIND,
    HOLDING,
    ORDER_KIND,
    SETTLED,
    Act,
    ClaimState,
)
from xuequ.unified.budget.states.ledger import WAYS, Movement, Pot

_ORDER = (
    (ClaimState.SUBMITTED, {Act.SUBMIT}),
    (ClaimState.CHECKED, {Act.ACCEPT, Act.CHECK}),
    (ClaimState.APPROVED, {Act.APPROVE}),
    (ClaimState.PAID, {Act.PAY}),
    (ClaimState.POSTED, {Act.POST}),
    (ClaimState.ARCHIVED, {Act.ARCHIVE}),
)
_NEEDED: dict[ClaimState, frozenset[Act]] = {
    **{
        state: frozenset[Act]().union(*(acts for _, acts in _ORDER[: place + 1]))
        for place, (state, _) in enumerate(_ORDER)
    },
    ClaimState.RETURNED: frozenset({Act.RETURN}),
    ClaimState.VOIDED: frozenset({Act.VOID}),
}
"""State → the acts that lead to it."""


def _moved(pot: Pot) -> Any:
    """Sum up what entries have put into a pot for claims, and taken out of it."""
    into = [movement.value for movement, (_, to) in WAYS.items() if to is pot]
    signs = case((BudgetEntry.movement.in_(into), 1), else_=0) - case(
        (BudgetEntry.out_of == pot.value, 1), else_=0
    )
    return func.coalesce(func.sum(signs * type_coerce(BudgetEntry.amount, BigInteger)), 0)


class ClaimCheckRows(Rows):
    """Questions to claims that should all have no answer."""

    def not_added_up(self) -> Sequence[AnyRow]:
        """Return claims whose totals are not what their lines come to."""
        come_to = func.coalesce(func.sum(type_coerce(BudgetClaimLine.amount, BigInteger)), 0)
        columns = (BudgetClaim.id, BudgetClaim.number, BudgetClaim.total)
        query = (
            select(*columns, come_to.label("come_to"))
            .outerjoin(BudgetClaimLine, _of_claim(BudgetClaimLine))
            .group_by(*columns)
            .having(type_coerce(BudgetClaim.total, BigInteger) != come_to)
        )
        return self.session.execute(self.here(query, BudgetClaim).order_by(BudgetClaim.id)).all()

    def money_astray(self) -> Sequence[AnyRow]:
        """Return claims for which other money is held or paid than their state says."""
        county = BudgetEntry.county_id == self.scope.county_id
        own = (
            select(
                BudgetEntry.purpose_id.label("claim_id"),
                _moved(Pot.RESERVED).label("reserved"),
                _moved(Pot.COMMITTED).label("committed"),
            )
            .where(county, BudgetEntry.purpose_kind == CLAIM_KIND)
            .group_by(BudgetEntry.purpose_id)
            .subquery()
        )
        settled = self._settled().subquery()
        parts = self._parts().subquery()
        reserved, committed = (func.coalesce(own.c[name], 0) for name in ("reserved", "committed"))
        paid, from_order = func.coalesce(settled.c.paid, 0), func.coalesce(parts.c.from_order, 0)
        rest = type_coerce(BudgetClaim.total, BigInteger) - from_order
        state = BudgetClaim.state
        not_approved = state.in_(sorted({ClaimState.SUBMITTED, ClaimState.CHECKED}))
        right = (
            reserved == case((not_approved, rest), else_=0),
            committed == case((state == ClaimState.APPROVED.value, rest), else_=0),
            paid == case((state.in_(sorted(SETTLED)), type_coerce(BudgetClaim.total, BigInteger)), else_=0),
            or_(from_order == 0, state.in_(sorted(HOLDING | SETTLED))),
        )
        columns = (BudgetClaim.id, BudgetClaim.number, BudgetClaim.state, BudgetClaim.total)
        sums = (from_order.label("from_order"), reserved.label("reserved"), committed.label("committed"))
        query = (
            select(*columns, *sums, paid.label("paid"))
            .outerjoin(own, own.c.claim_id == BudgetClaim.id)
            .outerjoin(settled, settled.c.claim_id == BudgetClaim.id)
            .outerjoin(parts, parts.c.claim_id == BudgetClaim.id)
            .where(~and_(*right))
        )
        return self.session.execute(self.here(query, BudgetClaim).order_by(BudgetClaim.id)).all()

    def _settled(self) -> Any:
        """Sum up what claims have paid, for their order and for themselves."""
        paid = func.sum(type_coerce(BudgetEntry.amount, BigInteger)).label("paid")
        return (
            select(BudgetEntry.source_id.label("claim_id"), paid)
            .where(
                BudgetEntry.county_id == self.scope.county_id,
                BudgetEntry.source_kind.in_((CLAIM_KIND, EXCESS_KIND)),
                BudgetEntry.purpose_kind.in_((CLAIM_KIND, ORDER_KIND)),
                BudgetEntry.movement == Movement.PAY.value,
            )
            .group_by(BudgetEntry.source_id)
        )

    def _parts(self) -> Any:
        """Sum up what claims take of their orders' commitments."""
        taken = func.sum(type_coerce(BudgetClaimLine.from_order, BigInteger)).label("from_order")
        here = BudgetClaimLine.county_id == self.scope.county_id
        return select(BudgetClaimLine.claim_id, taken).where(here).group_by(BudgetClaimLine.claim_id)

    def invoices_astray(self) -> Sequence[AnyRow]:
        """Return invoices that stand in two living claims, or freed ones of living claims."""
        voided = BudgetClaim.state == ClaimState.VOIDED.value
        key = (BudgetInvoice.code, BudgetInvoice.number)
        twice = self.here(
            select(BudgetInvoice.district_id, *key).where(BudgetInvoice.freed_on.is_(None)), BudgetInvoice
        )
        twice = twice.group_by(BudgetInvoice.district_id, *key).having(func.count() > 1)
        doubled = twice.subquery()
        query = (
            select(BudgetInvoice.id, *key, BudgetClaim.number.label("claim"))
            .join(BudgetClaim, same(BudgetClaim, BudgetInvoice.claim_id, BudgetInvoice))
            .outerjoin(
                doubled,
                and_(
                    doubled.c.district_id == BudgetInvoice.district_id,
                    doubled.c.code == BudgetInvoice.code,
                    doubled.c.number == BudgetInvoice.number,
                    BudgetInvoice.freed_on.is_(None),
                ),
            )
            .where(or_(voided == BudgetInvoice.freed_on.is_(None), doubled.c.number.is_not(None)))
        )
        return self.session.execute(self.here(query, BudgetInvoice).order_by(BudgetInvoice.id)).all()

    def steps_missing(self) -> Iterator[tuple[AnyRow, frozenset[Act]]]:
        """Return claims whose state has not all the acts that lead to it, with those that are missing."""
        query = (
            select(*(BudgetClaim.id, BudgetClaim.number, BudgetClaim.state, BudgetClaim.order_id))
            .add_columns(BudgetClaimStep.act)
            .outerjoin(BudgetClaimStep, _of_claim(BudgetClaimStep))
            .where(BudgetClaim.state.in_(sorted(_NEEDED)))
        )
        done: dict[int, tuple[AnyRow, set[str]]] = {}
        for row in self.session.execute(self.here(query, BudgetClaim).order_by(BudgetClaim.id)):
            done.setdefault(row.id, (row, set()))[1].add(row.act)
        for row, acts in done.values():
            missing = _NEEDED[ClaimState(row.state)] - acts
            if row.order_id is not None:
                missing -= {Act.ACCEPT}  # accepted on the order, as the checks of purchases see to
            if missing:
                yield row, frozenset(missing)


def _of_claim(model: Any) -> Any:
    return and_(model.county_id == BudgetClaim.county_id, model.claim_id == BudgetClaim.id)
