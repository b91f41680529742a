"""What passes a line that has too little, and how far a year's budget is executed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.access import Actor, Holding, Post
from xuequ.core.errors import UnknownCode
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.standards.national import national
from xuequ.unified.budget.rules.control import (
    control_mode,
    execution_rate,
    overriding_post,
    overspends,
    time_progress,
)
from xuequ.unified.budget.rules.ledger import Entry
from xuequ.unified.budget.schemas.control import percent
from xuequ.unified.budget.states.control import STAGE_OF, ControlMode, ControlStage
from xuequ.unified.budget.states.ledger import WAYS, Movement, Pot

PLACE, DAY = "530921/qianfeng", date(2026, 9, 1)
WAYS_OF = [(movement, pot) for movement, (pots, _) in WAYS.items() for pot in sorted(pots)]


def own(key: str, value: str) -> Standards:
    return national().with_own([Standard(key, value, DaySpan(date(2026, 1, 1)), place=PLACE)])


@pytest.mark.parametrize("stage", ControlStage)
@pytest.mark.parametrize("mode", ControlMode)
def test_each_stage_has_a_mode_of_its_own(stage: ControlStage, mode: ControlMode) -> None:
    standards = own(f"budget.control.{stage.code}", mode.code)
    for other in ControlStage:
        expected = mode if other is stage else ControlMode.REFUSE
        assert control_mode(other, standards, DAY) is expected
    assert control_mode(stage, standards, date(2025, 12, 31)) is ControlMode.REFUSE


def test_a_mode_that_is_none_is_not_taken_for_one() -> None:
    with pytest.raises(UnknownCode):
        control_mode(ControlStage.ACTUAL, own("budget.control.actual", "perhaps"), DAY)


def entry(way: tuple[Movement, Pot], fen: int) -> Entry:
    return Entry(way[0], way[1], Money(fen), DAY, Source("test.claim", 1))


def test_what_fits_goes_to_the_first_and_what_is_missing_is_the_last_ones() -> None:
    reserve, commit, pay = (entry((m, Pot.AVAILABLE), 10) for m in STAGE_OF)
    held = entry((Movement.PAY, Pot.COMMITTED), 99)
    found = overspends([reserve, commit, pay, held], 13)
    assert [(one.place, one.stage, one.fen) for one in found] == [
        (1, ControlStage.COMMITMENT, 3),
        (2, ControlStage.ACTUAL, 10),
    ]
    assert overspends([reserve], 0) == overspends([], 5) == []


@given(st.lists(st.tuples(st.sampled_from(WAYS_OF), st.integers(1, 100)), max_size=8), st.data())
def test_overspends_come_to_what_is_missing_and_never_more_than_was_taken(
    made: list[tuple[tuple[Movement, Pot], int]], data: st.DataObject
) -> None:
    entries = [entry(way, fen) for way, fen in made]
    taken = sum(one.amount.fen for one in entries if one.out_of is Pot.AVAILABLE)
    missing = data.draw(st.integers(0, taken))
    found = overspends(entries, missing)
    assert sum(one.fen for one in found) == missing
    assert all(0 < one.fen <= entries[one.place].amount.fen for one in found)
    assert all(entries[one.place].out_of is Pot.AVAILABLE for one in found)


@pytest.mark.parametrize(
    ("holdings", "expected"),
    [
        (((Post.PRINCIPAL, PLACE),), Post.PRINCIPAL),
        (((Post.TEACHER, PLACE), (Post.PRINCIPAL, "530921")), Post.PRINCIPAL),
        (((Post.PRINCIPAL, f"{PLACE}/s1"),), None),
        (((Post.PRINCIPAL, "530921/dasi"),), None),
        (((Post.ACCOUNTANT, PLACE),), None),
    ],
)
def test_a_named_post_overrides_where_it_reaches(
    holdings: tuple[tuple[Post, str], ...], expected: Post | None
) -> None:
    actor = Actor("T1", tuple(Holding(*held) for held in holdings))
    assert overriding_post(actor, PLACE, [Post.PRINCIPAL]) is expected


def test_a_script_overrides_nothing() -> None:
    assert overriding_post(Actor.system("night"), PLACE, [Post.PRINCIPAL]) is None


@pytest.mark.parametrize(
    ("paid", "budget", "rate", "shown"),
    [
        (0, 100, Fraction(0), "0.0"),
        (1, 3, Fraction(1, 3), "33.3"),
        (2, 3, Fraction(2, 3), "66.7"),
        (1, 2000, Fraction(1, 2000), "0.1"),
        (120, 100, Fraction(6, 5), "120.0"),
    ],
)
def test_the_rate_is_paid_over_the_adjusted_budget_exactly(
    paid: int, budget: int, rate: Fraction, shown: str
) -> None:
    assert execution_rate(Money(paid), Money(budget)) == rate
    assert percent(rate) == Decimal(shown)


def test_without_a_budget_there_is_no_rate() -> None:
    assert execution_rate(Money(0), Money(0)) is None and percent(None) is None
    assert execution_rate(Money(5), Money(-1)) is None


@pytest.mark.parametrize(
    ("year", "day", "expected"),
    [
        (2026, "2026-01-01", Fraction(1, 365)),
        (2026, "2026-12-31", Fraction(1)),
        (2028, "2028-03-01", Fraction(61, 366)),
        (2026, "2025-12-31", Fraction(0)),
        (2026, "2027-02-01", Fraction(1)),
    ],
)
def test_time_progresses_by_days_of_the_fiscal_year(year: int, day: str, expected: Fraction) -> None:
    assert time_progress(year, date.fromisoformat(day)) == expected
