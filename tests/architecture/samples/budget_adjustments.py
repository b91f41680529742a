"""Samples of adjustments and of the close of a year."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.core.money import Money
from xuequ.testing.factories import DAY, make_budget
from xuequ.unified.budget.schemas.adjustments import (
    AdjustmentDraft,
    AdjustmentReversal,
    IncomeChange,
    LineChange,
    LineSplit,
    SchoolShare,
)
from xuequ.unified.budget.states.ledger import FundSource

ONE = Money.yuan(1)


def line_id(door: Any) -> int:
    """Return a line of an approved budget."""
    return make_budget(maker(door), {"30201": Money.yuan(100)})[0]


def draft(door: Any, number: str = "T1", fund: FundSource = FundSource.FISCAL_GRANT) -> AdjustmentDraft:
    line_id(door)
    cell = LineChange(project="operating", function="2050202", economic="30201", amount=ONE)
    income = IncomeChange(project="operating", amount=ONE)
    about: dict[str, Any] = {"number": number, "year": 2026, "day": DAY, "reason": "增收"}
    return AdjustmentDraft(**about, fund=fund, incomes=(income,), lines=(cell,))


def drafted(door: Any, fund: FundSource = FundSource.FISCAL_GRANT) -> str:
    return maker(door).budget.adjustments.draft(draft(door, fund=fund)).number


def approved(door: Any) -> str:
    return maker(door).budget.adjustments.record_approval(drafted(door), "财调1").number


def reversal(door: Any) -> AdjustmentReversal:
    number = maker(door).budget.adjustments.apply(approved(door)).number
    return AdjustmentReversal(number="H1", reverses=number, day=DAY, reason="有误")


def split(door: Any) -> LineSplit:
    shares = (SchoolShare(school="s1", amount=ONE),)
    return LineSplit(number="F1", line_id=line_id(door), day=DAY, reason="分解", shares=shares)


def closing(door: Any) -> int:
    """Return a year that can be closed: nothing of it is left."""
    adjustments = maker(door).budget.adjustments
    line_id(door)
    cell = LineChange(project="operating", function="2050202", economic="30201", amount=Money.yuan(-100))
    income = IncomeChange(project="operating", amount=Money.yuan(-100))
    about: dict[str, Any] = {"number": "T1", "year": 2026, "day": DAY, "reason": "收回"}
    adjustments.draft(AdjustmentDraft(**about, incomes=(income,), lines=(cell,)))
    adjustments.record_approval("T1", "财调1")
    adjustments.apply("T1")
    return 2026


SAMPLES: dict[str, Sample] = {
    "budget.adjustments.draft": lambda door: (draft(door),),
    "budget.adjustments.record_approval": lambda door: (drafted(door), "财调1"),
    "budget.adjustments.file": lambda door: (drafted(door, FundSource.OTHER), "备1"),
    "budget.adjustments.apply": lambda door: (approved(door),),
    "budget.adjustments.void": lambda door: (drafted(door), "不再需要"),
    "budget.adjustments.reverse": lambda door: (reversal(door),),
    "budget.adjustments.split_line": lambda door: (split(door),),
    "budget.adjustments.view": lambda door: (drafted(door),),
    "budget.adjustments.list": lambda door: (2026,),
    "budget.adjustments.sheet": lambda door: (2026,),
    "budget.closing.close": lambda door: (closing(door),),
    "budget.closing.ageing": lambda door: (2026,),
}
