"""Budgets drafted, approved and allotted at once: one effect, and the others are told so."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.faults.test_post_races import Act, together
from tests.unified.budget.drafting import (
    YEAR,
    approval,
    door_of,
    drafted,
    gone_up_twice,
    income,
    line,
    office,
    sound,
)
from xuequ import Money
from xuequ.testing import make_budget
from xuequ.unified.budget.schemas.ledger import LineView
from xuequ.unified.budget.schemas.years import BudgetDraft, ProvisionalAllotment, ProvisionalAmount
from xuequ.unified.budget.states.years import Ground

RIVALS = 6


def lines(engine: Engine) -> list[LineView]:
    """Return the lines of the year, whose grants must be what their documents say."""
    with Session(engine) as session:
        sound(session)
        return door_of(session).budget.ledger.lines(YEAR)


def test_of_approvals_at_once_one_has_its_effect(engine: Engine) -> None:
    with Session(engine) as session:
        gone_up_twice(office(session))
        session.commit()
    acts: list[Act] = [
        lambda door, number=number: door.budget.years.approve(approval(number=f"财预{number}号"))  # type: ignore[misc]
        for number in range(RIVALS)
    ]
    assert together(engine, acts) == {"done": 1, "core.illegal_transition": RIVALS - 1}
    assert [one.approved for one in lines(engine)] == [Money.yuan(600)]


def test_the_same_approval_at_once_is_answered_alike_and_granted_once(engine: Engine) -> None:
    with Session(engine) as session:
        gone_up_twice(office(session))
        session.commit()
    assert together(engine, [lambda door: door.budget.years.approve(approval())] * RIVALS) == {"done": RIVALS}
    assert [one.approved for one in lines(engine)] == [Money.yuan(600)]


def test_of_drafts_written_over_the_same_one_one_stands(engine: Engine) -> None:
    with Session(engine) as session:
        read = drafted(office(session), income(), line()).revision
        session.commit()
    drafts = [
        BudgetDraft(year=YEAR, revision=read, incomes=(income(),), lines=(line(str(n)),))
        for n in range(RIVALS)
    ]
    acts: list[Act] = [
        lambda door, one=one: door.budget.years.draft_lines(one)  # type: ignore[misc]
        for one in drafts
    ]
    assert together(engine, acts) == {"done": 1, "core.stale": RIVALS - 1}


def test_money_before_the_approval_is_never_more_than_its_ground_covers(engine: Engine) -> None:
    with Session(engine) as session:
        make_budget(office(session), {"30201": Money.yuan(100)}, year=2025)
        session.commit()
    cell: dict[str, Any] = {"project": "operating", "function": "2050202", "economic": "30201"}
    row = ProvisionalAmount(**cell, amount=Money.yuan(40), ground=Ground.CARRIED_OVER)
    papers = [
        ProvisionalAllotment(year=YEAR, document_no=f"{n}号", through=date(2026, 3, 31), lines=(row,))
        for n in range(RIVALS)
    ]
    acts: list[Act] = [
        lambda door, one=one: door.budget.years.allot_provisionally(one)  # type: ignore[misc]
        for one in papers
    ]
    assert together(engine, acts) == {"done": 2, "budget.provisional_too_much": RIVALS - 2}
    assert [one.provisional for one in lines(engine)] == [Money.yuan(80)]
