"""Headcounts: when one may be drawn up, confirmed and frozen; sums, hash, differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.registry.errors.headcounts import (
    AlreadyConfirmed,
    CountDateAhead,
    HeadcountAlreadyFrozen,
    HeadcountNeedsReason,
    HeadcountReplaced,
    PupilsPastTheirStage,
    SchoolsUnconfirmed,
)
from xuequ.registry.rules.headcounts import (
    FIGURES,
    Difference,
    Edition,
    Overdue,
    check_confirmation,
    check_draft,
    check_freeze,
    differences,
    digest,
    sums,
)
from xuequ.registry.states.headcounts import CountPurpose

DAY = date(2026, 9, 1)
FUNDS = CountPurpose.FUNDS


def kinds(problems: list[Problem]) -> list[type[Exception]]:
    return [type(problem.error) for problem in problems]


def test_a_headcount_is_drawn_up_on_its_count_date_or_after_it() -> None:
    assert check_draft(DAY, DAY, FUNDS, None, "", []) == []
    assert kinds(check_draft(DAY, date(2026, 8, 31), FUNDS, None, "", [])) == [CountDateAhead]


def test_another_edition_needs_a_reason_and_all_problems_come_at_once() -> None:
    assert check_draft(DAY, DAY, FUNDS, 1, "漏统一人", []) == []
    overdue = [Overdue("s1", "2020级小学（1）班", 3)]
    found = check_draft(DAY, date(2026, 8, 1), FUNDS, 1, " ", overdue)
    assert kinds(found) == [CountDateAhead, HeadcountNeedsReason, PupilsPastTheirStage]


def test_only_the_latest_edition_is_confirmed_and_once_and_not_after_it_was_frozen() -> None:
    assert check_confirmation(Edition(2, 2), "s1", confirmed=False) == []
    assert kinds(check_confirmation(Edition(1, 2), "s1", confirmed=False)) == [HeadcountReplaced]
    assert kinds(check_confirmation(Edition(2, 2), "s1", confirmed=True)) == [AlreadyConfirmed]
    frozen = Edition(1, 2, "2026-09-02")
    assert kinds(check_confirmation(frozen, "s1", confirmed=False)) == [HeadcountAlreadyFrozen]


def test_it_is_frozen_when_all_have_confirmed_or_with_a_reason() -> None:
    assert check_freeze(Edition(1, 1), [], "") == []
    assert kinds(check_freeze(Edition(1, 1), ["s2"], " ")) == [SchoolsUnconfirmed]
    assert check_freeze(Edition(1, 1), ["s2"], "上报期限已到") == []
    assert kinds(check_freeze(Edition(1, 2), ["s2"], "")) == [HeadcountReplaced, SchoolsUnconfirmed]


@dataclass(frozen=True)
class Line:
    on_roll: int
    in_school: int
    boarders: int
    left_behind: int
    migrant: int
    special_needs: int


heads = st.integers(0, 1000)
lines = st.builds(Line, heads, heads, heads, heads, heads, heads)


@given(st.lists(lines), st.lists(lines))
def test_sums_are_the_sum_of_the_sums_of_the_parts(some: list[Line], more: list[Line]) -> None:
    parts = [sums(some), sums(more)]
    assert sums([*some, *more]) == {name: sum(part[name] for part in parts) for name in FIGURES}


@given(st.lists(st.fixed_dictionaries({"a": heads, "b": heads})))
def test_the_hash_minds_every_figure_and_not_the_order(rows: list[dict[str, int]]) -> None:
    header = {"id": 1, "count_date": DAY}
    turned = list(reversed(rows))
    assert digest(header, rows, []) == digest(header, turned, [])
    for row in rows:
        changed = [{**other, "a": other["a"] + 1} if other is row else other for other in rows]
        assert digest(header, changed, []) != digest(header, rows, [])
    assert digest(header, rows, []) != digest({**header, "id": 2}, rows, [])
    assert not rows or digest(header, rows, []) != digest(header, [], rows[1:])


def test_what_differs_is_set_side_by_side() -> None:
    frozen = {("s1", "primary"): {"on_roll": 10, "in_school": 9}, ("s1", ""): {"staff": 3}}
    live = {("s1", "primary"): {"on_roll": 10, "in_school": 10}, ("s2", "primary"): {"on_roll": 1}}
    assert differences(frozen, live) == [
        Difference("s1", "", "staff", 3, 0),
        Difference("s1", "primary", "in_school", 9, 10),
        Difference("s2", "primary", "on_roll", 0, 1),
    ]
    assert differences(frozen, frozen) == []
