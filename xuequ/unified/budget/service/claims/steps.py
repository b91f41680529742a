"""Steps that the use cases of claims share: finding and locking, who signs, writing down an act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xuequ.core.access import Action, Post
from xuequ.core.errors import Stale, refuse_if
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.claims import ClaimTaken, ClaimUnknown
from xuequ.unified.budget.facts.claims import SAID_OF
from xuequ.unified.budget.repository.claims import ClaimRows
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.repository.purchases import PurchaseRows
from xuequ.unified.budget.rules.claim_duties import DUTIES, Doer, done_by, meeting_problems, post_problems
from xuequ.unified.budget.rules.claims import ClaimSaid, InvoiceSaid, LineSaid, act_problems
from xuequ.unified.budget.schemas.claims import ClaimView
from xuequ.unified.budget.service.claims.views import claim_view
from xuequ.unified.budget.service.signatures import Signatories, Signatory
from xuequ.unified.budget.states.claims import WAYS, Act, ClaimState
from xuequ.unified.budget.states.ledger import Book, Purse


class ClaimSteps(Signatories):
    """What the use cases of claims are made of."""

    @property
    def _rows(self) -> ClaimRows:
        return ClaimRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _ledger(self) -> BudgetRepository:
        return BudgetRepository(self.context.session, self.context.scope, self.context.place)

    @property
    def _purchases(self) -> PurchaseRows:
        return PurchaseRows(self.context.session, self.context.scope, self.context.place)

    # finding

    def _claim(self, claim_id: int, action: Action) -> AnyRow:
        """Return a claim, after checking that the actor may do this at its school."""
        row = self._rows.claim(claim_id)
        if row is None:
            raise ClaimUnknown(claim=str(claim_id))
        self.context.permit(action, school=row.school or "")
        return row

    def _locked(self, row: AnyRow, version: int | None = None) -> AnyRow:
        """Lock a claim, and the other claims of its order; return it as it stands now."""
        locked = self._rows.lock([row.id], order=row.order_id)[row.id]
        if locked.order_id != row.order_id or version not in (None, locked.version):
            raise Stale(what=f"报销单“{row.number}”")
        return locked

    def _begin(self, claim_id: int, action: Action, act: Act, *, version: int | None = None) -> AnyRow | None:
        """Lock a claim for an act; None when the same person has done it already.

        Raises:
            ClaimUnknown, ActionNotPermitted: for which claim, and for who asks.
            Stale: when the claim is not of the version that was seen.
            ClaimTaken: when somebody else has done it.
            IllegalTransition: when it may not be done in the claim's state.
        """
        row = self._locked(self._claim(claim_id, action), version)
        state = ClaimState(row.state)
        if act is not Act.ACCEPT and state in WAYS[act][0]:
            return row
        if self._done_before(row, act):
            return None
        refuse_if(act_problems(act, state))
        return row

    def _done_before(self, row: AnyRow, act: Act) -> bool:
        """Tell whether the actor has done it since the claim last came back; refuse if another has."""
        done = [step for step in self._round(row.id) if step.act == act]
        if not done:
            return False
        last, actor = done[-1], self.context.acting
        if last.staff_id is None if actor.is_system else last.staff_no == actor.staff_no:
            return True
        post = "" if last.post is None else Post(last.post).label
        by = " ".join(part for part in (post, last.staff_no or "系统") if part)
        raise ClaimTaken(claim=row.number, act=act.label, by=by, on=str(last.day))

    def _round(self, claim_id: int) -> list[AnyRow]:
        """Return the acts since a claim last came back; a return ends a round and belongs to it."""
        steps: list[AnyRow] = []
        ended = False
        for step in self._rows.steps_of([claim_id]):
            if ended and step.act in (Act.REVISE, Act.SUBMIT):
                steps, ended = [], False
            steps.append(step)
            ended = ended or step.act == Act.RETURN
        return steps

    def _said(self, row: AnyRow) -> ClaimSaid:
        """Return a claim with what it names, as the rules take it."""
        rows = self._rows
        return ClaimSaid(
            number=row.number,
            school_id=row.school_id,
            spent_on=row.spent_on,
            uninvoiced=row.uninvoiced,
            decided=row.decision_item_id is not None,
            lines=[_line_said(line) for line in rows.lines_of([row.id])],
            invoices=[
                InvoiceSaid(one.code, one.number, one.day, one.amount) for one in rows.invoices_of([row.id])
            ],
        )

    # who signs

    def _signatory(self, row: AnyRow, posts: Iterable[Post]) -> Signatory:
        place = f"{self.context.place}/{row.school}" if row.school else self.context.place
        return self._signs_at(place, posts)

    def _keep_apart(self, row: AnyRow, act: Act, who: Signatory, *, also_on: Sequence[date] = ()) -> None:
        """Refuse an act by whoever has done, or holds, what excludes it; also by delegation or back then."""
        if who.staff_id is None or act not in DUTIES:
            return
        context, today = self.context, self.context.today
        steps = [(Act(step.act), step.staff_id) for step in self._rows.steps_of([row.id])]
        doer = Doer(who.staff_id, who.number)
        doers = [doer, *self._lent_by(who)]
        done = done_by(row.claimant_id, steps)
        number = row.number
        problems = meeting_problems(act, doers, done, context.standards, on=today, claim=number)
        days = [*also_on, today]
        held = self._held(who.staff_id, min(days))
        place = context.place
        refuse_if(problems + post_problems(act, doer, held, days, context.standards, place=place))

    # writing down

    def _sign(
        self,
        row: AnyRow,
        act: Act,
        action: Action,
        *,
        who: Signatory | None = None,
        day: date | None = None,
        reason: str = "",
        summed: Money | None = None,
        basis: str = "",
    ) -> int:
        """Write down an act on a claim, with its new state, and say that it happened; return the step."""
        signed = who or self._signatory(row, sorted(action.posts))
        day = day or self.context.today
        step_id = self._rows.add_step(
            {
                "claim_id": row.id,
                "act": act.code,
                "staff_id": signed.staff_id,
                "post": None if signed.post is None else signed.post.code,
                "day": day,
                "at": self.context.now,
                "reason": reason or signed.reason,
                "summed": summed,
                "basis": basis,
            }
        )
        state = WAYS[act][1]
        if state != row.state:
            self._rows.change(row.id, state=state.code)
        self._announce(act, row, row.total, day)
        return step_id

    def _announce(self, act: Act, row: Any, total: Money, day: date) -> None:
        self.context.announce(
            SAID_OF[act](claim_id=row.id, school_id=row.school_id, total=total, on=day, order_id=row.order_id)
        )

    def _view(self, claim_id: int) -> ClaimView:
        rows = self._rows
        row = rows.claim(claim_id)
        if row is None:
            raise ClaimUnknown(claim=str(claim_id))
        ids = [claim_id]
        return claim_view(row, rows.lines_of(ids), rows.invoices_of(ids), rows.steps_of(ids))


def _line_said(line: AnyRow) -> LineSaid:
    return LineSaid(
        line_id=line.line_id,
        name=line.line,
        book=Book(line.book),
        year=line.year,
        closed=line.closed_on is not None,
        school_id=line.school_id,
        project=line.project,
        purse=Purse(line.purse),
        economic=line.economic,
        what=line.what,
        amount=line.amount,
        from_order=line.from_order,
    )
