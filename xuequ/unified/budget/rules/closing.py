"""What becomes of the money that a year leaves unspent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.unified.budget.errors.ledger import MoneyStillHeld
from xuequ.unified.budget.states.closing import CarryKind


@dataclass(frozen=True, slots=True, order=True)
class Lot:
    """Money on a line of one origin year, in fen."""

    origin: int
    fen: int


def still_held(year: int, lines: Iterable[tuple[str, Money]]) -> list[Problem]:
    """Return every line, by name, on which money is reserved or committed.

    Source: our decision: what is bound is paid or released before the books are closed.
    """
    return [Problem(MoneyStillHeld(year=year, line=name, held=held)) for name, held in lines if held.fen > 0]


def unspent(year: int, own: int, carried: Sequence[Lot], paid: int) -> list[Lot]:
    """Return what is left of a line's money by its origin when the oldest is spent first, in fen.

    `own` is what the year itself granted. What was overspent with leave leaves nothing.

    Source: 预算法 §42 (结转资金按原用途使用); spending the oldest first is our decision.

    >>> unspent(2025, 100, [Lot(2024, 30)], 50)
    [Lot(origin=2025, fen=80)]
    """
    left: list[Lot] = []
    for lot in [*sorted(carried), Lot(year, own)]:
        spent = min(paid, max(lot.fen, 0))
        paid -= spent
        if lot.fen > spent:
            left.append(Lot(lot.origin, lot.fen - spent))
    return left


def becomes(origin: int, *, at: int, after_years: int, may_carry: bool) -> CarryKind:
    """Return what money of an origin year becomes when a year is closed.

    Project money is carried for the same use until the end of its `after_years`-th year; what is left
    then is surplus to hand back. Whether basic expenditure is carried at all is set locally.

    Source: 预算法实施条例 §50, ``budget.surplus_after_years``; ``budget.carry_basic``.

    >>> becomes(2024, at=2025, after_years=2, may_carry=True)
    <CarryKind.SURPLUS: 'surplus'>
    """
    if not may_carry or at - origin + 1 >= after_years:
        return CarryKind.SURPLUS
    return CarryKind.CARRIED
