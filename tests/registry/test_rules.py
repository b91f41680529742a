"""The registry's pure decisions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.registry.errors.figures import FigureAhead
from xuequ.registry.rules.classes import (
    Schooling,
    begins,
    check_class,
    check_enrolment,
    class_name,
    grade,
    school_year,
)
from xuequ.registry.rules.figures import (
    Counted,
    Published,
    check_figure_day,
    check_statement,
    check_sums,
    common_denominator,
    implied_denominators,
    read_printed,
    rounding_range,
)
from xuequ.registry.rules.people import check_person
from xuequ.registry.rules.set_up import Move, decide_move
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Quantity, Verdict, Wording
from xuequ.testing.strategies import days

DAY = date(2026, 9, 1)
SCHOOLING = Schooling((9, 1), 1, 6, 3)


@given(days())
def test_a_school_year_begins_on_the_first_of_september(day: date) -> None:
    year = school_year(day, SCHOOLING)
    assert begins(year, SCHOOLING) <= day < begins(year + 1, SCHOOLING)


@given(days(), st.integers(2000, 2060))
def test_a_grade_rises_on_the_first_of_september_and_on_no_other_day(day: date, entry: int) -> None:
    rose = grade(entry, day, SCHOOLING) - grade(entry, day - timedelta(days=1), SCHOOLING)
    assert rose == ((day.month, day.day) == (9, 1))


@pytest.mark.parametrize(
    ("stage", "entry", "on", "name"),
    [
        (Stage.PRIMARY, 2026, DAY, "一（1）班"),
        (Stage.PRIMARY, 2021, DAY, "六（1）班"),
        (Stage.PRIMARY, 2021, date(2026, 8, 31), "五（1）班"),
        (Stage.PRIMARY, 2020, DAY, "2020级小学（1）班"),
        (Stage.PRIMARY, 2027, DAY, "2027级小学（1）班"),
        (Stage.PRESCHOOL, 2026, DAY, "学前（1）班"),
        (Stage.PRESCHOOL, 2025, DAY, "2025级学前（1）班"),
        (Stage.JUNIOR, 2024, DAY, "九（1）班"),
    ],
)
def test_a_class_is_called_by_its_grade_and_by_its_cohort_once_it_has_left(
    stage: Stage, entry: int, on: date, name: str
) -> None:
    assert class_name(stage, entry, 1, on, SCHOOLING) == name


def codes(problems: list[Problem]) -> list[str]:
    return [problem.error.code for problem in problems]


@given(st.sampled_from(Stage), st.integers(2010, 2030))
def test_a_class_that_has_left_its_stage_is_refused(stage: Stage, entry: int) -> None:
    gone = grade(entry, DAY, SCHOOLING) > SCHOOLING.grades(stage)
    assert codes(check_class(stage, entry, 1, DAY, SCHOOLING)) == ["registry.grade_beyond_stage"] * gone


def test_nobody_begins_before_being_born() -> None:
    assert check_person(None, DAY) == []
    assert check_person(date(2020, 1, 1), DAY) == []
    assert codes(check_person(DAY, DAY)) == ["registry.born_after"]


def test_nobody_enters_a_class_before_it_begins() -> None:
    assert check_enrolment(Stage.PRIMARY, 2026, 1, DAY, SCHOOLING) == []
    assert codes(check_enrolment(Stage.PRIMARY, 2026, 1, date(2026, 8, 31), SCHOOLING)) == [
        "registry.class_not_begun"
    ]


def test_a_move_is_told_from_a_correction() -> None:
    later, earlier = date(2026, 10, 1), date(2026, 8, 1)
    assert decide_move("a", DAY, "a", DAY, None) is Move.STAYS
    assert decide_move("a", DAY, "a", later, None) is Move.CORRECTED
    assert decide_move("a", DAY, "b", DAY, None) is Move.CORRECTED
    assert decide_move("a", DAY, "b", later, None) is Move.MOVED
    assert decide_move(None, None, "b", earlier, None) is Move.MOVED
    assert decide_move("a", DAY, "a", later, earlier) is Move.CORRECTED
    for refused in (
        decide_move("a", DAY, "b", earlier, None),
        decide_move("a", DAY, "a", earlier, DAY),
        decide_move(None, None, "b", earlier, DAY),
    ):
        assert isinstance(refused, Problem) and codes([refused]) == ["registry.moved_backwards"]


# reconciliation

REGISTRY: dict[Quantity, Counted] = {
    Quantity.PUPILS: Counted(Decimal(603), DAY),
    Quantity.COMPULSORY_PUPILS: Counted(Decimal(448), DAY),
    Quantity.LAND_AREA: Counted(Decimal(18994), DAY),
    Quantity.BUILDING_AREA: Counted(Decimal(4715), DAY),
    Quantity.BOOKS: Counted(Decimal(19520), DAY),
    Quantity.STAFF: Counted(Decimal(66), DAY),
}


def ratio(printed: str, numerator: Quantity, wording: Wording = Wording.ROUNDED) -> Published:
    return Published("说法", printed, numerator, Quantity.PUPILS, wording)


@pytest.mark.parametrize(
    ("published", "computed", "compulsory", "implied", "verdict"),
    [
        (ratio("32.4", Quantity.LAND_AREA), "31.50", "42.40", range(586, 588), Verdict.OTHER_DENOMINATOR),
        (ratio("33.3", Quantity.BOOKS), "32.37", "43.57", range(586, 588), Verdict.OTHER_DENOMINATOR),
        (ratio("8", Quantity.BUILDING_AREA), "7.82", "10.52", range(555, 629), Verdict.AGREES),
        (
            ratio("8", Quantity.BUILDING_AREA, Wording.AT_LEAST),
            *("7.82", "10.52", range(1, 590), Verdict.ROUNDED_UP),
        ),
        (
            ratio("7.8", Quantity.BUILDING_AREA, Wording.AT_LEAST),
            "7.82",
            "10.52",
            range(1, 605),
            Verdict.AGREES,
        ),
        (
            ratio("9", Quantity.BUILDING_AREA, Wording.AT_LEAST),
            *("7.82", "10.52", range(1, 524), Verdict.OTHER_DENOMINATOR),
        ),
    ],
)
def test_the_articles_ratios_are_checked_exactly(
    published: Published, computed: str, compulsory: str, implied: range, verdict: Verdict
) -> None:
    found = check_statement(published, REGISTRY)
    assert (found.computed, found.computed_compulsory) == (computed, compulsory)
    assert (found.implied, found.verdict) == (implied, verdict)


def test_a_total_agrees_or_differs() -> None:
    same = check_statement(Published("", "66", Quantity.STAFF), REGISTRY)
    other = check_statement(Published("", "67", Quantity.STAFF), REGISTRY)
    assert (same.verdict, same.computed, same.implied) == (Verdict.AGREES, "66", None)
    assert other.verdict is Verdict.DIFFERS


def test_what_the_registry_does_not_know_is_unknown_and_not_zero() -> None:
    assert check_statement(Published("", "0", Quantity.COMPUTERS), REGISTRY).verdict is Verdict.UNKNOWN
    assert check_statement(ratio("1", Quantity.COMPUTERS), REGISTRY).verdict is Verdict.UNKNOWN
    empty = {**REGISTRY, Quantity.PUPILS: Counted(Decimal(0), DAY)}
    assert check_statement(ratio("1", Quantity.BOOKS), empty).verdict is Verdict.UNKNOWN
    only: dict[Quantity, Counted] = {q: c for q, c in REGISTRY.items() if q is not Quantity.PUPILS}
    assert check_statement(ratio("1", Quantity.BOOKS), only).verdict is Verdict.UNKNOWN


def test_a_ratio_over_other_heads_has_no_second_figure() -> None:
    per_teacher = Published("", "9.1", Quantity.PUPILS, Quantity.STAFF, Wording.ROUNDED)
    found = check_statement(per_teacher, REGISTRY)
    assert (found.computed, found.computed_compulsory, found.verdict) == ("9.14", "", Verdict.AGREES)
    nobody = {**REGISTRY, Quantity.COMPULSORY_PUPILS: Counted(Decimal(0), DAY)}
    assert check_statement(ratio("31.5", Quantity.LAND_AREA), nobody).computed_compulsory == ""


def test_what_disagrees_is_explained_by_one_denominator_if_there_is_one() -> None:
    checked = [
        check_statement(published, REGISTRY)
        for published in (ratio("32.4", Quantity.LAND_AREA), ratio("33.3", Quantity.BOOKS))
    ]
    assert common_denominator(checked) == range(586, 588)
    far = check_statement(ratio("40.0", Quantity.BOOKS), REGISTRY)
    assert common_denominator([*checked, far]) is None
    assert common_denominator([check_statement(Published("", "66", Quantity.STAFF), REGISTRY)]) is None


def test_published_parts_are_added_up() -> None:
    whole = Published("教师66人", "66", Quantity.STAFF)
    parts = [Published(p, p, Quantity.STAFF, part_of=whole.label) for p in ("5", "37", "24")]
    good = check_sums([whole, *parts])
    assert [(s.total, s.verdict) for s in good] == [(Decimal(66), Verdict.AGREES)]
    assert check_sums([whole, *parts[1:]])[0].verdict is Verdict.DIFFERS
    assert check_sums(parts) == []


@pytest.mark.parametrize("text", ["", "八", "-1", "NaN", "Infinity", "1.2.3"])
def test_a_published_figure_is_a_number(text: str) -> None:
    assert isinstance(read_printed(text), Problem)


def test_thousands_may_be_separated() -> None:
    assert read_printed("19,520") == Decimal(19520)


PRINTED = st.decimals(0, 1000, places=1) | st.decimals(0, 1000, places=0) | st.decimals(0, 100, places=2)


@given(PRINTED, st.integers(1, 10**6), st.integers(1, 10**4))
def test_implied_denominators_are_just_those_that_print_the_figure(
    printed: Decimal, numerator: int, denominator: int
) -> None:
    assume(rounding_range(printed)[0] > 0)
    implied = implied_denominators(Decimal(numerator), printed, Wording.ROUNDED)
    assert implied is not None
    places = -int(printed.as_tuple().exponent)
    scaled = Fraction(numerator, denominator) * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    assert (denominator in implied) == (Decimal(rounded).scaleb(-places) == printed)


@given(st.decimals("0.1", 100, places=1), st.integers(1, 10**5), st.integers(1, 10**4))
def test_what_reaches_a_figure_bounds_the_denominator_from_above(
    printed: Decimal, numerator: int, denominator: int
) -> None:
    implied = implied_denominators(Decimal(numerator), printed, Wording.AT_LEAST)
    assert implied is not None
    assert (denominator in implied) == (Fraction(numerator, denominator) >= Fraction(printed))


def test_a_figure_that_rounds_to_nothing_implies_nothing() -> None:
    assert implied_denominators(Decimal(5), Decimal("0.0"), Wording.ROUNDED) is None


def test_nobody_enters_a_class_that_has_left() -> None:
    assert check_enrolment(Stage.PRIMARY, 2026, 1, date(2032, 8, 31), SCHOOLING) == []
    assert codes(check_enrolment(Stage.PRIMARY, 2026, 1, date(2032, 9, 1), SCHOOLING)) == [
        "registry.grade_beyond_stage"
    ]


def test_an_exact_ratio_leaves_one_denominator_or_none() -> None:
    assert implied_denominators(Decimal(660), Decimal("6.6"), Wording.EXACT) == range(100, 101)
    assert implied_denominators(Decimal(18994), Decimal("32.4"), Wording.EXACT) is None
    assert implied_denominators(Decimal(5), Decimal(0), Wording.EXACT) is None
    assert implied_denominators(Decimal(0), Decimal(5), Wording.EXACT) is None


def test_only_ratios_per_pupil_are_explained_by_a_number_of_pupils() -> None:
    wrong = check_statement(ratio("32.4", Quantity.LAND_AREA), REGISTRY)
    per_teacher = Published("", "5.0", Quantity.PUPILS, Quantity.STAFF, Wording.ROUNDED)
    assert common_denominator([wrong, check_statement(per_teacher, REGISTRY)]) == range(586, 588)
    hopeless = check_statement(ratio("32.4", Quantity.LAND_AREA, Wording.EXACT), REGISTRY)
    assert common_denominator([wrong, hopeless]) is None


@pytest.mark.parametrize("text", ["32,4", "1_000", "1e3000000", "１２", " 5", "5.", ".5", "1,2345"])
def test_a_printed_number_is_plain_digits_with_grouped_thousands(text: str) -> None:
    assert isinstance(read_printed(text), Problem)


def test_a_figure_is_of_no_day_that_has_not_come() -> None:
    today = date(2026, 9, 1)
    assert check_figure_day("s1完小", today, today) == []
    (problem,) = check_figure_day("s1完小", date(2026, 9, 2), today)
    assert isinstance(problem.error, FigureAhead)
