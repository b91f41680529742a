"""What an entry does to a line's balances, and what stands against it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import IllegalTransition
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.unified.budget.errors.ledger import AmountNotPositive, DayOutsideYear
from xuequ.unified.budget.rules.ledger import Balances, Entry, effect, total, unpostable
from xuequ.unified.budget.states.ledger import WAYS, Movement, Pot

CLAIM = Source("budget.claim", 1)
ALLOWED = [(movement, pot) for movement, (pots, _) in WAYS.items() for pot in sorted(pots)]
FORBIDDEN = [(m, pot) for m in Movement for pot in Pot if (m, pot) not in ALLOWED]


@pytest.mark.parametrize(
    ("movement", "out_of", "expected"),
    [
        (Movement.RESERVE, Pot.AVAILABLE, Balances(reserved=5)),
        (Movement.COMMIT, Pot.AVAILABLE, Balances(committed=5)),
        (Movement.COMMIT, Pot.RESERVED, Balances(reserved=-5, committed=5)),
        (Movement.PAY, Pot.AVAILABLE, Balances(paid=5)),
        (Movement.PAY, Pot.RESERVED, Balances(reserved=-5, paid=5)),
        (Movement.PAY, Pot.COMMITTED, Balances(committed=-5, paid=5)),
        (Movement.RELEASE, Pot.RESERVED, Balances(reserved=-5)),
        (Movement.RELEASE, Pot.COMMITTED, Balances(committed=-5)),
        (Movement.REFUND, Pot.PAID, Balances(paid=-5)),
    ],
)
def test_each_way_takes_from_one_pot_and_puts_into_another(
    movement: Movement, out_of: Pot, expected: Balances
) -> None:
    assert effect(movement, out_of, 5) == expected


def test_every_way_is_in_the_table_above() -> None:
    assert len(ALLOWED) == 9 and set(WAYS) == set(Movement)


@given(st.sampled_from(ALLOWED), st.integers(1, 10**12))
def test_only_money_from_or_to_what_is_available_changes_what_is_used(
    way: tuple[Movement, Pot], fen: int
) -> None:
    movement, out_of = way
    into = WAYS[movement][1]
    expected = fen * ((out_of is Pot.AVAILABLE) - (into is Pot.AVAILABLE))
    assert effect(movement, out_of, fen).used == expected


def test_entries_add_up() -> None:
    entries = [(Movement.COMMIT, Pot.AVAILABLE, 500), (Movement.PAY, Pot.COMMITTED, 350)]
    assert total([*entries, (Movement.RELEASE, Pot.COMMITTED, 150)]) == Balances(paid=350)
    assert total([]) == Balances()


def test_the_pot_that_holds_the_least_is_named() -> None:
    assert Balances(3, -1, 0).least() == (Pot.COMMITTED, -1)


def entry(way: tuple[Movement, Pot], fen: int = 100, day: date = date(2026, 9, 1)) -> Entry:
    return Entry(way[0], way[1], Money(fen), day, CLAIM)


@pytest.mark.parametrize("way", ALLOWED)
def test_a_usual_entry_has_nothing_against_it(way: tuple[Movement, Pot]) -> None:
    assert unpostable(entry(way), line="培训费", year=2026) == []


@pytest.mark.parametrize("way", FORBIDDEN)
def test_a_way_that_money_does_not_take_is_refused(way: tuple[Movement, Pot]) -> None:
    (problem,) = unpostable(entry(way), line="培训费", year=2026)
    assert isinstance(problem.error, IllegalTransition)
    assert problem.error.from_ == way[1].label


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = entry((Movement.REFUND, Pot.RESERVED), 0, date(2027, 1, 1))
    kinds = [type(problem.error) for problem in unpostable(wrong, line="x", year=2026)]
    assert kinds == [AmountNotPositive, IllegalTransition, DayOutsideYear]


@pytest.mark.parametrize(("day", "fits"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 1)])
def test_the_fiscal_year_is_the_calendar_year_and_not_the_school_year(day: str, fits: int) -> None:
    problems = unpostable(entry(ALLOWED[0], day=date.fromisoformat(day)), line="x", year=2026)
    assert len(problems) == 1 - fits


def test_an_entry_says_what_it_is() -> None:
    assert str(entry((Movement.PAY, Pot.COMMITTED))) == "支付（自占用）1.00 元 2026-09-01 budget.claim:1"
