"""How 公用经费 is allotted, and what training should get of it: the worked numbers, and what always holds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ import Money
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.registry.states.classes import Stage
from xuequ.standards.national import national
from xuequ.unified.budget.rules.allotments import (
    EXTRA,
    HEATING,
    AllottedLine,
    Heads,
    Rates,
    SchoolHeads,
    allot,
    autumn_of,
    counted_pupils,
    rates_of,
    small_kinds,
    standards_of,
)
from xuequ.unified.budget.rules.releases import unreleasable
from xuequ.unified.budget.rules.training import Share, Spending, at_least, is_training, training_shares
from xuequ.unified.budget.states.allotments import AllotmentItem
from xuequ.unified.budget.states.ledger import Purse

PRIMARY, JUNIOR, PRESCHOOL = Stage.PRIMARY, Stage.JUNIOR, Stage.PRESCHOOL
YUNNAN = national("530921/qianfeng")
RATES = rates_of(standards_of(2026, YUNNAN))
SEED = (12, 30, 45, 50, 61, 70, 85, 95)
"""Eight schools, each under 100; 448 pupils in all."""


def own(key: str, value: bool | Money, since: date = date(2020, 1, 1)) -> Standards:
    return YUNNAN.with_own([Standard(key, value, DaySpan(since), place="530921")])


def school(number: int, *, eligible: bool = True, **heads: Heads | int) -> SchoolHeads:
    by_stage = {Stage(name): Heads(one) if isinstance(one, int) else one for name, one in heads.items()}
    return SchoolHeads(number, eligible, by_stage)


def total(lines: list[AllottedLine]) -> Money:
    return Money.total(line.amount for line in lines)


def said(lines: list[AllottedLine]) -> list[tuple[Stage, AllotmentItem, int, int, str]]:
    return [(one.stage, one.item, one.actual, one.counted, str(one.amount)) for one in lines]


# the small schools


@pytest.mark.parametrize(("actual", "counted"), [(1, 100), (12, 100), (99, 100), (100, 100), (101, 101)])
def test_a_small_rural_school_counts_as_a_hundred(actual: int, counted: int) -> None:
    assert counted_pupils({PRIMARY: actual}, eligible=True, small=100) == {PRIMARY: counted}
    assert counted_pupils({PRIMARY: actual}, eligible=False, small=100) == {PRIMARY: actual}


def test_a_school_without_such_pupils_gets_nothing() -> None:
    assert allot([school(1, primary=0), school(2), school(3, preschool=40)], RATES) == []


def test_a_school_of_two_stages_is_one_small_school_in_the_proportion_that_it_has() -> None:
    assert counted_pupils({PRIMARY: 30, JUNIOR: 10}, eligible=True, small=100) == {PRIMARY: 75, JUNIOR: 25}
    assert counted_pupils({PRIMARY: 1, JUNIOR: 2}, eligible=True, small=100) == {PRIMARY: 33, JUNIOR: 67}
    assert counted_pupils({JUNIOR: 1, PRIMARY: 1}, eligible=True, small=99) == {PRIMARY: 50, JUNIOR: 49}
    assert counted_pupils({PRIMARY: 60, JUNIOR: 60}, eligible=True, small=100) == {PRIMARY: 60, JUNIOR: 60}


def test_the_district_of_the_article_gets_576000_and_never_an_average() -> None:
    schools = [school(number, primary=heads) for number, heads in enumerate(SEED)]
    assert sum(SEED) == 448 and total(allot(schools, RATES)) == Money.yuan(576_000)
    raw = [school(number, primary=heads, eligible=False) for number, heads in enumerate(SEED)]
    assert total(allot(raw, RATES)) == Money.yuan(322_560)


# the items


def test_boarders_pupils_with_disabilities_and_heating_come_on_top() -> None:
    rates = rates_of(standards_of(2026, own(HEATING, Money.yuan(80))))
    heads = Heads(pupils=12, boarders=5, special=2)
    assert said(allot([school(1, primary=heads, preschool=Heads(30, 9, 1))], rates)) == [
        (PRIMARY, AllotmentItem.BASE, 12, 100, "72000.00"),
        (PRIMARY, AllotmentItem.BOARDING, 5, 5, "1500.00"),
        (PRIMARY, AllotmentItem.SPECIAL, 2, 2, "12000.00"),
        (PRIMARY, AllotmentItem.HEATING, 12, 100, "8000.00"),
    ]


def test_where_the_special_standard_stands_for_the_base_rate_those_pupils_have_it_alone() -> None:
    rates = rates_of(standards_of(2026, own(EXTRA, False)))
    lines = allot(
        [school(1, primary=Heads(12, special=2)), school(2, primary=Heads(120, special=120))], rates
    )
    assert said(lines) == [
        (PRIMARY, AllotmentItem.BASE, 12, 98, "70560.00"),
        (PRIMARY, AllotmentItem.SPECIAL, 2, 2, "12000.00"),
        (PRIMARY, AllotmentItem.SPECIAL, 120, 120, "720000.00"),
    ]


def test_the_standards_are_those_of_the_first_day_of_the_year_and_of_the_place() -> None:
    rate = {year: rates_of(standards_of(year, YUNNAN)).stages for year in (2019, 2022, 2023)}
    assert {year: str(of[PRIMARY]) for year, of in rate.items()} == {
        2019: "600.00",
        2022: "650.00",
        2023: "720.00",
    }
    east = rates_of(standards_of(2019, national("330106/dongjin")))
    assert east.stages == {PRIMARY: Money.yuan(650), JUNIOR: Money.yuan(850)}


def test_a_county_s_standard_is_used_with_its_place_and_day() -> None:
    higher = own("budget.operating.primary", Money.yuan(800), date(2025, 1, 1))
    used = {one.key: one for one in standards_of(2026, higher)}["budget.operating.primary"]
    assert (used.since, used.place, used.value) == (date(2025, 1, 1), "530921", "800.00")


def test_what_was_used_gives_the_old_rates_whatever_holds_now() -> None:
    used = standards_of(2019, YUNNAN)
    assert rates_of(used).stages[PRIMARY] == Money.yuan(600) and rates_of(used) != RATES


def test_heating_is_used_only_where_it_was_set() -> None:
    assert RATES.heating is None and HEATING not in {one.key for one in standards_of(2026, YUNNAN)}


def test_last_autumn_is_the_one_before_the_fiscal_year() -> None:
    assert autumn_of(2026, YUNNAN) == (date(2025, 9, 1), date(2026, 1, 1))


def test_an_attached_preschool_is_no_small_school() -> None:
    assert small_kinds(2026, YUNNAN) == {"central", "complete", "teaching_point", "junior", "nine_year"}


# what always holds


def heads(pupils: int, boarders: int, special: int) -> Heads:
    return Heads(pupils, min(pupils, boarders), min(pupils, special))


heads_of = st.builds(heads, st.integers(0, 150), st.integers(0, 150), st.integers(0, 150))
stages_of = st.dictionaries(st.sampled_from(list(Stage)), heads_of)
schools_of = st.lists(st.builds(SchoolHeads, st.integers(1, 9), st.booleans(), stages_of), max_size=6)
rates = st.builds(
    Rates,
    st.fixed_dictionaries({PRIMARY: st.just(Money.yuan(720)), JUNIOR: st.just(Money.yuan(940))}),
    st.just(Money.yuan(300)),
    st.just(Money.yuan(6000)),
    st.sampled_from([None, Money.yuan("80.55")]),
    st.just(100),
    st.booleans(),
)


@given(schools_of, schools_of, rates)
def test_schools_are_allotted_each_by_itself(
    some: list[SchoolHeads], others: list[SchoolHeads], by: Rates
) -> None:
    assert allot([*some, *others], by) == [*allot(some, by), *allot(others, by)]


@given(st.dictionaries(st.sampled_from([PRIMARY, JUNIOR]), st.integers(0, 150)), st.booleans())
def test_counted_pupils_are_exactly_the_greater_of_what_there_is_and_a_hundred(
    actual: dict[Stage, int], eligible: bool
) -> None:
    counted = counted_pupils(actual, eligible=eligible, small=100)
    whole = sum(actual.values())
    assert sum(counted.values()) == (max(whole, 100) if eligible and whole else whole)
    assert all(counted[stage] >= heads for stage, heads in actual.items() if heads)


@given(st.integers(0, 300), st.integers(0, 300), st.booleans(), rates, st.sampled_from([PRIMARY, JUNIOR]))
def test_more_pupils_never_get_a_school_less(
    fewer: int, more: int, eligible: bool, by: Rates, stage: Stage
) -> None:
    fewer, more = sorted((fewer, more))
    amounts = [total(allot([SchoolHeads(1, eligible, {stage: Heads(n)})], by)) for n in (fewer, more)]
    assert amounts[0] <= amounts[1]


@given(schools_of, rates)
def test_who_may_count_as_small_never_gets_less_for_it(schools: list[SchoolHeads], by: Rates) -> None:
    def judged(eligible: bool) -> Money:
        return total(allot([SchoolHeads(one.school_id, eligible, one.heads) for one in schools], by))

    assert judged(True) >= judged(False)


@given(schools_of, rates)
def test_preschool_pupils_change_nothing(schools: list[SchoolHeads], by: Rates) -> None:
    without = [
        SchoolHeads(
            one.school_id, one.eligible, {stage: h for stage, h in one.heads.items() if stage.compulsory}
        )
        for one in schools
    ]
    assert allot(schools, by) == allot(without, by)


# training


def line(purse: Purse, economic: str, planned: int, paid: int = 0) -> Spending:
    return Spending(purse, economic, Money.yuan(planned), Money.yuan(paid))


def test_training_should_get_28800_of_576000() -> None:
    assert at_least(Money.yuan(576_000), Fraction(1, 20)) == Money.yuan(28_800)


def test_both_what_is_planned_and_what_is_paid_are_shares_of_the_budget() -> None:
    lines = [
        line(Purse.OPERATING, "30201", 543_200, 400_000),
        line(Purse.TRAINING, "30211", 20_000, 20_000),
        line(Purse.OPERATING, "30216", 8_800, 8_799),
        line(Purse.ACTIVITIES, "30299", 4_000),
        line(Purse.PERSONNEL, "30216", 1_000_000, 1_000_000),
    ]
    planned, paid = training_shares(lines, 2026, YUNNAN)
    assert (planned.amount, planned.whole, planned.enough) == (Money.yuan(28_800), Money.yuan(576_000), True)
    assert (paid.amount, paid.enough, paid.percent) == (Money.yuan(28_799), False, "4.99%")


def test_a_training_code_outside_operating_funds_is_not_of_them() -> None:
    codes = frozenset({"30216"})
    assert not is_training(Purse.SPECIFIC, "30216", codes)
    assert is_training(Purse.ACTIVITIES, "30216", codes) and is_training(Purse.TRAINING, "30211", codes)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_least_is_enough_and_a_fen_less_is_not(fen: int, other: int) -> None:
    least = Fraction(1, 20)
    whole, amount = Money(fen), Money(other)
    assert Share(amount, whole, least).enough == (amount >= at_least(whole, least))


def test_a_share_of_nothing_is_no_number() -> None:
    assert Share(Money(0), Money(0), Fraction(1, 20)).percent == "—"


# releases


def test_all_that_stands_against_a_release_is_said_at_once() -> None:
    found = unreleasable(
        "H1",
        Money(0),
        line="公用经费",
        purse=Purse.OPERATING,
        line_school=1,
        school=(2, "s2"),
        for_event=False,
    )
    assert [problem.error.code for problem in found] == [
        "budget.amount_not_positive",
        "budget.purse_differs",
        "budget.release_elsewhere",
    ]
    nowhere = unreleasable(
        "H1", Money(1), line="师训经费", purse=Purse.TRAINING, line_school=None, school=None, for_event=False
    )
    assert [problem.error.code for problem in nowhere] == ["budget.release_nowhere"]


def test_the_district_s_line_may_be_released_to_a_school_and_an_activity() -> None:
    of: dict[str, Any] = {"line": "文体活动经费", "purse": Purse.ACTIVITIES, "line_school": None}
    assert unreleasable("H1", Money(1), **of, school=(2, "s2"), for_event=False) == []
    assert unreleasable("H1", Money(1), **of, school=None, for_event=True) == []
