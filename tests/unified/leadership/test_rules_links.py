"""Rules of links and support, pure: examples beside properties."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.access import Post
from xuequ.core.spans import DaySpan
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.posts import LEADERSHIP
from xuequ.registry.states.classes import Stage
from xuequ.unified.leadership.rules.links import (
    Link,
    LinkedSchool,
    astray,
    closing_problems,
    left_out,
    plan_problems,
    steps,
    unpartitioned,
)
from xuequ.unified.leadership.rules.support import (
    Cohort,
    Period,
    Supported,
    is_there,
    support_gain,
    support_problems,
)

DAY = date(2026, 9, 1)
LEADERS = {post: number for number, post in enumerate(LEADERSHIP, 1)}
P, S = Post.PRINCIPAL, Post.PARTY_SECRETARY
SCHOOLING = Schooling((9, 1), 1, 6, 3)


def after(days: int) -> date:
    return DAY + timedelta(days)


def school(number: int, opened: int | None = None, closed: int | None = None) -> LinkedSchool:
    days = [None if day is None else after(day) for day in (opened, closed)]
    return LinkedSchool(number, f"s{number}", *days)


def test_a_school_needs_its_leader_while_it_is_there() -> None:
    assert school(1).needs(DAY) == DaySpan(DAY)
    assert school(1, 5, 9).needs(DAY) == DaySpan(after(5), after(9))
    assert school(1, 0, 9).needs(after(9)) is None
    assert school(1, -9, 9).needs(after(8)) == DaySpan(after(8), after(9))


def test_a_plan_says_all_that_is_wrong_with_it() -> None:
    schools = {"s1": school(1), "s2": school(2, closed=0)}
    wanted = [("s1", P), ("s1", S), ("s2", Post.CASHIER), ("s9", Post.ACADEMIC_DIRECTOR)]
    found = plan_problems(wanted, schools, {P: 1, S: 2}, DAY)
    assert [problem.error.code.partition(".")[2] for problem in found] == [
        *("linked_twice", "link_to_closed", "link_to_unknown", "not_a_leader", "leader_missing"),
    ]
    assert plan_problems([("s9", P)], schools, {P: 1}, DAY, opening=True) == []
    assert [problem.error.code for problem in left_out(["s9"], schools, DAY)] == [
        "leadership.school_left_out"
    ]
    assert left_out([], schools, DAY, ["s1"]) == []
    closing = closing_problems([("s1", P)], ["s1", "s2", "s9"], {**schools, "s2": school(2, closed=-1)}, DAY)
    assert [problem.error.code.partition(".")[2] for problem in closing] == [
        *("closing_linked", "link_to_closed", "link_to_unknown"),
    ]


def apply(links: list[Link], plan: dict[int, Post], schools: list[LinkedSchool], since: date) -> list[Link]:
    """Do what `steps` says to a plain list."""
    there = [one for one in schools if one.needs(since) is not None]
    todo, problems = steps([(one, plan[one.id], LEADERS[plan[one.id]]) for one in there], links, since)
    assert problems == []
    kept = [link for link in links if link not in [step.replaced for step in todo]]
    cut = {step.cut.id: step.span.since for step in todo if step.cut is not None}
    kept = [
        Link(
            one.id,
            one.school_id,
            one.post,
            one.staff_id,
            DaySpan(one.span.since, cut.get(one.id, one.span.until)),
        )
        for one in kept
    ]
    number = max((one.id for one in links), default=0)
    new = [
        Link(number + n, step.school_id, step.post, step.staff_id, step.span)
        for n, step in enumerate(todo, 1)
    ]
    return kept + new


SPANS = st.tuples(st.one_of(st.none(), st.integers(-20, 40)), st.one_of(st.none(), st.integers(41, 80)))


@given(
    st.lists(SPANS, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 20), st.lists(st.sampled_from(LEADERSHIP), min_size=4, max_size=4))),
)
def test_whatever_is_drawn_in_the_order_of_days_partitions_the_schools_on_every_day(
    spans: list[tuple[int | None, int | None]], drawings: list[tuple[int, list[Post]]]
) -> None:
    schools = [school(number, *span) for number, span in enumerate(spans)]
    links: list[Link] = []
    drawings.sort(key=lambda one: one[0])
    for day, posts in drawings:
        links = apply(links, dict(enumerate(posts)), schools, after(day))
    assert unpartitioned(schools, links) == []
    for day in range(-5, 90):
        on, first = after(day), min((link.span.since for link in links), default=None)
        for one in schools:
            lead = [link for link in links if link.school_id == one.id and on in link.span]
            needs = first is not None and on >= first and (days_of := one.needs(first)) and on in days_of
            assert len(lead) == (1 if needs else 0)


def test_gaps_doubles_and_links_beyond_the_school_are_found() -> None:
    def link(number: int, since: int, until: int | None) -> Link:
        return Link(number, 1, P, 1, DaySpan(after(since), None if until is None else after(until)))

    one = school(1, 0, 50)
    assert unpartitioned([one], []) == []
    assert unpartitioned([one], [link(1, 0, 50)]) == []
    assert [what for _, what in unpartitioned([one], [link(1, 0, 20), link(2, 30, 50)])] == [
        f"{after(20)} 起无人挂钩"
    ]
    assert [what for _, what in unpartitioned([one], [link(1, 0, None)])] == [
        f"{DaySpan(DAY)} 的挂钩超出学校开办的时段"
    ]
    both = unpartitioned([one], [link(1, 0, 30), link(2, 20, 50)])
    assert [what for _, what in both] == [f"自 {after(20)} 起同时有两人挂钩"]
    assert all(before != behind for before, behind in pairwise(both))


def test_a_link_is_astray_when_its_holder_left_the_post() -> None:
    mine = Link(1, 1, P, 7, DaySpan(DAY))
    assert astray([mine], {P: 7}) == []
    assert astray([mine], {P: 8}) == [mine] == astray([mine], {})


# support


def test_a_cohort_is_there_in_the_school_years_of_its_grades() -> None:
    six = [Cohort(Stage.PRIMARY, 2021)]
    assert [year for year in range(2018, 2030) if is_there(six, year, SCHOOLING)] == list(range(2021, 2027))
    assert not is_there([Cohort(Stage.PRIMARY, 2021, dissolved_on=date(2026, 9, 1))], 2026, SCHOOLING)
    assert is_there([Cohort(Stage.PRIMARY, 2021, dissolved_on=date(2026, 9, 2))], 2026, SCHOOLING)
    assert is_there([Cohort(Stage.PRIMARY, 2021, formed_on=date(2027, 3, 1))], 2026, SCHOOLING)
    assert not is_there([Cohort(Stage.PRIMARY, 2021, formed_on=date(2027, 9, 1))], 2026, SCHOOLING)
    assert not is_there([], 2026, SCHOOLING)


def test_a_whole_year_meets_its_terms_and_two_terms_do_not_meet() -> None:
    year, first, second = (Period(2026, term) for term in (0, 1, 2))
    assert year.meets(first) and second.meets(year) and first.meets(first)
    assert not first.meets(second) and not first.meets(Period(2027, 1)) and not year.meets(Period(2027, 0))
    assert (str(year), str(second)) == ("2026—2027学年", "2026—2027学年第二学期")


def test_a_target_is_supported_by_one_leader_and_a_leader_supports_one_target() -> None:
    standing = [Supported(P, Period(2026, 0), "class:1", "甲")]

    def found(post: Post, target: str, period: Period, *, there: bool = True) -> list[str]:
        wanted = Supported(post, period, target, "乙")
        problems = support_problems(wanted, standing, there=there)
        return [problem.error.code.partition(".")[2] for problem in problems]

    first = Period(2026, 1)
    assert found(S, "class:1", first, there=False) == ["target_absent", "supported_twice"]
    assert found(P, "class:2", first) == ["supports_already"]
    assert found(P, "class:1", first) == ["supported_twice"]
    assert found(S, "class:2", first) == found(P, "class:1", Period(2027, 1)) == []


def test_gain_is_over_the_gain_of_the_districts_mean() -> None:
    d = Decimal
    assert support_gain(d("61.5"), None) is None
    assert support_gain(d("61.5"), d("70")) == d("8.5")
    assert support_gain(d("61.5"), d("70"), d("68"), d("70.25")) == d("6.25")
    assert support_gain(d("61.5"), d("70"), d("68")) == d("8.5")  # one mean alone compares nothing
    assert support_gain(d("70"), d("60"), d("60"), d("70")) == d("-20")


SCORES = st.decimals(-1000, 1000, places=4)


@given(SCORES, SCORES, SCORES, SCORES)
def test_gain_is_exact(baseline: Decimal, result: Decimal, before: Decimal, behind: Decimal) -> None:
    assert support_gain(baseline, result, before, behind) == (result - baseline) - (behind - before)
