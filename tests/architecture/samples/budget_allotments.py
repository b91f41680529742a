"""Samples of allotments and releases."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker
from tests.architecture.samples.headcounts import frozen_id
from xuequ.core.money import Money
from xuequ.unified.budget.errors.allotments import AllotmentThere
from xuequ.unified.budget.errors.ledger import ProjectKnown
from xuequ.unified.budget.errors.years import BudgetThere
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption, FundsRelease, ReleaseVoiding
from xuequ.unified.budget.schemas.years import BudgetAdoption, IncomeAmount, LineAmount, ProjectOpening
from xuequ.unified.budget.states.ledger import Purse

YEAR = 2026
"""The fiscal year in which the samples' doors stand; the return of its allotments is of autumn before."""
FOLLOWING = YEAR + 1


def adopted(door: Any) -> tuple[int]:
    """Return a year whose allotment is adopted."""
    frozen_id(door)
    with suppress(AllotmentThere):
        maker(door).budget.allotments.adopt_allotment(AllotmentAdoption(year=FOLLOWING))
    return (FOLLOWING,)


def counted(door: Any) -> tuple[int]:
    """Return a year whose return is frozen."""
    frozen_id(door)
    return (FOLLOWING,)


def project(door: Any, code: str, purse: Purse) -> str:
    with suppress(ProjectKnown):
        maker(door).budget.projects.add(ProjectOpening(code=code, name=purse.label, purse=purse))
    return code


def line_id(door: Any) -> int:
    """Return a training line with money on it."""
    budget, code = maker(door).budget, project(door, "training", Purse.TRAINING)
    amount = Money.yuan(100)
    line = LineAmount(project=code, function="2050803", economic="30216", amount=amount)
    income = IncomeAmount(project=code, amount=amount)
    with suppress(BudgetThere):
        budget.years.adopt(
            BudgetAdoption(
                year=YEAR,
                approved_on=date(YEAR, 3, 1),
                document_no="批复1号",
                incomes=(income,),
                lines=(line,),
            )
        )
    return int(next(one.id for one in budget.ledger.lines(YEAR) if one.economic == "30216"))


def releasing(door: Any, number: str) -> FundsRelease:
    line, amount = line_id(door), Money.yuan(1)
    return FundsRelease(number=number, line_id=line, amount=amount, about="培训", school="s1")


def release_id(door: Any, number: str) -> int:
    return int(maker(door).budget.allotments.release_funds(releasing(door, number)).id)


def suggesting(door: Any) -> tuple[int, str]:
    return (*adopted(door), project(door, "operating-x", Purse.OPERATING))


SAMPLES: dict[str, Sample] = {
    "budget.allotments.compute": counted,
    "budget.allotments.adopt_allotment": lambda door: (AllotmentAdoption(year=counted(door)[0]),),
    "budget.allotments.allotment": adopted,
    "budget.allotments.recompute": adopted,
    "budget.allotments.suggest_lines": suggesting,
    "budget.allotments.training_check": lambda door: (YEAR,),
    "budget.allotments.release_funds": lambda door: (releasing(door, "S1"),),
    "budget.allotments.release": lambda door: (release_id(door, "S2"),),
    "budget.allotments.releases": lambda door: (YEAR,),
    "budget.allotments.give_back": lambda door: (release_id(door, "S3"),),
    "budget.allotments.void_release": lambda door: (
        ReleaseVoiding(release_id=release_id(door, "S4"), reason="重复"),
    ),
}
