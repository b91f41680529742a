"""The share of 公用经费 that is for teachers' training 师训经费."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.unified.budget.states.ledger import Purse

OPERATING = frozenset({Purse.OPERATING, Purse.TRAINING, Purse.ACTIVITIES})
"""Purses that are 公用经费; training and activities are parts of it."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What a line was granted for its year, and what was paid on it."""

    purse: Purse
    economic: str
    planned: Money
    paid: Money


@dataclass(frozen=True, slots=True)
class Share:
    """An amount as a share of a whole, beside the least that it should be."""

    amount: Money
    whole: Money
    least: Fraction

    @property
    def enough(self) -> bool:
        """Whether the share is what it should be, compared exactly."""
        return self.amount.fen >= self.least * self.whole.fen

    @property
    def least_amount(self) -> Money:
        """The least that it should be, to the fen."""
        return at_least(self.whole, self.least)

    @property
    def percent(self) -> str:
        """The share as it is printed, rounded down: what falls short never looks as if it did not."""
        if not self.whole:
            return "—"
        hundredths = self.amount.fen * 10_000 // self.whole.fen
        return f"{hundredths // 100}.{hundredths % 100:02d}%"


def at_least(whole: Money, share: Fraction) -> Money:
    """Return a share of an amount, rounded up to the fen, since less would fall short.

    Source: our decision.

    >>> str(at_least(Money.yuan(576000), Fraction(1, 20)))
    '28800.00'
    """
    exact = share * whole.fen
    return Money(-(-exact.numerator // exact.denominator))


def training_share(year: int, standards: Standards) -> Fraction:
    """Return the share of the year's 公用经费 that is for teachers' training.

    Source: 财教〔2006〕5号 §3 (教师培训费按照学校年度公用经费预算总额的5%安排), ``budget.training_share``.
    """
    return standards.ratio("budget.training_share", on=date(year, 1, 1))


def training_codes(year: int, standards: Standards) -> frozenset[str]:
    """Return the economic codes that are teachers' training wherever 公用经费 has them.

    Source: 《支出经济分类科目》 (30216 培训费).
    """
    return frozenset(map(str, standards.listed("budget.training_codes", on=date(year, 1, 1))))


def is_training(purse: Purse, economic: str, codes: frozenset[str]) -> bool:
    """Tell whether a line is teachers' training: a project of that purse, or 培训费 out of 公用经费.

    Source: 财教〔2006〕5号 §3; which codes these are is ``budget.training_codes``.
    """
    return purse is Purse.TRAINING or (purse in OPERATING and economic in codes)


def training_shares(lines: Iterable[Spending], year: int, standards: Standards) -> tuple[Share, Share]:
    """Return what is planned and what was paid for training, as shares of the year's 公用经费 budget.

    The text speaks of a share of the budget, so what was paid is compared with the budget too. Neither
    blocks anything: what falls short is listed.

    Source: 财教〔2006〕5号 §3.
    """
    codes = training_codes(year, standards)
    operating = [line for line in lines if line.purse in OPERATING]
    training = [line for line in operating if is_training(line.purse, line.economic, codes)]
    whole = Money.total(line.planned for line in operating)
    least = training_share(year, standards)
    planned = Money.total(line.planned for line in training)
    return Share(planned, whole, least), Share(Money.total(line.paid for line in training), whole, least)
