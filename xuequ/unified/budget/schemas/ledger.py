"""Commands and views of the budget's ledger."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Number, SourceField, View
from xuequ.core.money import Money
from xuequ.unified.budget.states.ledger import Book, FundSource, Movement, Pot

FiscalYear = Annotated[int, Field(ge=2000, le=2100)]


class LineCell(Command):
    """A cell of a book as people name it: by the codes of its project, function, economy and school."""

    fund: FundSource = FundSource.FISCAL_GRANT
    project: Code
    function: Number
    economic: Number
    school: Code | None = None


class Posting(Command):
    """One movement of money on a line.

    `source` is the record that makes it, unique per use: the same source again is a replay. `purpose` is
    what the money is held for (an event, a contract); without one it is the source itself. `day` is today
    when left out.
    """

    line_id: Id
    movement: Movement
    out_of: Pot
    amount: Money
    source: SourceField
    purpose: SourceField | None = None
    day: date | None = None


class LineView(View):
    """A budget line with its balances."""

    id: Id
    year: int
    book: Book
    fund: FundSource
    project_id: Id
    function: str
    economic: str
    name: str
    school: str | None
    approved: Money
    provisional: Money
    adjusted: Money
    carried_in: Money
    allowance: Money
    reserved: Money
    committed: Money
    paid: Money
    available: Money
    closed_on: date | None


class EntryView(View):
    """An entry as it stands, whether it was made now or before."""

    id: Id
    line_id: Id
    movement: Movement
    out_of: Pot
    amount: Money
    day: date
    source: SourceField
    purpose: SourceField
