"""The year's budget, two up and two down: versions, control figures, approval; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.unified.budget.drafting import (
    APPROVED,
    COUNCIL,
    PLACE,
    UP_AGAIN,
    YEAR,
    approval,
    controlled,
    deliberated,
    door_of,
    drafted,
    gone_up_twice,
    income,
    line,
    office,
    proposed,
    sound,
    submitted,
)
from xuequ import District, Money
from xuequ.core.errors import IllegalTransition, Problems, Stale
from xuequ.embed import run_data_checks
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.testing import make_budget, make_district
from xuequ.unified.budget.errors.ledger import CodeUnknown, ProjectUnknown, UseForbidden
from xuequ.unified.budget.errors.years import (
    ApprovalDiffers,
    BudgetEmpty,
    BudgetThere,
    CellTwice,
    ControlFigureUnclear,
    DeficitBudget,
    DraftNotEmpty,
    FactorOfNothing,
    NothingToCopy,
    OverControlFigure,
    StepOutOfOrder,
    VersionMissing,
)
from xuequ.unified.budget.models.ledger import BudgetIncome, BudgetLine
from xuequ.unified.budget.schemas.years import (
    BudgetAdoption,
    BudgetDraft,
    BudgetReturn,
    Deliberation,
    IncomeAmount,
    LineAmount,
    LineFactor,
    YearCopy,
)
from xuequ.unified.budget.states.ledger import Book
from xuequ.unified.budget.states.years import Round, Stage

RETURN = BudgetReturn(year=YEAR, reason="压减办公费", on=UP_AGAIN)


@pytest.fixture
def door(session: Session) -> District:
    return office(session)


def amounts(door: District, year: int = YEAR) -> dict[tuple[str, str | None], Money]:
    return {(one.economic, one.school): one.approved for one in door.budget.ledger.lines(year)}


def test_a_budget_goes_up_twice_and_what_is_approved_is_the_version_to_the_fen(
    door: District, session: Session
) -> None:
    rows = (income("1000.01"), line("600.01"), line("399.99", "30216", school="s1", note="师训"))
    first = drafted(door, *rows)
    assert (first.number, first.round, first.revision) == (1, Round.FIRST, 1)
    assert deliberated(door).stage is Stage.DELIBERATED
    assert proposed(door).stage is Stage.PROPOSED
    second = controlled(door, "1000")
    assert (second.number, second.round, second.stage) == (2, Round.SECOND, Stage.CONTROLLED)
    assert (second.lines, second.incomes) == (first.lines, first.incomes)
    assert amounts(door) == {}
    submitted(door)
    done = door.budget.years.approve(approval("1000.01", "1000"))
    assert (done.stage, done.approved_on, done.lines[1].note) == (Stage.APPROVED, APPROVED, "师训")
    assert amounts(door) == {
        ("30201", None): Money.yuan("600.01"),
        ("30216", "s1"): Money.yuan("399.99"),
    }
    assert [one.number for one in door.budget.years.versions(YEAR)] == [1, 2]
    sound(session)


def test_the_same_approval_again_changes_nothing_and_another_one_is_refused(
    door: District, session: Session
) -> None:
    gone_up_twice(door)
    first = door.budget.years.approve(approval())
    assert door.budget.years.approve(approval()) == first
    assert amounts(door) == {("30201", None): Money.yuan(600)}
    with pytest.raises(IllegalTransition):
        door.budget.years.approve(approval(number="财预〔2026〕9号"))
    sound(session)


def test_an_approval_that_says_other_totals_is_refused_with_both_sides(door: District) -> None:
    gone_up_twice(door)
    with pytest.raises(Problems) as caught:
        door.budget.years.approve(approval("999", "600.01"))
    assert [type(problem.error) for problem in caught.value.problems] == [ApprovalDiffers] * 2


def test_what_finance_sends_back_is_redrafted_within_the_figure_and_goes_up_again(
    door: District, session: Session
) -> None:
    gone_up_twice(door)
    third = door.budget.years.return_for_redraft(RETURN)
    assert (third.number, third.round, third.stage) == (3, Round.SECOND, Stage.CONTROLLED)
    drafted(door, income(), line("500"))
    submitted(door)
    assert door.budget.years.approve(approval("1000", "500")).number == 3
    assert [one.expenditure for one in door.budget.years.versions(YEAR)] == [
        *(Money.yuan(600), Money.yuan(600), Money.yuan(500)),
    ]
    assert door.budget.years.versions(YEAR)[1].returned_on == UP_AGAIN
    sound(session)


def test_what_the_council_sends_back_is_drafted_again(door: District) -> None:
    drafted(door, income(), line())
    deliberated(door)
    with pytest.raises(IllegalTransition):
        drafted(door, income(), line("500"))
    back = door.budget.years.return_for_redraft(RETURN.model_copy(update={"on": COUNCIL}))
    assert (back.stage, back.number, back.round) == (Stage.DRAFTING, 2, Round.FIRST)
    assert drafted(door, income(), line("500")).expenditure == Money.yuan(500)


def test_a_draft_over_the_control_figure_does_not_go_up(door: District) -> None:
    drafted(door, income(), line(), income("300", "repair"), line("300", "30213", project="repair"))
    deliberated(door)
    proposed(door)
    pockets = (IncomeAmount(project="operating", amount=Money.yuan("599.99")),)
    controlled(door, None, pockets=pockets)
    with pytest.raises(Problems) as caught:
        submitted(door)
    over = [problem.error for problem in caught.value.problems]
    assert [type(one) for one in over] == [OverControlFigure] * 2
    assert [one.control for one in over if isinstance(one, OverControlFigure)] == [
        *(Money.yuan("599.99"), Money(0)),
    ]
    drafted(door, income(), line("599.99"))
    assert submitted(door).stage is Stage.REDRAFTED


def test_a_whole_control_figure_holds_to_the_fen(door: District) -> None:
    drafted(door, income(), line("600"))
    deliberated(door)
    proposed(door)
    controlled(door, "599.99")
    with pytest.raises(OverControlFigure):
        submitted(door)


@pytest.mark.parametrize(
    "figure", [{"whole": None}, {"pockets": (IncomeAmount(project="repair", amount=Money(1)),)}]
)
def test_a_control_figure_is_of_the_whole_or_of_pockets(door: District, figure: dict[str, Any]) -> None:
    drafted(door, income(), line())
    deliberated(door)
    proposed(door)
    with pytest.raises(ControlFigureUnclear):
        controlled(door, **figure)


STEPS: dict[str, Callable[[District], object]] = {
    "deliberate": deliberated,
    "propose": proposed,
    "control": controlled,
    "submit": submitted,
    "return": lambda door: door.budget.years.return_for_redraft(RETURN),
    "approve": lambda door: door.budget.years.approve(approval()),
}
WAY = ("deliberate", "propose", "control", "submit", "approve")
RETURNED_AT = (1, 4)


@pytest.mark.parametrize("done", range(len(WAY) + 1))
def test_no_step_is_taken_out_of_its_turn(door: District, done: int) -> None:
    drafted(door, income(), line())
    for name in WAY[:done]:
        STEPS[name](door)
    may = {*WAY[done : done + 1], *(("return",) if done in RETURNED_AT else ())}
    if done == len(WAY):
        may.add("approve")  # the same again
    for name, step in STEPS.items():
        if name not in may:
            with pytest.raises(IllegalTransition):
                step(door)


def test_a_step_is_not_before_the_last_one_nor_still_to_come(door: District) -> None:
    drafted(door, income(), line())
    for on in (date(2025, 10, 9), door.context.today + timedelta(days=1)):
        with pytest.raises(StepOutOfOrder):
            door.budget.years.deliberate(Deliberation(year=YEAR, minutes_no="校务9号", on=on))
    deliberated(door)
    proposed(door)
    with pytest.raises(StepOutOfOrder):
        controlled(door, on=COUNCIL)


def test_a_deficit_or_an_empty_budget_is_not_deliberated(door: District) -> None:
    drafted(door)
    with pytest.raises(BudgetEmpty):
        deliberated(door)
    drafted(door, income("599.99"), line("600"), income("1", "repair"))
    with pytest.raises(DeficitBudget):
        deliberated(door)


def test_a_draft_says_all_that_is_wrong_with_it(door: District) -> None:
    with pytest.raises(ProjectUnknown):
        drafted(door, income(project="nowhere"), line())
    with pytest.raises(Problems) as twice:
        drafted(door, income(), income(), line(), line("1"))
    assert {type(problem.error) for problem in twice.value.problems} == {CellTwice}
    with pytest.raises(Problems) as wrong:
        drafted(door, income(), line("1", "30101"), line("1", "99999"), line("1", school="nowhere"))
    assert {type(problem.error) for problem in wrong.value.problems} == {
        UseForbidden,
        CodeUnknown,
        SchoolUnknown,
    }


def test_a_stale_draft_is_a_conflict_and_changes_nothing(door: District) -> None:
    read = drafted(door, income(), line())
    drafted(door, income(), line("500"))
    late = BudgetDraft(year=YEAR, revision=read.revision, incomes=(income(),), lines=(line("1"),))
    with pytest.raises(Stale):
        door.budget.years.draft_lines(late)
    assert door.budget.years.versions(YEAR)[-1].expenditure == Money.yuan(500)


def test_a_budget_is_begun_once_and_one_not_begun_is_missing(door: District) -> None:
    with pytest.raises(VersionMissing):
        deliberated(door)
    with pytest.raises(VersionMissing):
        door.budget.years.view(YEAR)
    first = door.budget.years.begin(YEAR, on=date(2025, 10, 10))
    assert door.budget.years.begin(YEAR) == first
    gone_up_twice(door)
    with pytest.raises(BudgetThere):
        door.budget.years.begin(YEAR)


def adoption(amount: str = "100") -> BudgetAdoption:
    cell: dict[str, Any] = {"project": "operating", "function": "2050202", "economic": "30201"}
    return BudgetAdoption(
        year=YEAR,
        approved_on=APPROVED,
        document_no="财预〔2026〕1号",
        incomes=(IncomeAmount(project="operating", amount=Money.yuan(amount)),),
        lines=(LineAmount(amount=Money.yuan(amount), **cell),),
    )


def test_an_adopted_budget_is_an_approved_version_and_again_changes_nothing(
    door: District, session: Session
) -> None:
    first = door.budget.years.adopt(adoption())
    assert (first.stage, door.budget.years.adopt(adoption())) == (Stage.APPROVED, first)
    with pytest.raises(BudgetThere):
        door.budget.years.adopt(adoption("101"))
    (version,) = door.budget.years.versions(YEAR)
    assert (version.round, version.expenditure) == (Round.ADOPTED, Money.yuan(100))
    assert amounts(door) == {("30201", None): Money.yuan(100)}
    sound(session)


def test_a_budget_under_way_is_not_adopted_over(door: District) -> None:
    door.budget.years.begin(YEAR)
    with pytest.raises(BudgetThere):
        door.budget.years.adopt(adoption())


def test_last_year_is_copied_with_a_factor_per_line_and_comes_to_its_rounded_whole(door: District) -> None:
    make_budget(door, {"30201": Money.yuan("333.33"), "30202": Money.yuan("666.66")}, year=2025)
    door.budget.years.begin(YEAR)
    printing = LineFactor(project="operating", function="2050202", economic="30202", factor=Decimal("1.1"))
    copy = YearCopy(year=YEAR, revision=0, factor=Decimal("1.5"), lines=(printing,))
    made = door.budget.years.copy_last_year(copy)
    assert [(one.economic, one.amount) for one in made.lines] == [
        ("30201", Money.yuan(500)),
        ("30202", Money.yuan(733)),
    ]
    assert made.income == Money.yuan(1500)
    with pytest.raises(DraftNotEmpty):
        door.budget.years.copy_last_year(copy.model_copy(update={"revision": made.revision}))


def test_a_copy_needs_a_budget_and_factors_that_are_for_something(door: District) -> None:
    door.budget.years.begin(YEAR)
    with pytest.raises(NothingToCopy):
        door.budget.years.copy_last_year(YearCopy(year=YEAR, revision=0))
    make_budget(door, {"30201": Money.yuan(100)}, year=2025)
    idle = LineFactor(project="operating", function="2050202", economic="30299", factor=Decimal(1))
    with pytest.raises(FactorOfNothing):
        door.budget.years.copy_last_year(YearCopy(year=YEAR, revision=0, lines=(idle,)))


def test_books_and_districts_have_years_of_their_own(door: District, session: Session) -> None:
    make_district(session, "530921/other", schools=1, pupils=0, staff=1)
    other = door_of(session, "530921/other")
    gone_up_twice(door)
    assert other.budget.years.versions(YEAR) == door.budget.years.versions(YEAR, book=Book.UNION) == []
    with pytest.raises(VersionMissing):
        other.budget.years.approve(approval())
    door.budget.years.approve(approval())
    assert other.budget.ledger.lines(YEAR) == []
    sound(session)


def test_the_checks_find_what_was_written_past_the_office(door: District, session: Session) -> None:
    gone_up_twice(door)
    door.budget.years.approve(approval())
    session.execute(update(BudgetLine).values(approved=Money.yuan(601), provisional=Money(1)))
    session.execute(update(BudgetIncome).values(approved=Money.yuan(999)))
    found = [
        run_data_checks(session, PLACE, only=check)[0].findings
        for check in (
            "budget.lines_as_approved",
            "budget.incomes_as_approved",
            "budget.versions_granted",
            "budget.provisional_as_allotted",
        )
    ]
    assert [len(one or ()) for one in found] == [1, 1, 2, 1]
