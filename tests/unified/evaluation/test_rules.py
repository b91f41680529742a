"""What may be recorded as evidence, and what it comes to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.source import Source
from xuequ.unified.evaluation.errors import EvidenceDiffers, FactUnknown, LineTwice, TeacherUnknown
from xuequ.unified.evaluation.rules import Line, differing, sums, unrecordable

LEAVE = Source("leadership.leave", 7)
LINE = Line(1, "sick_days", Decimal("-2"), date(2026, 9, 7), LEAVE)

amounts = st.integers(-(10**16), 10**16).map(lambda n: Decimal(n).scaleb(-4))
lines = st.lists(st.tuples(st.sampled_from("abc"), amounts), max_size=30)


def test_everything_that_stands_against_recording_is_said_at_once() -> None:
    problems = unrecordable([(1, 1), (1, 1), (2, 1)], [5, 6], known={1}, on_staff={5})
    assert [type(problem.error) for problem in problems] == [FactUnknown, LineTwice, TeacherUnknown]


def test_known_facts_and_teachers_with_lines_of_their_own_may_be_recorded() -> None:
    assert unrecordable([(1, 1), (1, 2), (2, 1)], [5, 5, 5], known={1, 2}, on_staff={5}) == []


def test_a_replay_differs_in_nothing() -> None:
    assert differing({(1, 1): LINE}, {(1, 1): LINE, (1, 2): LINE}) == []


def test_the_same_line_with_another_content_is_named_with_both() -> None:
    other = Line(1, "sick_days", Decimal("-3.0"), LINE.day, LEAVE)
    (problem,) = differing({(9, 2): LINE}, {(9, 2): other})
    assert isinstance(problem.error, EvidenceDiffers)
    assert (problem.error.line, problem.error.recorded, problem.error.given) == (2, str(LINE), str(other))
    assert "-2 2026-09-07 leadership.leave:7" in str(LINE)


def test_nothing_comes_to_nothing() -> None:
    assert sums([]) == {}


def test_what_is_taken_back_cancels_out_and_still_stands_there() -> None:
    assert sums([("a", Decimal("0.1234")), ("a", Decimal("-0.1234"))]) == {"a": Decimal(0)}


@given(lines)
def test_sums_are_exact_whatever_the_hosts_decimal_context(given_lines: list[tuple[str, Decimal]]) -> None:
    expected: defaultdict[str, Fraction] = defaultdict(Fraction)
    for indicator, amount in given_lines:
        expected[indicator] += Fraction(amount)
    with localcontext() as context:
        context.prec = 3
        found = sums(given_lines)
    assert {indicator: Fraction(total) for indicator, total in found.items()} == dict(expected)


@given(lines, st.randoms())
def test_the_order_of_lines_says_nothing(given_lines: list[tuple[str, Decimal]], order: object) -> None:
    shuffled = list(given_lines)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    assert sums(shuffled) == sums(given_lines)
