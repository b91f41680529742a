"""Pure decisions about leave: how it is counted, what counts as one, and what may be asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.halfdays import HalfDay, HalfDaySpan
from xuequ.core.standards import Standards
from xuequ.unified.leadership.errors.leave import (
    ExtensionNotLater,
    LateReasonMissing,
    LeaveOverlaps,
    LeaveTooLong,
    NotBackYet,
    NothingToTake,
    NotWorkingHere,
)
from xuequ.unified.leadership.states.leave import STEPS, LeaveKind, LeaveState, Standing

LONGEST = 731
"""Days of one leave; a longer one is a slip of the year, and every half-day is a row."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A leave that holds or is asked for: its span, and the half-days in it that count, as indices."""

    leave_id: int
    kind: LeaveKind
    span: HalfDaySpan
    half_days: frozenset[int]


# counting


def in_days(half_days: int) -> Fraction:
    """Return half-days in days, exactly.

    Source: domain rules A §1 (Unit = half-day slot; duration = number of working half-days touched ÷ 2).

    >>> print(in_days(3))
    3/2
    """
    return Fraction(half_days, 2)


def counted(
    kind: LeaveKind, span: HalfDaySpan, working: Collection[int], standards: Standards
) -> tuple[int, ...]:
    """Return the half-days of a span that count as leave of a kind, in order.

    Args:
        kind: some kinds count every half-day of the calendar, the others only those on which somebody works.
        span: from the first to the last half-day, weekends and holidays between them.
        working: the half-days on which school runs where the person works, make-up days among them.
        standards: the kinds that count by the calendar, as of the first day.

    Source: domain rules A §1 (calendar days for statutory leave types such as 产假; all else working
    half-days on the school calendar).
    """
    halves = range(span.since.index, span.until.index)
    if kind.code in standards.listed("leave.counted_in_calendar_days", on=span.since.day):
        return tuple(halves)
    return tuple(half for half in halves if half in working)


# what counts as one


def chain_of(
    own: Stretch, others: Iterable[Stretch], working: Collection[int], standards: Standards
) -> tuple[Stretch, ...]:
    """Return the leaves that count as one with a leave, itself among them, in the order of time.

    Leaves of one person belong together when no half-day on which they work lies between them: neither a
    night nor a weekend, a holiday or a vacation breaks the chain, and it goes across kinds of leave.

    Args:
        own: the leave in question.
        others: the person's other leaves that hold or are asked for; shortened ones by their actual length.
        working: the half-days on which the person works, from the first of these leaves to the last.
        standards: whether they count as one, as of the first day of the leave.

    Source: domain rules A §1, Anti-splitting (contiguous or overlapping leaves of one teacher, ignoring
    non-working days between, count as one).
    """
    if not standards.flag("leave.chain_counts_as_one", on=own.span.since.day):
        return (own,)
    days = sorted(working)
    linked: list[Stretch] = []
    reach = 0
    for one in sorted((own, *others), key=lambda each: (each.span.since, each.span.until)):
        if linked and _works_between(days, reach, one.span.since.index):
            if own in linked:
                break
            linked = []
        reach = max(reach, one.span.until.index) if linked else one.span.until.index
        linked.append(one)
    return tuple(linked)


def _works_between(days: Sequence[int], since: int, until: int) -> bool:
    found = bisect_left(days, since)
    return found < len(days) and days[found] < until


def total_of(linked: Iterable[Stretch]) -> Fraction:
    """Return the days of leaves that count as one; a half-day that two of them hold counts once.

    Source: domain rules A §1, Anti-splitting.
    """
    return in_days(len(frozenset(chain.from_iterable(one.half_days for one in linked))))


# what may be asked for


def request_problems(
    staff: str,
    kind: LeaveKind,
    span: HalfDaySpan,
    half_days: Sequence[int],
    elsewhere: Sequence[int],
    others: Iterable[Stretch],
) -> list[Problem]:
    """Return what speaks against asking for a leave, or for an extension of one.

    Args:
        staff: the number of whoever asks, for the words.
        kind, span: what is asked for.
        half_days: those of it that count.
        elsewhere: those of its half-days on which the person works at no school of the district.
        others: the person's other leaves that hold or are asked for.

    Source: domain rules A §1, invariant 5 (no two active leaves of one teacher overlap), and Unit.
    """
    problems: list[Problem] = []
    if elsewhere:
        problems.append(Problem(NotWorkingHere(staff=staff, on=str(HalfDay.at(elsewhere[0]).day))))
    elif not half_days:
        problems.append(Problem(NothingToTake(kind=kind.label, span=str(span))))
    problems += [
        Problem(LeaveOverlaps(staff=staff, span=str(span), other=f"{other.kind.label} {other.span}"))
        for other in others
        if other.span.overlaps(span)
    ]
    return problems


def length_problems(span: HalfDaySpan) -> list[Problem]:
    """Return what speaks against the length of a leave.

    Source: our decision.
    """
    return [Problem(LeaveTooLong(longest=LONGEST))] if len(span) > 2 * LONGEST else []


def is_late(first: HalfDay, asked: HalfDay) -> bool:
    """Tell whether a leave is registered after it has begun: in a later half-day than its first.

    Source: domain rules A §1, State machines (emergency leave may be registered after the fact).
    """
    return asked > first


def lateness_problems(first: HalfDay, asked: HalfDay, reason: str) -> list[Problem]:
    """Return what speaks against registering a leave as late as it is.

    Source: domain rules A §1, State machines (`submitted_late` + reason).
    """
    if is_late(first, asked) and not reason:
        return [Problem(LateReasonMissing(since=str(first)))]
    return []


def extension_problems(span: HalfDaySpan, wanted: HalfDay) -> list[Problem]:
    """Return what speaks against a leave's going on to a half-day.

    Source: domain rules A §1 (Extension 续假).
    """
    if wanted > span.last:
        return []
    return [Problem(ExtensionNotLater(last=str(span.last), wanted=str(wanted)))]


def return_problems(span: HalfDaySpan, back: HalfDay, now: HalfDay) -> list[Problem]:
    """Return what speaks against somebody's having been back at a half-day.

    Source: domain rules A §1 (销假 early return: actual length = what counts).
    """
    if span.since < back <= now:
        return []
    return [Problem(NotBackYet(back=str(back), first=str(span.since), now=str(now)))]


def step_problems(state: LeaveState, to: LeaveState) -> list[Problem]:
    """Return what speaks against a leave's going from one state to another.

    Source: domain rules A §1, State machines.
    """
    if to in STEPS[state]:
        return []
    return [Problem(IllegalTransition(machine="请假", from_=state.label, to=to.label))]


# how it stands


def standing_of(state: LeaveState, span: HalfDaySpan, now: HalfDay) -> Standing:
    """Return what a leave is in a half-day: its state, and whether it has begun or is over.

    Source: domain rules A §1, State machines (on_leave, returned).
    """
    if state is not LeaveState.APPROVED:
        return Standing.WAITING if state is LeaveState.SUBMITTED else Standing(state.code)
    if now < span.since:
        return Standing.AHEAD
    return Standing.ON_LEAVE if now in span else Standing.ENDED


def must_return(half_days: int, standards: Standards, on: HalfDay) -> bool:
    """Tell whether whoever takes so many half-days has to report back 销假.

    Source: our decision, a rule parameter (`leave.return_over_days`).
    """
    return in_days(half_days) > standards.ratio("leave.return_over_days", on=on.day)


def passed_by(now: HalfDay, through: int | None = None) -> int:
    """Return the index up to which half-days have passed: never beyond now, whatever day is asked for.

    Source: domain rules A §6 (attendance days): leave is in the record once it has passed.

    >>> from datetime import date
    >>> from xuequ.core.halfdays import Half
    >>> print(HalfDay.at(passed_by(HalfDay(date(2026, 9, 4), Half.PM))))
    2026-09-04 下午
    """
    return now.index if through is None else min(now.index, through)
