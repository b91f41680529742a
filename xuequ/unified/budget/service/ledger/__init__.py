"""Use cases of the budget's ledger: entries, and lines with what is available on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions import ledger as actions
from xuequ.unified.budget.errors.ledger import LineUnknown
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.ledger import granted
from xuequ.unified.budget.schemas.ledger import EntryView, LineView, Posting
from xuequ.unified.budget.service.ledger.posting import post
from xuequ.unified.budget.states.ledger import Book, FundSource, Movement, Pot

__all__ = ["LedgerService", "line_view"]


class LedgerService(Service):
    """Budget lines 预算项目, and what is reserved, committed and paid on them.

    ``available = granted − reserved − committed − paid``, and it never falls below nothing, whoever writes
    at the same time. Every movement has a `source`, the record that makes it: the same source again on
    the same line, the same way, is a replay, which has the same answer and no second effect. What is held
    is held for a `purpose` (the source itself unless another is named), and only that purpose can take it.
    """

    @property
    def _rows(self) -> BudgetRepository:
        return BudgetRepository(self.context.session, self.context.scope, self.context.place)

    @use_case(actions.RESERVE_FUNDS)
    def reserve_funds(
        self, line_id: int, amount: Money, source: Source, *, day: date | None = None
    ) -> EntryView:
        """Set money aside 预留 out of what is available.

        Raises:
            InsufficientBudget: with the line, what is available and what was asked.
            LineUnknown, YearClosed, DayOutsideYear, AmountNotPositive: for the line, day and amount.
            EntryDiffers: the source has made this entry already, with another content.
        """
        return self._post(line_id, Movement.RESERVE, Pot.AVAILABLE, amount, source, source, day)

    @use_case(actions.COMMIT_FUNDS)
    def commit_funds(
        self,
        line_id: int,
        amount: Money,
        source: Source,
        *,
        out_of: Pot = Pot.AVAILABLE,
        purpose: Source | None = None,
        day: date | None = None,
    ) -> EntryView:
        """Bind money 占用, out of what is available or what is reserved for the purpose.

        Raises:
            NotHeld: less is reserved for the purpose.
            InsufficientBudget and others: as `reserve_funds` does.
        """
        return self._post(line_id, Movement.COMMIT, out_of, amount, source, purpose, day)

    @use_case(actions.RELEASE_FUNDS)
    def release(
        self,
        line_id: int,
        amount: Money,
        source: Source,
        *,
        out_of: Pot = Pot.RESERVED,
        purpose: Source | None = None,
        day: date | None = None,
    ) -> EntryView:
        """Give back 释放 what is reserved or committed for the purpose and no longer needed.

        Raises:
            NotHeld: less is held for the purpose.
            LineUnknown and others: as `reserve_funds` does.
        """
        return self._post(line_id, Movement.RELEASE, out_of, amount, source, purpose, day)

    @use_case(actions.PAY)
    def pay(
        self,
        line_id: int,
        amount: Money,
        source: Source,
        *,
        out_of: Pot = Pot.AVAILABLE,
        purpose: Source | None = None,
        day: date | None = None,
    ) -> EntryView:
        """Pay 支付, out of what is committed or reserved for the purpose, or of what is available.

        Raises:
            NotHeld: less is held for the purpose.
            InsufficientBudget and others: as `reserve_funds` does.
        """
        return self._post(line_id, Movement.PAY, out_of, amount, source, purpose, day)

    @use_case(actions.REFUND)
    def refund(
        self,
        line_id: int,
        amount: Money,
        source: Source,
        *,
        purpose: Source | None = None,
        day: date | None = None,
    ) -> EntryView:
        """Take back 退回 what was paid for the purpose in the same year.

        Raises:
            NotHeld: less was paid for the purpose.
            LineUnknown and others: as `reserve_funds` does.
        """
        return self._post(line_id, Movement.REFUND, Pot.PAID, amount, source, purpose, day)

    @use_case(actions.POST_MANY)
    def post_many(self, postings: Sequence[Posting]) -> list[EntryView]:
        """Post many entries, all or none; only what they come to together must fit their lines.

        Raises:
            Problems: all days, amounts and ways that are wrong.
            LineUnknown, InsufficientBudget, NotHeld, YearClosed, EntryDiffers: the first of these.
        """
        return post(self.context, self._rows, postings)

    @reading(actions.VIEW_LINE, at=At.SCHOOL)
    def line(self, line_id: int) -> LineView:
        """Return a budget line with its balances.

        Raises:
            LineUnknown: when this scope has none of that id.
        """
        row = self._line(line_id)
        self.context.permit(actions.VIEW_LINE, school=row.school or "")
        return line_view(row)

    @reading(actions.VIEW_LINE)
    def lines(self, year: int, *, book: Book = Book.SCHOOL) -> list[LineView]:
        """List the budget lines of a book's fiscal year by project and codes."""
        return [line_view(row) for row in self._rows.lines_of(book, year)]

    def _line(self, line_id: int) -> AnyRow:
        row = self._rows.line(line_id)
        if row is None:
            raise LineUnknown(line=str(line_id))
        return row

    def _post(
        self,
        line_id: int,
        movement: Movement,
        out_of: Pot,
        amount: Money,
        source: Source,
        purpose: Source | None,
        day: date | None,
    ) -> EntryView:
        posting = Posting(
            line_id=line_id,
            movement=movement,
            out_of=out_of,
            amount=amount,
            source=source,
            purpose=purpose,
            day=day,
        )
        return post(self.context, self._rows, [posting])[0]


def line_view(row: AnyRow) -> LineView:
    """Return a line's row, with its school's code, as its view."""
    used = row.reserved + row.committed + row.paid
    return LineView(
        id=row.id,
        year=row.year,
        book=Book(row.book),
        fund=FundSource(row.fund),
        project_id=row.project_id,
        function=row.function,
        economic=row.economic,
        name=row.name,
        school=row.school,
        approved=row.approved,
        provisional=row.provisional,
        adjusted=row.adjusted,
        carried_in=row.carried_in,
        allowance=row.allowance,
        reserved=row.reserved,
        committed=row.committed,
        paid=row.paid,
        available=Money(granted(row).total) - used,
        closed_on=row.closed_on,
    )
