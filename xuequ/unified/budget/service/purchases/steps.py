"""Steps that the use cases of purchases share: finding and locking, who signs, writing down an act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xuequ.core.access import Action, Post
from xuequ.core.errors import refuse_if
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.purchases import PurchaseTaken, PurchaseUnknown
from xuequ.unified.budget.facts.purchases import SAID_OF
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.repository.purchases import PurchaseRows
from xuequ.unified.budget.rules.claim_duties import Doer
from xuequ.unified.budget.rules.purchases import (
    purchase_act_problems,
    purchase_done,
    purchase_duty_problems,
)
from xuequ.unified.budget.schemas.ledger import Posting
from xuequ.unified.budget.schemas.purchases import PurchaseView
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.purchases.views import purchase_view
from xuequ.unified.budget.service.signatures import Signatories, Signatory
from xuequ.unified.budget.states.ledger import Movement, Pot
from xuequ.unified.budget.states.purchases import PURCHASE_WAYS, REQUEST_KIND, PurchaseAct, PurchaseState


class PurchaseSteps(Signatories):
    """What the use cases of purchases are made of."""

    @property
    def _rows(self) -> PurchaseRows:
        return PurchaseRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _ledger(self) -> BudgetRepository:
        return BudgetRepository(self.context.session, self.context.scope, self.context.place)

    def _purchase(self, request_id: int, action: Action) -> AnyRow:
        """Return a purchase, after checking that the actor may do this at its school."""
        row = self._rows.purchase(request_id)
        if row is None:
            raise PurchaseUnknown(purchase=str(request_id))
        self.context.permit(action, school=row.school or "")
        return row

    def _locked(self, request_id: int, action: Action) -> AnyRow:
        """Lock a purchase; return it as it stands now."""
        self._rows.lock(self._purchase(request_id, action).id)
        return self._purchase(request_id, action)

    def _begin(self, request_id: int, action: Action, act: PurchaseAct) -> AnyRow | None:
        """Lock a purchase for an act; None when the same person has done it already.

        Raises:
            PurchaseUnknown, ActionNotPermitted: for which purchase, and for who asks.
            PurchaseTaken: when somebody else has done it.
            IllegalTransition: when it may not be done in the purchase's state.
        """
        row = self._locked(request_id, action)
        state = PurchaseState(row.state)
        if state not in PURCHASE_WAYS[act][0]:
            if self._done_before(row, act):
                return None
            refuse_if(purchase_act_problems(act, state))
        return row

    def _done_before(self, row: AnyRow, act: PurchaseAct) -> bool:
        """Tell whether the actor has done it; refuse if another has."""
        done = [step for step in self._rows.steps_of(row.id) if step.act == act]
        if not done:
            return False
        last, actor = done[-1], self.context.acting
        if last.staff_id is None if actor.is_system else last.staff_no == actor.staff_no:
            return True
        post = "" if last.post is None else Post(last.post).label
        by = " ".join(part for part in (post, last.staff_no or "系统") if part)
        raise PurchaseTaken(purchase=row.number, act=act.label, by=by, on=str(last.day))

    def _place(self, row: AnyRow) -> str:
        return f"{self.context.place}/{row.school}" if row.school else self.context.place

    def _who(self, row: AnyRow, act: PurchaseAct, action: Action) -> Signatory:
        """Return who acts, and refuse whoever has done what excludes it; also by delegation."""
        who = self._signs_at(self._place(row), sorted(action.posts))
        if who.staff_id is not None:
            steps = [(PurchaseAct(step.act), step.staff_id) for step in self._rows.steps_of(row.id)]
            doers = [Doer(who.staff_id, who.number), *self._lent_by(who)]
            done = purchase_done(row.requester_id, steps)
            today, standards = self.context.today, self.context.standards
            refuse_if(purchase_duty_problems(act, doers, done, standards, on=today, purchase=row.number))
        return who

    def _sign(
        self, row: AnyRow, act: PurchaseAct, who: Signatory, *, reason: str = "", day: date | None = None
    ) -> int:
        """Write down an act on a purchase, with its new state; return the step."""
        step_id = self._rows.add_step(
            request_id=row.id,
            act=act.code,
            staff_id=who.staff_id,
            post=None if who.post is None else who.post.code,
            day=day or self.context.today,
            at=self.context.now,
            reason=reason or who.reason,
        )
        state = PURCHASE_WAYS[act][1]
        if state != row.state:
            self._rows.move(row.id, state)
        return step_id

    def _say(self, row: AnyRow, act: PurchaseAct, amount: Money, *, order_id: int | None = None) -> None:
        fact = SAID_OF[act](
            request_id=row.id,
            school_id=row.school_id,
            order_id=order_id,
            amount=amount,
            on=self.context.today,
        )
        self.context.announce(fact)

    def _unreserve(self, row: AnyRow, source: Source) -> None:
        """Give back all that is reserved for a request."""
        parts = parts_of(self._rows.items_of(row.id), "amount")
        purpose, today = Source(REQUEST_KIND, row.id), self.context.today
        given = moving(Movement.RELEASE, Pot.RESERVED, parts, source, purpose, today)
        post(self.context, self._ledger, given)

    def _view(self, request_id: int) -> PurchaseView:
        rows = self._rows
        row = rows.purchase(request_id)
        if row is None:
            raise PurchaseUnknown(purchase=str(request_id))
        order = row.order_id
        return purchase_view(
            row,
            rows.items_of(request_id),
            () if order is None else rows.acceptances_of(order),
            () if order is None else rows.deliveries_of(order),
            rows.steps_of(request_id),
        )


def moving(
    movement: Movement,
    out_of: Pot,
    parts: Iterable[tuple[int, int, Money]],
    source: Source,
    purpose: Source,
    today: date,
) -> list[Posting]:
    """Return the postings that move parts, each of a line of a year.

    What is held of last year's line is given back on that year's last day.
    """
    return [
        Posting(
            line_id=line,
            movement=movement,
            out_of=out_of,
            amount=amount,
            source=source,
            purpose=purpose,
            day=min(today, date(year, 12, 31)) if movement is Movement.RELEASE else today,
        )
        for line, year, amount in parts
        if amount
    ]


def parts_of(items: Iterable[AnyRow], amount: str) -> list[tuple[int, int, Money]]:
    """Add up a column of items by budget line: line, year and amount."""
    found: dict[tuple[int, int], Money] = {}
    for item in items:
        key = (item.line_id, item.year)
        found[key] = found.get(key, Money(0)) + (getattr(item, amount) or Money(0))
    return [(line, year, total) for (line, year), total in sorted(found.items())]
