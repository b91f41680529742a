"""Pure decisions about what comes next in a development case, and between which days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.standards import Standards
from xuequ.unified.party.rules.development import (
    Law,
    Limit,
    Step,
    cited,
    last_of,
    limits,
    next_kinds,
    redo_after,
    standing_of,
)
from xuequ.unified.party.states.development import Outcome, StepKind

_S, _O = StepKind, Outcome


@dataclass(frozen=True, slots=True)
class Window:
    """A step that may come next: its first lawful day, its last one in time, and the reasons for both.

    `missing` says what else it needs.
    """

    kind: StepKind
    earliest: date
    latest: date | None
    reasons: tuple[str, ...]
    missing: tuple[str, ...] = ()

    def overdue(self, on: date) -> bool:
        """Tell whether it is late on a day."""
        return self.latest is not None and self.latest < on


def windows(
    history: Sequence[Step], standards: Standards, today: date, notice_ends: date | None = None
) -> list[Window]:
    """Return the steps that may come next, each with the days between which it is lawful.

    Args:
        history: the steps so far; none of them voided.
        standards: the rule texts.
        today: when it is asked; a day to come is judged by the text in force then, as far as it is known.
        notice_ends: the last day of a notice that is put up today.

    Source: domain rules A §2, reports (development funnel with next lawful date).
    """
    found = [_window(kind, history, standards, today, notice_ends) for kind in next_kinds(history)]
    last = standing_of(history)
    if last.reached == (_S.MEETING, _O.PASSED) and today <= redo_after(last, Law(standards, today)):
        return [window for window in found if window.kind is not _S.PRE_REVIEW]
    return found


def _window(
    kind: StepKind, history: Sequence[Step], standards: Standards, today: date, notice_ends: date | None
) -> Window:
    earliest, floors = _earliest(kind, history, standards)
    law = Law(standards, max(earliest, today))
    missing: list[str] = []
    if kind is _S.CANDIDATE and law.whole("notice_working_days") and not last_of(history, _S.NOTICE):
        days = law.whole("notice_working_days")
        missing.append(f"须先公示不少于 {days} 个工作日，{cited(law.entry('notice_working_days'))}")
        if notice_ends is not None:
            earliest = max(earliest, notice_ends + timedelta(days=1))
    ceilings = [limit for limit in limits(kind, history, law) if not limit.floor]
    latest = min((limit.day for limit in ceilings), default=None)
    reasons = tuple(limit.why for limit in (*floors, *ceilings))
    return Window(kind, earliest, latest, reasons, tuple(missing))


def _earliest(kind: StepKind, history: Sequence[Step], standards: Standards) -> tuple[date, list[Limit]]:
    """Find the first lawful day: the text that says which one must be the text of that day."""
    day, floors = standing_of(history).on, list[Limit]()
    for _ in range(3):
        floors = [limit for limit in limits(kind, history, Law(standards, day)) if limit.floor]
        first = max([standing_of(history).on, *(limit.day for limit in floors)])
        if first == day:
            break
        day = first
    return day, floors


def deadline(found: Iterable[Window]) -> Window | None:
    """Return the window that closes first, or None when none of them closes.

    Source: our decision; the ledger shows one deadline of a case.
    """
    closing = [window for window in found if window.latest is not None]
    return min(closing, key=lambda window: window.latest or date.max, default=None)
