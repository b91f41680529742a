"""Use cases of purchases: requesting, approving, refusing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xuequ.core.context import At, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.purchases import APPROVE_PURCHASE, REFUSE_PURCHASE, REQUEST_PURCHASE
from xuequ.unified.budget.errors.ledger import LineUnknown
from xuequ.unified.budget.errors.purchases import PurchaseKnown
from xuequ.unified.budget.rules.claims import LineSaid, line_problems
from xuequ.unified.budget.rules.purchases import worth
from xuequ.unified.budget.schemas.purchases import ItemRequested, PurchaseView, Requesting
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.service.purchases.steps import PurchaseSteps, moving, parts_of
from xuequ.unified.budget.states.ledger import Book, Movement, Pot, Purse
from xuequ.unified.budget.states.purchases import REQUEST_KIND, REQUEST_STEP_KIND, PurchaseAct, PurchaseState


class PurchaseRequesting(PurchaseSteps):
    """Requests for goods."""

    @use_case(REQUEST_PURCHASE, at=At.SCHOOL)
    def request(self, command: Requesting) -> PurchaseView:
        """Request goods 申购: the estimate is reserved; the same again is the same request.

        Raises:
            SchoolUnknown, StaffUnknown, LineUnknown, LineOfOtherSchool, LineOfOtherBook, UseForbidden,
            DayOutsideYear, YearClosed: all that stands against it at once.
            PurchaseKnown: the number is another request's.
            InsufficientBudget: when a line has not enough.
        """
        context, rows = self.context, self._rows
        context.permit(REQUEST_PURCHASE, school=command.school or "")
        standing = rows.numbered(command.number)
        if standing is None and self._write_request(command):
            return self._reserve(command.number)
        standing = standing or rows.numbered(command.number)
        if standing is None or not _same(command, view := self._view(standing.id)):
            raise PurchaseKnown(purchase=command.number)
        return view

    @use_case(APPROVE_PURCHASE, at=At.SCHOOL)
    def approve(self, request_id: int) -> PurchaseView:
        """Approve a request 批准; not whoever made it, or whom it is for.

        Raises:
            PurchaseUnknown, PurchaseTaken, IllegalTransition: for which purchase, and in what state.
            PurchaseDutiesMeet: for who approves.
        """
        row = self._begin(request_id, APPROVE_PURCHASE, PurchaseAct.APPROVE)
        if row is not None:
            self._sign(row, PurchaseAct.APPROVE, self._who(row, PurchaseAct.APPROVE, APPROVE_PURCHASE))
            self._say(row, PurchaseAct.APPROVE, row.estimate)
        return self._view(request_id)

    @use_case(REFUSE_PURCHASE, at=At.SCHOOL)
    def refuse(self, request_id: int, reason: str) -> PurchaseView:
        """Refuse a request 不批准, with the reason: what is reserved for it is given back.

        Raises:
            PurchaseUnknown, PurchaseTaken, IllegalTransition: for which purchase, and in what state.
        """
        row = self._begin(request_id, REFUSE_PURCHASE, PurchaseAct.REFUSE)
        if row is not None:
            who = self._who(row, PurchaseAct.REFUSE, REFUSE_PURCHASE)
            step = self._sign(row, PurchaseAct.REFUSE, who, reason=reason)
            self._unreserve(row, Source(REQUEST_STEP_KIND, step))
            self._say(row, PurchaseAct.REFUSE, row.estimate)
        return self._view(request_id)

    def _write_request(self, command: Requesting) -> bool:
        """Write a request that nothing stands against; tell whether its number was free."""
        rows, schools = self._rows, {code: row.id for code, row in self._ledger.schools().items()}
        refuse_if(self._problems(command, schools))
        request_id = new_id()
        items: list[dict[str, Any]] = [
            {**dict(item), "request_id": request_id, "no": no, "amount": worth(item.quantity, item.price)}
            for no, item in enumerate(command.items, 1)
        ]
        new = rows.add_request(
            id=request_id,
            school_id=None if command.school is None else schools[command.school],
            day=self.context.today,
            state=PurchaseState.REQUESTED.code,
            estimate=Money.total(item["amount"] for item in items),
            **{name: getattr(command, name) for name in ("number", "requester_id", "reason")},
        )
        if new:
            rows.add_items(items)
        return new

    def _problems(self, command: Requesting, schools: Mapping[str, int]) -> list[Problem]:
        context, rows = self.context, self._rows
        problems: list[Problem] = []
        if command.school is not None and command.school not in schools:
            problems.append(Problem(SchoolUnknown(school=command.school)))
        if not self._people.staff_numbers([command.requester_id]):
            problems.append(Problem(StaffUnknown(staff=str(command.requester_id))))
        lines = rows.budget_lines({item.line_id for item in command.items})
        school_id = schools.get(command.school or "")
        for item in {item.line_id: item for item in command.items}.values():
            if item.line_id not in lines:
                problems.append(Problem(LineUnknown(line=str(item.line_id))))
                continue
            said = _line_said(item, lines[item.line_id])
            problems += line_problems(said, school_id, context.today, context.standards)
        return problems

    def _reserve(self, number: str) -> PurchaseView:
        row = self._rows.numbered(number)
        if row is None:
            raise PurchaseKnown(purchase=number)
        self._sign(row, PurchaseAct.REQUEST, self._who(row, PurchaseAct.REQUEST, REQUEST_PURCHASE))
        source, parts = Source(REQUEST_KIND, row.id), parts_of(self._rows.items_of(row.id), "amount")
        held = moving(Movement.RESERVE, Pot.AVAILABLE, parts, source, source, self.context.today)
        post(self.context, self._ledger, held)
        self._say(row, PurchaseAct.REQUEST, row.estimate)
        return self._view(row.id)


def _line_said(item: ItemRequested, line: AnyRow) -> LineSaid:
    return LineSaid(
        line_id=line.id,
        name=line.name,
        book=Book(line.book),
        year=line.year,
        closed=line.closed_on is not None,
        school_id=line.school_id,
        project=line.project,
        purse=Purse(line.purse),
        economic=line.economic,
        what=item.what,
        amount=worth(item.quantity, item.price),
    )


def _same(command: Requesting, view: PurchaseView) -> bool:
    """Tell whether a command says what stands."""
    head: Any = ("number", "school", "requester_id", "reason")
    names = ("what", "spec", "quantity", "unit", "price", "line_id")
    return all(getattr(command, name) == getattr(view, name) for name in head) and [
        [getattr(item, name) for name in names] for item in command.items
    ] == [[getattr(item, name) for name in names] for item in view.items]
