"""Money before the approval, and what was paid before the ledger was kept here; on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.unified.budget.drafting import YEAR, approval, gone_up_twice, income, line, office, sound
from xuequ import District, Money
from xuequ.core.errors import Problems
from xuequ.core.source import Source
from xuequ.testing import make_budget
from xuequ.unified.budget.errors.ledger import GrantTooSmall, InsufficientBudget
from xuequ.unified.budget.errors.years import (
    CellWithoutLine,
    DocumentDiffers,
    GroundUnnamed,
    OpeningEmpty,
    ProvisionalOver,
    ProvisionalTooMuch,
)
from xuequ.unified.budget.schemas.ledger import LineView
from xuequ.unified.budget.schemas.years import (
    OpeningBalance,
    OpeningBalances,
    ProvisionalAllotment,
    ProvisionalAmount,
)
from xuequ.unified.budget.states.ledger import Pot
from xuequ.unified.budget.states.years import Ground

CELL: dict[str, Any] = {"project": "operating", "function": "2050202", "economic": "30201"}
MARCH = date(2026, 3, 31)
JUNE = date(2026, 6, 30)


@pytest.fixture
def door(session: Session) -> District:
    """Open the door of a district that paid 30 in March and 20 in April of last year, of 100."""
    door = office(session)
    (line_id,) = make_budget(door, {"30201": Money.yuan(100)}, year=2025)
    for number, (yuan, day) in enumerate(((40, date(2025, 3, 31)), (20, date(2025, 4, 1))), 1):
        door.budget.ledger.pay(line_id, Money.yuan(yuan), Source("test.claim", number), day=day)
    back = Source("test.claim", 3)
    of = Source("test.claim", 1)
    door.budget.ledger.refund(line_id, Money.yuan(10), back, purpose=of, day=date(2025, 3, 31))
    return door


def allotment(
    yuan: str = "30",
    ground: Ground = Ground.NECESSARY,
    *,
    number: str = "安排1号",
    through: date = MARCH,
    **more: Any,
) -> ProvisionalAllotment:
    row = ProvisionalAmount(**CELL, amount=Money.yuan(yuan), ground=ground, **more)
    return ProvisionalAllotment(year=YEAR, document_no=number, through=through, lines=(row,))


def only(door: District) -> LineView:
    (found,) = door.budget.ledger.lines(YEAR)
    return found


def test_necessary_spending_is_allotted_up_to_what_last_years_same_period_paid(
    door: District, session: Session
) -> None:
    years = door.budget.years
    with pytest.raises(ProvisionalTooMuch) as caught:
        years.allot_provisionally(allotment("30.01"))
    assert caught.value.covered == Money.yuan(30)
    first = years.allot_provisionally(allotment("30"))
    assert years.allot_provisionally(allotment("30")) == first == years.provisional(YEAR)
    assert (only(door).provisional, only(door).available) == (Money.yuan(30), Money.yuan(30))
    with pytest.raises(ProvisionalTooMuch):
        years.allot_provisionally(allotment("0.01", number="安排2号"))
    years.allot_provisionally(allotment("20", number="安排2号", through=date(2026, 4, 1)))
    assert only(door).provisional == Money.yuan(50)
    with pytest.raises(DocumentDiffers):
        years.allot_provisionally(allotment("29"))
    sound(session)


def test_what_last_year_left_is_carried_over_and_a_legal_obligation_has_to_be_named(door: District) -> None:
    years = door.budget.years
    years.allot_provisionally(allotment("50", Ground.CARRIED_OVER))
    with pytest.raises(ProvisionalTooMuch):
        years.allot_provisionally(allotment("0.01", Ground.CARRIED_OVER, number="安排2号"))
    with pytest.raises(GroundUnnamed):
        years.allot_provisionally(allotment("500", Ground.LEGAL, number="安排2号"))
    years.allot_provisionally(allotment("500", Ground.LEGAL, number="安排2号", basis="（2025）云民终1号判决"))
    assert only(door).provisional == Money.yuan(550)


def test_the_approval_takes_the_place_of_provisional_money(door: District, session: Session) -> None:
    years = door.budget.years
    years.allot_provisionally(allotment("30"))
    spent = only(door).id
    door.budget.ledger.pay(spent, Money.yuan(30), Source("test.claim", 9), day=date(2026, 1, 5))
    gone_up_twice(door, income("600"), line("30"), line("570", "30202"))
    years.approve(approval("600", "600"))
    found = door.budget.ledger.line(spent)
    assert (found.approved, found.provisional, found.available) == (Money.yuan(30), Money(0), Money(0))
    with pytest.raises(ProvisionalOver):
        years.allot_provisionally(allotment("1", number="安排2号"))
    assert years.allot_provisionally(allotment("30")) == years.provisional(YEAR)
    sound(session)


@pytest.mark.parametrize("rows", [(line("29.99"),), (line("30", "30202"),)], ids=["less", "not there"])
def test_an_approval_of_less_than_was_used_is_refused_whole(
    door: District, session: Session, rows: tuple[Any, ...]
) -> None:
    door.budget.years.allot_provisionally(allotment("30"))
    used = only(door).id
    door.budget.ledger.pay(used, Money.yuan(30), Source("test.claim", 9), day=date(2026, 1, 5))
    version = gone_up_twice(door, income("600"), *rows)
    with pytest.raises(GrantTooSmall):
        door.budget.years.approve(approval("600", str(version.expenditure)))
    assert (only(door).provisional, only(door).approved) == (Money.yuan(30), Money(0))
    sound(session)


def balances(*rows: tuple[str, str, str], **more: Any) -> OpeningBalances:
    return OpeningBalances(
        year=YEAR,
        as_of=JUNE,
        balances=tuple(
            OpeningBalance(
                **(CELL | more), reference=reference, paid=Money.yuan(paid), committed=Money.yuan(held)
            )
            for reference, paid, held in rows
        ),
    )


def test_a_district_that_begins_in_june_takes_over_what_was_paid_and_committed(
    door: District, session: Session
) -> None:
    (line_id,) = make_budget(door, {"30201": Money.yuan(100)})
    opening = balances(("1—6月", "40", "0"), ("合同3号", "0", "25"))
    first = door.budget.years.open_balances(opening)
    assert door.budget.years.open_balances(opening) == first
    found = door.budget.ledger.line(line_id)
    assert (found.paid, found.committed, found.available) == tuple(map(Money.yuan, (40, 25, 35)))
    contract = Source("budget.opening", first[1].id)
    door.budget.ledger.pay(
        line_id, Money.yuan(25), Source("test.claim", 7), out_of=Pot.COMMITTED, purpose=contract
    )
    with pytest.raises(DocumentDiffers):
        door.budget.years.open_balances(balances(("合同3号", "0", "26")))
    assert door.budget.ledger.line(line_id).available == Money.yuan(35)
    sound(session)


def test_opening_balances_are_within_lines_that_are_there(door: District) -> None:
    make_budget(door, {"30201": Money.yuan(100)})
    with pytest.raises(InsufficientBudget):
        door.budget.years.open_balances(balances(("1—6月", "100.01", "0")))
    with pytest.raises(CellWithoutLine):
        door.budget.years.open_balances(balances(("1—6月", "1", "0"), school="s1"))
    with pytest.raises(Problems) as caught:
        door.budget.years.open_balances(balances(("甲", "0", "0"), ("乙", "-1", "2")))
    assert [type(problem.error) for problem in caught.value.problems] == [OpeningEmpty] * 2
    assert only(door).available == Money.yuan(100)
