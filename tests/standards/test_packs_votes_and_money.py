"""Votes, dues, funds and fees computed from the packs, on both sides of a change.

The expected figures were worked out by hand or stand in a published table: a wrong value, date, comparison or
place in a pack makes one of them wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil, floor

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.standards.worked import HERE, TODAY, ratio
from xuequ.core.money import Money
from xuequ.core.standards import Scalar, StandardNotSet
from xuequ.standards.national import national

# Party dues 党费


def dues(base: Money, *, retired: bool = False) -> Money:
    rows = HERE.rows("party.dues.bands.retired" if retired else "party.dues.bands", on=TODAY)
    return next(base.share_of(ratio(row["rate"])) for row in rows if _within(base, row.get("upto")))


def _within(amount: Money, upto: Scalar | None) -> bool:
    return upto is None or (isinstance(upto, Money) and amount <= upto)


@pytest.mark.parametrize(
    ("base", "due"),
    [
        ("0", "0.00"),
        ("3000", "15.00"),
        ("3000.01", "30.00"),
        ("5000", "50.00"),
        ("5000.01", "75.00"),
        ("10000", "150.00"),
        ("10000.01", "200.00"),
    ],
)
def test_dues_jump_at_the_edge_of_a_band_since_the_rate_is_on_the_whole_base(base: str, due: str) -> None:
    assert str(dues(Money.yuan(base))) == due


def test_a_retired_member_has_one_edge() -> None:
    assert [str(dues(Money.yuan(base), retired=True)) for base in ("5000", "5000.01")] == ["25.00", "50.00"]


@given(st.integers(0, 3_000_000))
@example(299_999)
@example(300_000)
@example(500_000)
@example(1_000_000)
def test_dues_never_fall_and_jump_at_three_bases_only(fen: int) -> None:
    step = dues(Money(fen + 1)).fen - dues(Money(fen)).fen
    assert step >= 0
    assert (step > 1) == (fen in (300_000, 500_000, 1_000_000))


# votes 表决


def needed(people: int, share: Scalar, inclusive: Scalar) -> int:
    part = ratio(share) * people
    return ceil(part) if inclusive is True else floor(part) + 1


def vote(key: str, people: int, on: date = TODAY) -> tuple[int, int | None]:
    """How many must be there, and how many must say yes."""
    [row] = HERE.rows(key, on=on)
    there = needed(people, row["quorum"], row["quorum_inclusive"])
    if "threshold" not in row:
        return there, None
    return there, needed(people, row["threshold"], row["inclusive"])


@pytest.mark.parametrize(
    ("key", "people", "there", "yes"),
    [
        ("party.votes.ordinary", 16, 8, 9),
        ("party.votes.ordinary", 15, 8, 8),
        ("party.votes.admission", 16, 9, 9),
        ("party.votes.admission", 15, 8, 8),
        ("party.votes.election", 15, 12, None),
        ("party.votes.election", 16, 13, None),
        ("evaluation.votes.assembly", 66, 44, 33),
        ("evaluation.votes.assembly", 65, 44, 33),
        ("budget.votes.council", 66, 44, 34),
    ],
)
def test_half_two_thirds_and_four_fifths_are_told_apart(
    key: str, people: int, there: int, yes: int | None
) -> None:
    assert vote(key, people) == (there, yes)


def test_half_and_more_takes_the_half_and_more_than_half_does_not() -> None:
    assert vote("evaluation.votes.assembly", 44)[1] == 22
    assert vote("budget.votes.council", 44)[1] == 23


def test_both_texts_on_admitting_members_ask_the_same_vote_under_their_own_articles() -> None:
    before, after = date(2026, 5, 17), date(2026, 5, 18)
    key = "party.votes.admission"
    assert vote(key, 16, before) == vote(key, 16, after) == (9, 9)
    assert [HERE.entry(key, on=day).article for day in (before, after)] == [
        "第二十条",
        "第十九条至第二十二条",
    ]


def test_66_staff_meet_as_a_whole_and_80_send_delegates() -> None:
    least = HERE.whole("evaluation.assembly.delegates_from", on=TODAY)
    assert [people >= least for people in (66, 79, 80)] == [False, False, True]


# admitting members 发展党员


def months_after(day: date, months: int) -> date:
    found = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(found.year, found.month, found.day)


def steps(on: date) -> dict[str, str]:
    rows = HERE.rows("party.development.steps", on=on)
    return {str(row["step"]): str(row.get("article", "")) for row in rows}


def test_the_text_of_2026_adds_a_notice_and_moves_the_articles() -> None:
    before, after = steps(date(2026, 5, 17)), steps(date(2026, 5, 18))
    assert set(after) - set(before) == {"notice", "oath"}
    assert [before["pre_review"], after["pre_review"]] == ["第十九条", "第十八条"]
    assert [one for one in after if one in before] == list(before)
    assert list(after).index("notice") < list(after).index("candidate")


def test_a_case_that_crosses_both_texts_is_held_to_each_on_its_day() -> None:
    key = "party.development.notice_working_days"
    assert [HERE.whole(key, on=day) for day in (date(2025, 6, 30), date(2026, 6, 30))] == [0, 5]


def test_months_of_a_case_are_natural_months_clipped_to_the_end_of_the_month() -> None:
    activist, meeting = date(2025, 2, 28), date(2026, 3, 15)
    cultivated = HERE.whole("party.development.cultivation_months", on=activist)
    assert months_after(activist, cultivated) == date(2026, 2, 28)
    reviewed = HERE.whole("party.development.review_months", on=TODAY)
    assert months_after(date(2026, 8, 31), reviewed) == date(2027, 2, 28)
    assert months_after(date(2027, 8, 31), reviewed) == date(2028, 2, 29)
    probation = HERE.whole("party.development.probation_months", on=meeting)
    assert months_after(meeting, probation) == date(2027, 3, 15)


# operating funds 公用经费


def counted(pupils: int, on: date) -> int:
    return max(pupils, HERE.whole("budget.operating.small_school_counts", on=on))


def test_a_small_school_is_funded_as_a_hundred_pupils() -> None:
    assert [counted(pupils, TODAY) for pupils in (12, 100, 101)] == [100, 100, 101]


@pytest.mark.parametrize(
    ("place", "day", "funds", "raw", "training"),
    [
        ("530921", date(2024, 1, 1), 576_000, 322_560, 28_800),
        ("530921", date(2023, 1, 1), 576_000, 322_560, 28_800),
        ("530921", date(2022, 12, 31), 520_000, 291_200, 26_000),
        ("530921", date(2019, 12, 31), 480_000, 268_800, 24_000),
        ("440103", date(2019, 12, 31), 520_000, 291_200, 26_000),
        ("440103", date(2020, 1, 1), 520_000, 291_200, 26_000),
    ],
)
def test_eight_schools_of_56_are_funded_as_800_and_a_twentieth_goes_to_training(
    place: str, day: date, funds: int, raw: int, training: int
) -> None:
    here = national(place)
    rate = here.money("budget.operating.primary", on=day)
    total = rate * sum(counted(56, day) for _ in range(8))
    assert (total, rate * 448) == (Money.yuan(funds), Money.yuan(raw))
    assert total.share_of(here.ratio("budget.training_share", on=day)) == Money.yuan(training)


def test_boarders_and_juniors_rise_on_the_same_day_as_pupils_of_primary_schools() -> None:
    turn = date(2023, 1, 1)
    for key, before, after in (("boarding", 200, 300), ("junior", 850, 940), ("primary", 650, 720)):
        found = [HERE.money(f"budget.operating.{key}", on=day) for day in (turn - timedelta(1), turn)]
        assert found == [Money.yuan(before), Money.yuan(after)]


def test_money_kept_over_becomes_surplus_at_the_end_of_the_second_year() -> None:
    years = HERE.whole("budget.surplus_after_years", on=TODAY)
    assert 2024 + years - 1 == 2025


def test_the_cashier_is_barred_from_ledgers_by_the_article_of_the_day() -> None:
    key = "budget.duties.cashier"
    before, after = (HERE.entry(key, on=day) for day in (date(2024, 6, 30), date(2024, 7, 1)))
    assert before.value == after.value and "income_ledger" in HERE.listed(key, on=TODAY)
    assert (before.article, after.article) == ("第三十七条", "第三十五条")


def test_every_entry_balances_and_what_is_outside_the_budget_has_one_side_only() -> None:
    rows = HERE.rows("budget.parallel_entries", on=TODAY)
    assert all(("budget_debit" in row) == ("budget_credit" in row) for row in rows)
    outside = {str(row["event"]) for row in rows if "budget_debit" not in row}
    assert outside == {"depreciation", "fee_to_remit", "staff_advance"}


# nutrition, care fee, insurance 营养餐、保育费、校方责任险


@pytest.mark.parametrize(
    ("day", "due"), [(date(2014, 10, 31), 120), (date(2021, 8, 31), 160), (date(2021, 9, 1), 200)]
)
def test_forty_eaters_are_owed_the_rate_of_their_day(day: date, due: int) -> None:
    assert HERE.money("budget.nutrition.rate", on=day) * 40 == Money.yuan(due)


def test_the_last_year_of_preschool_is_charged_until_august_2025_and_meals_go_on() -> None:
    august, october = date(2025, 8, 31), date(2025, 10, 15)
    assert [HERE.flag("budget.care_fee.last_year_charged", on=day) for day in (august, october)] == [
        True,
        False,
    ]
    assert [HERE.flag("budget.care_fee.meals_charged", on=day) for day in (august, october)] == [True, True]
    with pytest.raises(StandardNotSet, match="保育费标准"):
        HERE.money("budget.care_fee.standard", on=october)


def test_meal_money_stands_on_the_preschool_law_from_its_first_day() -> None:
    found = [HERE.entry("budget.care_fee.meals_charged", on=date(2025, *day)) for day in ((5, 31), (6, 1))]
    assert [one.checked for one in found] == ["memory", "text"]
    assert [one.article for one in found] == ["", "第六十九条"]


def test_603_insured_cost_3015_where_the_province_sets_five_yuan_and_nothing_is_guessed_elsewhere() -> None:
    key = "budget.insurance.rate"
    assert national("420100").money(key, on=TODAY) * 603 == Money.yuan(3015)
    with pytest.raises(StandardNotSet):
        HERE.money(key, on=TODAY)


def test_the_last_evening_of_august_and_the_first_of_september_are_in_two_policy_years() -> None:
    month, _, day = HERE.text("budget.insurance.year_begins", on=TODAY).partition("-")
    begins = (int(month), int(day))
    years = [one.year - ((one.month, one.day) < begins) for one in (date(2026, 8, 31), date(2026, 9, 1))]
    assert years == [2025, 2026]
