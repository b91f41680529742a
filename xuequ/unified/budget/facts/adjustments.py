"""What happened to the adjustments of a budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentMoved(Fact):
    """Base of what a step of an adjustment says."""

    name: ClassVar[str] = "budget.adjustment_moved"

    adjustment_id: int
    book: str
    year: int
    day: date


class AdjustmentDrafted(AdjustmentMoved):
    """An adjustment 预算调整 was drafted, reversals among them."""

    name: ClassVar[str] = "budget.adjustment_drafted"


class AdjustmentApproved(AdjustmentMoved):
    """The finance department approved an adjustment."""

    name: ClassVar[str] = "budget.adjustment_approved"


class AdjustmentFiled(AdjustmentMoved):
    """An adjustment of other money was filed 备案."""

    name: ClassVar[str] = "budget.adjustment_filed"


class AdjustmentApplied(AdjustmentMoved):
    """An adjustment was applied: lines and incomes are as it says."""

    name: ClassVar[str] = "budget.adjustment_applied"


class AdjustmentVoided(AdjustmentMoved):
    """An adjustment that was not applied was voided 作废."""

    name: ClassVar[str] = "budget.adjustment_voided"
