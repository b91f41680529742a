"""A district at the beginning of 2027 whose statistical return of autumn 2026 is frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.registry.test_headcounts import have
from xuequ import County, District, Money
from xuequ.core.settings import FixedClock
from xuequ.registry.models.places import School
from xuequ.registry.schemas.headcounts import HeadcountDrawing
from xuequ.registry.states.circumstances import TraitKind
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_district
from xuequ.testing.factories import DAY, MAKER, SETTINGS
from xuequ.unified.budget.schemas.allotments import FundsRelease
from xuequ.unified.budget.schemas.years import BudgetAdoption, IncomeAmount, LineAmount, ProjectOpening
from xuequ.unified.budget.states.ledger import ProjectKind, Purse

PLACE, ELSEWHERE = "530921/qianfeng", "530921/dasi"
JANUARY = date(2027, 1, 15)
AUTUMN = HeadcountDrawing(count_date=DAY, purpose=CountPurpose.YEAR_START)
PROJECTS = {
    "operating": ("公用经费", Purse.OPERATING),
    "training": ("师训经费", Purse.TRAINING),
    "activities": ("文体活动经费", Purse.ACTIVITIES),
}


def at(session: Session, day: date = JANUARY, place: str = PLACE, **more: Any) -> District:
    """Return a door on a day."""
    settings = replace(SETTINGS, clock=FixedClock.at(day))
    return District(session, place, actor=more.get("actor", MAKER), settings=settings)


def freeze_return(door: District, **more: Any) -> int:
    """Freeze the return of the autumn, or another one; return its id."""
    counts = door.registry.headcounts
    return counts.freeze(counts.draft_snapshot(AUTUMN.model_copy(update=more)).id, "上报期限已到").id


def allotting(session: Session, place: str = PLACE, *, pupils: int = 12) -> District:
    """Two primary schools, one pupil of s1 a boarder and one with a disability; projects for every purse."""
    made = make_district(session, place, pupils=pupils)
    first, second = (pupil.id for pupil in made.registry.pupils_of("s1")[:2])
    have(made, first, TraitKind.BOARDER)
    have(made, second, TraitKind.SPECIAL_NEEDS)
    freeze_return(made)
    door = at(session, place=place)
    for code, (name, purse) in PROJECTS.items():
        kind = ProjectKind.BASIC
        door.budget.projects.add(ProjectOpening(code=code, name=name, kind=kind, purse=purse))
    return door


def set_rule(door: County | District, key: str, value: str, since: date) -> None:
    """Let the county or district set a rule parameter."""
    door.standards.record(
        StandardValue(key=key, value=value, since=since, authority="县教育局通知", reason="补录")
    )


def county(door: District) -> County:
    """Return the county's door on the same day."""
    return County(door.context.session, "530921", actor=MAKER, settings=door.context.settings)


def adopt_budget(door: District, *lines: LineAmount, year: int = 2027) -> list[int]:
    """Adopt a budget whose income is what its lines come to; return the ids of the lines in their order."""
    sums: dict[str, Money] = {}
    for one in lines:
        sums[one.project] = sums.get(one.project, Money(0)) + one.amount
    incomes = tuple(IncomeAmount(project=project, amount=amount) for project, amount in sums.items())
    named: dict[str, Any] = {"approved_on": date(year, 1, 10), "document_no": f"财预〔{year}〕1号"}
    door.budget.years.adopt(BudgetAdoption(year=year, incomes=incomes, lines=lines, **named))
    projects = {project.id: project.code for project in door.budget.projects.list()}
    ids = {
        (projects[line.project_id], line.function, line.economic, line.school): line.id
        for line in door.budget.ledger.lines(year)
    }
    return [ids[one.project, one.function, one.economic, one.school] for one in lines]


def amount(project: str, economic: str, yuan: int, school: str | None = None) -> LineAmount:
    function = "2050803" if project == "training" else "2050202"
    of: dict[str, Any] = {"project": project, "function": function, "economic": economic}
    return LineAmount(**of, school=school, amount=Money.yuan(yuan))


def release(line_id: int, yuan: int, number: str = "H1", **more: Any) -> FundsRelease:
    of: dict[str, Any] = {"school": "s1", "about": "县级骨干教师培训"} | more
    return FundsRelease(number=number, line_id=line_id, amount=Money.yuan(yuan), **of)


def close(door: District, school: str) -> None:
    """Let a school be closed in mid-year, past the registry's own use case."""
    session, here = door.context.session, School.code == school
    mine = School.district_id == door.context.scope.district_id
    session.execute(update(School).where(here, mine).values(closed_on=date(2027, 1, 10)))
