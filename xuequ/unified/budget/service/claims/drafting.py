"""Use cases of claims: writing, completing, revising and voiding a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xuequ.core.context import At, use_case
from xuequ.core.errors import Problem, Stale, refuse_if
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.claims import DRAFT_CLAIM
from xuequ.unified.budget.errors.claims import (
    ClaimClosed,
    ClaimKnown,
    ClaimLineKnown,
    ClaimUnknown,
    InvoiceUsed,
)
from xuequ.unified.budget.errors.council import DecisionUnknown
from xuequ.unified.budget.errors.ledger import AmountNotPositive, LineUnknown
from xuequ.unified.budget.errors.purchases import OrderOfOtherSupplier, OrderUnknown
from xuequ.unified.budget.rules.claims import InvoiceSaid, invoices_twice, supplier_key
from xuequ.unified.budget.schemas.claims import (
    ClaimAddition,
    Claiming,
    ClaimView,
    InvoiceClaimed,
)
from xuequ.unified.budget.service.claims.steps import ClaimSteps
from xuequ.unified.budget.states.claims import WAYS, Act, ClaimState

_HEAD = ("number", "claimant_id", "supplier", "spent_on", "uninvoiced", "order_id", "decision_item_id")


class ClaimDrafting(ClaimSteps):
    """Drafts of claims."""

    @use_case(DRAFT_CLAIM, at=At.SCHOOL)
    def draft(self, commands: Sequence[Claiming]) -> list[ClaimView]:
        """Write claims 填写, all or none; the same number with the same content again is the same claim.

        Raises:
            SchoolUnknown, StaffUnknown, LineUnknown, DecisionUnknown, OrderUnknown, OrderOfOtherSupplier,
                AmountNotPositive, InvoiceTwice: all of these at once.
            ClaimKnown: a number is another claim's.
            InvoiceUsed: an invoice is in another claim, which is named.
        """
        self._permit_schools({command.school for command in commands})
        schools = {code: row.id for code, row in self._ledger.schools().items()}
        refuse_if(self._unnamed(commands, schools))
        made = {new_id(): command for command in commands}
        rows = [self._head(row_id, command, schools) for row_id, command in made.items()]
        new = self._rows.add(sorted(rows, key=lambda row: str(row["number"])))
        fresh = {row_id: command for row_id, command in made.items() if row_id in new}
        self._fill(fresh)
        self._drafted(fresh)
        named = self._rows.named([command.number for command in commands])
        views = [self._view(named[command.number].id) for command in commands]
        for command, view in zip(commands, views, strict=True):
            if view.id not in new and not _same(command, view):
                raise ClaimKnown(claim=command.number)
        return views

    @use_case(DRAFT_CLAIM, at=At.SCHOOL)
    def add_to(self, additions: Sequence[ClaimAddition]) -> None:
        """Add lines and invoices to drafts, all or none.

        Raises:
            ClaimUnknown, ClaimClosed: for which claims; one that came back is revised first.
            ClaimLineKnown, LineUnknown, AmountNotPositive, InvoiceTwice, InvoiceUsed: for what is added.
        """
        by_id = {one.claim_id: one for one in additions}
        rows = {row_id: self._claim(row_id, DRAFT_CLAIM) for row_id in sorted(by_id)}
        if not rows:
            self.context.permit(DRAFT_CLAIM, school="")
        locked = self._rows.lock(by_id)
        refuse_if(self._unnamed(additions, {}))
        for row in locked.values():
            if row.state != ClaimState.DRAFT:
                raise ClaimClosed(claim=row.number, state=ClaimState(row.state).label)
        self._fill(by_id)
        for row_id in sorted(locked):
            self._rows.change(row_id, version=locked[row_id].version + 1)
            self._say_revised(row_id)

    @use_case(DRAFT_CLAIM, at=At.SCHOOL)
    def revise(self, claim_id: int, command: Claiming, version: int) -> ClaimView:
        """Write a draft anew 修改, or one that came back, which is a draft again; its number stays.

        Raises:
            ClaimUnknown, ClaimClosed: for which claim.
            Stale: when it was changed since that version was seen; what stands already is no change.
            Others as `draft` does.
        """
        row = self._locked(self._claim(claim_id, DRAFT_CLAIM))
        self._permit_schools({command.school})
        if ClaimState(row.state) not in WAYS[Act.REVISE][0]:
            raise ClaimClosed(claim=row.number, state=ClaimState(row.state).label)
        if row.state == ClaimState.DRAFT and _same(command, self._view(claim_id)):
            return self._view(claim_id)
        if row.version != version:
            raise Stale(what=f"报销单“{row.number}”")
        schools = {code: school.id for code, school in self._ledger.schools().items()}
        refuse_if(self._unnamed([command], schools))
        if command.number != row.number:
            raise ClaimKnown(claim=command.number)
        head = self._head(claim_id, command, schools)
        kept = {name: value for name, value in head.items() if name not in ("id", "number", "state", "total")}
        self._rows.clear(claim_id)
        self._rows.change(claim_id, **{**kept, "version": row.version + 1})
        self._fill({claim_id: command})
        self._sign(self._locked_again(claim_id), Act.REVISE, DRAFT_CLAIM)
        return self._view(claim_id)

    @use_case(DRAFT_CLAIM, at=At.SCHOOL)
    def void(self, claim_id: int, reason: str) -> ClaimView:
        """Void a draft 作废, or a claim that came back: its invoices may be used again, its number may not.

        Raises:
            ClaimUnknown, ClaimTaken, IllegalTransition: for which claim, and in what state.
        """
        row = self._begin(claim_id, DRAFT_CLAIM, Act.VOID)
        if row is not None:
            self._rows.free_invoices(claim_id, self.context.today)
            self._sign(row, Act.VOID, DRAFT_CLAIM, reason=reason)
        return self._view(claim_id)

    def _permit_schools(self, schools: Iterable[str | None]) -> None:
        for school in {school or "" for school in schools} or {""}:
            self.context.permit(DRAFT_CLAIM, school=school)

    def _locked_again(self, claim_id: int) -> AnyRow:
        return self._rows.lock([claim_id])[claim_id]

    def _unnamed(
        self, commands: Sequence[Claiming | ClaimAddition], schools: Mapping[str, int]
    ) -> list[Problem]:
        """Return what commands name that is not there, amounts of nothing, and invoices that stand twice."""
        lines = [line for command in commands for line in command.lines]
        known = self._rows.budget_lines({line.line_id for line in lines})
        whole = [command for command in commands if isinstance(command, Claiming)]
        people = self._rows.staff_numbers({command.claimant_id for command in whole})
        items = {command.decision_item_id for command in whole if command.decision_item_id is not None}
        decided = self._rows.decision_items(items)
        amounts = [line.amount for line in lines]
        amounts += [invoice.amount for command in commands for invoice in command.invoices]
        return [
            *(
                Problem(SchoolUnknown(school=command.school))
                for command in whole
                if command.school is not None and command.school not in schools
            ),
            *(
                Problem(StaffUnknown(staff=str(command.claimant_id)))
                for command in whole
                if command.claimant_id not in people
            ),
            *(problem for command in whole for problem in self._order_problems(command)),
            *(Problem(LineUnknown(line=str(line.line_id))) for line in lines if line.line_id not in known),
            *(Problem(DecisionUnknown(item=str(item))) for item in sorted(items - decided)),
            *(Problem(AmountNotPositive(amount=amount)) for amount in amounts if amount.fen <= 0),
            *(problem for command in commands for problem in invoices_twice(_said(command.invoices))),
        ]

    def _order_problems(self, command: Claiming) -> list[Problem]:
        """Return that the order that is cited is not here, or is another supplier's."""
        if command.order_id is None:
            return []
        order = self._purchases.of_order(command.order_id)
        if order is None:
            return [Problem(OrderUnknown(order=str(command.order_id)))]
        if order.supplier_key == supplier_key(command.supplier):
            return []
        said = {"claim": command.number, "order": order.order, "supplier": order.supplier}
        return [Problem(OrderOfOtherSupplier(**said))]

    def _head(self, row_id: int, command: Claiming, schools: Mapping[str, int]) -> dict[str, Any]:
        return {
            **{name: getattr(command, name) for name in _HEAD},
            "id": row_id,
            "school_id": None if command.school is None else schools[command.school],
            "supplier_key": supplier_key(command.supplier),
            "state": ClaimState.DRAFT.code,
            "total": Money(0),
            "version": 1,
        }

    def _fill(self, contents: Mapping[int, Claiming | ClaimAddition]) -> None:
        """Write lines and invoices of drafts, and add the drafts up."""
        rows = self._rows
        lines = [
            {**dict(line), "id": new_id(), "claim_id": row_id, "no": line.no or place}
            for row_id, content in contents.items()
            for place, line in enumerate(content.lines, 1)
        ]
        there = rows.add_lines(lines)
        for line in lines:
            if line["id"] not in there:
                raise ClaimLineKnown(claim=self._number(line["claim_id"]), no=line["no"])
        rows.add_up(contents)
        self._add_invoices({row_id: content.invoices for row_id, content in contents.items()})

    def _add_invoices(self, invoices: Mapping[int, Sequence[InvoiceClaimed]]) -> None:
        rows = self._rows
        suppliers = {row_id: row.supplier for row_id, row in rows.lock(invoices).items()}
        values: list[dict[str, Any]] = [
            {
                **dict(invoice),
                "id": new_id(),
                "claim_id": row_id,
                "supplier": invoice.supplier or suppliers[row_id],
            }
            for row_id, some in invoices.items()
            for invoice in some
        ]
        there = rows.add_invoices(values)
        used = [one for one in values if one["id"] not in there]
        if used:
            claims = rows.users_of([(one["code"], one["number"]) for one in used])
            refuse_if([_used(one, claims) for one in used])

    def _number(self, claim_id: int) -> str:
        row = self._rows.claim(claim_id)
        if row is None:
            raise ClaimUnknown(claim=str(claim_id))
        return str(row.number)

    def _drafted(self, fresh: Mapping[int, Claiming]) -> None:
        """Write down who wrote new drafts, and say that they were written."""
        rows = self._rows.lock(fresh)
        for row_id in fresh:
            self._sign(rows[row_id], Act.DRAFT, DRAFT_CLAIM)

    def _say_revised(self, claim_id: int) -> None:
        row = self._locked_again(claim_id)
        self._announce(Act.REVISE, row, row.total, self.context.today)


def _said(invoices: Iterable[InvoiceClaimed]) -> list[InvoiceSaid]:
    return [InvoiceSaid(one.code, one.number, one.day, one.amount) for one in invoices]


def _used(values: Mapping[str, Any], claims: Mapping[tuple[str, str], str]) -> Problem:
    name = f"{values['code']} {values['number']}".strip()
    return Problem(InvoiceUsed(invoice=name, claim=claims.get((values["code"], values["number"]), "")))


def _same(command: Claiming, view: ClaimView) -> bool:
    """Tell whether a command says what stands."""
    head = all(getattr(command, name) == getattr(view, name) for name in (*_HEAD, "school"))
    lines = sorted(
        (line.no or place, line.line_id, line.what, line.amount)
        for place, line in enumerate(command.lines, 1)
    )
    bills = {
        (one.code, one.number, one.day, one.amount, one.supplier or command.supplier)
        for one in command.invoices
    }
    return (
        head
        and lines == [(line.no, line.line_id, line.what, line.amount) for line in view.lines]
        and bills == {(one.code, one.number, one.day, one.amount, one.supplier) for one in view.invoices}
    )
