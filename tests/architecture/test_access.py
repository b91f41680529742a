"""The generated matrix: every public method of every service, by nobody, by each post, here and elsewhere.

A new public method fails here until it names its action and gets a sample call in `samples`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter
from typing import Any, get_type_hints

import pytest
from sqlalchemy.orm import Session

from tests.architecture.samples import SAMPLES
from tests.architecture.samples.ground import ELSEWHERE, HERE
from xuequ.core.access import NOBODY, Action, Actor, Holding, Post
from xuequ.core.context import At, Service
from xuequ.core.errors import ActionNotPermitted, XuequError
from xuequ.district import District
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS

SCHOOL, OTHER_SCHOOL = f"{HERE}/s1", f"{HERE}/s2"


def services(owner: type[Any], path: str = "") -> Iterator[tuple[str, type[Service]]]:
    """Walk the services that hang on a door, and those that hang on a service."""
    for name, found in inspect.getmembers(owner, lambda member: isinstance(member, cached_property)):
        kind = get_type_hints(found.func)["return"]
        if isinstance(kind, type) and issubclass(kind, Service):
            yield f"{path}{name}", kind
            yield from services(kind, f"{path}{name}.")


SERVICES = dict(services(District))


def public_methods() -> list[str]:
    return [
        f"{path}.{name}"
        for path, service in SERVICES.items()
        for name, _ in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_")
    ]


def method_of(path: str) -> Any:
    service, _, name = path.rpartition(".")
    return getattr(SERVICES[service], name)


def action_of(path: str) -> Action:
    found = getattr(method_of(path), "action", None)
    assert isinstance(found, Action), f"{path} names no action"
    return found


def where(path: str) -> str:
    """Return the place at or above which a post must be held."""
    return {At.COUNTY: "530921", At.DOOR: HERE, At.SCHOOL: SCHOOL}[method_of(path).at]


def allowed(session: Session, path: str, actor: Actor, arguments: tuple[Any, ...]) -> bool:
    """Call the method as the actor; tell whether the policy let it in."""
    door = District(session, HERE, actor=actor, settings=SETTINGS)
    nested = session.begin_nested()
    try:
        attrgetter(path)(door)(*arguments)
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


def test_every_public_method_has_a_sample_call() -> None:
    assert set(public_methods()) == set(SAMPLES)


@pytest.mark.parametrize("path", public_methods())
def test_a_public_method_names_its_action(path: str) -> None:
    found = action_of(path)
    assert found.code.startswith(path.split(".")[0] + ".")
    assert found.posts and found.label


EVERYWHERE = ("530921", "530922", HERE, ELSEWHERE, SCHOOL, OTHER_SCHOOL, f"{ELSEWHERE}/s1")
ABOVE = ("530921", HERE, SCHOOL)
"""Where a post that an action is not of would reach most."""


@pytest.mark.parametrize("path", sorted(SAMPLES))
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # who may is decided before any database
def test_the_matrix(districts: Session, path: str) -> None:
    """Whoever holds a post of the action at or above the place may; everybody else may not."""
    wanted = action_of(path).posts
    own_place = where(path)
    arguments = SAMPLES[path](District(districts, HERE, actor=Actor.system("sample"), settings=SETTINGS))
    assert not allowed(districts, path, NOBODY, arguments)
    assert not allowed(districts, path, Actor("T1"), arguments)
    assert allowed(districts, path, Actor.system("matrix"), arguments)
    for post in Post:
        for place in EVERYWHERE if post in wanted else ABOVE:
            reaches = own_place == place or own_place.startswith(place + "/")
            may = post in wanted and reaches
            actor = Actor("T1", (Holding(post, place),))
            assert allowed(districts, path, actor, arguments) == may, (post, place)
