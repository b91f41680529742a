"""What needs a decision of the council, who may vote, what is adopted, what an item covers: pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ import Money
from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Scalar, Standard, StandardNotSet, Standards, Value
from xuequ.core.votes import Electorate
from xuequ.standards.national import national
from xuequ.unified.budget.rules.council import (
    Cover,
    Voting,
    attendance_problems,
    citing_problems,
    council_rule,
    draw_problems,
    electorate,
    emergency_standing,
    marks,
    matter_needing_decision,
    ratification_problems,
    ratified_ceiling,
    ratify_by,
    standing,
    vote_stands,
    voting_problems,
    withdrawn,
)
from xuequ.unified.budget.states.council import ItemState, Mark, Matter

DAY = date(2026, 10, 12)
PLACE = "530921/qianfeng"
NATIONAL = national()
HUNDRED, FEN = Money.yuan(100), Money(1)


def having(**values: Value) -> Standards:
    """Return the national rules with some of the council's set by the district."""
    since = DaySpan(date(2026, 1, 1))
    return NATIONAL.with_own(
        Standard(f"budget.{key.replace('__', '.')}", value, since, place=PLACE)
        for key, value in values.items()
    )


LOCAL = having(council__bulk_from=Money.yuan(5000), council__ratify_within_days=15)
COVER = Cover(
    name="〔2026〕1号第1项 屋面维修",
    matter=Matter.BUILDING_REPAIR,
    state=ItemState.ADOPTED,
    ceiling=HUNDRED,
    drawn=Money(0),
    since=DAY,
)
EMERGENCY = replace(COVER, state=ItemState.PROVISIONAL, ratify_by=DAY + timedelta(days=15), school_id=7)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.error.code for problem in problems]


@pytest.mark.parametrize(
    ("economic", "amount", "matter"),
    [
        ("30213", "0.01", "building_repair"),
        ("31006", "0.01", "capital_works"),
        ("31001", "1", "capital_works"),
        ("31005", "1", "capital_works"),
        ("30901", "1", "capital_works"),
        ("31002", "4999.99", None),
        ("31002", "5000", "bulk_purchase"),
        ("30201", "5000.01", "bulk_purchase"),
        ("30216", "1000000", None),
        ("30107", "1000000", None),
    ],
)
def test_repairs_and_works_need_a_decision_whatever_they_cost_and_goods_from_the_threshold_on(
    economic: str, amount: str, matter: str | None
) -> None:
    assert matter_needing_decision(economic, Money.yuan(amount), LOCAL, DAY) == matter


def test_goods_are_refused_where_the_district_has_set_no_threshold() -> None:
    with pytest.raises(StandardNotSet) as refused:
        matter_needing_decision("31002", FEN, NATIONAL, DAY)
    assert "budget.council.bulk_from" in str(refused.value)


def test_a_district_may_spare_the_council_small_repairs_but_no_works() -> None:
    spared = having(council__repair_from=Money.yuan(500))
    assert matter_needing_decision("30213", Money.yuan("499.99"), spared, DAY) is None
    assert matter_needing_decision("30213", Money.yuan(500), spared, DAY) == "building_repair"
    assert matter_needing_decision("31006", FEN, spared, DAY) == "capital_works"


@pytest.mark.parametrize(
    ("present", "due", "there"), [(4, 6, True), (3, 6, False), (5, 7, True), (4, 7, False), (0, 0, False)]
)
def test_two_thirds_of_those_due_are_a_quorum_and_less_is_none(present: int, due: int, there: bool) -> None:
    assert council_rule(NATIONAL, DAY).has_quorum(Electorate(due, present)) is there


@pytest.mark.parametrize(
    ("yes", "due", "adopted"), [(4, 7, True), (3, 6, False), (4, 6, True), (3, 7, False)]
)
def test_more_than_half_of_those_due_adopt(yes: int, due: int, adopted: bool) -> None:
    assert vote_stands(yes, Electorate(due, due), NATIONAL, DAY) is adopted


def test_a_district_may_count_of_those_present() -> None:
    row: dict[str, Scalar] = {
        "quorum": Fraction(2, 3),
        "quorum_inclusive": True,
        "base": "present",
        "threshold": Fraction(1, 2),
        "inclusive": False,
    }
    present = having(votes__council=(row,))
    assert vote_stands(3, Electorate(6, 5), present, DAY)
    assert not vote_stands(3, Electorate(6, 5), NATIONAL, DAY)


@given(due=st.integers(0, 60), present=st.integers(0, 60), yes=st.integers(0, 60))
def test_a_vote_stands_just_where_exact_fractions_say_so(due: int, present: int, yes: int) -> None:
    present, yes = min(present, due), min(yes, present, due)
    expected = due > 0 and Fraction(present, due) >= Fraction(2, 3) and Fraction(yes, due) > Fraction(1, 2)
    assert vote_stands(yes, Electorate(due, present), NATIONAL, DAY) is expected


@given(due=st.integers(1, 10**30))
def test_one_less_than_what_is_needed_is_never_enough_and_no_rounding_decides(due: int) -> None:
    rule, all_there = council_rule(NATIONAL, DAY), Electorate(due, due)
    needed, least = rule.needed(all_there), rule.majority.least(due)
    assert rule.has_quorum(Electorate(due, needed))
    assert not rule.has_quorum(Electorate(due, needed - 1))
    assert rule.passes(least, all_there)
    assert not rule.passes(least - 1, all_there)


ROLL = {1: Mark.PRESENT, 2: Mark.PRESENT, 3: Mark.PRESENT, 4: Mark.PRESENT, 5: Mark.EXCUSED, 6: Mark.ABSENT}


def vote(yes: int, no: int = 0, abstain: int = 0, **more: Any) -> Voting:
    votes: dict[str, Any] = {"yes": yes, "no": no, "abstain": abstain}
    return Voting(item="屋面维修", meeting="〔2026〕1号", chair=1, **votes, **more)


def test_whoever_is_excused_or_absent_is_still_due() -> None:
    assert electorate(ROLL, frozenset()) == Electorate(6, 4)
    assert voting_problems(vote(4), ROLL, NATIONAL, DAY) == []


def test_who_withdraws_is_counted_neither_among_those_due_nor_among_those_present() -> None:
    assert electorate(ROLL, frozenset({4})) == Electorate(5, 3)
    found = voting_problems(vote(3, interested=frozenset({4})), ROLL, NATIONAL, DAY)
    assert codes(found) == ["budget.council_quorum"]


def test_an_absent_member_with_an_interest_leaves_the_base_too() -> None:
    assert voting_problems(vote(4, interested=frozenset({6})), ROLL, NATIONAL, DAY) == []
    assert vote_stands(3, electorate(ROLL, frozenset({6})), NATIONAL, DAY)


def test_a_chair_who_withdraws_is_replaced_by_a_member_who_is_there_and_stays() -> None:
    roll = {**ROLL, 5: Mark.PRESENT}
    out = frozenset({1})
    assert codes(voting_problems(vote(4, interested=out), roll, NATIONAL, DAY)) == ["budget.chair_withdrawn"]
    assert voting_problems(vote(4, interested=out, presiding=2), roll, NATIONAL, DAY) == []
    for other in (1, 6, 99):
        found = voting_problems(vote(4, interested=out, presiding=other), roll, NATIONAL, DAY)
        assert codes(found) == ["budget.chair_not_present"]


def test_votes_come_to_those_who_are_there_and_no_stranger_has_an_interest() -> None:
    assert codes(voting_problems(vote(3), ROLL, NATIONAL, DAY)) == ["budget.council_tally"]
    assert codes(voting_problems(vote(3, 1, 1), ROLL, NATIONAL, DAY)) == ["budget.council_tally"]
    found = voting_problems(vote(4, interested=frozenset({99})), ROLL, NATIONAL, DAY)
    assert codes(found) == ["budget.not_on_council"]


def test_where_the_district_says_so_an_interest_is_named_and_the_member_votes() -> None:
    named = having(council__interested_withdraws=False)
    assert withdrawn(frozenset({4}), named, DAY) == frozenset()
    assert voting_problems(vote(4, interested=frozenset({1})), ROLL, named, DAY) == []


def test_who_came_sits_on_the_council_and_the_chair_is_among_them() -> None:
    assert attendance_problems("〔2026〕1号", [1, 2], [1], [2], 1, DAY) == []
    found = attendance_problems("〔2026〕1号", [1, 2], [2, 8], [9], 1, DAY)
    assert codes(found) == ["budget.not_on_council", "budget.not_on_council", "budget.chair_not_present"]
    assert marks([1, 2, 3], [1], [2]) == {1: Mark.PRESENT, 2: Mark.EXCUSED, 3: Mark.ABSENT}


def test_a_draw_up_to_the_ceiling_is_covered_and_a_fen_more_needs_a_new_decision() -> None:
    half = replace(COVER, drawn=Money.yuan(50))
    assert draw_problems(half, Money.yuan(50), DAY) == []
    assert codes(draw_problems(half, Money.yuan(50) + FEN, DAY)) == ["budget.over_ceiling"]


@given(drawn=st.integers(0, 10_000), amount=st.integers(1, 20_000))
def test_what_is_covered_never_comes_to_more_than_the_ceiling(drawn: int, amount: int) -> None:
    cover = replace(COVER, drawn=Money(drawn))
    covered = not draw_problems(cover, Money(amount), DAY)
    assert covered is (drawn + amount <= cover.ceiling.fen)


def test_an_item_is_good_from_its_day_to_its_last_day() -> None:
    cover = replace(COVER, until=DAY + timedelta(days=10))
    assert draw_problems(cover, FEN, DAY) == []
    assert draw_problems(cover, FEN, DAY + timedelta(days=9)) == []
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=10)):
        assert codes(draw_problems(cover, FEN, day)) == ["budget.decision_outside"]
    assert codes(draw_problems(COVER, FEN, DAY - timedelta(days=1))) == ["budget.decision_outside"]


@pytest.mark.parametrize("state", [ItemState.PROPOSED, ItemState.REJECTED, ItemState.VOIDED])
def test_only_what_was_adopted_covers_anything(state: ItemState) -> None:
    assert codes(draw_problems(replace(COVER, state=state), FEN, DAY)) == ["budget.decision_not_adopted"]


def test_a_repair_covers_no_works_no_other_line_and_a_budget_item_no_spending() -> None:
    assert draw_problems(COVER, FEN, DAY, needed="building_repair", line_id=3) == []
    assert codes(draw_problems(COVER, FEN, DAY, needed="capital_works")) == ["budget.other_matter"]
    assert codes(draw_problems(replace(COVER, line_id=4), FEN, DAY, line_id=3)) == ["budget.other_line"]
    deliberated = replace(COVER, matter=Matter.BUDGET)
    assert codes(draw_problems(deliberated, FEN, DAY)) == ["budget.other_matter"]


def test_every_reason_is_given_at_once() -> None:
    bad = replace(COVER, matter=Matter.BUDGET, state=ItemState.REJECTED, line_id=4)
    assert codes(draw_problems(bad, HUNDRED + FEN, DAY, needed="capital_works", line_id=3)) == [
        *("budget.other_matter", "budget.other_line", "budget.decision_not_adopted", "budget.over_ceiling"),
    ]


def test_a_budget_that_was_deliberated_can_be_cited_and_nothing_else_in_its_place() -> None:
    deliberated = replace(COVER, matter=Matter.BUDGET)
    assert citing_problems(deliberated, Matter.BUDGET) == []
    assert codes(citing_problems(COVER, Matter.BUDGET)) == ["budget.other_matter"]
    rejected = replace(deliberated, state=ItemState.REJECTED)
    assert codes(citing_problems(rejected, Matter.BUDGET)) == ["budget.decision_not_adopted"]


def test_an_emergency_covers_until_its_ratification_is_overdue() -> None:
    assert ratify_by(DAY, LOCAL) == DAY + timedelta(days=15)
    assert draw_problems(EMERGENCY, FEN, DAY + timedelta(days=15)) == []
    late = draw_problems(EMERGENCY, FEN, DAY + timedelta(days=16))
    assert codes(late) == ["budget.ratification_overdue"]
    assert codes(draw_problems(EMERGENCY, FEN, DAY - timedelta(days=1))) == ["budget.decision_outside"]
    with pytest.raises(StandardNotSet):
        ratify_by(DAY, NATIONAL)


def test_an_emergency_is_ratified_by_a_repair_of_its_school_that_covers_what_was_used() -> None:
    used = replace(EMERGENCY, drawn=Money.yuan(60), line_id=3)
    item = replace(COVER, school_id=7, ceiling=Money.yuan(60))
    assert ratification_problems(used, item) == []
    assert ratified_ceiling(used, item) == Money.yuan(60)
    assert ratified_ceiling(used, replace(item, ceiling=Money.yuan(500))) == HUNDRED
    assert ratification_problems(replace(used, state=ItemState.REJECTED), item) == []
    short = replace(item, ceiling=Money.yuan(60) - FEN)
    for other in (
        *(short, replace(item, school_id=8), replace(item, line_id=4)),
        replace(item, matter=Matter.CAPITAL_WORKS),
    ):
        assert codes(ratification_problems(used, other)) == ["budget.ratification_short"]
    for other in (COVER, replace(used, state=ItemState.ADOPTED)):
        assert codes(ratification_problems(other, item)) == ["budget.not_emergency"]


def test_a_ledger_says_how_items_stand() -> None:
    cover = replace(COVER, until=DAY + timedelta(days=1))
    assert [standing(cover, DAY + timedelta(days=days)) for days in (-1, 0, 1)] == [
        "未生效",
        "有效",
        "已失效",
    ]
    assert standing(replace(COVER, drawn=HUNDRED), DAY) == "额度用完"
    by = DAY + timedelta(days=15)
    after = by + timedelta(days=1)
    assert emergency_standing(EMERGENCY, None, by) == ("待追认", False)
    assert emergency_standing(EMERGENCY, None, after) == ("逾期未追认", True)
    assert emergency_standing(EMERGENCY, by, after) == ("已追认", False)
    assert emergency_standing(EMERGENCY, after, after) == ("逾期追认", True)
    assert emergency_standing(replace(EMERGENCY, state=ItemState.REJECTED), None, by) == ("追认未通过", False)
