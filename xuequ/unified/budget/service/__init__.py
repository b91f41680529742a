"""Use cases of the budget's ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget import actions
from xuequ.unified.budget.errors import AmountNotPositive, LineKnown, LineUnknown, MoneyStillHeld, YearClosed
from xuequ.unified.budget.facts import LineOpened, YearClosedForBooks
from xuequ.unified.budget.repository import BudgetRepository
from xuequ.unified.budget.schemas import EntryView, LineOpening, LineView, Posting
from xuequ.unified.budget.service.posting import post
from xuequ.unified.budget.states import Book, Movement, Pot

__all__ = ["BudgetService"]


class BudgetService(Service):
    """Budget lines 预算项目, and what is reserved, committed and paid on them.

    ``available = amount − reserved − committed − paid``, and it never falls below nothing, whoever writes
    at the same time. Every movement has a `source`, the record that makes it: the same source again on
    the same line, the same way, is a replay, which has the same answer and no second effect. What is held
    is held for a `purpose` (the source itself unless another is named), and only that purpose can take it.
    """

    @property
    def _rows(self) -> BudgetRepository:
        return BudgetRepository(self.context.session, self.context.scope, self.context.place)

    @use_case(actions.OPEN_LINE)
    def open_line(self, command: LineOpening) -> LineView:
        """Open a budget line of a fiscal year, which is the calendar year.

        Raises:
            LineKnown: the book has a line of that code for that year and school.
            YearClosed, SchoolUnknown, AmountNotPositive: for what the command says.
            DistrictNeeded: at the county's door.
        """
        if command.amount.fen < 0:
            raise AmountNotPositive(amount=command.amount)
        if command.school_id is not None and not self._rows.has_school(command.school_id):
            raise SchoolUnknown(school=str(command.school_id))
        if self._rows.lock_year(command.year) is not None:
            raise YearClosed(year=command.year)
        if self._rows.has_line(command.year, command.book.code, command.code, command.school_id):
            raise LineKnown(line=command.code, year=command.year)
        values = command.model_dump(exclude={"amount"}) | {"amount": command.amount}
        line_id = self._rows.add_line({**values, "book": command.book.code})
        fact = LineOpened(line_id=line_id, school_id=command.school_id, amount=command.amount)
        self.context.announce(fact)
        return _view(self._line(line_id))

    @use_case(actions.CLOSE_YEAR)
    def close_year(self, year: int) -> None:
        """Close a fiscal year 关账: nothing more is posted in it. A closed year again changes nothing.

        Raises:
            MoneyStillHeld: while a line holds money that is reserved or committed.
        """
        if self._rows.lock_year(year) is not None:
            return
        for line in self._rows.lock_lines_of(year):
            held = line.reserved + line.committed
            if held:
                raise MoneyStillHeld(year=year, line=line.name, held=held)
        self._rows.close(year, self.context.today)
        self.context.announce(YearClosedForBooks(year=year))

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
        return _view(row)

    @reading(actions.VIEW_LINE)
    def lines(self, year: int) -> list[LineView]:
        """List the budget lines of a fiscal year by book and code."""
        return [_view(row) for row in self._rows.lines_of(year)]

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


def _view(row: AnyRow) -> LineView:
    return LineView(
        id=row.id,
        year=row.year,
        book=Book(row.book),
        code=row.code,
        name=row.name,
        school_id=row.school_id,
        amount=row.amount,
        reserved=row.reserved,
        committed=row.committed,
        paid=row.paid,
        available=row.amount - row.reserved - row.committed - row.paid,
        closed_on=row.closed_on,
    )
