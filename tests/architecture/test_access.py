"""The generated matrix: every public method of every service, by nobody, by each post, here and elsewhere.

A new public method fails here until it names its action and gets a sample call in `SAMPLES`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from xuequ.core.access import NOBODY, Action, Actor, Holding, Post
from xuequ.core.context import At, Service
from xuequ.core.errors import ActionNotPermitted, XuequError
from xuequ.district import District
from xuequ.registry.models import District as DistrictRow
from xuequ.registry.models import Placement, School
from xuequ.registry.schemas import CountyRegistration, DistrictFoundation
from xuequ.registry.service import RegistryService
from xuequ.testing import make_district, reading_of
from xuequ.testing.factories import SETTINGS, invented_rows

HERE, ELSEWHERE = "530921/qianfeng", "530921/dasi"
SCHOOL, OTHER_SCHOOL = f"{HERE}/s1", f"{HERE}/s2"
SERVICES: dict[str, type[Service]] = {"registry": RegistryService}


def _plan(district: District) -> Any:
    maker = District(district.context.session, HERE, actor=Actor.system("sample"), settings=SETTINGS)
    return maker.registry.plan_set_up(_book())


def _book() -> Any:
    return reading_of(invented_rows(HERE, schools=2, pupils=1, staff=1))


def _first(district: District, what: str) -> int:
    maker = District(district.context.session, HERE, actor=Actor.system("sample"), settings=SETTINGS)
    if what == "school":
        return next(school.id for school in maker.registry.schools() if school.code == "s1")
    if what == "pupil":
        return maker.registry.pupils_of("s1")[0].id
    staff = select(Placement.staff_id).join(School, School.id == Placement.school_id)
    query = staff.join(DistrictRow, DistrictRow.id == School.district_id)
    found = district.context.session.scalar(query.where(School.code == "s1", DistrictRow.code == "qianfeng"))
    assert found is not None
    return found


SAMPLES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "registry.register_county": lambda door: (CountyRegistration(name="县"),),
    "registry.found_district": lambda door: (DistrictFoundation(code="new", name="新"),),
    "registry.districts": lambda door: (),
    "registry.plan_set_up": lambda door: (_book(),),
    "registry.set_up": lambda door: (_plan(door),),
    "registry.school": lambda door: (_first(door, "school"),),
    "registry.schools": lambda door: (),
    "registry.staff_member": lambda door: (_first(door, "staff"),),
    "registry.pupil": lambda door: (_first(door, "pupil"),),
    "registry.pupils_of": lambda door: ("s1",),
    "registry.district_at_a_glance": lambda door: (),
}


def public_methods() -> list[str]:
    return [
        f"{part}.{name}"
        for part, service in SERVICES.items()
        for name, _ in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_")
    ]


def action_of(method: str) -> Action:
    part, name = method.split(".")
    found = getattr(getattr(SERVICES[part], name), "action", None)
    assert isinstance(found, Action), f"{method} names no action"
    return found


def where(method: str) -> str:
    """Return the place at or above which a post must be held."""
    part, name = method.split(".")
    return {At.COUNTY: "530921", At.DOOR: HERE, At.SCHOOL: SCHOOL}[getattr(SERVICES[part], name).at]


def allowed(session: Session, method: str, actor: Actor) -> bool:
    """Call the method as the actor; tell whether the policy let it in."""
    part, name = method.split(".")
    door = District(session, HERE, actor=actor, settings=SETTINGS)
    arguments = SAMPLES[method](door)
    nested = session.begin_nested()
    try:
        getattr(getattr(door, part), name)(*arguments)
    except ActionNotPermitted:
        return False
    except XuequError:
        return True  # refused for another reason, behind the policy
    finally:
        nested.rollback()
    return True


@pytest.fixture
def districts(session: Session) -> Session:
    make_district(session, HERE, schools=2, pupils=1, staff=1)
    make_district(session, ELSEWHERE, schools=1, pupils=1, staff=1)
    return session


def test_every_public_method_names_its_action_and_has_a_sample_call() -> None:
    methods = public_methods()
    assert set(methods) == set(SAMPLES)
    for method in methods:
        found = action_of(method)
        assert found.code.startswith(method.split(".")[0] + ".")
        assert found.posts and found.label


@pytest.mark.parametrize("method", sorted(SAMPLES))
def test_the_matrix(districts: Session, method: str) -> None:
    """Whoever holds a post of the action at or above the place may; everybody else may not."""
    wanted = action_of(method).posts
    own_place = where(method)
    assert not allowed(districts, method, NOBODY)
    assert not allowed(districts, method, Actor("T1"))
    assert allowed(districts, method, Actor.system("matrix"))
    for post in Post:
        for place in ("530921", "530922", HERE, ELSEWHERE, SCHOOL, OTHER_SCHOOL, f"{ELSEWHERE}/s1"):
            reaches = own_place == place or own_place.startswith(place + "/")
            may = post in wanted and reaches
            actor = Actor("T1", (Holding(post, place),))
            assert allowed(districts, method, actor) == may, (post, place)
