"""Copying last year's budget: exact factors, rounded so that parts and wholes agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from xuequ.core.money import Money

Name = TypeVar("Name", bound=Hashable)
Whole = TypeVar("Whole", bound=Hashable)


def scaled(parts: Mapping[Name, tuple[Money, Decimal]], unit: Money) -> dict[Name, Money]:
    """Multiply amounts by their factors, in whole units.

    What they come to together is rounded once, half a unit up; each is rounded down, and the units that are
    left over go to the largest remainders. So the parts add up to the rounded whole, and none is two units or
    more away from what it exactly comes to.

    Source: our decision.
    """
    exact = {name: Fraction(amount.fen) * Fraction(factor) for name, (amount, factor) in parts.items()}
    units = Money(1).share_of(sum(exact.values(), Fraction(0)) / unit.fen)
    if not any(exact.values()):
        return dict.fromkeys(parts, Money(0))
    shares = units.allocate(list(exact.values()))
    return {name: share * unit.fen for name, share in zip(parts, shares, strict=True)}


def scaled_within(parts: Mapping[Name, tuple[Whole, Money, Decimal]], unit: Money) -> dict[Name, Money]:
    """Multiply amounts by their factors, each whole (a source and project) by itself, as `scaled` does.

    Source: our decision.
    """
    wholes: defaultdict[Whole, dict[Name, tuple[Money, Decimal]]] = defaultdict(dict)
    for name, (whole, amount, factor) in parts.items():
        wholes[whole][name] = (amount, factor)
    return {name: amount for part in wholes.values() for name, amount in scaled(part, unit).items()}
