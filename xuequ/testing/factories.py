"""A small invented district, made through the same use cases as a real one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from sqlalchemy.orm import Session

from xuequ.core.access import Actor
from xuequ.core.errors import Place
from xuequ.core.fields import Command
from xuequ.core.money import Money
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.workbook import Reading, Sourced
from xuequ.district import County, District
from xuequ.registry.errors.places import CountyKnown
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow, SchoolRow, StaffRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title
from xuequ.registry.templates import SET_UP
from xuequ.unified.budget.schemas.years import BudgetAdoption, IncomeAmount, LineAmount, ProjectOpening

DAY = date(2026, 9, 1)
"""The day on which a made district stands."""

MAKER = Actor.system("test data")
SETTINGS = Settings(clock=FixedClock.at(DAY))


def make_county(session: Session, code: str = "530921") -> County:
    """Register an invented county, unless it is there."""
    county = County(session, code, actor=MAKER, settings=SETTINGS)
    with suppress(CountyKnown):
        county.registry.register_county(CountyRegistration(name=f"县{code}教育局"))
    return county


def make_district(
    session: Session,
    code: str = "530921/qianfeng",
    *,
    schools: int = 2,
    pupils: int = 3,
    staff: int = 2,
    actor: Actor = MAKER,
    settings: Settings = SETTINGS,
) -> District:
    """Make a district with schools s1, s2 …, each with one grade-1 class, pupils and staff.

    Numbers of people begin with the district's code, so districts of one county do not collide.

    Args:
        schools, pupils, staff: how many schools, and how many people at each.
        actor, settings: of the door that is returned; the data are made by the system.
    """
    county_code, _, district_code = code.partition("/")
    make_county(session, county_code).registry.found_district(
        DistrictFoundation(code=district_code, name=f"{district_code}学区")
    )
    maker = District(session, code, actor=MAKER, settings=SETTINGS)
    book = reading_of(invented_rows(code, schools=schools, pupils=pupils, staff=staff))
    maker.registry.set_up(maker.registry.plan_set_up(book))
    return District(session, code, actor=actor, settings=settings)


def make_budget(
    district: District, amounts: Mapping[str, Money], *, year: int = 2026, school: str | None = None
) -> list[int]:
    """Record an approved budget of operating funds 公用经费 for primary schools; return the ids of its lines.

    Args:
        amounts: economic code → amount, such as ``{"30201": Money.yuan(100)}``; ids come in their order.
        year: the fiscal year.
        school: the school that the lines are for; the district's own without it.
    """
    maker = District(district.context.session, district.context.place, actor=MAKER, settings=SETTINGS).budget
    if "operating" not in {project.code for project in maker.projects.list()}:
        maker.projects.add(ProjectOpening(code="operating", name="公用经费"))
    income = IncomeAmount(project="operating", amount=sum(amounts.values(), Money(0)))
    cell = {"project": "operating", "function": "2050202", "school": school}
    lines = tuple(
        LineAmount.model_validate({**cell, "economic": code, "amount": amount})
        for code, amount in amounts.items()
    )
    named = {"approved_on": date(year, 3, 1), "document_no": f"财预〔{year}〕1号"}
    maker.years.adopt(
        BudgetAdoption.model_validate({"year": year, "incomes": (income,), "lines": lines, **named})
    )
    ids = {line.economic: line.id for line in maker.ledger.lines(year)}
    return [ids[code] for code in amounts]


def reading_of(rows: Mapping[str, Iterable[Command]]) -> Reading:
    """Return rows as if they had been read from a set-up workbook."""
    sourced = {
        sheet.name: tuple(
            Sourced(command, Place(sheet.title, number))
            for number, command in enumerate(rows.get(sheet.name, ()), 2)
        )
        for sheet in SET_UP.sheets
    }
    return Reading(SET_UP, sourced)


def invented_rows(code: str, *, schools: int, pupils: int, staff: int) -> dict[str, list[Command]]:
    """Return the rows of a small district."""
    county, _, district = code.partition("/")
    place = PlaceRow(
        county=county,
        county_name=f"县{county}教育局",
        district=district,
        district_name=f"{district}学区",
        as_of=DAY,
    )
    names = [f"s{number}" for number in range(1, schools + 1)]
    return {
        "place": [place],
        "schools": [SchoolRow(code=name, name=f"{name}完小", kind=SchoolKind.COMPLETE) for name in names],
        "classes": [
            ClassRow(school=name, stage=Stage.PRIMARY, entry_year=DAY.year, number=1) for name in names
        ],
        "staff": [_teacher(district, name, n) for name in names for n in range(1, staff + 1)],
        "pupils": [_pupil(district, name, n) for name in names for n in range(1, pupils + 1)],
    }


def _teacher(district: str, school: str, number: int) -> StaffRow:
    return StaffRow(
        staff_no=f"{district}-{school}-T{number}",
        name=f"师{number}",
        sex=Sex.FEMALE,
        birth_date=date(1985, 5, 1),
        title=Title.FIRST,
        school=school,
        since=DAY,
    )


def _pupil(district: str, school: str, number: int) -> PupilRow:
    return PupilRow(
        pupil_no=f"{district}-{school}-P{number}",
        name=f"生{number}",
        sex=Sex.MALE,
        birth_date=date(2020, 1, 1),
        school=school,
        stage=Stage.PRIMARY,
        entry_year=DAY.year,
        number=1,
        since=DAY,
    )
