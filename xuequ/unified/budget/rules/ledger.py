"""What an entry does to a line's balances, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.unified.budget.errors.ledger import AmountNotPositive, DayOutsideYear
from xuequ.unified.budget.states.ledger import WAYS, Movement, Pot


@dataclass(frozen=True, slots=True)
class Balances:
    """What is reserved, committed and paid, in fen: of a line, or what an entry adds to it."""

    reserved: int = 0
    committed: int = 0
    paid: int = 0

    def __add__(self, other: Balances) -> Balances:
        return Balances(
            self.reserved + other.reserved, self.committed + other.committed, self.paid + other.paid
        )

    @property
    def used(self) -> int:
        """What is no longer available."""
        return self.reserved + self.committed + self.paid

    def least(self) -> tuple[Pot, int]:
        """Return the pot that holds the least, and how much that is."""
        pots = ((Pot.RESERVED, self.reserved), (Pot.COMMITTED, self.committed), (Pot.PAID, self.paid))
        return min(pots, key=lambda pot: pot[1])


@dataclass(frozen=True, slots=True)
class Cell:
    """What a budget line is for: book, fiscal year, source, project, both codes, and maybe a school.

    A cell without a school matches only cells without one: the district's own money.
    """

    book: str
    year: int
    fund: str
    project_id: int
    function: str
    economic: str
    school_id: int | None = None


@dataclass(frozen=True, slots=True)
class IncomeCell:
    """What an income is: book, fiscal year, source and project."""

    book: str
    year: int
    fund: str
    project_id: int


@dataclass(frozen=True, slots=True)
class Grant:
    """What documents grant on a line, in fen, or what one of them adds to it."""

    approved: int = 0
    provisional: int = 0
    adjusted: int = 0
    carried_in: int = 0
    allowance: int = 0

    @property
    def total(self) -> int:
        """What may be used in all."""
        return self.approved + self.provisional + self.adjusted + self.carried_in + self.allowance


def granted(row: Any) -> Grant:
    """Read what a line was granted off its row.

    Source: our decision.
    """
    return Grant(
        row.approved.fen, row.provisional.fen, row.adjusted.fen, row.carried_in.fen, row.allowance.fen
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says: which way, out of which pot, how much, of which day, for what."""

    movement: Movement
    out_of: Pot
    amount: Money
    day: date
    purpose: Source

    def __str__(self) -> str:
        return f"{self.movement.label}（自{self.out_of.label}）{self.amount} 元 {self.day} {self.purpose}"


def effect(movement: Movement, out_of: Pot, fen: int) -> Balances:
    """Return what an entry adds to the balances: it takes from one pot and puts into another.

    ``available = granted − reserved − committed − paid``, so what comes out of a reservation or a
    commitment leaves the available money as it is: a claim consumes its commitment first.

    Source: 预算法 §13（经批准的预算，未列入预算的不得支出）; the arithmetic is our decision.

    >>> effect(Movement.PAY, Pot.COMMITTED, 500)
    Balances(reserved=0, committed=-500, paid=500)
    """
    change = dict.fromkeys(Pot, 0)
    change[out_of] -= fen
    change[WAYS[movement][1]] += fen
    return Balances(change[Pot.RESERVED], change[Pot.COMMITTED], change[Pot.PAID])


def total(entries: Iterable[tuple[Movement, Pot, int]]) -> Balances:
    """Add up what entries do.

    Source: our decision.
    """
    return sum((effect(*entry) for entry in entries), Balances())


def unpostable(entry: Entry, *, line: str, year: int) -> list[Problem]:
    """Return what stands against an entry before balances are looked at.

    The fiscal year is the calendar year, so a training in September is on the year's line, whatever the
    school year.

    Source: 预算法 §18（预算年度自公历一月一日起，至十二月三十一日止）.
    """
    problems: list[Problem] = []
    if entry.amount.fen <= 0:
        problems.append(Problem(AmountNotPositive(amount=entry.amount)))
    if entry.out_of not in WAYS[entry.movement][0]:
        machine, to = "预算资金", entry.movement.label
        problems.append(Problem(IllegalTransition(machine=machine, from_=entry.out_of.label, to=to)))
    if entry.day.year != year:
        problems.append(Problem(DayOutsideYear(line=line, day=str(entry.day), year=year)))
    return problems
