"""The workbook of claims: a school's list taken in as drafts, and every claim given out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book as Workbook
from xuequ.core.intake import Desk
from xuequ.core.money import Money
from xuequ.core.plan import Outcome, PlannedRow, State
from xuequ.core.workbook import Sheet
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.books.desk import Lookups, check_names, check_school, found, rows_of
from xuequ.unified.budget.errors.claims import ClaimUnknown
from xuequ.unified.budget.errors.ledger import LineUnknown
from xuequ.unified.budget.repository.claims import ClaimRows
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.ledger import Cell
from xuequ.unified.budget.schemas.books.claims import ClaimLineRow, ClaimRow, InvoiceRow
from xuequ.unified.budget.schemas.claims import (
    ClaimAddition,
    Claiming,
    ClaimView,
    InvoiceClaimed,
    LineClaimed,
)
from xuequ.unified.budget.schemas.ledger import LineCell
from xuequ.unified.budget.service.claims import ClaimService
from xuequ.unified.budget.service.ledger.granting import Cells
from xuequ.unified.budget.states.claims import ClaimState
from xuequ.unified.budget.states.ledger import Book, FundSource
from xuequ.unified.budget.templates.claims import CLAIMS


class ClaimLookups(Lookups):
    """Claims by their numbers, and budget lines by their codes, read once for a file."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.claims = ClaimRows(context.session, context.scope, context.place)
        self.ledger = BudgetRepository(context.session, context.scope, context.place)
        self.service = ClaimService(context)
        self._years: dict[int, tuple[Cells, dict[Cell, int]]] = {}

    def line(self, year: int, cell: LineCell) -> int:
        """Return the budget line of codes in a year.

        Raises:
            LineUnknown: when the year's budget has none; others for unknown codes.
        """
        if year not in self._years:
            cells = Cells(self.context, self.ledger, Book.SCHOOL, year)
            self._years[year] = cells, self.ledger.line_ids(Book.SCHOOL.code, year)
        cells, lines = self._years[year]
        (wanted,) = cells.of([cell])
        name = f"{cell.project} {cell.function} {cell.economic} {cell.school or ''}".strip()
        return found(lines, wanted, LineUnknown(line=name))

    @cached_property
    def school_codes(self) -> Mapping[int, str]:
        """School → code."""
        return {row.id: code for code, row in self.ledger.schools().items()}


class ClaimsDesk(Desk):
    """What the three sheets share."""

    sheet: Sheet

    def __init__(self, lookups: ClaimLookups) -> None:
        self.lookups = lookups
        self.service = lookups.service

    def records(self, claims: Sequence[AnyRow]) -> Iterator[Command]:
        """Return what is registered of these claims, as rows."""
        raise NotImplementedError

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is registered of the claims that rows name, by key."""
        key = self.sheet.key
        return {
            tuple([getattr(row, name) for name in key]): {
                name: value for name, value in row.__dict__.items() if name not in (*key, "name")
            }
            for row in self.records(list(self.named(rows).values()))
        }

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return every claim but void ones, of one school or of all."""
        check_school(self.lookups.context, school)
        claims = self.lookups.claims.all_claims(school)
        return self.records([row for row in claims if row.state != ClaimState.VOIDED])

    def named(self, rows: Iterable[Command]) -> dict[str, AnyRow]:
        """Return the claims that rows name."""
        return self.lookups.claims.named({cast(Any, row).number for row in rows})

    def revised(self, claim: AnyRow, head: Mapping[str, Any], lines: Mapping[int, Mapping[str, Any]]) -> None:
        """Write a draft anew with what a file changes of it."""
        view = self.service.claim(claim.id)
        self.service.revise(view.id, _again(view, head, lines), view.version)


class ClaimDesk(ClaimsDesk):
    """The sheet of claims; of a draft its supplier may change, and why it has no invoices."""

    sheet = CLAIMS.sheet("claims")
    changeable = frozenset({"supplier", "uninvoiced"})

    def records(self, claims: Sequence[AnyRow]) -> Iterator[ClaimRow]:
        """Return claims as rows."""
        for claim in claims:
            yield ClaimRow(
                number=claim.number,
                school=claim.school,
                staff_no=claim.claimant_no,
                name=claim.claimant,
                supplier=claim.supplier,
                spent_on=claim.spent_on,
                uninvoiced=claim.uninvoiced or None,
            )

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check that names are those of the numbers beside them."""
        return check_names(planned, self.lookups.staff_named)

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Write drafts, and change those that are there."""
        changed = cast("list[ClaimRow]", rows_of(planned, Outcome.CHANGED))
        there = self.named(changed)
        for row in changed:
            head = {"supplier": row.supplier, "uninvoiced": row.uninvoiced or ""}
            self.revised(there[row.number], head, {})
        added = [self._claiming(row) for row in cast("list[ClaimRow]", rows_of(planned, Outcome.ADDED))]
        if added:
            self.service.draft(added)

    def _claiming(self, row: ClaimRow) -> Claiming:
        return Claiming(
            number=row.number,
            school=row.school,
            claimant_id=self.lookups.staff(row.staff_no),
            supplier=row.supplier,
            spent_on=row.spent_on,
            uninvoiced=row.uninvoiced or "",
        )


class ClaimLineDesk(ClaimsDesk):
    """The sheet of lines; of a draft's line its purpose and amount may change."""

    sheet = CLAIMS.sheet("lines")
    changeable = frozenset({"what", "amount"})

    def records(self, claims: Sequence[AnyRow]) -> Iterator[ClaimLineRow]:
        """Return the lines of claims as rows."""
        numbers = {claim.id: claim.number for claim in claims}
        for line in self.lookups.claims.lines_of(numbers):
            school = None if line.school_id is None else self.lookups.school_codes[line.school_id]
            yield ClaimLineRow(
                number=numbers[line.claim_id],
                no=line.no,
                project=line.project_code,
                function=line.function,
                economic=line.economic,
                line_school=school,
                fund=FundSource(line.fund),
                what=line.what,
                amount=_yuan(line.amount),
            )

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Change lines of drafts, and add others."""
        rows = cast("list[ClaimLineRow]", [row.source.command for row in planned])
        claims = self.named(rows)
        changes: defaultdict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        for row in cast("list[ClaimLineRow]", rows_of(planned, Outcome.CHANGED)):
            changes[row.number][row.no] = {"what": row.what, "amount": Money.yuan(row.amount)}
        for number, lines in changes.items():
            self.revised(claims[number], {}, lines)
        more: defaultdict[int, list[LineClaimed]] = defaultdict(list)
        for row in cast("list[ClaimLineRow]", rows_of(planned, Outcome.ADDED)):
            claim = found(claims, row.number, ClaimUnknown(claim=row.number))
            more[claim.id].append(self._claimed(claim, row))
        if more:
            self.service.add_to(
                [ClaimAddition(claim_id=id_, lines=tuple(some)) for id_, some in more.items()]
            )

    def _claimed(self, claim: AnyRow, row: ClaimLineRow) -> LineClaimed:
        codes = {"project": row.project, "function": row.function, "economic": row.economic}
        cell = LineCell(fund=row.fund, school=row.line_school, **codes)
        line_id = self.lookups.line(claim.spent_on.year, cell)
        return LineClaimed(no=row.no, line_id=line_id, what=row.what, amount=Money.yuan(row.amount))


class InvoiceDesk(ClaimsDesk):
    """The sheet of invoices; an invoice is as it was issued, and changes no more."""

    sheet = CLAIMS.sheet("invoices")
    changeable: ClassVar[frozenset[str] | None] = frozenset()

    def records(self, claims: Sequence[AnyRow]) -> Iterator[InvoiceRow]:
        """Return the invoices of claims as rows."""
        by_id = {claim.id: claim for claim in claims}
        for one in self.lookups.claims.invoices_of(by_id):
            claim = by_id[one.claim_id]
            yield InvoiceRow(
                number=claim.number,
                code=one.code or None,
                invoice=one.number,
                day=one.day,
                amount=_yuan(one.amount),
                supplier=None if one.supplier == claim.supplier else one.supplier,
            )

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Add invoices to drafts."""
        rows = cast("list[InvoiceRow]", rows_of(planned, Outcome.ADDED))
        claims = self.named(rows)
        more: defaultdict[int, list[InvoiceClaimed]] = defaultdict(list)
        for row in rows:
            claim = found(claims, row.number, ClaimUnknown(claim=row.number))
            more[claim.id].append(_invoice(row))
        if more:
            self.service.add_to(
                [ClaimAddition(claim_id=id_, invoices=tuple(some)) for id_, some in more.items()]
            )


def _invoice(row: InvoiceRow) -> InvoiceClaimed:
    amount = Money.yuan(row.amount)
    said = {"code": row.code or "", "number": row.invoice}
    return InvoiceClaimed(**said, day=row.day, amount=amount, supplier=row.supplier)


def _again(view: ClaimView, head: Mapping[str, Any], lines: Mapping[int, Mapping[str, Any]]) -> Claiming:
    """Return a claim as it stands, but for what is changed of it and of its lines."""
    names = ("number", "school", "claimant_id", "supplier", "spent_on", "uninvoiced")
    said = {name: getattr(view, name) for name in (*names, "order_id", "decision_item_id")}
    kept = ("no", "line_id", "what", "amount")
    stand = [
        {name: getattr(line, name) for name in kept} | dict(lines.get(line.no, {})) for line in view.lines
    ]
    bills = ("code", "number", "day", "amount", "supplier")
    given = [{name: getattr(one, name) for name in bills} for one in view.invoices]
    for bill in given:
        bill["supplier"] = None if bill["supplier"] == view.supplier else bill["supplier"]
    return Claiming(
        **{**said, **head},
        lines=tuple(LineClaimed(**line) for line in stand),
        invoices=tuple(InvoiceClaimed(**bill) for bill in given),
    )


def _yuan(amount: Money) -> Decimal:
    return Decimal(amount.fen).scaleb(-2)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = ClaimLookups(context)
    return {"claims": ClaimDesk(lookups), "lines": ClaimLineDesk(lookups), "invoices": InvoiceDesk(lookups)}


CLAIMS_BOOK = Workbook(CLAIMS, _desks, stale="报销单")
