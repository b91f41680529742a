"""A small district with a budget of two years, for tests of adjustments and of the close."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from xuequ import District, Money
from xuequ.core.source import Source
from xuequ.embed import run_data_checks
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_district
from xuequ.unified.budget.schemas.adjustments import AdjustmentDraft, IncomeChange, LineChange
from xuequ.unified.budget.schemas.ledger import LineView
from xuequ.unified.budget.schemas.years import BudgetAdoption, IncomeAmount, LineAmount, ProjectOpening
from xuequ.unified.budget.states.ledger import FundSource, ProjectKind, Purse

PLACE = "530921/qianfeng"
DAY = date(2026, 9, 1)
PRIMARY = "2050202"


def yuan(amount: int) -> Money:
    return Money.yuan(amount)


def fiscal(session: Session, place: str = PLACE) -> District:
    """Make a district with a basic and a special project, and an approved budget of 2026."""
    door = make_district(session, place, schools=2, pupils=0, staff=0)
    door.budget.projects.add(ProjectOpening(code="operating", name="公用经费"))
    special: dict[str, Any] = {"kind": ProjectKind.PROJECT, "purse": Purse.SPECIFIC}
    door.budget.projects.add(ProjectOpening(code="books", name="图书专项", **special))
    adopt(door, 2026)
    return door


def adopt(door: District, year: int, books: int = 1000) -> None:
    """Adopt a year: operating money 600 for offices and 400 for training, special money for books."""
    other = FundSource.OTHER
    door.budget.years.adopt(
        BudgetAdoption(
            year=year,
            approved_on=date(year, 3, 1),
            document_no=f"财预〔{year}〕1号",
            incomes=(
                IncomeAmount(project="operating", amount=yuan(1000)),
                IncomeAmount(project="books", amount=yuan(books)),
                IncomeAmount(fund=other, project="operating", amount=yuan(100)),
            ),
            lines=(
                *(cell("operating", "30201", 600), cell("operating", "30216", 400)),
                *(cell("books", "30218", books), cell("operating", "30201", 100, fund=other)),
            ),
        )
    )


def cell(project: str, economic: str, amount: int, **more: Any) -> LineAmount:
    return LineAmount(project=project, function=PRIMARY, economic=economic, amount=yuan(amount), **more)


def line(door: District, economic: str, year: int = 2026, **where: Any) -> LineView:
    """Return the line of an economic code; of grants and of no school unless another is named."""
    wanted = {"fund": FundSource.FISCAL_GRANT, "school": None, "economic": economic} | where
    return next(
        one
        for one in door.budget.ledger.lines(year)
        if all(getattr(one, name) == value for name, value in wanted.items())
    )


def change(economic: str, amount: int, project: str = "operating", school: str | None = None) -> LineChange:
    return LineChange(
        project=project, function=PRIMARY, economic=economic, school=school, amount=yuan(amount)
    )


def draft(number: str, *lines: LineChange, **more: Any) -> AdjustmentDraft:
    values: dict[str, Any] = {"number": number, "year": 2026, "day": DAY, "reason": "培训增加"}
    return AdjustmentDraft(lines=lines, **(values | more))


def income(amount: int, project: str = "operating") -> tuple[IncomeChange, ...]:
    return (IncomeChange(project=project, amount=yuan(amount)),)


def shift(number: str = "T1", amount: int = 100) -> AdjustmentDraft:
    """Return a shift from offices to training."""
    return draft(number, change("30201", -amount), change("30216", amount))


def apply(door: District, command: AdjustmentDraft) -> None:
    """Draft an adjustment, let it pass and apply it."""
    adjustments = door.budget.adjustments
    adjustments.draft(command)
    if command.fund is FundSource.OTHER:
        adjustments.file(command.number, f"备{command.number}")
    else:
        adjustments.record_approval(command.number, f"财调{command.number}")
    adjustments.apply(command.number)


def pay(door: District, line_id: int, amount: int, number: int, year: int = 2026) -> None:
    door.budget.ledger.pay(line_id, yuan(amount), Source("test.voucher", number), day=date(year, 6, 1))


def carry_basic(door: District, value: str = "true") -> None:
    """Let the district say whether basic expenditure is carried."""
    fields: dict[str, Any] = {"key": "budget.carry_basic", "value": value, "since": date(2020, 1, 1)}
    door.standards.record(StandardValue(**fields, authority="学区决议", reason="补录"))


def findings(door: District) -> list[str]:
    """Return what all data checks of the budget find."""
    return [
        f"{result.check.code}: {finding}"
        for result in run_data_checks(door.context.session, PLACE)
        if result.check.code.startswith("budget.")
        for finding in result.findings or ()
    ]
