"""Two made districts of one county with several classes, for tests of pupils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ import Actor
from xuequ.core.keys import Keys
from xuequ.core.settings import FixedClock, Settings
from xuequ.district import County, District
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.models.places import School
from xuequ.registry.repository.rolls import RollRows
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, SchoolRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import SchoolKind
from xuequ.testing import make_district, reading_of
from xuequ.testing.factories import MAKER

COUNTY = "530921"
QIANFENG, DASI = f"{COUNTY}/qianfeng", f"{COUNTY}/dasi"
FIRST = date(2026, 9, 1)
KEYS = Keys(wrapping={"k1": b"1" * 32}, current="k1", index={"i1": b"2" * 32}, current_index="i1")


def settings_on(day: date) -> Settings:
    return Settings(clock=FixedClock.at(day), keys=KEYS)


def door_on(session: Session, day: date, place: str = QIANFENG, actor: Actor = MAKER) -> District:
    return District(session, place, actor=actor, settings=settings_on(day))


def county_on(session: Session, day: date) -> County:
    return County(session, COUNTY, actor=MAKER, settings=settings_on(day))


def make_county_of_two(session: Session, *, pupils: int = 2) -> District:
    """Make qianfeng with s1 and s2, and dasi with s1; each with several classes, pupils in the first.

    Class 1 of 2026 is the one with pupils; beside it stand class 2, and class 1 of 2027 to come, of 2021
    in its last grade, and a preschool class of 2026.
    """
    for place, schools in ((QIANFENG, 2), (DASI, 1)):
        door = make_district(session, place, schools=schools, pupils=pupils, staff=0)
        codes = [f"s{number}" for number in range(1, schools + 1)]
        add_classes(door, [row for code in codes for row in _more_classes(code)])
    return door_on(session, FIRST)


def _more_classes(school: str) -> list[ClassRow]:
    return [
        ClassRow(school=school, stage=Stage.PRIMARY, entry_year=2026, number=2),
        ClassRow(school=school, stage=Stage.PRIMARY, entry_year=2027, number=1),
        ClassRow(school=school, stage=Stage.PRIMARY, entry_year=2028, number=1),
        ClassRow(school=school, stage=Stage.PRIMARY, entry_year=2021, number=1),
        ClassRow(school=school, stage=Stage.PRESCHOOL, entry_year=2026, number=1),
    ]


def set_up(door: District, **sheets: Sequence[Any]) -> None:
    """Apply a workbook with some sheets."""
    county, _, district = door.code.partition("/")
    names = {"county_name": f"县{county}教育局", "district_name": f"{district}学区"}
    place = PlaceRow(county=county, district=district, as_of=FIRST, **names)
    registry = door.registry
    registry.set_up(registry.plan_set_up(reading_of({**sheets, "place": [place]})))


def add_classes(door: District, classes: Sequence[ClassRow]) -> None:
    codes = sorted({row.school for row in classes})
    schools = [SchoolRow(code=code, name=f"{code}完小", kind=SchoolKind.COMPLETE) for code in codes]
    set_up(door, schools=schools, classes=classes)


def class_id(
    session: Session,
    school: str,
    entry_year: int = 2026,
    number: int = 1,
    *,
    place: str = QIANFENG,
    stage: Stage = Stage.PRIMARY,
) -> int:
    query = (
        select(SchoolClass.id)
        .join(School, School.id == SchoolClass.school_id)
        .join(DistrictRow, DistrictRow.id == School.district_id)
        .where(DistrictRow.code == place.partition("/")[2], School.code == school)
        .where(SchoolClass.stage == stage.code)
        .where(SchoolClass.entry_year == entry_year, SchoolClass.number == number)
    )
    return session.scalars(query).one()


def pupil_ids(door: District, school: str = "s1") -> list[int]:
    return [pupil.id for pupil in door.registry.pupils_of(school)]


def agree(session: Session) -> bool:
    """Tell whether roll and classes agree for every pupil of the county on every day."""
    county = county_on(session, FIRST).context
    return not RollRows(session, county.scope, county.place).disagreements()


def keyless(door: District) -> District:
    settings = replace(door.context.settings, keys=None)
    return District(door.context.session, door.code, actor=MAKER, settings=settings)
