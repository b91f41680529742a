"""Pure decisions about values that counties and districts set themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Declaration, Standard, Value
from xuequ.standards.errors import AboveCeiling, Backdated, BelowFloor, CountySets, LaterValueThere, NotForYou
from xuequ.standards.notation import write_value

COUNTY = 2
"""The nearness of what a county sets; see `Standard.nearness`."""


def check_own(own: Standard, declared: Declaration, above: Iterable[Standard]) -> list[Problem]:
    """Check a value against who may set it, and against what sources above leave open.

    What the packs hold from memory binds no county that has read its own document: a figure that nobody
    has compared with its text must not refuse the right one.

    Args:
        own: the value, at its place.
        declared: of its key.
        above: values of its key at any place; only those set above the value's own place count.

    Source: 《义务教育法》第四十三条 (a province may set higher, never lower), and in general the verb of
    each source: what is 必须 or 不得 there may not be set aside below.
    """
    found: list[Problem] = []
    if declared.set_by == "county" and own.nearness > COUNTY:
        found.append(Problem(CountySets(label=declared.label, key=own.key)))
    for one in above:
        is_above = one.nearness < own.nearness and one.reaches(own.place)
        if is_above and one.span.overlaps(own.span) and not _gives_way(one, own):
            found += _beyond(own, one)
    return found


def _gives_way(limit: Standard, own: Standard) -> bool:
    return limit.checked == "memory" and own.checked == "text" and own.nearness == COUNTY


def _beyond(own: Standard, limit: Standard) -> list[Problem]:
    said: dict[str, Any] = {
        "label": limit.label,
        "key": own.key,
        "limit": write_value(limit.value),
        "authority": f"{limit.authority}{limit.article}",
    }
    if limit.bound == "fixed" and own.value != limit.value:
        return [Problem(NotForYou(**said))]
    if limit.bound == "floor" and _below(own.value, limit.value):
        return [Problem(BelowFloor(value=write_value(own.value), **said))]
    if limit.bound == "ceiling" and _below(limit.value, own.value):
        return [Problem(AboveCeiling(value=write_value(own.value), **said))]
    return []


def _below(value: Value, limit: Value) -> bool:
    """Tell whether a value is below a limit of its kind; lists and tables have no order."""
    if isinstance(value, Money) and isinstance(limit, Money):
        return value < limit
    if isinstance(value, int | Fraction) and isinstance(limit, int | Fraction):
        return value < limit
    if isinstance(value, str) and isinstance(limit, str):
        return value < limit  # times and days of the year, written with leading zeros
    return isinstance(value, date) and isinstance(limit, date) and value < limit


@dataclass(frozen=True, slots=True)
class Held:
    """A value of the key that is recorded at the place, and counts."""

    id: int
    span: DaySpan


@dataclass(frozen=True, slots=True)
class Fit:
    """How a new value takes its place among those that are recorded.

    Attributes:
        span: the days of the new value.
        ended: ids of values that end where it begins.
        withdrawn: ids of values that no longer count.
        kept: what is left of withdrawn ones, to be recorded again: id and days.
    """

    span: DaySpan
    ended: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    kept: tuple[tuple[int, DaySpan], ...] = ()


def fit_in(key: str, wanted: DaySpan, held: Sequence[Held], today: date, reason: str) -> Fit | Problem:
    """Decide how a new value takes its place; without an end it lasts until the next one begins.

    A value that held, or holds today, is changed with a reason only, and then withdrawn and kept.

    Source: our decision: recomputing an old figure must give the old answer.
    """
    later = [one.span.since for one in held if one.span.since > wanted.since]
    span = DaySpan(wanted.since, min(later)) if wanted.until is None and later else wanted
    touched = [one for one in held if one.span.overlaps(span)]
    if reason:
        return _correct(span, touched)
    if span.since < today or any(one.span.since == span.since == today for one in touched):
        return Problem(Backdated(key=key, since=str(span.since), today=str(today)))
    reached = [one for one in touched if one.span.since > span.since]
    if reached:
        return Problem(LaterValueThere(key=key, until=str(span.until), later=str(reached[0].span.since)))
    before = tuple(one.id for one in touched if one.span.since < span.since)
    replaced = tuple(one.id for one in touched if one.span.since == span.since)
    return Fit(span, ended=before, withdrawn=replaced)


def _correct(span: DaySpan, touched: Sequence[Held]) -> Fit:
    kept: list[tuple[int, DaySpan]] = []
    for one in touched:
        if one.span.since < span.since:
            kept.append((one.id, DaySpan(one.span.since, span.since)))
        if span.until is not None and (one.span.until is None or span.until < one.span.until):
            kept.append((one.id, DaySpan(span.until, one.span.until)))
    return Fit(span, withdrawn=tuple(one.id for one in touched), kept=tuple(kept))
