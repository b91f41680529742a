"""Timelines: stretches of days with what holds in them, one thing at most on a day.

Employments, placements, standings and teachings of one person are each a timeline. A rule makes a new
timeline out of the old one; what has to be written is the difference of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from xuequ.core.spans import DaySpan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretch(Generic[T]):
    """Days ``[since, until)`` and what holds in them; `row_id` is None until it is written."""

    what: T
    since: date
    until: date | None = None
    row_id: int | None = None

    @property
    def span(self) -> DaySpan:
        """Its days."""
        return DaySpan(self.since, self.until)

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Differences(Generic[T]):
    """What turns one timeline into another, in the order in which it can be written.

    Rows are taken away first, then those that give up days change, then those that gain some, so that no
    two of them ever hold the same day.
    """

    removed: tuple[int, ...]
    changed: tuple[Stretch[T], ...]
    begun: tuple[Stretch[T], ...]


def earliest(*days: date | None) -> date | None:
    """Return the first of some ends, where None means that there is no end.

    Source: our decision.

    >>> earliest(None, date(2026, 9, 1)), earliest(None, None)
    (datetime.date(2026, 9, 1), None)
    """
    return min((day for day in days if day is not None), default=None)


def at(timeline: Iterable[Stretch[T]], day: date) -> Stretch[T] | None:
    """Return the stretch that holds a day.

    Source: our decision.
    """
    return next((one for one in timeline if day in one), None)


def room(timeline: Iterable[Stretch[T]], day: date) -> date | None:
    """Return the day up to which nothing else begins or ends: the end of the stretch, or of the gap.

    Source: our decision.
    """
    covering = at(timeline, day)
    if covering is not None:
        return covering.until
    return min((one.since for one in timeline if one.since > day), default=None)


def lay(
    timeline: Sequence[Stretch[T]], what: T, since: date, until: date | None = None
) -> tuple[Stretch[T], ...]:
    """Lay something over a part of one stretch, or of one gap; without an end, over the rest of it.

    What held before goes on behind it. Stretches of the same that come to touch become one.

    Source: our decision.
    """
    covering, end = at(timeline, since), earliest(until, room(timeline, since))
    laid = [one for one in timeline if one is not covering]
    laid.append(Stretch(what, since, end))
    if covering is not None:
        laid += _left(covering, since, end)
    return _joined(laid)


def _left(covering: Stretch[T], since: date, end: date | None) -> list[Stretch[T]]:
    """Return what is left of a stretch before and behind something; the first keeps its row."""
    left: list[Stretch[T]] = []
    if covering.since < since:
        left.append(replace(covering, until=since))
    if end is not None and (covering.until is None or end < covering.until):
        left.append(replace(covering, since=end, row_id=None if left else covering.row_id))
    return left


def _joined(stretches: Iterable[Stretch[T]]) -> tuple[Stretch[T], ...]:
    joined: list[Stretch[T]] = []
    for one in sorted(stretches, key=lambda each: each.since):
        last = joined[-1] if joined else None
        if last is not None and last.until == one.since and last.what == one.what:
            joined[-1] = replace(last, until=one.until, row_id=last.row_id or one.row_id)
        else:
            joined.append(one)
    return tuple(joined)


def cut(timeline: Iterable[Stretch[T]], on: date) -> tuple[Stretch[T], ...]:
    """End everything on a day: what holds it ends, what would begin on it or later never does.

    Source: our decision.
    """
    kept = (one for one in timeline if one.since < on)
    return tuple(replace(one, until=earliest(one.until, on)) for one in kept)


def shift(timeline: Sequence[Stretch[T]], one: Stretch[T], since: date) -> tuple[Stretch[T], ...] | None:
    """Let a stretch begin on another day; what ended just where it began ends there too.

    None when a stretch would hold no day, or a day of another one.

    Source: our decision.
    """
    moved = replace(one, since=since)
    shifted: list[Stretch[T]] = []
    for other in timeline:
        if other is one:
            shifted.append(moved)
        elif other.until == one.since:
            shifted.append(replace(other, until=since))
        else:
            shifted.append(other)
    whole = all(each.until is None or each.since < each.until for each in shifted)
    apart = whole and not any(each.span.overlaps(moved.span) for each in shifted if each is not moved)
    return tuple(shifted) if apart else None


def uncovered(span: DaySpan, covers: Iterable[DaySpan]) -> date | None:
    """Return the first day of a span that none of the others holds; they may follow one another.

    Source: our decision.
    """
    day = span.since
    for cover in sorted(covers, key=lambda each: each.since):
        if day in cover:
            if cover.until is None or (span.until is not None and span.until <= cover.until):
                return None
            day = cover.until
    return day


def differences(before: Iterable[Stretch[T]], after: Iterable[Stretch[T]]) -> Differences[T]:
    """Tell what turns one timeline, or several at once, into another.

    Source: our decision.
    """
    known = {one.row_id: one for one in before}
    kept = {one.row_id: one for one in after if one.row_id is not None}
    changed = [one for row_id, one in kept.items() if one != known[row_id]]
    changed.sort(key=lambda one: _gains(known[one.row_id], one))
    removed = tuple(row_id for row_id in known if row_id is not None and row_id not in kept)
    return Differences(removed, tuple(changed), tuple(one for one in after if one.row_id is None))


def _gains(before: Stretch[T], after: Stretch[T]) -> bool:
    longer = before.until is not None and (after.until is None or after.until > before.until)
    return longer or after.since < before.since
