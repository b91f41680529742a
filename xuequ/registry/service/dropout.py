"""Watching unexcused absence that goes on 控辍."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.context import Context
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.attendance import PupilRollRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.calendar import Calendar, Provisional, each_day, known_of
from xuequ.registry.rules.calendar_counts import school_halves
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.rules.dropout import Chain, Limits, Seen, chain, full_weeks, level_of, proved_until
from xuequ.registry.schemas.attendance import DropoutWatch, WatchedPupil
from xuequ.registry.service.rolls import due_span, half_day_of, now_of, place_calendar
from xuequ.registry.states.classes import Stage

LOOK_BACK = timedelta(days=400)
"""How far back an absence is followed: more than a school year."""


@dataclass(frozen=True, slots=True)
class _Followed:
    """A pupil who was called truant, and where they have been due."""

    pupil_id: int
    due: Sequence[tuple[AnyRow, DaySpan]]
    here: AnyRow
    """Where they are due on the day that is asked about."""


@dataclass(frozen=True, slots=True)
class _Rolls:
    """Which rolls were called, by class, and which of them call a pupil truant."""

    called: Mapping[int, frozenset[HalfDay]]
    truant: Mapping[int, frozenset[HalfDay]]


def watch(
    context: Context, rows: PupilRollRows, on: date, school_id: int | None, warning: int | None
) -> DropoutWatch:
    """Return the pupils whose absence has reached the warning, the longest first."""
    standards, first = context.standards, on - LOOK_BACK
    weeks = standards.whole("status.dropout_weeks", on=on)
    if warning is None:
        warning = standards.whole("status.dropout_warning_half_days", on=on)
    truant = _by_pupil(rows.truants(first, on, school_id))
    followed = _followed(rows, truant, first, on, school_id)
    classes = {row.id: row for row in rows.classes({row.unit_id for one in followed for row, _ in one.due})}
    rolls = _Rolls(_by_class(rows.called(classes, first, on)), truant)
    last = min(HalfDay(on, Half.PM), now_of(context))
    watching = _Watching(
        context, on, HalfDaySpan.through(HalfDay(first, Half.AM), last), Limits(warning, weeks)
    )
    found = [watching.look_at(one, classes, rolls) for one in followed]
    return DropoutWatch(
        as_of=on,
        warning_half_days=warning,
        dropout_weeks=weeks,
        pupils=tuple(sorted(filter(None, found), key=lambda one: (-one.half_days, one.pupil_no))),
        provisional=str(watching.provisional),
    )


def _by_pupil(rows: Iterable[AnyRow]) -> dict[int, frozenset[HalfDay]]:
    found: dict[int, set[HalfDay]] = defaultdict(set)
    for row in rows:
        found[row.pupil_id].add(half_day_of(row))
    return {pupil_id: frozenset(halves) for pupil_id, halves in found.items()}


def _by_class(rows: Iterable[AnyRow]) -> dict[int, frozenset[HalfDay]]:
    found: dict[int, set[HalfDay]] = defaultdict(set)
    for row in rows:
        found[row.class_id].add(half_day_of(row))
    return {class_id: frozenset(halves) for class_id, halves in found.items()}


def _followed(
    rows: PupilRollRows, pupil_ids: Iterable[int], first: date, on: date, school_id: int | None
) -> list[_Followed]:
    """Return those who are due on the day; whoever has left or is suspended is watched no longer."""
    spans: dict[int, list[tuple[AnyRow, DaySpan]]] = defaultdict(list)
    for row in rows.due_of(sorted(pupil_ids), first, on):
        span = due_span(row)
        if span is not None:
            spans[row.who].append((row, span))
    found: list[_Followed] = []
    for pupil_id, due in spans.items():
        here = next((row for row, span in due if on in span), None)
        if here is not None and school_id in (None, here.school_id):
            found.append(_Followed(pupil_id, due, here))
    return found


class _Watching:
    """One look at a place: the calendars of its schools, and the limits."""

    def __init__(self, context: Context, on: date, span: HalfDaySpan, limits: Limits) -> None:
        self.on, self.span, self.limits = on, span, limits
        self._schooling = Schooling.of(context.standards, on)
        self._place = place_calendar(context, span.since.day, on)
        self._known: dict[str, tuple[Calendar, tuple[HalfDay, ...]]] = {}
        self._since: dict[str, date] = {}

    def _school(self, code: str) -> tuple[Calendar, tuple[HalfDay, ...]]:
        """Return the calendar of a school and its school half-days, found once."""
        if code not in self._known:
            calendar = self._place.of(code)
            self._known[code] = calendar, school_halves(calendar, self.span).value
        return self._known[code]

    @property
    def provisional(self) -> Provisional:
        """What the calendars do not know of the days of the absences that were found."""
        known = Provisional()
        for code, since in self._since.items():
            for day in each_day(since, self.on):
                known |= known_of(self._known[code][0], day)
        return known

    def look_at(self, pupil: _Followed, classes: Mapping[int, AnyRow], rolls: _Rolls) -> WatchedPupil | None:
        """Return how far a pupil's absence has gone; None when it is short of the warning."""
        row = classes[pupil.here.unit_id]
        calendar, halves = self._school(row.school)
        seen = [_seen(pupil, at, rolls) for at in halves]
        found = chain(seen)
        if found is None:
            return None
        proved_since, possible_since = halves[found.certain[0]].day, halves[found.first].day
        weeks = full_weeks(calendar, proved_since, proved_until(found, halves, self.on))
        possible_weeks = full_weeks(calendar, possible_since, self.on)
        possible = level_of(found.possible, possible_weeks, self.limits)
        if possible is None:
            return None
        self._since[row.school] = min(possible_since, self._since.get(row.school, possible_since))
        return WatchedPupil(
            pupil_id=pupil.pupil_id,
            pupil_no=pupil.here.number,
            name=pupil.here.name,
            school=row.school,
            class_name=class_name(Stage(row.stage), row.entry_year, row.number, self.on, self._schooling),
            since=proved_since,
            half_days=found.proved,
            weeks=weeks,
            level=level_of(found.proved, weeks, self.limits),
            possible_since=possible_since,
            possible_half_days=found.possible,
            possible_weeks=possible_weeks,
            possible_level=possible,
            missing_rolls=_missing(found, seen),
        )


def _seen(pupil: _Followed, at: HalfDay, rolls: _Rolls) -> Seen:
    """Return what is known of a half-day; one on which the pupil was not due here breaks the chain."""
    row = next((row for row, span in pupil.due if at.day in span), None)
    if row is None or row.school_id != pupil.here.school_id:
        return Seen.SEEN
    if at not in rolls.called.get(row.unit_id, frozenset()):
        return Seen.UNKNOWN
    return Seen.TRUANT if at in rolls.truant[pupil.pupil_id] else Seen.SEEN


def _missing(found: Chain, seen: Sequence[Seen]) -> int:
    return sum(one is Seen.UNKNOWN for one in seen[found.first :])
