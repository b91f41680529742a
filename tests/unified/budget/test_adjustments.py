"""Adjustments: let pass before they count, balanced within a pocket, applied once, never erased."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import (
    DAY,
    adopt,
    apply,
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
from xuequ.core.errors import IllegalTransition, Problems
from xuequ.core.source import Source
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.testing import make_district
from xuequ.unified.budget.errors.adjustments import (
    AdjustmentDayOutside,
    AdjustmentDiffers,
    AdjustmentNotLetPass,
    AdjustmentUnknown,
    IncomeTooSmall,
    LineOfSchool,
    NotReversible,
    OtherWay,
    PocketUnbalanced,
    ReversedAlready,
    YearNotApproved,
)
from xuequ.unified.budget.errors.ledger import GrantTooSmall, LineUnknown, ProjectUnknown, UseForbidden
from xuequ.unified.budget.models.ledger import BudgetIncome, BudgetLine
from xuequ.unified.budget.schemas.adjustments import AdjustmentReversal, LineSplit, SchoolShare
from xuequ.unified.budget.states.adjustments import AdjustmentState, AdjustmentWay
from xuequ.unified.budget.states.ledger import FundSource


@pytest.fixture
def door(session: Session) -> District:
    return fiscal(session)


def available(door: District, economic: str, **where: Any) -> Money:
    return line(door, economic, **where).available


def split(door: District, number: str = "F1", **shares: int) -> LineSplit:
    of = tuple(SchoolShare(school=school, amount=yuan(amount)) for school, amount in shares.items())
    line_id = line(door, "30201").id
    return LineSplit(number=number, line_id=line_id, day=DAY, reason="分解到校", shares=of)


def test_a_shift_of_grants_needs_the_approval_of_finance_and_is_listed_as_an_exception(
    door: District,
) -> None:
    adjustments = door.budget.adjustments
    drafted = adjustments.draft(shift())
    assert (drafted.way, drafted.exceptional) == (AdjustmentWay.FINANCE, True)
    with pytest.raises(AdjustmentNotLetPass):
        adjustments.apply("T1")
    with pytest.raises(OtherWay):
        adjustments.file("T1", "备1")
    adjustments.record_approval("T1", "财调1")
    applied = adjustments.apply("T1")
    assert (applied.state, applied.reference_no, applied.applied_on) == (
        AdjustmentState.APPLIED,
        "财调1",
        DAY,
    )
    assert (available(door, "30201"), available(door, "30216")) == (yuan(500), yuan(500))
    assert {row.number for row in adjustments.sheet(2026).exceptional} == {"T1"}
    assert findings(door) == []


def test_every_step_again_has_the_same_answer_and_no_second_effect(door: District) -> None:
    adjustments = door.budget.adjustments
    apply(door, shift())
    stands = adjustments.view("T1")
    assert adjustments.draft(shift()) == stands
    assert adjustments.record_approval("T1", "财调T1") == stands
    assert adjustments.apply("T1") == stands
    assert available(door, "30216") == yuan(500)
    with pytest.raises(AdjustmentDiffers):
        adjustments.draft(shift(amount=99))
    with pytest.raises(AdjustmentDiffers):
        adjustments.record_approval("T1", "财调2")


def test_other_money_is_adjusted_by_oneself_and_filed(door: District) -> None:
    adjustments, other = door.budget.adjustments, FundSource.OTHER
    command = draft("Q1", change("30201", 50), fund=other, incomes=income(50))
    drafted = adjustments.draft(command)
    assert (drafted.way, drafted.exceptional) == (AdjustmentWay.OWN_FILED, False)
    with pytest.raises(OtherWay):
        adjustments.record_approval("Q1", "财调1")
    adjustments.file("Q1", "备1")
    adjustments.apply("Q1")
    assert available(door, "30201", fund=other) == yuan(150)
    assert available(door, "30201") == yuan(600)
    assert findings(door) == []


def test_money_of_one_project_never_goes_to_another(door: District) -> None:
    command = draft("T1", change("30201", -100), change("30218", 100, "books"))
    with pytest.raises(Problems) as refused:
        door.budget.adjustments.draft(command)
    assert [type(one.error) for one in refused.value.problems] == [PocketUnbalanced, PocketUnbalanced]


def test_expenditure_follows_income_both_ways(door: District) -> None:
    apply(door, draft("T1", change("30201", 30), incomes=income(30)))
    apply(door, draft("T2", change("30201", -80), incomes=income(-80)))
    assert available(door, "30201") == yuan(550)
    with pytest.raises(PocketUnbalanced):
        door.budget.adjustments.draft(draft("T3", change("30201", -80), incomes=income(-70)))
    assert findings(door) == []


def test_an_income_never_falls_below_nothing(door: District) -> None:
    apply(door, draft("T1", change("30218", 5, "books"), incomes=income(5, "books")))
    changes = (change("30201", -600), change("30216", -401))
    with pytest.raises(IncomeTooSmall):
        apply(door, draft("T2", *changes, incomes=income(-1001)))


def test_a_new_cell_comes_by_adjustment_and_its_codes_are_looked_at(door: District) -> None:
    apply(door, draft("T1", change("30216", -40), change("30211", 40, school="s1")))
    made = line(door, "30211", school="s1")
    assert (made.adjusted, made.available) == (yuan(40), yuan(40))
    with pytest.raises(UseForbidden):
        door.budget.adjustments.draft(draft("T2", change("30216", -40), change("30101", 40)))
    with pytest.raises(ProjectUnknown):
        door.budget.adjustments.draft(draft("T2", change("30201", 1, "none"), change("30201", -1)))


def test_nothing_is_taken_that_is_used_and_all_such_lines_are_named(door: District) -> None:
    first, second = line(door, "30201"), line(door, "30216")
    door.budget.ledger.commit_funds(first.id, yuan(550), Source("test.order", 1))
    pay(door, second.id, 400, 1)
    taken = draft("T1", change("30201", -51), change("30216", -1), change("30211", 52))
    with pytest.raises(Problems) as refused:
        apply(door, taken)
    assert [type(one.error) for one in refused.value.problems] == [GrantTooSmall, GrantTooSmall]
    assert line(door, "30201").adjusted == Money(0)
    apply(door, draft("T2", change("30201", -50), change("30211", 50)))
    assert available(door, "30201") == Money(0)


def test_a_mistake_is_reversed_by_a_red_one_that_goes_the_same_way(door: District) -> None:
    adjustments = door.budget.adjustments
    apply(door, shift())
    command = AdjustmentReversal(number="H1", reverses="T1", day=DAY, reason="科目有误")
    red = adjustments.reverse(command)
    assert (red.reverses, red.way, red.state) == ("T1", AdjustmentWay.FINANCE, AdjustmentState.DRAFTED)
    assert adjustments.reverse(command) == red
    with pytest.raises(ReversedAlready):
        adjustments.reverse(command.model_copy(update={"number": "H2"}))
    adjustments.void("H1", "文号有误")
    adjustments.reverse(command.model_copy(update={"number": "H2"}))
    adjustments.record_approval("H2", "财调2")
    adjustments.apply("H2")
    assert (available(door, "30201"), available(door, "30216")) == (yuan(600), yuan(400))
    assert [one.number for one in adjustments.list(2026)] == ["H1", "H2", "T1"]
    with pytest.raises(NotReversible):
        adjustments.reverse(AdjustmentReversal(number="H3", reverses="H2", day=DAY, reason="再冲"))
    assert findings(door) == []


def test_only_what_was_not_applied_is_voided(door: District) -> None:
    adjustments = door.budget.adjustments
    adjustments.draft(shift())
    assert adjustments.void("T1", "不再需要") == adjustments.void("T1", "不再需要")
    with pytest.raises(IllegalTransition):
        adjustments.record_approval("T1", "财调1")
    apply(door, shift("T2"))
    with pytest.raises(IllegalTransition):
        adjustments.void("T2", "有误")
    with pytest.raises(NotReversible):
        adjustments.reverse(AdjustmentReversal(number="H1", reverses="T1", day=DAY, reason="有误"))
    with pytest.raises(AdjustmentUnknown):
        adjustments.apply("T9")


def test_a_line_of_the_district_is_split_into_cells_of_schools_once(door: District) -> None:
    adjustments = door.budget.adjustments
    made = adjustments.split_line(split(door, s1=200, s2=150))
    assert adjustments.split_line(split(door, s1=200, s2=150)) == made
    assert sum((one.amount for one in made.lines), Money(0)) == Money(0)
    assert (available(door, "30201"), available(door, "30201", school="s1")) == (yuan(250), yuan(200))
    adjustments.split_line(split(door, "F2", s1=-50))
    assert (available(door, "30201"), available(door, "30201", school="s1")) == (yuan(300), yuan(150))
    adjustments.reverse(AdjustmentReversal(number="H1", reverses="F2", day=DAY, reason="有误"))
    assert available(door, "30201", school="s1") == yuan(200)
    assert findings(door) == []


def test_a_split_gives_no_more_than_there_is_and_only_to_schools_that_are(door: District) -> None:
    adjustments = door.budget.adjustments
    with pytest.raises(GrantTooSmall):
        adjustments.split_line(split(door, s1=400, s2=201))
    with pytest.raises(SchoolUnknown):
        adjustments.split_line(split(door, s9=1))
    adjustments.split_line(split(door, s1=100))
    of_school = line(door, "30201", school="s1").id
    with pytest.raises(LineOfSchool):
        adjustments.split_line(split(door, "F2", s2=1).model_copy(update={"line_id": of_school}))
    with pytest.raises(LineUnknown):
        adjustments.split_line(split(door, "F2", s2=1).model_copy(update={"line_id": 1}))


def test_what_is_not_approved_is_not_adjusted_and_its_days_are_of_its_year(door: District) -> None:
    day = date(2027, 2, 1)
    with pytest.raises(AdjustmentDayOutside):
        door.budget.adjustments.draft(shift().model_copy(update={"day": day}))
    with pytest.raises(YearNotApproved):
        apply(door, shift().model_copy(update={"day": day, "year": 2027}))


def test_two_districts_have_adjustments_of_their_own(door: District, session: Session) -> None:
    other = make_district(session, "530921/dasi", schools=1, pupils=0, staff=0)
    apply(door, shift())
    with pytest.raises(AdjustmentUnknown):
        other.budget.adjustments.apply("T1")
    assert other.budget.adjustments.list(2026) == []


def test_what_was_changed_past_the_office_is_found(door: District) -> None:
    adopt(door, 2027)
    apply(door, draft("T1", change("30201", 30), incomes=income(30)))
    session = door.context.session
    session.execute(update(BudgetLine).where(BudgetLine.year == 2027).values(adjusted=Money(1)))
    session.execute(update(BudgetIncome).where(BudgetIncome.year == 2026).values(adjusted=Money(0)))
    found = findings(door)
    assert len([one for one in found if one.startswith("budget.lines_adjusted")]) == 4
    assert len([one for one in found if one.startswith("budget.incomes_adjusted")]) == 1


def test_what_an_adjustment_changed_is_written_once(door: District) -> None:
    apply(door, shift())
    with pytest.raises(DBAPIError):
        door.context.session.execute(text("UPDATE xq_budget_adjustment_line SET amount = 1"))
