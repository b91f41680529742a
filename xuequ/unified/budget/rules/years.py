"""What a year's budget must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.unified.budget.errors.years import CellTwice, DeficitBudget
from xuequ.unified.budget.states.ledger import FundSource

Pocket = tuple[str, str]
"""A source and a project, by their codes: within it expenditure follows income."""


def twice(named: Iterable[Hashable]) -> list[Problem]:
    """Return what is named more than once.

    Source: our decision.
    """
    return [Problem(CellTwice(cell=str(name))) for name, times in Counter(named).items() if times > 1]


def deficits(
    income: Mapping[Pocket, Money], expenditure: Mapping[Pocket, Money], names: Mapping[str, str]
) -> list[Problem]:
    """Return every source and project of which more is spent than comes in; `names` is of projects.

    Source: 《中小学校财务制度》 §12 (不得编制赤字预算), ``budget.deficit``.
    """
    return [
        Problem(
            DeficitBudget(
                fund=FundSource(fund).label,
                project=names[project],
                income=income.get((fund, project), Money(0)),
                expenditure=planned,
            )
        )
        for (fund, project), planned in sorted(expenditure.items())
        if planned > income.get((fund, project), Money(0))
    ]
