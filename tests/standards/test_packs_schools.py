"""Calendar, posts, curriculum, training, aid, leave computed from the packs, on both sides of a change.

The expected figures were worked out by hand or stand in a published table: a wrong value, date, comparison or
place in a pack makes one of them wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

import pytest

from tests.standards.worked import HERE, TODAY, days, ratio
from xuequ.core.money import Money
from xuequ.standards.national import national

# calendar 校历


def kinds_of_days() -> dict[date, str]:
    found: dict[date, str] = {}
    for row in HERE.rows("calendar.holidays", on=date(2026, 9, 1)):
        assert isinstance(row["first"], date) and isinstance(row["last"], date)
        found.update(dict.fromkeys(days(row["first"], row["last"]), str(row["kind"])))
    return found


def working_days(first: date, last: date) -> list[date]:
    kinds = kinds_of_days()
    return [one for one in days(first, last) if kinds.get(one, "work" if one.weekday() < 5 else "") == "work"]


def test_five_working_days_from_30_september_skip_the_holiday_and_count_the_make_up_day() -> None:
    found = working_days(date(2026, 9, 30), date(2026, 10, 31))[:5]
    assert [one.day for one in found] == [30, 8, 9, 10, 12]


def test_the_autumn_of_2026_has_16_mondays_15_fridays_and_two_make_up_days() -> None:
    taught = working_days(date(2026, 9, 1), date(2026, 12, 31))
    by_weekday = Counter(one.weekday() for one in taught)
    assert [by_weekday[number] for number in range(5)] == [16, 17, 17, 17, 15]
    assert [one for one in taught if one.weekday() > 4] == [date(2026, 9, 20), date(2026, 10, 10)]


def test_a_year_without_its_notice_is_not_guessed() -> None:
    assert HERE.find("calendar.holidays", on=date(2027, 1, 1)) is None
    assert HERE.find("calendar.holidays", on=date(2026, 12, 31)) is not None


# training, meets 师训、运动会


@pytest.mark.parametrize(("day", "target"), [(date(2011, 1, 3), 192), (date(2011, 1, 4), 288)])
def test_who_joins_in_month_13_of_60_owes_48_sixtieths(day: date, target: int) -> None:
    months = 12 * HERE.whole("events.training.cycle_years", on=day)
    assert HERE.ratio("events.training.hours", on=day) * (months - 12) / months == target


def test_seven_starters_score_six_places() -> None:
    scores = HERE.listed("events.meet.scores.eight", on=TODAY)
    fewer = HERE.whole("events.meet.one_fewer_below", on=TODAY) > 7
    assert scores[: 7 - fewer] == (9, 7, 6, 5, 4, 3)


def test_two_entrants_are_too_few_and_six_go_straight_to_the_final() -> None:
    assert 2 < HERE.whole("events.meet.entrants_least", on=TODAY) <= 3
    straight = HERE.whole("events.meet.straight_final_most", on=TODAY)
    assert [entrants <= straight for entrants in (6, 7)] == [True, False]


# posts, rotation, assets 编制、轮岗、资产


@pytest.mark.parametrize(("day", "posts"), [(date(2014, 11, 12), 20), (date(2014, 11, 13), 24), (TODAY, 24)])
def test_448_pupils_of_a_village_are_20_posts_before_the_unified_ratio_and_24_after(
    day: date, posts: int
) -> None:
    assert ceil(448 / HERE.ratio("resources.pupils_per_staff.primary.rural", on=day)) == posts
    assert ceil(448 / HERE.ratio("resources.pupils_per_staff.primary.urban", on=day)) == 24


def test_of_23_eligible_teachers_three_move_and_one_of_them_is_a_backbone_teacher() -> None:
    moving = ceil(23 * HERE.ratio("resources.rotation.share", on=TODAY))
    assert (moving, ceil(moving * HERE.ratio("resources.rotation.backbone_share", on=TODAY))) == (3, 1)


@pytest.mark.parametrize(
    ("day", "fixed"),
    [
        (date(2012, 3, 31), [False, True, True]),
        (date(2012, 4, 1), [False, False, True]),
        (TODAY, [False, False, True]),
    ],
)
def test_what_is_a_fixed_asset_depends_on_the_day_it_came(day: date, fixed: list[bool]) -> None:
    least = HERE.money("resources.asset.capital_from", on=day)
    assert [Money.yuan(cost) >= least for cost in ("499.99", "500", "1000")] == fixed


def test_a_whiteboard_is_depreciated_to_nothing_to_the_fen() -> None:
    cost = Money.yuan(21_500) - HERE.money("resources.asset.residual", on=TODAY)
    so_far = [cost.share_of(Fraction(month, 72)) for month in range(73)]
    monthly = [after - before for before, after in pairwise(so_far)]
    assert Money.total(monthly) == Money(2_150_000)
    assert {one.fen for one in monthly} == {29_861, 29_862}


def test_reference_books_begin_with_grade_three_in_heilongjiang_only() -> None:
    key = "resources.supplements.from_grade"
    assert [national(place).whole(key, on=TODAY) for place in ("23", "53")] == [3, 1]


# curriculum 课程


def weekly(grade: int, place: str = "53") -> Fraction:
    rows = national(place).rows("teaching.weekly_periods", on=TODAY)
    return next(ratio(row["periods"]) for row in rows if ratio(row["first"]) <= grade <= ratio(row["last"]))


def weeks(grade: int) -> int:
    return HERE.whole(
        "calendar.weeks.grade_nine.teaching" if grade == 9 else "calendar.weeks.teaching", on=TODAY
    )


def yearly(grades: Iterable[int], place: str = "53") -> Fraction:
    return sum((weekly(grade, place) * weeks(grade) for grade in grades), Fraction())


def test_26_30_and_34_periods_over_nine_years_are_9522() -> None:
    assert [weekly(grade) for grade in (1, 2, 3, 6, 7, 9)] == [26, 26, 30, 30, 34, 34]
    parts = [yearly(grades) for grades in ((1, 2), range(3, 7), (7, 8), (9,))]
    assert parts == [1820, 4200, 2380, 1122]
    assert sum(parts) == HERE.whole("teaching.total_periods", on=TODAY) == 9522


def test_shandong_teaches_more_than_the_nation_asks() -> None:
    assert yearly(range(1, 10), "370800") == 9732


def test_the_39_weeks_of_a_year_are_teaching_review_and_reserve() -> None:
    for year in ("", "grade_nine."):
        parts = (
            HERE.whole(f"calendar.weeks.{year}{part}", on=TODAY)
            for part in ("teaching", "review", "flexible")
        )
        assert sum(parts) == HERE.whole("calendar.weeks.total", on=TODAY) == 39


@pytest.mark.parametrize(
    ("subjects", "periods", "fits"),
    [
        ("chinese", 1950, True),
        ("maths", 1355, True),
        ("pe", 1009, True),
        ("arts+music+fine_art", 1046, True),
        ("english", 761, True),
        ("english", 762, False),  # printed as 8.00 %, and yet more than 8 %
    ],
)
def test_a_share_of_the_nine_years_is_compared_exactly(subjects: str, periods: int, fits: bool) -> None:
    [row] = [row for row in HERE.rows("teaching.shares", on=TODAY) if row["subjects"] == subjects]
    share = Fraction(periods, HERE.whole("teaching.total_periods", on=TODAY))
    assert (ratio(row["low"]) <= share <= ratio(row["high"])) is fits


def test_no_shares_add_up_to_more_than_can_be_taught() -> None:
    rows = HERE.rows("teaching.shares", on=TODAY)
    assert sum(ratio(row["low"]) for row in rows) < 1 < sum(ratio(row["high"]) for row in rows)


def test_a_first_lesson_at_ten_past_eight_is_too_early_for_a_primary_school() -> None:
    earliest = HERE.text("calendar.first_lesson.primary", on=TODAY)
    assert "08:10" < earliest <= "08:20"
    assert HERE.find("calendar.first_lesson.primary", on=date(2021, 3, 29)) is None


# aid, leave 资助、请假


@pytest.mark.parametrize("place", ["530921", "420100"])
@pytest.mark.parametrize(
    ("stage", "day", "boarder", "day_pupil"),
    [
        ("primary", date(2025, 8, 31), "500.00", "250.00"),
        ("primary", date(2025, 9, 1), "625.00", "312.50"),
        ("junior", date(2025, 8, 31), "625.00", "312.50"),
        ("junior", date(2025, 9, 1), "750.00", "375.00"),
    ],
)
def test_a_term_s_aid_is_half_a_year_s_and_a_day_pupil_s_half_a_boarder_s(
    stage: str, day: date, boarder: str, day_pupil: str, place: str
) -> None:
    here = national(place)
    yearly = here.money(f"equity.aid.boarder.{stage}", on=day)
    term = Fraction(1, here.whole("equity.aid.payments_per_year", on=day))
    share = here.ratio("equity.aid.day_share", on=day)
    assert [str(yearly.share_of(term)), str(yearly.share_of(term * share))] == [boarder, day_pupil]


def test_yunnan_helped_every_boarder_until_its_rates_rose() -> None:
    key = "equity.aid.boarders_covered"
    assert [HERE.text(key, on=day) for day in (date(2025, 8, 31), date(2025, 9, 1))] == ["all", "recognised"]
    assert national("420100").text(key, on=date(2025, 8, 31)) == "recognised"


@pytest.mark.parametrize(("half_days", "by_head"), [(1, True), (2, False)])
def test_a_head_may_approve_half_a_day_and_no_more(half_days: int, by_head: bool) -> None:
    """From 10:30 to 14:30 touches two half-days, a whole day."""
    assert (Fraction(half_days, 2) <= HERE.ratio("leave.head_approves_days", on=TODAY)) is by_head
