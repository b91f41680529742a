"""Rules of places, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.registry.errors.places import IdentifierUnfit, SchoolNotOpen
from xuequ.registry.rules.places import (
    SchoolFacts,
    check_central,
    check_count_day,
    check_dissolution,
    check_governance,
    check_identifier,
    check_open,
    check_stage,
    is_legal_person,
    is_open,
    school_path,
    stages_of,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import IdentifierKind, SchoolKind
from xuequ.testing.strategies import days

DAY = date(2026, 9, 1)
KINDS = st.sampled_from(SchoolKind)


def school(
    kind: SchoolKind = SchoolKind.COMPLETE,
    opened: date | None = None,
    closed: date | None = None,
    *,
    preschool: bool = False,
) -> SchoolFacts:
    return SchoolFacts(1, "s1", "校", kind, preschool_attached=preschool, opened_on=opened, closed_on=closed)


@given(KINDS, st.booleans())
def test_an_attached_preschool_adds_one_stage_at_most(kind: SchoolKind, attached: bool) -> None:
    stages = stages_of(kind, preschool_attached=attached)
    assert len(stages) == len(set(stages)) and set(kind.stages) <= set(stages)
    assert (Stage.PRESCHOOL in stages) == (attached or kind is SchoolKind.PRESCHOOL)
    assert list(stages) == sorted(stages, key=list(Stage).index)


@pytest.mark.parametrize("kind", SchoolKind)
@pytest.mark.parametrize("stage", Stage)
def test_a_stage_is_taught_by_kind_and_a_preschool_may_always_be_attached(
    kind: SchoolKind, stage: Stage
) -> None:
    refused = stage not in kind.stages and stage is not Stage.PRESCHOOL
    assert bool(check_stage(school(kind), stage)) == refused


@given(days(), st.integers(1, 400), st.integers(-500, 500))
def test_a_school_is_open_from_its_first_day_to_the_day_before_it_is_closed(
    opened: date, length: int, shift: int
) -> None:
    on = opened + timedelta(days=shift)
    there = school(opened=opened, closed=opened + timedelta(days=length))
    assert is_open(there, on) == (0 <= shift < length)


def test_what_is_to_stay_open_needs_a_school_without_a_last_day() -> None:
    assert check_open(school(), DAY) == [] and check_open(school(opened=DAY), DAY) == []
    (ahead,) = check_open(school(opened=DAY + timedelta(days=1)), DAY)
    (closing,) = check_open(school(closed=DAY + timedelta(days=1)), DAY)
    for problem in (ahead, closing):
        assert isinstance(problem.error, SchoolNotOpen)


@given(KINDS, st.booleans(), st.none() | st.booleans())
def test_inside_a_district_the_kind_decides_and_outside_the_office(
    kind: SchoolKind, outside: bool, wanted: bool | None
) -> None:
    legal = is_legal_person(kind, outside=outside, wanted=wanted)
    assert legal == (wanted is not False if outside else kind is SchoolKind.CENTRAL)


def test_a_central_school_is_refused_beside_another_only() -> None:
    assert check_central("甲", SchoolKind.CENTRAL, "乙")
    assert not check_central("甲", SchoolKind.CENTRAL, None)
    assert check_central("甲", SchoolKind.CENTRAL, "甲")  # another school of the same name is another one
    assert not check_central("甲", SchoolKind.COMPLETE, "乙")


@given(st.sampled_from(IdentifierKind), st.integers(0, 999_999))
def test_an_identifier_of_kind_province_and_number_is_fit(kind: IdentifierKind, number: int) -> None:
    assert check_identifier(f"{kind.code}53{number:06d}", "530921") == []
    assert check_identifier(f"{kind.code}44{number:06d}", "county") == []  # no official code, no province
    (problem,) = check_identifier(f"{kind.code}44{number:06d}", "530921")
    assert isinstance(problem.error, IdentifierUnfit)


@given(st.text(max_size=12))
def test_whatever_is_not_ten_digits_is_no_identifier(text: str) -> None:
    fit = len(text) == 10 and text.isascii() and text.isdigit()
    if not fit:
        (problem,) = check_identifier(text, "530921")
        assert "10 位" in str(problem.error)


@given(days(), days())
def test_governance_begins_later_than_the_present_one(since: date, current: date) -> None:
    assert check_governance(since, None) == []
    assert bool(check_governance(since, current)) == (since <= current)


@given(days(), days())
def test_a_figure_is_of_a_day_that_has_come(as_of: date, today: date) -> None:
    assert bool(check_count_day("村", as_of, today)) == (as_of > today)


def test_what_is_left_in_a_district_is_named() -> None:
    assert check_dissolution("a", [], []) == []
    (problem,) = check_dissolution("a", ["s1"], ["v1", "v2"])
    assert "学校 s1；村 v1、v2" in str(problem.error)


def test_a_school_outside_any_district_is_named_behind_a_dash() -> None:
    assert school_path("s1", outside=False) == "s1"
    assert school_path("s1", outside=True) == "-/s1"


def test_every_reason_why_a_number_is_no_identifier_is_given() -> None:
    problems = check_identifier("9944000001", "530921")
    assert ["类别 99" in str(problem.error) for problem in problems] == [True, False]
    assert "44 不是本省的 53" in str(problems[1].error)
