"""The close of a fiscal year: what is carried over for the same use, and what is surplus to hand back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.closing import CLOSE_YEAR
from xuequ.unified.budget.actions.years import VIEW_BUDGET
from xuequ.unified.budget.errors.adjustments import YearNotApproved
from xuequ.unified.budget.errors.closing import EarlierYearOpen
from xuequ.unified.budget.facts.closing import YearClosedForBooks
from xuequ.unified.budget.repository.closing import ClosingRows
from xuequ.unified.budget.rules.closing import Lot, becomes, still_held, unspent
from xuequ.unified.budget.rules.ledger import Cell, Grant
from xuequ.unified.budget.schemas.closing import AgeingRow, AgeingView, CarryRow, CarryView, ClosingView
from xuequ.unified.budget.service.ledger.granting import Cells, grant, open_lines
from xuequ.unified.budget.states.closing import CarryKind
from xuequ.unified.budget.states.ledger import Book, ProjectKind
from xuequ.unified.budget.states.years import Stage


class ClosingService(Service):
    """The close 年度关账 of a book's year; there is no way back, corrections belong to the next year."""

    @property
    def _rows(self) -> ClosingRows:
        return ClosingRows(self.context.session, self.context.scope, self.context.place)

    @use_case(CLOSE_YEAR)
    def close(self, year: int, *, book: Book = Book.SCHOOL) -> ClosingView:
        """Close a book's fiscal year: nothing more is posted in it, and what is unspent finds its place.

        Project money is carried for the same use into the next year's same cell; what is still unspent at
        the end of its second year is surplus 结余. A voucher that comes at the same time is either in
        before the close, and counted, or refused with `YearClosed`. A closed year again changes nothing.

        Raises:
            YearNotApproved: the year's budget was never approved.
            EarlierYearOpen: the year before is in execution still.
            MoneyStillHeld: all lines on which money is reserved or committed, together.
            StandardNotSet: the district has not said whether basic expenditure is carried.
        """
        before = self._rows.year(book.code, year - 1)
        of = self._rows.lock_year(book.code, year)
        if of.stage != Stage.CLOSED:
            if of.stage != Stage.APPROVED:
                raise YearNotApproved(book=book.label, year=year, stage=Stage(of.stage).label)
            if before is not None and before.stage not in (Stage.DRAFTING, Stage.CLOSED):
                raise EarlierYearOpen(book=book.label, year=year - 1)
            self._close(book, year)
        return self._shown(book, year)

    @reading(VIEW_BUDGET)
    def ageing(self, year: int, *, book: Book = Book.SCHOOL) -> AgeingView:
        """Return the ageing 结转结余账龄表 of what was carried into a year, and what its close made of it."""
        of = self._rows.year(book.code, year)
        limit = self.context.standards.whole("budget.surplus_after_years", on=date(year, 12, 31))
        return AgeingView(
            district=self._rows.district_name(),
            book=book,
            year=year,
            closed_on=None if of is None else of.closed_on,
            brought=tuple(_aged(self._rows.brought(book.code, year), year, limit)),
            closed=tuple(_carry_row(row) for row in self._rows.closed(book.code, year)),
        )

    def _close(self, book: Book, year: int) -> None:
        """Close a year under the locks of the years beside it; lines are locked once, by their ids."""
        rows = self._rows
        rows.lock_year(book.code, year + 1)
        lines = [row for row in rows.lock_lines_of(book.code, year, year + 1) if row.year == year]
        refuse_if(still_held(year, ((row.name, row.reserved + row.committed) for row in lines)))
        made = self._made(book, year, lines)
        self._carry(book, year, lines, made)
        rows.close(book.code, year, self.context.today)
        sums: Counter[CarryKind] = Counter()
        for _, lot, kind in made:
            sums[kind] += lot.fen
        carried, surplus = Money(sums[CarryKind.CARRIED]), Money(sums[CarryKind.SURPLUS])
        self.context.announce(YearClosedForBooks(book=book.code, year=year, carried=carried, surplus=surplus))

    def _made(self, book: Book, year: int, lines: Sequence[AnyRow]) -> list[tuple[AnyRow, Lot, CarryKind]]:
        """Return what becomes of every line's unspent money, by its origin."""
        standards, day = self.context.standards, date(year, 12, 31)
        brought: defaultdict[int, list[Lot]] = defaultdict(list)
        for row in self._rows.brought(book.code, year):
            brought[row.to_line_id].append(Lot(row.origin, row.amount.fen))
        left = [(line, lot) for line in lines for lot in _left(year, line, brought[line.id])]
        basic = {
            key for key, kind in self._rows.project_kinds().items() if ProjectKind(kind) is ProjectKind.BASIC
        }
        carry_basic = any(line.project_id in basic for line, _ in left) and standards.flag(
            "budget.carry_basic", on=day
        )
        if not left:
            return []
        limit = standards.whole("budget.surplus_after_years", on=day)
        return [
            (
                line,
                lot,
                becomes(
                    lot.origin,
                    at=year,
                    after_years=limit,
                    may_carry=carry_basic or line.project_id not in basic,
                ),
            )
            for line, lot in left
        ]

    def _carry(
        self,
        book: Book,
        year: int,
        lines: Sequence[AnyRow],
        made: Sequence[tuple[AnyRow, Lot, CarryKind]],
    ) -> None:
        """Write down what became of the money, and grant what is carried in the next year's same cells."""
        cells = {line.id: _next_cell(line) for line, _, kind in made if kind is CarryKind.CARRIED}
        ids: Mapping[Cell, int] = {}
        if cells:
            ids = open_lines(self._rows, Cells(self.context, self._rows, book, year + 1), cells.values())
        carried: Counter[int] = Counter()
        written: list[dict[str, Any]] = []
        for line, lot, kind in made:
            to = ids[cells[line.id]] if kind is CarryKind.CARRIED else None
            if to is not None:
                carried[to] += lot.fen
            named = {"line_id": line.id, "origin": lot.origin, "kind": kind.code, "to_line_id": to}
            written.append({**named, "amount": Money(lot.fen)})
        self._rows.add_carry_overs(written)
        grant(self._rows, {line_id: Grant(carried_in=fen) for line_id, fen in carried.items()})

    def _shown(self, book: Book, year: int) -> ClosingView:
        of = self._rows.lock_year(book.code, year)
        lines = [_carry_view(row) for row in self._rows.closed(book.code, year)]
        sums = {kind: sum((one.amount for one in lines if one.kind is kind), Money(0)) for kind in CarryKind}
        return ClosingView(
            book=book,
            year=year,
            closed_on=of.closed_on,
            carried=sums[CarryKind.CARRIED],
            surplus=sums[CarryKind.SURPLUS],
            lines=tuple(lines),
        )


def _left(year: int, line: AnyRow, carried: Sequence[Lot]) -> list[Lot]:
    own: Money = line.approved + line.provisional + line.adjusted
    return unspent(year, own.fen, carried, line.paid.fen)


def _next_cell(line: AnyRow) -> Cell:
    codes = (line.fund, line.project_id, line.function, line.economic, line.school_id)
    return Cell(line.book, line.year + 1, *codes)


def _carry_view(row: AnyRow) -> CarryView:
    return CarryView(
        line_id=row.line_id,
        line=row.name,
        origin=row.origin,
        kind=CarryKind(row.kind),
        amount=row.amount,
        to_line_id=row.to_line_id,
    )


def _carry_row(row: AnyRow) -> CarryRow:
    carried = row.kind == CarryKind.CARRIED
    return CarryRow(
        line=row.name,
        origin=row.origin,
        carried=row.amount if carried else Money(0),
        surplus=Money(0) if carried else row.amount,
    )


def _aged(rows: Sequence[AnyRow], year: int, limit: int) -> list[AgeingRow]:
    """Return carried money with what is spent of it; the oldest comes first and is spent first."""
    aged: list[AgeingRow] = []
    paid: dict[int, Money] = {}
    for row in rows:
        spent = min(paid.get(row.to_line_id, row.paid), row.amount)
        paid[row.to_line_id] = paid.get(row.to_line_id, row.paid) - spent
        aged.append(
            AgeingRow(
                line=row.name,
                origin=row.origin,
                age=year - row.origin + 1,
                brought=row.amount,
                spent=spent,
                left=row.amount - spent,
                spend_by=date(row.origin + limit - 1, 12, 31),
            )
        )
    return aged
