"""The close of a year: nothing held, the oldest spent first, carried for the same use, then surplus."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import (
    adopt,
    apply,
    carry_basic,
    change,
    draft,
    findings,
    fiscal,
    income,
    line,
    pay,
    shift,
    yuan,
)
from xuequ import District, Money
from xuequ.core.errors import Problems
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.core.standards import StandardNotSet
from xuequ.unified.budget.errors.adjustments import OwnMoneyTooSmall, YearNotApproved
from xuequ.unified.budget.errors.closing import EarlierYearOpen
from xuequ.unified.budget.errors.ledger import MoneyStillHeld, YearClosed
from xuequ.unified.budget.facts.closing import YearClosedForBooks
from xuequ.unified.budget.models.ledger import BudgetLine
from xuequ.unified.budget.states.closing import CarryKind
from xuequ.unified.budget.states.ledger import FundSource

C, S = CarryKind.CARRIED, CarryKind.SURPLUS


@pytest.fixture
def door(session: Session) -> District:
    made = fiscal(session)
    carry_basic(made, "false")
    return made


def books(door: District, year: int) -> list[tuple[int, CarryKind, Money]]:
    """Return what a close made of the money for books."""
    of = line(door, "30218", year).id
    return [(o.origin, o.kind, o.amount) for o in door.budget.closing.close(year).lines if o.line_id == of]


def test_project_money_is_carried_for_the_same_use_and_becomes_surplus_after_its_second_year(
    door: District,
) -> None:
    pay(door, line(door, "30218").id, 300, 1)
    assert books(door, 2026) == [(2026, C, yuan(700))]
    assert line(door, "30218", 2027).carried_in == yuan(700)
    adopt(door, 2027)
    assert line(door, "30218", 2027).available == yuan(1700)
    pay(door, line(door, "30218", 2027).id, 200, 2, 2027)
    assert books(door, 2027) == [(2026, S, yuan(500)), (2027, C, yuan(1000))]
    assert line(door, "30218", 2028).carried_in == yuan(1000)
    assert findings(door) == []


def test_the_oldest_money_is_spent_first(door: District) -> None:
    assert books(door, 2026) == [(2026, C, yuan(1000))]
    adopt(door, 2027, books=100)
    pay(door, line(door, "30218", 2027).id, 1050, 1, 2027)
    assert books(door, 2027) == [(2027, C, yuan(50))]
    ageing = door.budget.closing.ageing(2027)
    (row,) = ageing.brought
    assert (row.origin, row.age, row.spent, row.left) == (2026, 2, yuan(1000), Money(0))
    assert row.spend_by == date(2027, 12, 31)


def test_whether_basic_money_is_carried_the_district_says_and_nobody_else(session: Session) -> None:
    door = fiscal(session)
    with pytest.raises(StandardNotSet) as refused:
        door.budget.closing.close(2026)
    assert "budget.carry_basic" in refused.value.message()
    carry_basic(door)
    closed = door.budget.closing.close(2026)
    assert (closed.carried, closed.surplus) == (yuan(2100), Money(0))
    assert line(door, "30201", 2027, fund=FundSource.OTHER).carried_in == yuan(100)


def test_basic_money_that_is_not_carried_is_surplus(door: District) -> None:
    closed = door.budget.closing.close(2026)
    assert (closed.carried, closed.surplus) == (yuan(1000), yuan(1100))
    assert closed.lines == door.budget.closing.close(2026).lines


def test_a_year_is_not_closed_while_money_is_held_and_all_lines_are_named(door: District) -> None:
    ledger, (first, second) = door.budget.ledger, (line(door, "30201"), line(door, "30218"))
    ledger.reserve_funds(first.id, yuan(1), Source("test.order", 1))
    ledger.commit_funds(second.id, yuan(2), Source("test.order", 2))
    with pytest.raises(Problems) as refused:
        door.budget.closing.close(2026)
    errors = [one.error for one in refused.value.problems]
    held = {one.line: one.held for one in errors if isinstance(one, MoneyStillHeld)}
    assert held == {first.name: yuan(1), second.name: yuan(2)}


def test_nothing_happens_in_a_closed_year_and_it_closes_once(door: District) -> None:
    door.budget.adjustments.draft(shift())
    door.budget.adjustments.record_approval("T1", "财调1")
    first = door.budget.closing.close(2026)
    assert door.budget.closing.close(2026) == first
    with pytest.raises(YearClosed):
        pay(door, line(door, "30201").id, 1, 1)
    with pytest.raises(YearClosed):
        door.budget.adjustments.apply("T1")
    said = select(func.count()).where(FactRow.name == YearClosedForBooks.name)
    assert door.context.session.scalar(said) == 1
    assert findings(door) == []


def test_years_are_closed_in_their_order_and_only_approved_ones(door: District) -> None:
    with pytest.raises(YearNotApproved):
        door.budget.closing.close(2027)
    adopt(door, 2027)
    with pytest.raises(EarlierYearOpen):
        door.budget.closing.close(2027)
    door.budget.closing.close(2026)
    door.budget.closing.close(2027)


def test_money_that_was_carried_in_stays_with_its_use(door: District) -> None:
    door.budget.closing.close(2026)
    adopt(door, 2027, books=100)
    taken = draft("T1", change("30218", -101, "books"), change("30201", 101, "books"))
    later = taken.model_copy(update={"year": 2027, "day": date(2027, 5, 1)})
    with pytest.raises(OwnMoneyTooSmall):
        apply(door, later)
    fewer = draft("T2", change("30218", -100, "books"), change("30201", 100, "books"))
    apply(door, fewer.model_copy(update={"year": 2027, "day": date(2027, 5, 1)}))
    assert line(door, "30218", 2027).available == yuan(1000)


def test_what_was_carried_past_the_office_is_found(door: District) -> None:
    apply(door, draft("T1", change("30218", 5, "books"), incomes=income(5, "books")))
    door.budget.closing.close(2026)
    session = door.context.session
    session.execute(update(BudgetLine).where(BudgetLine.year == 2027).values(carried_in=Money(1)))
    session.execute(update(BudgetLine).where(BudgetLine.year == 2026).values(paid=Money(1)))
    found = {one.split(":")[0] for one in findings(door)}
    assert {"budget.lines_carried_in", "budget.unspent_goes_somewhere"} <= found
    session.execute(update(BudgetLine).where(BudgetLine.year == 2027).values(function="2050203"))
    assert "budget.carried_for_the_same_use" in {one.split(":")[0] for one in findings(door)}
