"""Rules of adjustments and of the close: what balances, what is left, what it becomes."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.money import Money
from xuequ.standards.national import national
from xuequ.unified.budget.errors.adjustments import OwnMoneyTooSmall, PocketUnbalanced
from xuequ.unified.budget.errors.ledger import GrantTooSmall
from xuequ.unified.budget.rules.adjustments import Change, Held, too_small, unbalanced, unfit, way_of
from xuequ.unified.budget.rules.closing import Lot, becomes, still_held, unspent
from xuequ.unified.budget.rules.ledger import Grant
from xuequ.unified.budget.states.adjustments import AdjustmentWay
from xuequ.unified.budget.states.closing import CarryKind
from xuequ.unified.budget.states.ledger import FundSource

DAY = date(2026, 9, 1)
CHANGES = st.lists(st.builds(Change, st.sampled_from(("a", "b")), st.integers(-50, 50)), max_size=5)
FEN = st.integers(0, 10**6)


def test_grants_and_special_accounts_go_to_finance_and_are_exceptions() -> None:
    ways = {fund: way_of(fund, national(), DAY) for fund in FundSource}
    assert ways == {
        FundSource.FISCAL_GRANT: (AdjustmentWay.FINANCE, True),
        FundSource.SPECIAL_ACCOUNT: (AdjustmentWay.FINANCE, True),
        FundSource.OTHER: (AdjustmentWay.OWN_FILED, False),
    }


@given(incomes=CHANGES, lines=CHANGES)
def test_a_project_balances_exactly_when_both_sides_come_to_the_same(
    incomes: list[Change], lines: list[Change]
) -> None:
    found = unbalanced(FundSource.OTHER, incomes, lines, {"a": "甲", "b": "乙"})
    named = {one.error.project for one in found if isinstance(one.error, PocketUnbalanced)}
    for code, name in (("a", "甲"), ("b", "乙")):
        come, go = (sum(one.fen for one in side if one.project == code) for side in (incomes, lines))
        assert (name in named) == (come != go)


def test_an_adjustment_is_of_its_year_and_changes_something() -> None:
    assert unfit("T1", DAY, 2026, [Change("a", 1)]) == []
    assert len(unfit("T1", DAY, 2027, [Change("a", 0), Change("a", 1)])) == 2


def test_what_is_used_and_what_was_carried_in_is_not_taken() -> None:
    line = Held("办公费", Grant(approved=100, carried_in=50), 60)
    assert too_small([(line, -90), (line, 10)]) == []
    used, carried = too_small([(line, -91), (Held("印刷费", Grant(approved=1, carried_in=9), 0), -2)])
    assert isinstance(used.error, GrantTooSmall)
    assert isinstance(carried.error, OwnMoneyTooSmall)


def test_only_lines_that_hold_something_keep_a_year_open() -> None:
    assert len(still_held(2026, [("甲", Money(0)), ("乙", Money(1)), ("丙", Money(2))])) == 2


@given(own=FEN, lots=st.dictionaries(st.integers(2020, 2025), FEN), paid=FEN)
def test_what_is_left_is_what_was_there_without_what_was_paid(
    own: int, lots: dict[int, int], paid: int
) -> None:
    left = unspent(2026, own, [Lot(*item) for item in lots.items()], paid)
    assert sum(lot.fen for lot in left) == max(own + sum(lots.values()) - paid, 0)
    assert all(lot.fen > 0 for lot in left)
    assert left == sorted(left)
    had = lots | {2026: own}
    touched = [lot for lot in left if lot.fen != had[lot.origin]]
    assert touched in ([], left[:1])


def test_money_of_2024_that_is_unspent_at_the_end_of_2025_is_surplus() -> None:
    (left,) = unspent(2025, 0, [Lot(2024, 5)], 0)
    years = national().whole("budget.surplus_after_years", on=date(2025, 12, 31))
    assert becomes(left.origin, at=2024, after_years=years, may_carry=True) is CarryKind.CARRIED
    assert becomes(left.origin, at=2025, after_years=years, may_carry=True) is CarryKind.SURPLUS
    assert becomes(2025, at=2025, after_years=years, may_carry=False) is CarryKind.SURPLUS
