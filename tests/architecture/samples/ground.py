"""Samples of the registry itself, and what the other samples share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from xuequ.core.access import Actor
from xuequ.district import District
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.testing import reading_of
from xuequ.testing.factories import SETTINGS, invented_rows

HERE, ELSEWHERE = "530921/qianfeng", "530921/dasi"
"""Two made districts of one county, with the schools s1, s2 and s1."""


def maker(door: Any) -> District:
    """Return a door to the same place for a script that may do anything."""
    return District(door.context.session, HERE, actor=Actor.system("sample"), settings=SETTINGS)


def book() -> Any:
    return reading_of(invented_rows(HERE, schools=2, pupils=1, staff=1))


def school_id(door: Any) -> int:
    """Return the id of school s1."""
    return next(school.id for school in maker(door).registry.schools() if school.code == "s1")


def pupil_id(door: Any) -> int:
    """Return the id of a pupil of school s1."""
    return maker(door).registry.pupils_of("s1")[0].id


def staff_id(door: Any) -> int:
    """Return the id of a member of staff of school s1."""
    staff = select(Placement.staff_id).join(School, School.id == Placement.school_id)
    query = staff.join(DistrictRow, DistrictRow.id == School.district_id)
    found = door.context.session.scalar(query.where(School.code == "s1", DistrictRow.code == "qianfeng"))
    assert found is not None
    return int(found)


SAMPLES: dict[str, Sample] = {
    "registry.register_county": lambda door: (CountyRegistration(name="县"),),
    "registry.found_district": lambda door: (DistrictFoundation(code="new", name="新"),),
    "registry.districts": lambda door: (),
    "registry.plan_set_up": lambda door: (book(),),
    "registry.set_up": lambda door: (maker(door).registry.plan_set_up(book()),),
    "registry.school": lambda door: (school_id(door),),
    "registry.schools": lambda door: (),
    "registry.staff_member": lambda door: (staff_id(door),),
    "registry.pupil": lambda door: (pupil_id(door),),
    "registry.pupils_of": lambda door: ("s1",),
    "registry.district_at_a_glance": lambda door: (),
}
