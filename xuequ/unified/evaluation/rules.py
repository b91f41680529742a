"""What may be recorded as evidence, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from xuequ.core.errors import Problem
from xuequ.core.source import Source
from xuequ.unified.evaluation.errors import EvidenceDiffers, FactUnknown, LineTwice, TeacherUnknown

PLACES = 4
"""Decimals of an amount."""

Key = tuple[int, int]
"""A fact and a line of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one row says: of whom, by which indicator 考核指标, how much, of which day, from where."""

    staff_id: int
    indicator: str
    amount: Decimal
    day: date
    source: Source

    def __str__(self) -> str:
        return f"{self.staff_id} {self.indicator} {self.amount.normalize():f} {self.day} {self.source}"


def unrecordable(
    keys: Iterable[Key], staff: Iterable[int], *, known: Collection[int], on_staff: Collection[int]
) -> list[Problem]:
    """Return what stands against recording: facts and teachers that are not known, lines given twice.

    Source: our decision.
    """
    counted = Counter(keys)
    unknown = sorted({fact for fact, _ in counted} - set(known))
    problems = [Problem(FactUnknown(fact=str(fact))) for fact in unknown]
    problems += [
        Problem(LineTwice(fact=str(fact), line=n)) for (fact, n), times in counted.items() if times > 1
    ]
    strangers = sorted(set(staff) - set(on_staff))
    return problems + [Problem(TeacherUnknown(staff=str(staff_id))) for staff_id in strangers]


def differing(recorded: Mapping[Key, Line], given: Mapping[Key, Line]) -> list[Problem]:
    """Return the lines that are recorded already and say something else; a replay has none.

    Source: our decision.
    """
    return [
        Problem(EvidenceDiffers(fact=str(key[0]), line=key[1], recorded=str(there), given=str(given[key])))
        for key, there in sorted(recorded.items())
        if there != given[key]
    ]


def sums(lines: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Add up amounts by indicator, exactly, whatever the precision of the decimal context.

    Reversing rows are among the lines: what was taken back cancels out, and an indicator whose lines
    cancel out altogether stands there with 0.

    Source: our decision.

    >>> sums([("sick_days", Decimal("-2")), ("sick_days", Decimal("2")), ("sick_days", Decimal("-0.5"))])
    {'sick_days': Decimal('-0.5000')}
    """
    totals: dict[str, Fraction] = {}
    for indicator, amount in lines:
        totals[indicator] = totals.get(indicator, Fraction(0)) + Fraction(amount)
    return {indicator: _decimal(total) for indicator, total in totals.items()}


def _decimal(total: Fraction) -> Decimal:
    scaled = (total * 10**PLACES).numerator
    return Decimal((int(scaled < 0), tuple(map(int, str(abs(scaled)))), -PLACES))
