"""What passes a line that has too little, and how far a year's budget is executed."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xuequ.core.access import Actor, Post
from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.unified.budget.rules.ledger import Entry
from xuequ.unified.budget.states.control import STAGE_OF, ControlMode, ControlStage
from xuequ.unified.budget.states.ledger import Pot


@dataclass(frozen=True, slots=True)
class Overspend:
    """By how much one of several entries overspends its line; `place` is where it stands among them."""

    place: int
    stage: ControlStage
    fen: int


def control_mode(stage: ControlStage, standards: Standards, on: date) -> ControlMode:
    """Return what happens at a stage to what does not fit; what the district has not set is refused.

    Source: 预算法 §13（未列入预算的不得支出）; warning and allowing are the district's own decision.
    """
    entry = standards.find(f"budget.control.{stage.code}", on=on)
    return ControlMode.REFUSE if entry is None else ControlMode.parse(str(entry.value))


def overspends(entries: Sequence[Entry], missing: int) -> list[Overspend]:
    """Say which of a line's entries overspend it, when together they miss so much, in fen.

    What fits goes to those that come first, so what is missing is the last ones'.

    Source: our decision.
    """
    found: list[Overspend] = []
    for place in reversed(range(len(entries))):
        entry = entries[place]
        if missing > 0 and entry.out_of is Pot.AVAILABLE:
            fen = min(missing, entry.amount.fen)
            found.append(Overspend(place, STAGE_OF[entry.movement], fen))
            missing -= fen
    return found[::-1]


def overriding_post(actor: Actor, place: str, posts: Sequence[Post]) -> Post | None:
    """Return the post by which an actor may override a refusal at a place, or nothing.

    Source: our decision: a refusal is overridden by a named post, and never by a script.
    """
    held = [held.post for held in actor.holdings or () if held.post in posts and held.reaches(place)]
    return held[0] if held else None


def execution_rate(paid: Money, budget: Money) -> Fraction | None:
    """Return what part of the adjusted budget is paid 执行率; nothing where there is no budget.

    Source: 执行率 = 支出 ÷ 调整后预算; the denominator is without what may be overspent, which is no budget.

    >>> execution_rate(Money.yuan(30), Money.yuan(90))
    Fraction(1, 3)
    """
    return Fraction(paid.fen, budget.fen) if budget.fen > 0 else None


def time_progress(year: int, on: date) -> Fraction:
    """Return what part of a fiscal year has passed at the end of a day 时间进度.

    Source: 预算法 §18（预算年度自公历一月一日起，至十二月三十一日止）.

    >>> time_progress(2026, date(2026, 3, 14))
    Fraction(1, 5)
    """
    days = 366 if calendar.isleap(year) else 365
    passed = (on - date(year, 1, 1)).days + 1
    return Fraction(min(max(passed, 0), days), days)
