"""Staff as of a day: single people, lists, counts, and who may see them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.registry.staffing import (
    DEC,
    ELSEWHERE,
    NOV,
    OCT,
    PLACE,
    counted,
    county,
    door,
    ending,
    placing,
    staff,
    taking_on,
)
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.core.journal import FactRow
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.staff import (
    PlacementKindUnfit,
    StaffUnknown,
)
from xuequ.registry.models.staff import Employment, Placement
from xuequ.registry.states.staff import StandingKind, Title
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS


@pytest.fixture
def made(session: Session) -> Session:
    make_district(session, PLACE, schools=3, staff=2)
    return session


def test_the_list_of_a_school_has_who_works_there_and_not_who_is_employed(made: Session) -> None:
    service = door(made).registry.staff
    service.place_staff(placing(made, staff(made), "s2", NOV))
    assert [one.staff_no for one in service.staff_of("s1", NOV)] == ["qianfeng-s1-T2"]
    at_s2 = service.staff_of("s2", NOV)
    assert [(one.employer, one.school) for one in at_s2] == [("s1", "s2"), ("s2", "s2"), ("s2", "s2")]
    assert {one.title for one in at_s2} == {Title.FIRST}
    with pytest.raises(DistrictNeeded):
        county(made).registry.staff.staff_of("s2", NOV)


def test_a_list_and_an_overview_take_the_same_statements_for_few_and_many(made: Session) -> None:
    make_district(made, ELSEWHERE, schools=5, staff=12)
    counts: list[tuple[int, int]] = []
    for place in (PLACE, ELSEWHERE):
        service = door(made, place).registry.staff
        assert service.context.scope
        with counted(made) as listing:
            service.staff_of("s1", NOV)
        with counted(made) as counting:
            service.overview(NOV)
        counts.append((len(listing), len(counting)))
    assert counts == [(2, 4), (2, 4)]


def test_the_overview_counts_by_school_and_by_what_is_held(made: Session) -> None:
    service = door(made).registry.staff
    service.take_on(taking_on(made))
    service.place_staff(placing(made, staff(made), "s2", NOV))
    service.end_employment(ending(staff(made, "s3"), NOV))
    seen = service.overview(NOV)
    assert (seen.employed, seen.working) == (6, 6)
    assert [(one.school, one.employed, one.working, one.from_elsewhere) for one in seen.schools] == [
        *[("s1", 3, 2, 0), ("s2", 2, 3, 1), ("s3", 1, 1, 0)]
    ]
    titles = {one.code: one.staff for one in seen.held if one.kind is StandingKind.TITLE}
    assert (titles["first"], titles["senior"], titles[None]) == (5, 0, 1)
    assert sum(one.staff for one in seen.held if one.kind is StandingKind.EDUCATION) == 6
    assert (service.overview(OCT - timedelta(1)).working, service.overview(date(2020, 1, 1)).working) == (
        6,
        0,
    )


def test_somebody_is_found_by_number_too(made: Session) -> None:
    service = door(made).registry.staff
    assert service.staff_as_of("qianfeng-s1-T1") == service.staff_as_of(staff(made))
    with pytest.raises(StaffUnknown):
        service.staff_as_of("T0")


# who may, and where


def test_the_head_of_the_school_of_work_sees_a_teacher_on_rotation(made: Session) -> None:
    who = staff(made)
    door(made).registry.staff.place_staff(placing(made, who, "s2", NOV))

    def head_of(code: str) -> District:
        actor = Actor("T9", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/{code}"),))
        return District(made, PLACE, actor=actor, settings=SETTINGS)

    assert head_of("s2").registry.staff.works_at(who, NOV) is not None
    assert head_of("s1").registry.staff.works_at(who, OCT) is not None
    with pytest.raises(ActionNotPermitted):
        head_of("s1").registry.staff.works_at(who, NOV)
    with pytest.raises(ActionNotPermitted):
        head_of("s2").registry.staff.place_staff(placing(made, who, "s3", DEC))


def test_a_teacher_lent_by_another_district_is_seen_here_and_belongs_there(made: Session) -> None:
    make_district(made, ELSEWHERE, schools=2)
    guest = staff(made, "s2", place=ELSEWHERE)
    here, there = door(made), door(made, ELSEWHERE)
    with pytest.raises(StaffUnknown):
        here.registry.staff.works_at(guest, NOV)
    lent = placing(made, guest, "s1", NOV)
    with pytest.raises(StaffUnknown):
        here.registry.staff.place_staff(lent)
    with pytest.raises(SchoolUnknown):
        there.registry.staff.place_staff(lent)
    county(made).registry.staff.place_staff(lent)
    seen = here.registry.staff.works_at(guest, NOV)
    assert seen is not None and seen.school == "s1"
    assert len(here.registry.staff.staff_of("s1", NOV)) == 3
    actor = Actor("T9", (Holding(Post.SCHOOL_HEAD, f"{ELSEWHERE}/s1"),))  # of a school of the same code
    with pytest.raises(ActionNotPermitted):
        District(made, ELSEWHERE, actor=actor, settings=SETTINGS).registry.staff.works_at(guest, NOV)
    assert there.registry.staff.come_back(guest, DEC).school == "s2"


def test_two_counties_never_mix(made: Session) -> None:
    make_district(made, "530922/dasi", schools=1)
    stranger = staff(made, place="530922/dasi")
    for act in (
        lambda: county(made).registry.staff.works_at(stranger, NOV),
        lambda: county(made).registry.staff.history(stranger),
        lambda: county(made).registry.staff.end_employment(ending(stranger, NOV)),
        lambda: county(made).registry.staff.place_staff(placing(made, stranger, "s1", NOV)),
    ):
        with pytest.raises(StaffUnknown):
            act()


def test_what_is_refused_or_undone_leaves_nothing(made: Session) -> None:
    def rows() -> tuple[Any, ...]:
        return tuple(
            made.scalar(select(func.count()).select_from(one)) for one in (Employment, Placement, FactRow)
        )

    before, service = rows(), door(made).registry.staff
    nested = made.begin_nested()
    service.take_on(taking_on(made))
    service.place_staff(placing(made, staff(made), "s2", NOV))
    nested.rollback()
    with pytest.raises(PlacementKindUnfit):
        service.place_staff(placing(made, staff(made), "s1", NOV))
    assert rows() == before
