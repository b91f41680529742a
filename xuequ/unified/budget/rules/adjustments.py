"""Which way an adjustment goes, and what stands against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.unified.budget.errors.adjustments import (
    AdjustmentDayOutside,
    ChangeOfNothing,
    OwnMoneyTooSmall,
    PocketUnbalanced,
)
from xuequ.unified.budget.errors.ledger import GrantTooSmall
from xuequ.unified.budget.rules.ledger import Grant
from xuequ.unified.budget.states.adjustments import AdjustmentWay
from xuequ.unified.budget.states.ledger import FundSource


@dataclass(frozen=True, slots=True)
class Change:
    """What a document changes of one project's income or expenditure, in fen."""

    project: str
    fen: int


@dataclass(frozen=True, slots=True)
class Held:
    """A line as it stands: what it is called, what was granted on it, what is used of it, in fen."""

    name: str
    granted: Grant
    used: int


def way_of(fund: FundSource, standards: Standards, on: date) -> tuple[AdjustmentWay, bool]:
    """Return which way money of a source is adjusted, and whether that is an exception to be listed.

    Grants and special accounts are 一般不予调整: it is allowed with a recorded reason, and listed.

    Source: 《中小学校财务制度》 §16, ``budget.adjustment``.
    """
    ways = {row["fund"]: row["way"] for row in standards.rows("budget.adjustment", on=on)}
    way = AdjustmentWay(str(ways[fund.code]))
    usually = standards.entry("budget.adjustment", on=on).strength == "usually"
    return way, usually and way is AdjustmentWay.FINANCE


def unfit(number: str, day: date, year: int, changes: Iterable[Change]) -> list[Problem]:
    """Return what stands against an adjustment by itself: a day of another year, changes of nothing.

    Source: 预算法 §18.
    """
    found: list[Problem] = []
    if day.year != year:
        found.append(Problem(AdjustmentDayOutside(number=number, day=str(day), year=year)))
    if any(not change.fen for change in changes):
        found.append(Problem(ChangeOfNothing(number=number)))
    return found


def unbalanced(
    fund: FundSource, incomes: Iterable[Change], expenditure: Iterable[Change], names: Mapping[str, str]
) -> list[Problem]:
    """Return the projects whose expenditure changes by another amount than their income; `names` is theirs.

    A shift within a project comes to nothing on both sides; one between projects does not, and is refused.

    Source: 《中小学校财务制度》 §16 (收入调整，支出相应调整), §27 (专款专用).
    """
    more, spent = _by_project(incomes), _by_project(expenditure)
    return [
        Problem(
            PocketUnbalanced(
                fund=fund.label,
                project=names[project],
                income=Money(more[project]),
                expenditure=Money(spent[project]),
            )
        )
        for project in sorted(more.keys() | spent.keys())
        if more[project] != spent[project]
    ]


def _by_project(changes: Iterable[Change]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for change in changes:
        sums[change.project] += change.fen
    return sums


def too_small(lines: Iterable[tuple[Held, int]]) -> list[Problem]:
    """Return the lines that a change, in fen, would leave with less than is used, or without carried money.

    What was carried in stays with its use, so an adjustment takes only of what the year itself granted.

    Source: 预算法 §13; 预算法实施条例 §50 (结转资金按原用途使用).
    """
    found: list[Problem] = []
    for line, fen in lines:
        own = line.granted.approved + line.granted.provisional + line.granted.adjusted
        after = line.granted.total + fen
        if after < line.used:
            found.append(Problem(GrantTooSmall(line=line.name, granted=Money(after), used=Money(line.used))))
        elif fen < 0 and own + fen < 0:
            found.append(Problem(OwnMoneyTooSmall(line=line.name, own=Money(own), taken=Money(-fen))))
    return found
