"""Pure decisions about stretches of days: what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xuequ.core.halfdays import HalfDay, HalfDaySpan
from xuequ.registry.rules.calendar import (
    Answer,
    Calendar,
    Provisional,
    each_day,
    known_of,
    look_up,
    school_runs,
)
from xuequ.registry.states.calendar import DayKind, Weekday


def school_halves(calendar: Calendar, span: HalfDaySpan) -> Answer[tuple[HalfDay, ...]]:
    """Return the half-days of a span on which school runs, in order; leave is counted in them.

    Source: domain rules A §2 (请假按半天计，只计学校上课的半天).
    """
    provisional = Provisional()
    found: list[HalfDay] = []
    for day in each_day(span.since.day, span.last.day):
        provisional |= known_of(calendar, day)
        runs = school_runs(calendar, day)
        found += [at for at in (HalfDay(day, half) for half in sorted(runs)) if at in span]
    return Answer(tuple(found), provisional)


@dataclass(frozen=True, slots=True)
class Tally:
    """Days of a stretch, counted.

    Attributes:
        kinds: days by kind.
        teaching: the teaching days in order, make-ups among them.
        weekdays: plain teaching days by their own weekday.
        followed: teaching days by the weekday whose timetable they follow, decided make-ups among them.
        undecided: make-up days of which nobody has decided whom they follow.
    """

    kinds: Mapping[DayKind, int]
    teaching: tuple[date, ...]
    weekdays: Mapping[Weekday, int]
    followed: Mapping[Weekday, int]
    undecided: tuple[date, ...]
    provisional: Provisional


def tally(calendar: Calendar, first: date, last: date) -> Tally:
    """Count the days from first to last, both inside.

    Source: domain rules B §2.2, with the worked autumn of 2026.
    """
    kinds = dict.fromkeys(DayKind, 0)
    weekdays, followed = dict.fromkeys(Weekday, 0), dict.fromkeys(Weekday, 0)
    teaching: list[date] = []
    undecided: list[date] = []
    provisional = Provisional()
    for day in (look_up(calendar, on) for on in each_day(first, last)):
        kinds[day.kind] += 1
        provisional |= day.provisional
        if day.kind.teaches:
            teaching.append(day.on)
        if day.kind is DayKind.TEACHING:
            weekdays[Weekday(day.on.isoweekday())] += 1
        if day.follows is not None:
            followed[day.follows] += 1
        if "follows_weekday" in day.undecided:
            undecided.append(day.on)
    return Tally(kinds, tuple(teaching), weekdays, followed, tuple(undecided), provisional)
