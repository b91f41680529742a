"""What budget control let pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.unified.budget.states.control import ControlMode, ControlStage


@dataclass(frozen=True, slots=True, kw_only=True)
class OverspendAllowed(Fact):
    """A line may be overspent 超预算: a post overrode its refusal, or control passed an entry by its mode."""

    name: ClassVar[str] = "budget.overspend_allowed"

    override_id: int
    line_id: int
    entry_id: int | None
    amount: Money
    day: date
    stage: ControlStage | None
    mode: ControlMode
    source: Source
