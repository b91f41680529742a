"""A year's budget on its way up and down: what tests of it start from."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from xuequ import District, Money
from xuequ.embed import run_data_checks
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.budget.schemas.years import (
    BudgetApproval,
    BudgetDraft,
    ControlFigure,
    Deliberation,
    DraftIncome,
    DraftLine,
    ProjectOpening,
    Submission,
    VersionView,
)
from xuequ.unified.budget.states.ledger import ProjectKind, Purse

PLACE = "530921/qianfeng"
YEAR = 2026
BEGUN, COUNCIL, UP = date(2025, 10, 10), date(2025, 10, 20), date(2025, 10, 25)
DOWN, UP_AGAIN, APPROVED = date(2025, 12, 20), date(2026, 1, 10), date(2026, 3, 1)
CHECKS = (
    *("budget.lines_as_approved", "budget.incomes_as_approved"),
    *("budget.versions_granted", "budget.provisional_as_allotted"),
)


def door_of(session: Session, place: str = PLACE) -> District:
    """Open a district's door as who makes what tests need."""
    return District(session, place, actor=MAKER, settings=SETTINGS)


def office(session: Session, place: str = PLACE) -> District:
    """Make a district of two schools with two projects; return its door."""
    make_district(session, place, schools=2, pupils=0, staff=1)
    door = door_of(session, place)
    door.budget.projects.add(ProjectOpening(code="operating", name="公用经费"))
    repair: dict[str, Any] = {"kind": ProjectKind.PROJECT, "purse": Purse.SPECIFIC}
    door.budget.projects.add(ProjectOpening(code="repair", name="校舍维修", **repair))
    return door


def income(yuan: str = "1000", project: str = "operating", **more: Any) -> DraftIncome:
    return DraftIncome(project=project, amount=Money.yuan(yuan), **more)


def line(yuan: str = "600", economic: str = "30201", **more: Any) -> DraftLine:
    values: dict[str, Any] = {"project": "operating", "function": "2050202"} | more
    return DraftLine(economic=economic, amount=Money.yuan(yuan), **values)


def drafted(door: District, *rows: DraftIncome | DraftLine, year: int = YEAR) -> VersionView:
    """Write rows into the open version, which is begun if it is not there."""
    years = door.budget.years
    if not years.versions(year):
        years.begin(year, on=date(year - 1, 10, 10))
    return years.draft_lines(
        BudgetDraft(
            year=year,
            revision=years.versions(year)[-1].revision,
            incomes=tuple(row for row in rows if isinstance(row, DraftIncome)),
            lines=tuple(row for row in rows if isinstance(row, DraftLine)),
        )
    )


def deliberated(door: District) -> VersionView:
    return door.budget.years.deliberate(Deliberation(year=YEAR, minutes_no="校务〔2025〕9号", on=COUNCIL))


def proposed(door: District) -> VersionView:
    return door.budget.years.propose(Submission(year=YEAR, document_no="前学〔2025〕20号", on=UP))


def controlled(door: District, whole: str | None = "1000", **more: Any) -> VersionView:
    figure = None if whole is None else Money.yuan(whole)
    values: dict[str, Any] = {"year": YEAR, "document_no": "财控〔2025〕3号", "on": DOWN} | more
    return door.budget.years.receive_control_figure(ControlFigure(whole=figure, **values))


def submitted(door: District) -> VersionView:
    return door.budget.years.submit_draft(Submission(year=YEAR, document_no="前学〔2026〕1号", on=UP_AGAIN))


def approval(
    income: str = "1000", expenditure: str = "600", number: str = "财预〔2026〕8号"
) -> BudgetApproval:
    amounts: dict[str, Any] = {"income": Money.yuan(income), "expenditure": Money.yuan(expenditure)}
    return BudgetApproval(year=YEAR, document_no=number, approved_on=APPROVED, **amounts)


def gone_up_twice(door: District, *rows: DraftIncome | DraftLine) -> VersionView:
    """Bring a draft as far as the second time up."""
    drafted(door, *(rows or (income(), line())))
    deliberated(door)
    proposed(door)
    controlled(door)
    return submitted(door)


def sound(session: Session) -> None:
    """Assert that everything granted is what its documents say."""
    for check in CHECKS:
        assert run_data_checks(session, PLACE, only=check)[0].findings == ()
