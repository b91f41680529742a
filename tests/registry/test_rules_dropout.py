"""Absence that goes on: chains over the calendar against a model that tries every way."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.registry.rules.calendar import Calendar, Closure, Notice, Term
from xuequ.registry.rules.calendar_counts import school_halves
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.dropout import Chain, Limits, Seen, chain, full_weeks, level_of, proved_until
from xuequ.registry.states.attendance import DropoutLevel

T, S, U = Seen.TRUANT, Seen.SEEN, Seen.UNKNOWN
MONDAY = date(2026, 9, 7)
SCHOOLING = Schooling((9, 1), 1, 6, 3)
TERMS = (
    Term(2026, 1, date(2026, 9, 1), date(2027, 1, 15)),
    Term(2026, 2, date(2027, 2, 22), date(2027, 7, 9)),
)
NOTICES = {
    2026: Notice(
        2026, {date(2026, 10, day): "国庆节" for day in range(1, 8)}, frozenset({date(2026, 10, 10)})
    ),
    2027: Notice(2027, {}, frozenset()),
}
CALENDAR = Calendar(SCHOOLING, TERMS, NOTICES)


def test_an_absence_goes_on_until_the_pupil_is_seen() -> None:
    assert chain([T, T, S, T, T, T]) == Chain(3, (3, 6), 3)
    assert chain([T, T, S]) is None
    assert chain([]) is None


def test_a_missing_roll_neither_breaks_it_nor_proves_it() -> None:
    assert chain([S, T, T, U, T]) == Chain(1, (1, 3), 4)
    assert chain([S, U, T]) == Chain(1, (2, 3), 2)
    assert chain([T, U]) == Chain(0, (0, 1), 2)
    assert chain([U, U]) is None, "nobody has said that the pupil was away"


def longest(seen: list[Seen]) -> int:
    """Return the longest unbroken absence."""
    best = length = 0
    for one in seen:
        length = length + 1 if one is T else 0
        best = max(best, length)
    return best


@given(st.lists(st.sampled_from([T, S, U]), max_size=12))
def test_however_the_missing_rolls_turn_out_it_is_at_least_the_proved_and_at_most_the_possible(
    seen: list[Seen],
) -> None:
    last_seen = max((index for index, one in enumerate(seen) if one is S), default=-1)
    since = seen[last_seen + 1 :]
    found = chain(seen)
    if T not in since:
        assert found is None
        return
    assert found is not None and found.first == last_seen + 1
    gaps = [index for index, one in enumerate(since) if one is U]
    ways = [
        longest([way[gaps.index(index)] if index in gaps else one for index, one in enumerate(since)])
        for way in product((T, S), repeat=len(gaps))
    ]
    assert (found.proved, found.possible) == (min(ways), max(ways))
    assert set(seen[found.certain[0] : found.certain[1]]) == {T}


span_days = st.integers(0, 59).map(lambda n: MONDAY + timedelta(n))
said = st.dictionaries(st.tuples(span_days, st.sampled_from(Half)), st.sampled_from([T, S]), max_size=120)


@given(
    said,
    st.sampled_from([T, S, U]),
    st.sets(span_days, max_size=6),
    st.sets(st.tuples(span_days, st.sampled_from(Half)), max_size=6),
    span_days,
)
def test_weekends_holidays_and_closures_are_as_if_they_were_not(
    rolls: dict[tuple[date, Half], Seen],
    otherwise: Seen,
    off: set[date],
    shut: set[tuple[date, Half]],
    on: date,
) -> None:
    """The model walks every half-day of the stretch backwards, and knows of no calendar."""
    notice = Notice(2026, dict.fromkeys(off, "放假"), frozenset())
    closures = [Closure(HalfDaySpan.through(HalfDay(*at), HalfDay(*at))) for at in shut]
    calendar = Calendar(SCHOOLING, TERMS, {2026: notice, 2027: NOTICES[2027]}, closures=tuple(closures))
    span = HalfDaySpan.through(HalfDay(MONDAY, Half.AM), HalfDay(on, Half.PM))
    halves = school_halves(calendar, span).value
    found = chain([rolls.get((at.day, at.half), otherwise) for at in halves])

    model: list[tuple[HalfDay, Seen]] = []
    day = on
    while day >= MONDAY:
        for half in (Half.PM, Half.AM):
            if day.weekday() < 5 and day not in off and (day, half) not in shut:
                model.append((HalfDay(day, half), rolls.get((day, half), otherwise)))
        day -= timedelta(1)
    since: list[tuple[HalfDay, Seen]] = []
    for at, one in model:
        if one is S:
            break
        since.append((at, one))
    if all(one is U for _, one in since):
        assert found is None
        return
    assert found is not None
    assert (halves[found.first], found.possible) == (since[-1][0], len(since))
    assert found.proved == longest([one for _, one in since])


# weeks and levels


def test_four_weeks_are_full_when_the_fifth_begins() -> None:
    assert full_weeks(CALENDAR, MONDAY, MONDAY + timedelta(27)) == 3
    assert full_weeks(CALENDAR, MONDAY, MONDAY + timedelta(28)) == 4
    assert full_weeks(CALENDAR, MONDAY, MONDAY) == 0


def test_a_holiday_week_belongs_to_the_weeks_and_the_vacation_does_not() -> None:
    assert full_weeks(CALENDAR, date(2026, 9, 28), date(2026, 10, 12)) == 2
    assert full_weeks(CALENDAR, date(2027, 1, 11), date(2027, 2, 22)) == 0
    assert full_weeks(CALENDAR, date(2027, 1, 11), date(2027, 2, 24)) == 1


def test_the_level_is_by_half_days_first_and_by_weeks_at_last() -> None:
    limits = Limits(warning=6, weeks=4)
    assert level_of(5, 0, limits) is None
    assert level_of(6, 0, limits) is DropoutLevel.WARNING
    assert level_of(39, 3, limits) is DropoutLevel.WARNING
    assert level_of(40, 4, limits) is DropoutLevel.REACHED
    assert level_of(2, 4, limits) is DropoutLevel.REACHED, "a school may have been closed for weeks"


def test_it_is_proved_up_to_the_next_half_day_without_a_roll() -> None:
    halves = [HalfDay(MONDAY, Half.AM), HalfDay(MONDAY, Half.PM), HalfDay(MONDAY + timedelta(1), Half.AM)]
    on = MONDAY + timedelta(9)
    assert proved_until(Chain(0, (0, 3), 3), halves, on) == on
    assert proved_until(Chain(0, (0, 2), 3), halves, on) == MONDAY + timedelta(1)
