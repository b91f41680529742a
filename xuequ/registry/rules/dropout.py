"""Pure decisions about unexcused absence that goes on 控辍: its length over the calendar, and how sure it is.

A missing roll may hide that a pupil was there. So an absence has two lengths: the certain one, which the
called rolls prove, and the possible one, if the pupil was away on every half-day without a roll too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xuequ.core.halfdays import HalfDay
from xuequ.registry.rules.calendar import Calendar, each_day, ordinary_kind
from xuequ.registry.states.attendance import DropoutLevel
from xuequ.registry.states.calendar import DayKind


class Seen(Enum):
    """What is known of a pupil on a school half-day."""

    TRUANT = "truant"
    SEEN = "seen"
    """There, or away with a reason that the school knows."""
    UNKNOWN = "unknown"
    """No roll was called."""


@dataclass(frozen=True, slots=True)
class Chain:
    """An unexcused absence that is not known to have ended, as positions in a row of half-days.

    Attributes:
        first: since when the pupil has not been seen.
        certain: the longest stretch that is proved, as positions from and up to.
        possible: how many half-days it is if every roll that is missing would say truant.
    """

    first: int
    certain: tuple[int, int]
    possible: int

    @property
    def proved(self) -> int:
        """How many half-days the proved stretch has."""
        return self.certain[1] - self.certain[0]


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on an absence counts: half-days for the warning, full weeks for a dropout."""

    warning: int
    weeks: int


def chain(seen: Sequence[Seen]) -> Chain | None:
    """Return the absence at the end of a row of school half-days; None when the pupil was truant on none.

    Only school half-days are in the row, so weekends and holidays break nothing. However the missing
    rolls turn out, the longest unbroken absence since the pupil was last seen is at least the certain one
    and at most the possible one.

    Source: domain rules B §12 (连续无故缺课); a missing roll makes it uncertain: our decision.
    """
    first = len(seen)
    while first and seen[first - 1] is not Seen.SEEN:
        first -= 1
    runs: list[tuple[int, int]] = []
    begun: int | None = None
    for index in range(first, len(seen) + 1):
        truant = index < len(seen) and seen[index] is Seen.TRUANT
        if truant and begun is None:
            begun = index
        elif not truant and begun is not None:
            runs.append((begun, index))
            begun = None
    if not runs:
        return None
    certain = max(runs, key=lambda run: (run[1] - run[0], run[0]))
    return Chain(first, certain, len(seen) - first)


def full_weeks(calendar: Calendar, since: date, on: date) -> int:
    """Return the full weeks from the first day of an absence to the day that is asked about.

    Weekends and holidays inside a term belong to the weeks; the vacation does not, since nobody is to
    come to school.

    Source: 《中小学生学籍管理办法》 as in Liaoning's text (连续 4 周无故不到校); that vacations do not count
    is our decision.
    """
    days = [day for day in each_day(since, on) if day < on]
    return sum(ordinary_kind(calendar, day)[0] is not DayKind.VACATION for day in days) // 7


def level_of(half_days: int, weeks: int, limits: Limits) -> DropoutLevel | None:
    """Return how far an absence has gone; None when it is short of the warning.

    Source: the standards ``status.dropout_weeks`` and ``status.dropout_warning_half_days``.
    """
    if weeks >= limits.weeks:
        return DropoutLevel.REACHED
    return DropoutLevel.WARNING if half_days >= limits.warning else None


def proved_until(found: Chain, halves: Sequence[HalfDay], on: date) -> date:
    """Return the day up to which an absence is proved: the next half-day without a roll, or today.

    Source: our decision.
    """
    end = found.certain[1]
    return halves[end].day if end < len(halves) else on
