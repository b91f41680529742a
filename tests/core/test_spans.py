from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import SpanBackwards
from xuequ.core.spans import DaySpan, first_overlap

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
CALENDAR = [SEPTEMBER + timedelta(days=n) for n in range(-2, 60)]
"""Longer than any span drawn here, so that one that goes on still differs from one that ends."""

DAYS = st.integers(0, 30).map(lambda n: SEPTEMBER + timedelta(days=n))


@st.composite
def spans(draw: st.DrawFn) -> DaySpan:
    since = draw(DAYS)
    length = draw(st.none() | st.integers(1, 10))
    return DaySpan(since, None if length is None else since + timedelta(days=length))


def days_of(span: DaySpan | None) -> set[date]:
    return set() if span is None else {day for day in CALENDAR if day in span}


def brute_first_overlap(spans: list[DaySpan]) -> tuple[DaySpan, DaySpan] | None:
    ordered = sorted(spans, key=lambda span: span.since)
    for later, span in enumerate(ordered):
        for earlier in ordered[:later]:
            if days_of(earlier) & days_of(span):
                return earlier, span
    return None


def test_a_span_holds_its_first_day_and_not_its_end() -> None:
    span = DaySpan(SEPTEMBER, OCTOBER)
    assert SEPTEMBER in span
    assert date(2026, 9, 30) in span
    assert OCTOBER not in span
    assert date(2026, 8, 31) not in span


def test_a_span_without_an_end_goes_on() -> None:
    span = DaySpan(SEPTEMBER)
    assert date.max in span
    assert date(2026, 8, 31) not in span
    assert span.last_day is None
    assert str(span) == "2026-09-01 至 今"


def test_forms_print_the_last_day_inside() -> None:
    span = DaySpan(SEPTEMBER, OCTOBER)
    assert span.last_day == date(2026, 9, 30)
    assert str(span) == "2026-09-01 至 2026-09-30"


def test_a_span_through_holds_both_its_days() -> None:
    assert DaySpan.through(SEPTEMBER, date(2026, 9, 30)) == DaySpan(SEPTEMBER, OCTOBER)
    assert days_of(DaySpan.through(SEPTEMBER, SEPTEMBER)) == {SEPTEMBER}


@pytest.mark.parametrize("until", [SEPTEMBER, date(2026, 8, 31)])
def test_a_span_of_no_day_is_refused(until: date) -> None:
    with pytest.raises(SpanBackwards) as caught:
        DaySpan(SEPTEMBER, until)
    assert caught.value.facts() == {"since": "2026-09-01", "until": str(until)}


def test_a_span_through_an_earlier_day_is_refused() -> None:
    with pytest.raises(SpanBackwards):
        DaySpan.through(OCTOBER, SEPTEMBER)


@given(spans(), spans())
def test_overlapping_is_mutual_and_means_sharing_a_day(one: DaySpan, other: DaySpan) -> None:
    assert one.overlaps(other) is other.overlaps(one)
    assert one.overlaps(other) is bool(days_of(one) & days_of(other))


@given(spans(), spans())
def test_the_common_span_holds_just_the_shared_days(one: DaySpan, other: DaySpan) -> None:
    shared = one.common(other)
    assert days_of(shared) == days_of(one) & days_of(other)
    assert shared == other.common(one)
    assert (shared is None) is not one.overlaps(other)


@given(spans())
def test_a_span_has_itself_in_common_with_itself(span: DaySpan) -> None:
    assert span.common(span) == span


def test_two_spans_that_go_on_have_one_in_common_that_goes_on() -> None:
    assert DaySpan(SEPTEMBER).common(DaySpan(OCTOBER)) == DaySpan(OCTOBER)


@given(spans(), spans())
def test_spans_that_meet_share_no_day(one: DaySpan, other: DaySpan) -> None:
    assert one.meets(other) is (one.until == other.since)
    assert not (one.meets(other) and one.overlaps(other))


def test_one_span_meets_the_next() -> None:
    assert DaySpan(SEPTEMBER, OCTOBER).meets(DaySpan(OCTOBER))
    assert not DaySpan(OCTOBER).meets(DaySpan(SEPTEMBER, OCTOBER))


@given(st.lists(spans(), max_size=6))
def test_the_first_overlap_is_the_one_that_comparing_all_pairs_finds(drawn: list[DaySpan]) -> None:
    assert first_overlap(drawn) == brute_first_overlap(drawn)


@given(st.lists(st.integers(1, 9), max_size=8), st.randoms())
def test_spans_end_to_end_in_any_order_do_not_overlap(lengths: list[int], random: Random) -> None:
    row: list[DaySpan] = []
    since = SEPTEMBER
    for length in lengths:
        row.append(DaySpan(since, since + timedelta(days=length)))
        since += timedelta(days=length)
    random.shuffle(row)
    assert first_overlap([*row, DaySpan(since)]) is None


def test_a_span_that_goes_on_overlaps_whatever_begins_later() -> None:
    endless, later = DaySpan(SEPTEMBER), DaySpan(OCTOBER)
    assert first_overlap([later, endless]) == (endless, later)


def test_no_spans_do_not_overlap() -> None:
    assert first_overlap([]) is None
