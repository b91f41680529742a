from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xuequ.core.errors import SpanBackwards
from xuequ.core.halfdays import NOON, Half, HalfDay, HalfDaySpan

FRIDAY = date(2026, 9, 4)
MORNING, AFTERNOON = HalfDay(FRIDAY, Half.AM), HalfDay(FRIDAY, Half.PM)
BASE = MORNING.index

HALF_DAYS = st.builds(HalfDay, st.dates(max_value=date(9999, 12, 30)), st.sampled_from(Half))
MOMENTS = st.builds(datetime.combine, st.dates(date(2026, 9, 1), date(2026, 9, 6)), st.times())
NOONS = st.sampled_from([NOON, time(11, 30), time(12, 30)])


def at(clock: time, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, clock)


@st.composite
def spans(draw: st.DrawFn) -> HalfDaySpan:
    since = BASE + draw(st.integers(0, 20))
    return HalfDaySpan(HalfDay.at(since), HalfDay.at(since + draw(st.integers(1, 8))))


def clock_time(half_day: HalfDay, noon: time) -> tuple[datetime, datetime]:
    midnight, middle = at(time(), half_day.day), at(noon, half_day.day)
    return (midnight, middle) if half_day.half is Half.AM else (middle, midnight + timedelta(days=1))


def test_the_halves_have_chinese_names() -> None:
    assert [half.label for half in Half] == ["上午", "下午"]
    assert str(MORNING) == "2026-09-04 上午"


@pytest.mark.parametrize(
    ("clock", "half"),
    [(time(0), Half.AM), (time(11, 59, 59), Half.AM), (time(12), Half.PM), (time(23, 59), Half.PM)],
)
def test_noon_itself_is_afternoon(clock: time, half: Half) -> None:
    assert HalfDay.of(at(clock)) == HalfDay(FRIDAY, half)


def test_a_school_may_set_its_own_noon() -> None:
    lunch = at(time(11, 45))
    assert HalfDay.of(lunch) == MORNING
    assert HalfDay.of(lunch, noon=time(11, 30)) == AFTERNOON


@given(HALF_DAYS)
@example(HalfDay(date.min, Half.AM))
def test_an_index_leads_back_to_its_half_day(half_day: HalfDay) -> None:
    assert HalfDay.at(half_day.index) == half_day


@given(HALF_DAYS)
def test_the_next_half_day_lies_one_further(half_day: HalfDay) -> None:
    assert half_day.next().index == half_day.index + 1
    assert half_day.next() > half_day


def test_after_the_afternoon_comes_the_next_morning() -> None:
    assert MORNING.next() == AFTERNOON
    assert AFTERNOON.next() == HalfDay(date(2026, 9, 5), Half.AM)
    assert HalfDay(date(2026, 12, 31), Half.PM).next() == HalfDay(date(2027, 1, 1), Half.AM)


@given(HALF_DAYS, HALF_DAYS)
def test_half_days_are_ordered_as_their_indexes(one: HalfDay, other: HalfDay) -> None:
    assert (one < other) is (one.index < other.index)


@pytest.mark.parametrize("until", [MORNING, HalfDay(date(2026, 9, 3), Half.PM)])
def test_a_span_of_no_half_day_is_refused(until: HalfDay) -> None:
    with pytest.raises(SpanBackwards) as caught:
        HalfDaySpan(MORNING, until)
    assert caught.value.facts() == {"since": str(MORNING), "until": str(until)}


def test_a_span_through_holds_its_first_and_its_last_half_day() -> None:
    span = HalfDaySpan.through(MORNING, AFTERNOON)
    assert list(span) == [MORNING, AFTERNOON]
    assert span.last == AFTERNOON
    assert str(span) == "2026-09-04 上午 至 2026-09-04 下午"
    assert len(HalfDaySpan.through(MORNING, MORNING)) == 1


def test_a_span_through_an_earlier_half_day_is_refused() -> None:
    with pytest.raises(SpanBackwards):
        HalfDaySpan.through(AFTERNOON, MORNING)


@given(spans(), st.integers(BASE - 2, BASE + 30).map(HalfDay.at))
def test_a_span_is_what_it_lists(span: HalfDaySpan, half_day: HalfDay) -> None:
    listed = list(span)
    assert len(span) == len(listed)
    assert (listed[0], listed[-1]) == (span.since, span.last)
    assert (half_day in span) is (half_day in listed)


@given(spans(), spans())
def test_overlapping_is_mutual_and_means_sharing_a_half_day(one: HalfDaySpan, other: HalfDaySpan) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    assert one.overlaps(other) is bool(set(one) & set(other))


@given(spans())
def test_spans_that_follow_each_other_share_nothing(span: HalfDaySpan) -> None:
    assert not span.overlaps(HalfDaySpan(span.until, span.until.next()))


@pytest.mark.parametrize(
    ("begin", "end", "touched"),
    [
        (time(10, 30), time(14, 30), [MORNING, AFTERNOON]),
        (time(8), time(12), [MORNING]),
        (time(8), time(12, 0, 0, 1), [MORNING, AFTERNOON]),
        (time(12), time(12, 1), [AFTERNOON]),
        (time(0), time(0, 1), [MORNING]),
    ],
)
def test_clock_time_touches_the_half_days_it_lies_in(begin: time, end: time, touched: list[HalfDay]) -> None:
    span = HalfDaySpan.touched(at(begin), at(end))
    assert list(span) == touched


def test_ending_at_midnight_does_not_touch_the_next_morning() -> None:
    span = HalfDaySpan.touched(at(time(14)), at(time(0), date(2026, 9, 5)))
    assert list(span) == [AFTERNOON]


@given(MOMENTS, MOMENTS, NOONS)
def test_the_touched_half_days_are_those_that_share_an_instant(
    begin: datetime, end: datetime, noon: time
) -> None:
    begin, end = min(begin, end), max(begin, end) + timedelta(microseconds=1)
    near = [HalfDay.at(index) for index in range(BASE - 10, BASE + 10)]
    shared = [h for h in near if clock_time(h, noon)[0] < end and begin < clock_time(h, noon)[1]]
    assert list(HalfDaySpan.touched(begin, end, noon)) == shared


@pytest.mark.parametrize("end", [time(8), time(7, 59)])
def test_clock_time_that_does_not_go_forward_is_refused(end: time) -> None:
    with pytest.raises(SpanBackwards) as caught:
        HalfDaySpan.touched(at(time(8)), at(end))
    assert caught.value.since == "2026-09-04 08:00:00"
