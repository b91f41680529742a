"""The pure decisions about classes: where they are, how large, who goes where when they are split."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.registry.errors.classes import (
    ClassDissolved,
    ClassNotBegun,
    ClassTooLarge,
    CohortsDiffer,
    GradeBeyondStage,
    GroupNeedsGrades,
    GroupNeedsTwo,
    PupilListedTwice,
    SchoolsDiffer,
    SplitTooFine,
)
from xuequ.registry.rules.classes import (
    Cohort,
    Formation,
    Schooling,
    SizeLimit,
    begins,
    check_group,
    check_merger,
    check_size,
    check_split,
    check_there,
    classes_needed,
    cohorts,
    fill_up,
    free_numbers,
    is_running,
    share_out,
)
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.testing.strategies import days

SCHOOLING = Schooling((9, 1), 1, 6, 3)
PUPILS = st.lists(st.integers(1, 10**6), unique=True, max_size=60)
SIZES = st.lists(st.integers(0, 50), min_size=1, max_size=6)


@given(PUPILS, SIZES)
def test_who_is_shared_out_comes_into_one_class_and_sizes_come_out_even(
    pupils: list[int], sizes: list[int]
) -> None:
    shares = fill_up(pupils, sizes)
    assert [one for share in shares for one in share] == pupils
    after = [size + len(share) for size, share in zip(sizes, shares, strict=True)]
    grown = [size for size, share in zip(after, shares, strict=True) if share]
    assert not grown or max(grown) - min(after) <= 1


@given(PUPILS, st.integers(1, 9))
def test_an_even_split_differs_by_one_at_most(pupils: list[int], classes: int) -> None:
    sizes = [len(share) for share in share_out(pupils, classes)]
    assert sum(sizes) == len(pupils) and max(sizes) - min(sizes) <= 1
    assert sizes == sorted(sizes, reverse=True)


@given(st.integers(0, 5_000), st.integers(1, 60))
def test_as_many_classes_are_needed_as_hold_everybody_and_not_one_more(pupils: int, largest: int) -> None:
    needed = classes_needed(pupils, largest)
    assert needed * largest >= pupils
    assert needed == 0 or (needed - 1) * largest < pupils


@given(st.sets(st.integers(1, 30)))
def test_free_numbers_are_the_smallest_that_nobody_has(taken: set[int]) -> None:
    free = list(islice(free_numbers(taken), 5))
    assert free == [number for number in range(1, 40) if number not in taken][:5]


@given(days(), st.sampled_from(Stage), st.integers(2000, 2060))
def test_cohorts_are_those_that_run(on: date, stage: Stage, entry_year: int) -> None:
    assert (entry_year in cohorts(on, SCHOOLING)[stage]) == is_running(stage, entry_year, on, SCHOOLING)


@given(st.integers(2000, 2060), st.none() | st.integers(0, 900), st.none() | st.integers(1, 900))
def test_a_class_is_there_from_its_first_day_to_its_last(
    entry_year: int, formed: int | None, lasts: int | None
) -> None:
    first = begins(entry_year, SCHOOLING) + timedelta(formed or 0)
    end = None if lasts is None else first + timedelta(lasts)
    made = Formation(Stage.PRIMARY, entry_year, 1, None if formed is None else first, end)
    last = min(end or date.max, begins(entry_year + 6, SCHOOLING)) - timedelta(days=1)
    assert check_there(made, first, SCHOOLING) == [] == check_there(made, last, SCHOOLING)
    assert check_there(made, first - timedelta(days=1), SCHOOLING)
    assert check_there(made, last + timedelta(days=1), SCHOOLING)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2025, 8, 31), ClassNotBegun),
        (date(2027, 1, 1), ClassDissolved),
        (date(2032, 9, 1), ClassDissolved),
    ],
)
def test_why_a_class_is_not_there(on: date, kind: type[Exception]) -> None:
    made = Formation(Stage.PRIMARY, 2025, 1, None, date(2027, 1, 1))
    assert [type(problem.error) for problem in check_there(made, on, SCHOOLING)] == [kind]
    old = Formation(Stage.PRIMARY, 2019, 1)
    errors = [type(problem.error) for problem in check_there(old, date(2026, 3, 2), SCHOOLING)]
    assert errors == [GradeBeyondStage]


def test_preschool_of_three_years_counts_them() -> None:
    three = Schooling((9, 1), 3, 6, 3)
    made = Formation(Stage.PRESCHOOL, 2024, 2)
    assert made.name(date(2026, 3, 2), three) == "学前二（2）班"
    assert made.name(date(2026, 3, 2), SCHOOLING) == "2024级学前（2）班"


def limit(strength: str) -> SizeLimit:
    key = "class.size_max.primary"
    entry = Standard(key, 45, DaySpan(date(2017, 4, 19)), strength=strength, authority="教督〔2017〕6号")
    return SizeLimit.of(Stage.PRIMARY, Standards([entry]), date(2026, 9, 1))


def test_a_limit_that_must_be_kept_refuses_and_a_weaker_one_only_warns() -> None:
    assert limit("must") == SizeLimit(45, "must", "教督〔2017〕6号")
    assert check_size("一（1）班", 45, limit("must")) == []
    problem = check_size("一（1）班", 46, limit("must"))[0]
    assert isinstance(problem.error, ClassTooLarge) and "46" in problem.text() and "45" in problem.text()
    for strength in ("usually", "may", ""):
        assert check_size("一（1）班", 60, limit(strength)) == []


def test_only_classes_of_one_cohort_are_merged() -> None:
    one = Cohort(1, Stage.PRIMARY, 2025)
    for other, kinds in (
        (one, []),
        (Cohort(2, Stage.PRIMARY, 2025), [SchoolsDiffer]),
        (Cohort(1, Stage.PRIMARY, 2024), [CohortsDiffer]),
        (Cohort(1, Stage.JUNIOR, 2025), [CohortsDiffer]),
    ):
        assert [type(problem.error) for problem in check_merger([one, other])] == kinds


def test_a_group_has_the_grades_of_its_kind() -> None:
    one, older = Cohort(1, Stage.PRIMARY, 2025), Cohort(1, Stage.PRIMARY, 2024)
    for kind, classes, kinds in (
        (GroupKind.COMBINED, [one, one], []),
        (GroupKind.MULTI_GRADE, [one, older], []),
        (GroupKind.COMBINED, [one, older], [GroupNeedsGrades]),
        (GroupKind.MULTI_GRADE, [one, one], [GroupNeedsGrades]),
        (GroupKind.COMBINED, [one], [GroupNeedsTwo]),
        (GroupKind.MULTI_GRADE, [], [GroupNeedsTwo]),
        (GroupKind.MULTI_GRADE, [one, Cohort(2, Stage.PRIMARY, 2024)], [SchoolsDiffer]),
    ):
        assert [type(problem.error) for problem in check_group(kind, classes)] == kinds


def test_a_split_leaves_nobody_in_two_classes_and_no_class_empty() -> None:
    there = [1, 2, 3]
    numbers = {1: "P1", 2: "P2", 3: "P3"}
    for shares, kinds in (
        ([[1]], []),
        ([[1], [2]], []),
        ([[1], [1]], [PupilListedTwice]),
        ([[1, 2, 3]], [SplitTooFine]),
        ([[1], []], [SplitTooFine]),
    ):
        listed = [numbers[one] for share in shares for one in share]
        found = check_split("一（1）班", there, shares, listed)
        assert [type(problem.error) for problem in found] == kinds
