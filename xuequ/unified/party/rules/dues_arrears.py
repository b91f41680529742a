"""Months without dues: how old arrears are, and when they are to be looked at; nobody is removed by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xuequ.core.money import Money
from xuequ.core.spans import months_later
from xuequ.core.standards import Standards
from xuequ.unified.party.rules.dues import age_in_months, first_of


@dataclass(frozen=True, slots=True)
class Arrears:
    """What somebody owes: the months that are over and not paid, what they come to, and how old they are.

    `too_old` are those that can no longer be paid back.
    """

    months: tuple[date, ...]
    amount: Money
    age: int
    too_old: tuple[date, ...]


def arrears_of(unpaid: Mapping[date, Money], today: date, standards: Standards) -> Arrears | None:
    """Return what is in arrears of the months that are over, None when nothing is.

    Args:
        unpaid: what is due for the months that are not paid.
        today: months before the one of this day are over.
        standards: how far back payment may reach.

    Source: domain rules A §2, reports (dues ledger with arrears age); ``party.dues.back_months_most``.
    """
    over = sorted(month for month, due in unpaid.items() if due and month < first_of(today))
    if not over:
        return None
    reach = months_later(first_of(today), -standards.whole("party.dues.back_months_most", on=today))
    return Arrears(
        months=tuple(over),
        amount=Money.total(unpaid[month] for month in over),
        age=age_in_months(over[0], today),
        too_old=tuple(month for month in over if month < reach),
    )


def months_without(owed: Iterable[date], settled: Collection[date], today: date) -> list[date]:
    """Return the months in a row, up to the last one that is over, for which nothing was paid.

    Args:
        owed: the months that the member owes, those that are over and those to come.
        settled: months that were paid, or for which nothing was due 免交.
        today: months before the one of this day are over.

    Source: 党章 第九条 (连续六个月).
    """
    row: list[date] = []
    for month in sorted((month for month in owed if month < first_of(today)), reverse=True):
        if month in settled or (row and months_later(month, 1) != row[-1]):
            break
        row.append(month)
    return row[::-1]
