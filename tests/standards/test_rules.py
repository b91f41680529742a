"""Who may set what, and how a new value takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan, first_overlap
from xuequ.core.standards import Declaration, Standard, Value
from xuequ.standards.rules import Fit, Held, check_own, fit_in

TODAY = date(2026, 9, 1)
TOMORROW, YESTERDAY = TODAY + timedelta(1), TODAY - timedelta(1)
GOES_ON = DaySpan(date(2020, 1, 1))


def at(place: str, value: Value, span: DaySpan = GOES_ON, bound: str = "", checked: str = "text") -> Standard:
    return Standard(
        key="k",
        value=value,
        span=span,
        place=place,
        bound=bound,
        checked=checked,
        authority="某法",
        label="数",
    )


def codes(found: Iterable[Problem]) -> list[str]:
    return [problem.error.code for problem in found]


def check(own: Standard, *above: Standard, set_by: str = "") -> list[str]:
    return codes(check_own(own, Declaration("k", "数", "whole", set_by=set_by), above))


# what sources above leave open


@pytest.mark.parametrize(
    ("bound", "limit", "value", "code"),
    [
        ("floor", Money.yuan(720), Money.yuan(719), "standards.below_floor"),
        ("floor", Money.yuan(720), Money.yuan(720), None),
        ("floor", Fraction(1, 20), Fraction(1, 21), "standards.below_floor"),
        ("floor", 5, Fraction(9, 2), "standards.below_floor"),
        ("floor", "08:20", "08:10", "standards.below_floor"),
        ("floor", "08:20", "08:30", None),
        ("floor", TODAY, YESTERDAY, "standards.below_floor"),
        ("floor", (1, 2), (1,), None),
        ("ceiling", 45, 46, "standards.above_ceiling"),
        ("ceiling", 45, 30, None),
        ("fixed", False, True, "standards.not_for_you"),
        ("fixed", False, False, None),
        ("", 45, 99, None),
    ],
)
def test_an_own_value_keeps_to_the_bound_of_a_source_above(
    bound: str, limit: Value, value: Value, code: str | None
) -> None:
    assert check(at("530921", value), at("", limit, bound=bound)) == ([code] if code else [])


def test_the_refusal_names_the_authority_and_the_limit() -> None:
    [problem] = check_own(at("530921", 4), Declaration("k", "数", "whole"), [at("", 5, bound="floor")])
    assert "某法" in problem.text() and "5" in problem.text()


def test_a_bound_counts_only_above_the_place_over_it_and_on_the_same_days() -> None:
    own = at("530921", 4, DaySpan(TODAY))
    assert check(own, at("530921", 5, bound="floor")) == []
    assert check(own, at("36", 5, bound="floor")) == []
    assert check(own, at("", 5, DaySpan(date(2020, 1, 1), TODAY), bound="floor")) == []
    assert check(own, at("53", 5, bound="floor")) == ["standards.below_floor"]


@pytest.mark.parametrize(
    ("place", "own", "limit", "code"),
    [
        ("530921", "text", "memory", None),
        ("530921", "text", "secondary", "standards.below_floor"),
        ("530921", "text", "text", "standards.below_floor"),
        ("530921", "secondary", "memory", "standards.below_floor"),
        ("530921", "memory", "memory", "standards.below_floor"),
        ("530921/qianfeng", "text", "memory", "standards.below_floor"),
    ],
)
def test_a_remembered_limit_gives_way_to_a_county_that_has_read_its_document(
    place: str, own: str, limit: str, code: str | None
) -> None:
    found = check(at(place, 4, checked=own), at("", 5, bound="floor", checked=limit))
    assert found == ([code] if code else [])


def test_a_district_may_not_set_what_is_for_the_county_to_set() -> None:
    assert check(at("530921/qianfeng", 4), set_by="county") == ["standards.county_sets"]
    assert check(at("530921", 4), set_by="county") == []
    assert check(at("530921/qianfeng", 4), set_by="district") == []


# how a new value takes its place


def fit(since: date, until: date | None = None, *held: DaySpan, reason: str = "") -> Fit | str:
    listed = [Held(number, span) for number, span in enumerate(held, 1)]
    found = fit_in("k", DaySpan(since, until), listed, TODAY, reason)
    return found.error.code if isinstance(found, Problem) else found


def test_a_new_value_ends_the_one_before_it() -> None:
    assert fit(TOMORROW, None, GOES_ON) == Fit(DaySpan(TOMORROW), ended=(1,))
    assert fit(TODAY, None, GOES_ON) == Fit(DaySpan(TODAY), ended=(1,))
    assert fit(TODAY) == Fit(DaySpan(TODAY))


def test_without_an_end_it_lasts_until_the_value_that_is_recorded_for_later() -> None:
    later = DaySpan(date(2027, 1, 1))
    assert fit(TODAY, None, later) == Fit(DaySpan(TODAY, date(2027, 1, 1)))
    assert fit(TODAY, date(2027, 2, 1), later) == "standards.later_value_there"


def test_a_value_that_has_not_held_yet_is_simply_replaced() -> None:
    assert fit(TOMORROW, None, DaySpan(TOMORROW)) == Fit(DaySpan(TOMORROW), withdrawn=(1,))


def test_days_that_have_passed_and_today_s_value_are_changed_with_a_reason_only() -> None:
    assert fit(YESTERDAY) == "standards.backdated"
    assert fit(TODAY, None, DaySpan(TODAY)) == "standards.backdated"
    assert fit(YESTERDAY, reason="补录") == Fit(DaySpan(YESTERDAY))


def test_a_correction_keeps_what_it_does_not_concern() -> None:
    since, until = date(2021, 1, 1), date(2022, 1, 1)
    assert fit(since, until, GOES_ON, reason="更正") == Fit(
        DaySpan(since, until),
        withdrawn=(1,),
        kept=((1, DaySpan(date(2020, 1, 1), since)), (1, DaySpan(until))),
    )
    whole = DaySpan(date(2020, 1, 1), date(2021, 1, 1))
    assert fit(whole.since, None, whole, DaySpan(date(2021, 1, 1)), reason="更正") == Fit(
        whole, withdrawn=(1,)
    )


days = st.integers(-6, 6).map(lambda number: TODAY + timedelta(number))


@given(
    st.lists(st.tuples(days, st.integers(1, 5), st.booleans(), st.booleans()), max_size=8),
)
def test_whatever_is_recorded_no_day_has_two_values_and_no_past_answer_changes_without_a_reason(
    acts: list[tuple[date, int, bool, bool]],
) -> None:
    spans: dict[int, DaySpan] = {}
    values: dict[int, int] = {}
    for number, (since, length, goes_on, corrects) in enumerate(acts, 1):
        wanted = DaySpan(since, None if goes_on else since + timedelta(length))
        before = {day: _answer(spans, values, day) for day in _past()}
        held = [Held(one, span) for one, span in spans.items()]
        found = fit_in("k", wanted, held, TODAY, "更正" if corrects else "")
        if isinstance(found, Problem):
            continue
        for one in found.ended:
            spans[one] = DaySpan(spans[one].since, found.span.since)
        for index, (one, span) in enumerate(found.kept):
            kept = 1000 * number + index
            spans[kept], values[kept] = span, values[one]
        for one in found.withdrawn:
            del spans[one]
        spans[number], values[number] = found.span, number
        assert first_overlap(spans.values()) is None
        assert _answer(spans, values, found.span.since) == number
        for day in _past():
            outside = day not in found.span
            if outside or not corrects:
                assert _answer(spans, values, day) == before[day]


def _past() -> list[date]:
    return [TODAY - timedelta(number) for number in range(1, 8)]


def _answer(spans: dict[int, DaySpan], values: dict[int, int], day: date) -> int | None:
    return next((values[one] for one, span in spans.items() if day in span), None)
