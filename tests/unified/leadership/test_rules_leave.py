"""How leave is counted, what counts as one, and who may decide: examples, and what holds for any leaves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.access import Holding, Post
from xuequ.core.errors import IllegalTransition
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.standards.national import national
from xuequ.unified.leadership.errors.leave import (
    ExtensionNotLater,
    LateReasonMissing,
    LeaveOverlaps,
    LeaveTooLong,
    NotBackYet,
    NothingToTake,
    NotTheApprover,
    NotWorkingHere,
    OwnLeave,
)
from xuequ.unified.leadership.rules.leave import (
    LONGEST,
    Stretch,
    chain_of,
    counted,
    extension_problems,
    in_days,
    is_late,
    lateness_problems,
    length_problems,
    must_return,
    passed_by,
    request_problems,
    return_problems,
    standing_of,
    step_problems,
    total_of,
)
from xuequ.unified.leadership.rules.leave_authority import (
    Authority,
    Case,
    Duty,
    authority_over,
    decision_problems,
    ground_of,
)
from xuequ.unified.leadership.states.leave import STEPS, Ground, LeaveKind, LeaveState, Standing, Why

RULES = national("530921")
BASE = HalfDay(date(2026, 9, 7), Half.AM).index
"""A Monday morning; tests count half-days from it."""
ON = date(2026, 9, 1)
PLACE = "530921/qianfeng"
SCHOOL, OTHER = f"{PLACE}/s2", f"{PLACE}/s3"
WEEKDAYS = frozenset(BASE + 14 * week + half for week in range(-2, 8) for half in range(10))
"""Monday to Friday of some weeks."""


def span(first: int, last: int) -> HalfDaySpan:
    return HalfDaySpan.through(HalfDay.at(BASE + first), HalfDay.at(BASE + last))


def stretch(first: int, last: int, leave_id: int = 0, working: frozenset[int] = WEEKDAYS) -> Stretch:
    whole = span(first, last)
    halves = counted(LeaveKind.PERSONAL, whole, working, RULES)
    return Stretch(leave_id or 1000 + first, LeaveKind.PERSONAL, whole, frozenset(halves))


def own_rules(key: str, value: Any) -> Standards:
    return RULES.with_own([Standard(key, value, DaySpan(date(2020, 1, 1)), place=PLACE)])


# counting


def test_only_half_days_at_work_count_and_all_of_them_for_maternity() -> None:
    week = span(9, 15)  # Friday afternoon to Tuesday afternoon
    assert len(counted(LeaveKind.PERSONAL, week, WEEKDAYS, RULES)) == 3
    assert len(counted(LeaveKind.MATERNITY, week, WEEKDAYS, RULES)) == 7


def test_which_kinds_count_by_the_calendar_is_a_dated_rule() -> None:
    both = own_rules("leave.counted_in_calendar_days", ("maternity", "sick"))
    assert len(counted(LeaveKind.SICK, span(9, 15), WEEKDAYS, both)) == 7


@given(
    st.integers(-20, 60), st.integers(0, 40), st.sampled_from(LeaveKind), st.frozensets(st.integers(-20, 100))
)
def test_what_counts_lies_in_the_span_and_is_worked_or_of_the_calendar(
    first: int, length: int, kind: LeaveKind, working: frozenset[int]
) -> None:
    whole = span(first, first + length)
    days = frozenset(BASE + half for half in working)
    found = counted(kind, whole, days, RULES)
    inside = {half.index for half in whole}
    assert list(found) == sorted(found)
    assert set(found) == (inside if kind is LeaveKind.MATERNITY else inside & days)
    assert in_days(len(found)) * 2 == len(found)


# chains


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ((3, 3), (4, 4), True),  # Tuesday afternoon, Wednesday morning
        ((9, 9), (14, 14), True),  # Friday afternoon, Monday morning
        ((8, 8), (14, 14), False),  # Friday morning: the afternoon was worked
        ((3, 3), (5, 5), False),
        ((3, 6), (5, 7), True),  # they overlap
        ((2, 2), (3, 9), True),
    ],
)
def test_two_leaves_are_one_when_nothing_worked_lies_between(
    one: tuple[int, int], other: tuple[int, int], *, together: bool
) -> None:
    first, second = stretch(*one), stretch(*other)
    linked = (first, second)
    assert chain_of(second, [first], WEEKDAYS, RULES) == (linked if together else (second,))
    assert chain_of(first, [second], WEEKDAYS, RULES) == (linked if together else (first,))


def test_a_chain_may_be_switched_off_by_the_district() -> None:
    apart = own_rules("leave.chain_counts_as_one", False)
    assert chain_of(stretch(3, 3), [stretch(4, 4)], WEEKDAYS, apart) == (stretch(3, 3),)


leaves = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    min_size=1,
    max_size=8,
    unique_by=lambda pair: pair[0],
)


def numbered(pairs: list[tuple[int, int]], working: frozenset[int]) -> list[Stretch]:
    return [stretch(*pair, number, working) for number, pair in enumerate(pairs, 1)]


def covered(linked: tuple[Stretch, ...]) -> set[int]:
    return {half.index for one in linked for half in one.span}


@given(leaves, st.frozensets(st.integers(-2, 80)))
def test_chains_part_leaves_and_nothing_worked_lies_between_those_of_one(
    pairs: list[tuple[int, int]], days: frozenset[int]
) -> None:
    working = frozenset(BASE + day for day in days)
    every = numbered(pairs, working)
    chains = {
        one.leave_id: chain_of(one, [o for o in every if o is not one], working, RULES) for one in every
    }
    for one in every:
        linked = chains[one.leave_id]
        assert one in linked
        assert all(chains[mate.leave_id] == linked for mate in linked)  # it does not matter which is asked
        halves = covered(linked)
        between = {half for half in working if min(halves) <= half <= max(halves)}
        assert between <= halves
        assert total_of(linked) == Fraction(len(between), 2)
        assert total_of(linked) >= in_days(len(one.half_days))
        for stranger in every:
            if stranger in linked:
                continue
            gap = covered((stranger,))
            low, high = sorted([(min(halves), max(halves)), (min(gap), max(gap))])
            assert any(low[1] < half < high[0] for half in working)


@given(leaves, st.data())
def test_one_more_leave_never_shortens_a_chain(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    own, *others = numbered(pairs, WEEKDAYS)
    fewer = data.draw(st.lists(st.sampled_from(others), unique_by=id)) if others else []
    some = total_of(chain_of(own, fewer, WEEKDAYS, RULES))
    assert some <= total_of(chain_of(own, others, WEEKDAYS, RULES))


# what may be asked for


def found(problems: Any) -> list[type]:
    return [type(problem.error) for problem in problems]


def test_every_reason_against_a_request_is_said() -> None:
    kind, whole = LeaveKind.PERSONAL, span(0, 1)
    assert found(request_problems("T1", kind, whole, [BASE], [], [])) == []
    assert found(request_problems("T1", kind, whole, [], [], [])) == [NothingToTake]
    assert found(request_problems("T1", kind, whole, [], [BASE], [])) == [NotWorkingHere]
    assert found(request_problems("T1", kind, whole, [BASE], [], [stretch(1, 4), stretch(2, 4)])) == [
        LeaveOverlaps
    ]


def test_a_leave_that_has_begun_needs_a_reason() -> None:
    first = HalfDay.at(BASE)
    assert not is_late(first, first) and is_late(first, first.next())
    assert found(lateness_problems(first, first.next(), "")) == [LateReasonMissing]
    assert (
        found(lateness_problems(first, first.next(), "急病"))
        == found(lateness_problems(first, first, ""))
        == []
    )


def test_lengths_extensions_and_returns_have_their_bounds() -> None:
    assert found(length_problems(span(0, 2 * LONGEST - 1))) == []
    assert found(length_problems(span(0, 2 * LONGEST))) == [LeaveTooLong]
    assert found(extension_problems(span(0, 3), HalfDay.at(BASE + 3))) == [ExtensionNotLater]
    assert found(extension_problems(span(0, 3), HalfDay.at(BASE + 4))) == []
    backs = {
        half: found(return_problems(span(0, 3), HalfDay.at(BASE + half), HalfDay.at(BASE + 6)))
        for half in (0, 1, 6, 7)
    }
    assert backs == {0: [NotBackYet], 1: [], 6: [], 7: [NotBackYet]}


@pytest.mark.parametrize("state", LeaveState)
@pytest.mark.parametrize("to", LeaveState)
def test_a_leave_takes_the_steps_of_the_table(state: LeaveState, to: LeaveState) -> None:
    assert found(step_problems(state, to)) == ([] if to in STEPS[state] else [IllegalTransition])


def test_a_leave_is_ahead_going_on_or_over_by_the_half_day() -> None:
    when = {
        half: standing_of(LeaveState.APPROVED, span(0, 1), HalfDay.at(BASE + half)) for half in (-1, 0, 1, 2)
    }
    assert list(when.values()) == [Standing.AHEAD, Standing.ON_LEAVE, Standing.ON_LEAVE, Standing.ENDED]
    assert standing_of(LeaveState.SUBMITTED, span(0, 1), HalfDay.at(BASE)) is Standing.WAITING
    assert standing_of(LeaveState.CANCELLED, span(0, 1), HalfDay.at(BASE)) is Standing.CANCELLED


def test_more_than_half_a_day_is_reported_back() -> None:
    assert [must_return(count, RULES, HalfDay.at(BASE)) for count in (1, 2)] == [False, True]


@given(st.integers(1, 10**6), st.none() | st.integers(0, 10**6))
def test_nothing_passes_before_its_time(now: int, through: int | None) -> None:
    passed = passed_by(HalfDay.at(now + 2), through)
    assert passed <= now + 2 and (through is None or passed <= through)


# who may decide

T, H, P, D, S, X = range(1, 7)
"""A teacher, the school's head, the principal, a director, the head of another school, a stranger."""
POSTS = (
    Duty(H, Post.SCHOOL_HEAD, SCHOOL),
    Duty(P, Post.PRINCIPAL, PLACE),
    Duty(D, Post.ACADEMIC_DIRECTOR, PLACE),
    Duty(S, Post.SCHOOL_HEAD, OTHER),
)


def case(who: int = T, total: Fraction = Fraction(1, 2), schools: tuple[str, ...] = (SCHOOL,)) -> Case:
    return Case(who, min(total, Fraction(1, 2)), total, frozenset(schools), ON)


def holdings(who: int, duties: tuple[Duty, ...] = POSTS) -> list[Holding]:
    return [Holding(duty.post, duty.place) for duty in duties if duty.staff_id == who]


BOTH, CHIEF, BUREAU = (Ground.HEAD, Ground.PRINCIPAL), (Ground.PRINCIPAL,), (Ground.BUREAU,)


@pytest.mark.parametrize(
    ("asked", "duties", "expected"),
    [
        (case(), POSTS, Authority(BOTH, (Why.HALF_DAY,))),
        (case(total=Fraction(1)), POSTS, Authority(CHIEF, (Why.CHAINED, Why.TOO_LONG))),
        (case(schools=(f"{PLACE}/s1",)), POSTS, Authority(CHIEF, (Why.NO_HEAD,))),
        (case(schools=(SCHOOL, OTHER)), POSTS, Authority(CHIEF, (Why.SEVERAL_SCHOOLS,))),
        (case(H), POSTS, Authority(CHIEF, (Why.HEAD_HIMSELF,))),
        (case(S), POSTS, Authority(CHIEF, (Why.HEAD_HIMSELF,))),
        (case(D), POSTS, Authority(CHIEF, (Why.LEADS,))),
        (case(P), POSTS, Authority(BUREAU, (Why.PRINCIPAL_HIMSELF,))),
        (case(), POSTS[1:], Authority(CHIEF, (Why.NO_HEAD,))),
        (case(X), (*POSTS, Duty(X, Post.PRINCIPAL, PLACE, lent=True)), Authority(CHIEF, (Why.LEADS,))),
        (
            case(X),
            (*POSTS, Duty(X, Post.SCHOOL_HEAD, SCHOOL, lent=True)),
            Authority(CHIEF, (Why.HEAD_HIMSELF,)),
        ),
    ],
)
def test_the_article_says_who_decides(asked: Case, duties: tuple[Duty, ...], expected: Authority) -> None:
    assert authority_over(asked, duties, RULES) == expected


def test_a_long_leave_of_one_piece_is_not_called_chained() -> None:
    long = Case(T, Fraction(1), Fraction(1), frozenset({SCHOOL}), ON)
    assert authority_over(long, POSTS, RULES).why == (Why.TOO_LONG,)


@pytest.mark.parametrize(
    ("who", "asked", "expected"),
    [
        (H, case(), Ground.HEAD),
        (P, case(), Ground.PRINCIPAL),
        (S, case(), None),
        (D, case(), None),
        (X, case(), None),
        (H, case(total=Fraction(1)), None),
        (P, case(total=Fraction(1)), Ground.PRINCIPAL),
        (P, case(P), None),
        (P, case(schools=(SCHOOL, OTHER)), Ground.PRINCIPAL),
    ],
)
def test_who_may_decide_as_what(who: int, asked: Case, expected: Ground | None) -> None:
    assert ground_of(asked, authority_over(asked, POSTS, RULES), holdings(who)) is expected


def test_powers_lent_for_one_school_reach_no_other() -> None:
    narrowed = [Holding(Post.PRINCIPAL, OTHER)]
    here, there = case(total=Fraction(1)), case(total=Fraction(1), schools=(OTHER,))
    authority = authority_over(here, POSTS, RULES)
    assert ground_of(here, authority, narrowed) is None
    assert ground_of(there, authority, narrowed) is Ground.PRINCIPAL


duty = st.builds(
    Duty,
    st.integers(1, 6),
    st.sampled_from([Post.PRINCIPAL, Post.SCHOOL_HEAD, Post.ACADEMIC_DIRECTOR, Post.CASHIER]),
    st.sampled_from([PLACE, SCHOOL, OTHER]),
    st.booleans(),
)
totals = st.integers(1, 6).map(in_days)


@given(st.lists(duty, max_size=6), st.integers(1, 6), st.integers(1, 6), totals)
def test_nobody_decides_on_his_own_and_only_the_table_decides(
    duties: list[Duty], applicant: int, approver: int, total: Fraction
) -> None:
    asked = case(applicant, total)
    authority = authority_over(asked, duties, RULES)
    held = [Holding(one.post, one.place) for one in duties if one.staff_id == approver]
    problems = found(decision_problems(asked, authority, approver, "T", held))
    if approver == applicant:
        assert problems == [OwnLeave]
        return
    chief = any(one.post is Post.PRINCIPAL and one.reaches(SCHOOL) for one in held)
    head = Holding(Post.SCHOOL_HEAD, SCHOOL) in held
    mine = [one for one in duties if one.staff_id == applicant]
    if any(one.post is Post.PRINCIPAL and not one.lent for one in mine):
        may = False  # the bureau's
    elif total > Fraction(1, 2) or any(one.post is not Post.CASHIER for one in mine):
        may = chief
    else:
        may = chief or head
    assert problems == ([] if may else [NotTheApprover])


@given(st.lists(duty, max_size=6), st.integers(1, 6), totals)
def test_every_leave_has_somebody_to_decide_and_a_reason(
    duties: list[Duty], applicant: int, total: Fraction
) -> None:
    authority = authority_over(case(applicant, total), duties, RULES)
    assert authority.grounds and authority.why and authority.needed
    assert (Ground.HEAD in authority.grounds) <= (total <= Fraction(1, 2))


@pytest.mark.parametrize("why", Why)
def test_every_reason_is_said_in_words(why: Why) -> None:
    assert len(why.label) > 10
