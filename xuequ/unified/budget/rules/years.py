"""What a year's budget must be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from datetime import date

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.money import Money
from xuequ.unified.budget.errors.years import (
    AmountNegative,
    ApprovalDiffers,
    CellTwice,
    ControlFigureUnclear,
    DeficitBudget,
    OverControlFigure,
    StepOutOfOrder,
)
from xuequ.unified.budget.states.ledger import FundSource
from xuequ.unified.budget.states.years import BACK, NEXT, Side, Stage

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


def illegal_step(from_: Stage, to: Stage, *, back: bool = False) -> list[Problem]:
    """Return what stands against a step of a year's budget: that its stage does not follow.

    A stage that a draft comes `back` to is reached by nothing else from there.

    Source: 《中小学校财务制度》 §14 (二上二下).
    """
    if to in NEXT[from_] and (BACK.get(from_) is to) == back:
        return []
    return [Problem(IllegalTransition(machine="预算", from_=from_.label, to=to.label))]


def out_of_order(step: Stage, on: date, *, last: date, today: date) -> list[Problem]:
    """Return what stands against the day of a step: steps follow each other, and none is still to come.

    Source: our decision.
    """
    if last <= on <= today:
        return []
    span = {"earliest": str(last), "latest": str(today)}
    return [Problem(StepOutOfOrder(step=step.label, on=str(on), **span))]


def negative(amounts: Iterable[tuple[str, Money]]) -> list[Problem]:
    """Return every amount of less than nothing.

    Source: our decision.
    """
    return [Problem(AmountNegative(cell=name, amount=amount)) for name, amount in amounts if amount.fen < 0]


def unclear_control(whole: Money | None, pockets: Mapping[Pocket, Money]) -> list[Problem]:
    """Return what stands against a control figure: it is of the whole, or of sources and projects.

    Source: our decision.
    """
    if (whole is None) == (not pockets):
        return [Problem(ControlFigureUnclear())]
    amounts = [("控制数", amount) for amount in (whole, *pockets.values()) if amount is not None]
    return negative(amounts)


def over_control(
    expenditure: Mapping[Pocket, Money],
    whole: Money | None,
    pockets: Mapping[Pocket, Money],
    names: Mapping[str, str],
) -> list[Problem]:
    """Return where a draft plans more than the control figure; what that does not name has none.

    Source: 《中小学校财务制度》 §14 (根据预算控制数编制预算).
    """
    if whole is not None:
        planned = Money.total(expenditure.values())
        over = planned > whole
        return [Problem(OverControlFigure(what="全部", control=whole, planned=planned))] if over else []
    return [
        Problem(
            OverControlFigure(
                what=f"{FundSource(fund).label}“{names[project]}”",
                control=pockets.get((fund, project), Money(0)),
                planned=planned,
            )
        )
        for (fund, project), planned in sorted(expenditure.items())
        if planned > pockets.get((fund, project), Money(0))
    ]


def approval_differs(approved: tuple[Money, Money], submitted: tuple[Money, Money]) -> list[Problem]:
    """Return on which side the totals of an approval are not those of what went up: income, expenditure.

    Source: 预算法 §52 (批复的预算为执行依据); to the fen, by our decision.
    """
    return [
        Problem(ApprovalDiffers(side=side.label, approved=said, submitted=sent))
        for side, said, sent in zip(Side, approved, submitted, strict=True)
        if said != sent
    ]
