"""Samples of the budget of a year and of the budget's workbooks."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from xuequ.core.errors import XuequError
from xuequ.core.money import Money
from xuequ.testing import make_budget
from xuequ.unified.budget.schemas.years import (
    BudgetAdoption,
    BudgetApproval,
    BudgetDraft,
    BudgetReturn,
    ControlFigure,
    Deliberation,
    DraftIncome,
    DraftLine,
    IncomeAmount,
    LineAmount,
    OpeningBalance,
    OpeningBalances,
    ProjectOpening,
    ProvisionalAllotment,
    ProvisionalAmount,
    Submission,
    YearCopy,
)
from xuequ.unified.budget.states.years import Ground

YEAR, DAY = 2026, date(2026, 3, 1)
CELL: dict[str, Any] = {"project": "operating", "function": "2050202", "economic": "30201"}
TEN = Money.yuan(10)
DRAFT = BudgetDraft(
    year=YEAR,
    revision=0,
    incomes=(DraftIncome(project="operating", amount=TEN),),
    lines=(DraftLine(**CELL, amount=TEN),),
)
ADOPTION = BudgetAdoption(
    year=YEAR,
    approved_on=DAY,
    document_no="财预1号",
    incomes=(IncomeAmount(project="operating", amount=TEN),),
    lines=(LineAmount(**CELL, amount=TEN),),
)
DELIBERATION = Deliberation(year=YEAR, minutes_no="校务1号")
LETTER = Submission(year=YEAR, document_no="前学1号")
FIGURE = ControlFigure(year=YEAR, document_no="财控1号", whole=TEN)
RETURN = BudgetReturn(year=YEAR, reason="压减")
APPROVAL = BudgetApproval(year=YEAR, document_no="财预2号", approved_on=DAY, income=TEN, expenditure=TEN)
STEPS = (
    ("draft_lines", DRAFT),
    ("deliberate", DELIBERATION),
    ("propose", LETTER),
    ("receive_control_figure", FIGURE),
    ("submit_draft", LETTER),
)


def begun(door: Any, steps: int = 0) -> Any:
    """Return the years of a district whose budget has gone so many steps."""
    budget = maker(door).budget
    budget.projects.add(ProjectOpening(code="operating", name="公用经费"))
    budget.years.begin(YEAR, on=DAY)
    for name, command in STEPS[:steps]:
        getattr(budget.years, name)(command.model_copy(update={} if name == "draft_lines" else {"on": DAY}))
    return budget.years


def at(steps: int, *arguments: Any) -> Sample:
    """Return a sample of a call on a budget that has gone so many steps."""

    def sample(door: Any) -> tuple[Any, ...]:
        begun(door, steps)
        return arguments

    return sample


def approved(door: Any) -> tuple[Any, ...]:
    """Have the year approved; return it."""
    begun(door, 5).approve(APPROVAL)
    return (YEAR,)


def project(door: Any) -> None:
    try:
        maker(door).budget.projects.add(ProjectOpening(code="operating", name="公用经费"))
    except XuequError:
        return


def adoption(door: Any) -> tuple[Any, ...]:
    project(door)
    return (ADOPTION,)


def allotment(door: Any) -> tuple[Any, ...]:
    project(door)
    row = ProvisionalAmount(**CELL, amount=TEN, ground=Ground.LEGAL, basis="判决")
    return (ProvisionalAllotment(year=YEAR, document_no="1号", through=DAY, lines=(row,)),)


def balances(door: Any) -> tuple[Any, ...]:
    make_budget(maker(door), {"30201": TEN})
    row = OpeningBalance(**CELL, reference="1—2月", paid=TEN)
    return (OpeningBalances(year=YEAR, as_of=DAY, balances=(row,)),)


def copy(door: Any) -> tuple[Any, ...]:
    begun(door)
    make_budget(maker(door), {"30201": TEN}, year=YEAR - 1)
    return (YearCopy(year=YEAR, revision=0),)


SAMPLES: dict[str, Sample] = {
    "budget.years.begin": lambda door: (YEAR,),
    "budget.years.draft_lines": at(0, DRAFT),
    "budget.years.copy_last_year": copy,
    "budget.years.deliberate": at(1, DELIBERATION),
    "budget.years.propose": at(2, LETTER),
    "budget.years.receive_control_figure": at(3, FIGURE),
    "budget.years.submit_draft": at(4, LETTER),
    "budget.years.return_for_redraft": at(5, RETURN),
    "budget.years.approve": at(5, APPROVAL),
    "budget.years.adopt": adoption,
    "budget.years.allot_provisionally": allotment,
    "budget.years.open_balances": balances,
    "budget.years.view": at(0, YEAR),
    "budget.years.versions": at(1, YEAR),
    "budget.years.provisional": lambda door: (YEAR,),
    "budget.years.proposal_sheet": at(1, YEAR),
    "budget.years.approved_sheet": approved,
}
