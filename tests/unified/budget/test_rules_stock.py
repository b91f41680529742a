"""Rules of stock: no day is left with less than nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from xuequ.unified.budget.errors.stock import ItemClosed, MoveAhead, MoveBefore, StockShort
from xuequ.unified.budget.rules.stock import Goods, Planned, lowest, moving_problems, running

DAY = date(2026, 10, 1)
QUANTITIES = st.integers(-500, 500).map(lambda n: Decimal(n) / 100)


def goods(changes: list[Decimal], balance: Decimal) -> Goods:
    later = tuple((DAY + timedelta(days=n), one) for n, one in enumerate(changes, 1))
    return Goods(1, "纸", "包", balance, later=later)


@given(st.lists(QUANTITIES, max_size=6), QUANTITIES.filter(lambda q: q >= 0))
def test_the_lowest_day_is_that_of_the_plain_history(changes: list[Decimal], then: Decimal) -> None:
    history = list(accumulate(changes, initial=then))
    day, left = lowest(goods(changes, history[-1]), DAY)
    assert (left, (day - DAY).days) == (min(history), history.index(min(history)))


@given(st.lists(QUANTITIES, max_size=6), QUANTITIES, QUANTITIES.filter(bool))
def test_what_goes_out_is_refused_exactly_when_some_day_would_fall_short(
    changes: list[Decimal], then: Decimal, change: Decimal
) -> None:
    history = list(accumulate(changes, initial=then))
    item = goods(changes, history[-1])
    problems = moving_problems({1: item}, [Planned(1, change)], DAY, DAY)
    short = change < 0 and min(history) + change < 0
    assert [type(one.error) for one in problems] == [StockShort] * short


def test_all_that_is_wrong_is_said_at_once() -> None:
    item = Goods(1, "纸", "包", Decimal(0), closed_on=DAY, counted_on=DAY + timedelta(days=9))
    day = DAY + timedelta(days=2)
    problems = moving_problems({1: item}, [Planned(1, Decimal(-1))], day, DAY)
    assert [type(one.error) for one in problems] == [MoveAhead, ItemClosed, MoveBefore, StockShort]


@given(QUANTITIES, st.lists(QUANTITIES, max_size=6))
def test_a_card_ends_with_its_opening_and_all_its_changes(opening: Decimal, changes: list[Decimal]) -> None:
    assert [opening, *running(opening, changes)][-1] == opening + sum(changes)
