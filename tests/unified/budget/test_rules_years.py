"""Rules of the budget of a year: steps, control figures, copies, money before the approval; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ import Money
from xuequ.core.errors import Problem
from xuequ.core.standards import Standards
from xuequ.standards.national import national
from xuequ.testing.strategies import days
from xuequ.unified.budget.errors.ledger import AmountNotPositive, DayOutsideYear
from xuequ.unified.budget.errors.years import (
    AmountNegative,
    ControlFigureUnclear,
    GroundNotAllowed,
    GroundUnnamed,
    OverControlFigure,
)
from xuequ.unified.budget.rules.years import (
    Pocket,
    approval_differs,
    deficits,
    illegal_step,
    out_of_order,
    over_control,
    unclear_control,
)
from xuequ.unified.budget.rules.years_copying import scaled, scaled_within
from xuequ.unified.budget.rules.years_provisional import Asked, not_covered, same_period, unallottable
from xuequ.unified.budget.states.years import BACK, NEXT, Ground, Stage

NAMES = {"operating": "公用经费", "repair": "校舍维修"}
OPERATING, REPAIR = ("fiscal_grant", "operating"), ("fiscal_grant", "repair")
MARCH = date(2026, 3, 31)
moneys = st.integers(0, 10**12).map(Money)
factors = st.decimals(0, 3, places=3)
units = st.sampled_from([Money(1), Money(100), Money(10_000)])
pockets = st.dictionaries(st.sampled_from([OPERATING, REPAIR]), moneys)


def kinds(problems: list[Problem]) -> list[type[Exception]]:
    return [type(problem.error) for problem in problems]


@given(st.sampled_from(Stage), st.sampled_from(Stage), st.booleans())
def test_a_stage_follows_only_by_the_table_and_by_its_own_kind_of_step(
    from_: Stage, to: Stage, back: bool
) -> None:
    may = to in NEXT[from_] and back == (BACK.get(from_) is to)
    assert (illegal_step(from_, to, back=back) == []) == may


def test_every_way_back_is_in_the_table_and_every_stage_is_reached() -> None:
    assert all(to in NEXT[from_] for from_, to in BACK.items())
    reached = {Stage.DRAFTING}
    for _ in Stage:
        reached |= {to for from_ in reached for to in NEXT[from_]}
    assert reached == set(Stage)


@given(days(), days(), days())
def test_a_step_is_between_the_last_one_and_today(on: date, last: date, today: date) -> None:
    found = out_of_order(Stage.PROPOSED, on, last=last, today=today)
    assert (found == []) == (last <= on <= today)


@given(pockets, pockets)
def test_a_figure_by_pocket_holds_each_and_what_it_does_not_name_has_none(
    planned: dict[Pocket, Money], figure: dict[Pocket, Money]
) -> None:
    found = over_control(planned, None, figure, NAMES)
    over = [name for name, amount in planned.items() if amount > figure.get(name, Money(0))]
    assert kinds(found) == [OverControlFigure] * len(over)


@given(pockets, moneys)
def test_a_whole_figure_holds_the_sum(planned: dict[Pocket, Money], whole: Money) -> None:
    found = over_control(planned, whole, {}, NAMES)
    assert bool(found) == (Money.total(planned.values()) > whole)


@given(pockets, pockets)
def test_a_budget_has_no_deficit_if_and_only_if_every_pocket_is_covered(
    incomes: dict[Pocket, Money], planned: dict[Pocket, Money]
) -> None:
    covered = all(incomes.get(name, Money(0)) >= amount for name, amount in planned.items())
    assert (deficits(incomes, planned, NAMES) == []) == covered


def test_a_figure_is_of_one_kind_and_of_no_negative_amounts() -> None:
    assert kinds(unclear_control(None, {})) == [ControlFigureUnclear]
    assert kinds(unclear_control(Money(1), {OPERATING: Money(1)})) == [ControlFigureUnclear]
    assert unclear_control(Money(0), {}) == unclear_control(None, {OPERATING: Money(1)}) == []
    assert kinds(unclear_control(None, {OPERATING: Money(-1), REPAIR: Money(-1)})) == [AmountNegative] * 2


@given(st.tuples(moneys, moneys), st.tuples(moneys, moneys))
def test_an_approval_agrees_on_both_sides(said: tuple[Money, Money], sent: tuple[Money, Money]) -> None:
    differing = sum(one != other for one, other in zip(said, sent, strict=True))
    assert len(approval_differs(said, sent)) == differing


@given(st.dictionaries(st.integers(), st.tuples(moneys, factors), max_size=8), units)
def test_a_copy_comes_to_its_rounded_whole_and_no_line_is_far_from_its_share(
    parts: dict[int, tuple[Money, Decimal]], unit: Money
) -> None:
    made = scaled(parts, unit)
    exact = {name: Fraction(amount.fen) * Fraction(factor) for name, (amount, factor) in parts.items()}
    whole = Money.total(made.values())
    assert made.keys() == parts.keys()
    assert all(amount.fen % unit.fen == 0 and amount.fen >= 0 for amount in made.values())
    assert abs(whole.fen - sum(exact.values(), Fraction(0))) <= Fraction(unit.fen, 2)
    assert all(abs(amount.fen - exact[name]) < 2 * unit.fen for name, amount in made.items())


@given(st.lists(moneys, min_size=1, max_size=6), moneys, factors, units)
def test_a_budget_without_a_deficit_has_none_when_all_of_it_is_copied_by_one_factor(
    lines: list[Money], more: Money, factor: Decimal, unit: Money
) -> None:
    income = Money.total(lines) + more
    spent = scaled_within({n: ("pocket", line, factor) for n, line in enumerate(lines)}, unit)
    (got,) = scaled_within({0: ("pocket", income, factor)}, unit).values()
    assert Money.total(spent.values()) <= got


def test_a_half_of_a_unit_is_rounded_up_once_for_the_whole() -> None:
    halves = {name: (Money.yuan(1), Decimal("0.5")) for name in "abc"}
    assert scaled(halves, Money.yuan(1)) == {"a": Money.yuan(1), "b": Money.yuan(1), "c": Money(0)}


@pytest.mark.parametrize(
    ("through", "until"),
    [
        (MARCH, date(2025, 4, 1)),
        (date(2026, 12, 31), date(2026, 1, 1)),
        (date(2028, 2, 28), date(2027, 3, 1)),
        (date(2028, 2, 29), date(2027, 3, 1)),
        (date(2029, 2, 28), date(2028, 3, 1)),
    ],
)
def test_the_same_period_ends_with_the_same_day_of_last_year(through: date, until: date) -> None:
    assert same_period(through) == (date(through.year - 1, 1, 1), until)


@given(days())
def test_a_longer_period_is_never_compared_with_a_shorter_one(through: date) -> None:
    since, until = same_period(through)
    later = same_period(through + timedelta(days=1))
    assert since < until <= date(through.year, 1, 1)
    assert later[1] >= until


def asked(ground: Ground = Ground.NECESSARY, fen: int = 1, basis: str = "", through: date = MARCH) -> Asked:
    return Asked("公用经费·办公费", ground, Money(fen), basis, through)


def test_an_allotment_says_all_that_is_wrong_with_it() -> None:
    rows = [
        asked(fen=0),
        asked(Ground.LEGAL),
        asked(through=date(2027, 1, 1)),
        asked(Ground.LEGAL, basis="判决"),
    ]
    found = unallottable(rows, national(), 2026)
    assert kinds(found) == [AmountNotPositive, GroundUnnamed, DayOutsideYear]


def test_a_ground_that_the_rule_does_not_have_is_not_allowed() -> None:
    uses = national().of("budget.provisional_uses")
    without = Standards([replace(one, value=("carried_over",)) for one in uses])
    assert kinds(unallottable([asked(), asked(Ground.CARRIED_OVER)], without, 2026)) == [GroundNotAllowed]


@given(moneys, moneys)
def test_only_a_legal_obligation_is_not_measured(amount: Money, covered: Money) -> None:
    for ground in Ground:
        found = not_covered(
            {(1, ground): amount}, {(1, ground): covered}, {1: "办公费"}, standards=national(), year=2026
        )
        assert bool(found) == (ground is not Ground.LEGAL and amount > covered)
