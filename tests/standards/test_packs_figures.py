"""Analysis, appraisal and balance computed from the packs, on both sides of a change.

The expected figures were worked out by hand or stand in a published table: a wrong value, date, comparison or
place in a pack makes one of them wrong.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from statistics import fmean, pstdev

import pytest

from tests.standards.worked import HERE, TODAY, ratio
from xuequ.standards.codes.people import Education

# tests and their analysis 检测


def test_tests_across_schools_are_open_until_august_2021_and_closed_since() -> None:
    turns = (date(2021, 8, 29), date(2021, 8, 30), date(2025, 12, 16), date(2025, 12, 17))
    key = "inspection.tests.cross_school"
    assert [HERE.flag(key, on=day) for day in turns] == [True, False, False, False]
    assert [HERE.entry(key, on=day).bound for day in turns] == ["", "fixed", "fixed", "fixed"]
    assert [HERE.find("inspection.tests.filing", on=day) is not None for day in turns] == [False] * 3 + [True]


def test_pass_and_excellence_take_their_edge_and_a_low_score_does_not() -> None:
    scores = [96, 88, 85, 79, 72, 66, 60, 58, 39]
    passed, excellent, low = (
        100 * HERE.ratio(f"inspection.analysis.{name}", on=TODAY)
        for name in ("pass_from", "excellent_from", "low_below")
    )
    counts = (
        sum(score >= passed for score in scores),
        sum(score >= excellent for score in scores),
        sum(score < low for score in scores),
    )
    assert counts == (7, 3, 1)


def test_standard_scores_lie_around_50() -> None:
    scores = [96, 88, 85, 79, 72, 66, 60, 58, 39]
    centre = HERE.whole("inspection.analysis.standard_mean", on=TODAY)
    spread = HERE.whole("inspection.analysis.standard_deviation", on=TODAY)
    mean, deviation = fmean(scores), pstdev(scores)
    found = [round(centre + spread * (score - mean) / deviation, 1) for score in (96, 60, 39)]
    assert found == [64.7, 43.2, 30.6]


@pytest.mark.parametrize(
    ("key", "share", "label"),
    [
        ("levels", "0.85", "A"),
        ("levels", "0.8499", "B"),
        ("levels", "0.60", "C"),
        ("levels", "0.5999", "D"),
        ("discrimination_bands", "0.40", "很好"),
        ("discrimination_bands", "0.399", "良好"),
        ("discrimination_bands", "0.20", "须修改"),
        ("discrimination_bands", "0.19", "淘汰"),
    ],
)
def test_a_band_begins_with_its_own_figure(key: str, share: str, label: str) -> None:
    rows = HERE.rows(f"inspection.analysis.{key}", on=TODAY)
    assert next(row["label"] for row in rows if ratio(row.get("from", 0)) <= Fraction(share)) == label


def test_levels_are_as_many_as_the_notice_allows() -> None:
    least, most = (HERE.whole(f"inspection.tests.levels_{end}", on=TODAY) for end in ("least", "most"))
    assert least <= len(HERE.rows("inspection.analysis.levels", on=TODAY)) <= most


# appraisal 考核


@pytest.mark.parametrize(("day", "usual", "most"), [(date(2023, 1, 11), 9, 13), (date(2023, 1, 12), 13, 16)])
def test_of_66_appraised_the_excellent_are_rounded_down(day: date, usual: int, most: int) -> None:
    assert HERE.text("evaluation.excellent.rounding", on=day) == "floor"
    shares = (HERE.ratio(f"evaluation.excellent.{end}_share", on=day) for end in ("usual", "most"))
    assert [floor(66 * share) for share in shares] == [usual, most]


def test_performance_pay_is_split_without_a_rest() -> None:
    shares = [HERE.ratio(f"evaluation.pay.{part}_share", on=TODAY) for part in ("basic", "incentive")]
    assert shares == [Fraction(7, 10), Fraction(3, 10)] and sum(shares) == 1


@pytest.mark.parametrize(
    ("measure", "open_grades"),
    [("警告", ["合格", "基本合格", "不合格"]), ("记过", ["基本合格", "不合格"]), ("撤职", ["不合格"])],
)
def test_a_disciplinary_measure_closes_the_grades_above(measure: str, open_grades: list[str]) -> None:
    grades = [str(one) for one in HERE.listed("evaluation.grades", on=TODAY)]
    [row] = [row for row in HERE.rows("evaluation.discipline", on=TODAY) if row["measure"] == measure]
    assert grades[grades.index(str(row["highest"])) :] == open_grades


# balance 均衡


PUPILS, BOOKS = [45, 37, 89, 76, 55], [279, 137, 935, 160, 402]


def squared_cv(values: list[int], weights: list[int], mean: Fraction) -> Fraction:
    ratios = [Fraction(value, pupils) for value, pupils in zip(values, PUPILS, strict=True)]
    spread = sum(
        (weight * (one - mean) ** 2 for weight, one in zip(weights, ratios, strict=True)), Fraction()
    )
    return spread / sum(weights) / mean**2


def test_the_books_of_five_schools_differ_too_much_by_pupils_and_not_by_schools() -> None:
    weighted = squared_cv(BOOKS, PUPILS, Fraction(sum(BOOKS), sum(PUPILS)))
    ratios = [Fraction(value, pupils) for value, pupils in zip(BOOKS, PUPILS, strict=True)]
    plain = squared_cv(BOOKS, [1] * 5, sum(ratios, Fraction()) / 5)
    assert (round(float(weighted) ** 0.5, 4), round(float(plain) ** 0.5, 4)) == (0.5153, 0.4888)
    primary, junior = (HERE.ratio(f"balance.2017.cv.{stage}", on=TODAY) for stage in ("primary", "junior"))
    assert [square <= primary**2 for square in (weighted, plain)] == [False, True]
    assert [square <= junior**2 for square in (weighted, plain)] == [False, False]


def test_the_composite_of_2012_has_wider_limits_than_any_indicator_of_2017() -> None:
    limits = [HERE.ratio(f"balance.2012.cv.{stage}", on=TODAY) for stage in ("primary", "junior")]
    published = [Fraction(302, 1000), Fraction(592, 1000), Fraction(650, 1000)]
    assert [[one <= limit for one in published] for limit in limits] == [[True] * 3, [True, False, False]]
    assert len(HERE.rows("balance.2012.indicators", on=TODAY)) == 8


@pytest.mark.parametrize(("value", "reaches"), [("2.036", False), ("2.04", True)])
def test_a_floor_is_85_hundredths_of_the_standard_and_nothing_is_rounded_up_to_it(
    value: str, reaches: bool
) -> None:
    [row] = [row for row in HERE.rows("balance.2017.indicators", on=TODAY) if row["code"] == "l7"]
    floor_ = ratio(row["junior"]) * HERE.ratio("balance.2017.remaining_share", on=TODAY)
    assert (Fraction(value) >= floor_) is reaches


@pytest.mark.parametrize(
    ("code", "primary", "junior"),
    [
        ("l1", "4.2", "5.3"),
        ("l2", "1", "1"),
        ("l3", "0.9", "0.9"),
        ("l4", "4.5", "5.8"),
        ("l5", "7.5", "10.2"),
        ("l6", "2000", "2500"),
        ("l7", "2.3", "2.4"),
    ],
)
def test_the_seven_indicators_have_their_standards(code: str, primary: str, junior: str) -> None:
    [row] = [row for row in HERE.rows("balance.2017.indicators", on=TODAY) if row["code"] == code]
    assert (row["primary"], row["junior"]) == (Fraction(primary), Fraction(junior))


def test_a_nine_year_school_s_area_is_split_by_weighted_pupils() -> None:
    weight = HERE.ratio("balance.2017.split.nine_year", on=TODAY)
    parts = [Fraction(3100) * one / (200 + 100 * weight) for one in (Fraction(200), 100 * weight)]
    assert parts == [2000, 1100]
    both = weight * HERE.ratio("balance.2017.split.complete_secondary", on=TODAY)
    assert both == HERE.ratio("balance.2017.split.twelve_year_senior", on=TODAY)


def test_above_the_required_education_is_a_college_in_primary_and_a_degree_in_junior_schools() -> None:
    levels = [
        Education(HERE.text(f"balance.2017.above_required.{stage}", on=TODAY))
        for stage in ("primary", "junior")
    ]
    assert [Education.COLLEGE.reaches(level) for level in levels] == [True, False]
    assert [Education.BACHELOR.reaches(level) for level in levels] == [True, True]
