"""Views of the close of a year and of what it carries over."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Id, View
from xuequ.core.money import Money
from xuequ.unified.budget.states.closing import CarryKind
from xuequ.unified.budget.states.ledger import Book


class CarryView(View):
    """What the close of a year made of a line's unspent money of one origin."""

    line_id: Id
    line: str
    origin: int
    kind: CarryKind
    amount: Money
    to_line_id: Id | None


class ClosingView(View):
    """A closed year: what was carried into the next one, and what is surplus to hand back."""

    book: Book
    year: int
    closed_on: date
    carried: Money
    surplus: Money
    lines: tuple[CarryView, ...]


class AgeingRow(View):
    """Carried money of one origin on a line: how much came in, what is spent of it, the oldest first."""

    line: str
    origin: int
    age: int
    brought: Money
    spent: Money
    left: Money
    spend_by: date


class CarryRow(View):
    """What a close made of a line's money, as the ageing shows it."""

    line: str
    origin: int
    carried: Money
    surplus: Money


class AgeingView(View):
    """The ageing of what was carried over 结转结余账龄表, of a year, and what its close made of it."""

    district: str
    book: Book
    year: int
    closed_on: date | None
    brought: tuple[AgeingRow, ...]
    closed: tuple[CarryRow, ...]
