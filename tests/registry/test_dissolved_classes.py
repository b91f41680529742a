"""A class that is dissolved, or not formed yet, takes no pupils, whichever way they come."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.registry.roster import (
    DASI,
    FIRST,
    QIANFENG,
    agree,
    class_id,
    door_on,
    make_county_of_two,
    pupil_ids,
)
from tests.registry.staffing import school
from tests.registry.test_closed_schools import application, newcomer
from xuequ.core.errors import Problems, XuequError
from xuequ.district import District
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.schemas.classes import ClassForming
from xuequ.registry.schemas.pupils import MoveRow, Suspension
from xuequ.registry.schemas.set_up import PlaceRow, PupilRow
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import MoveKind
from xuequ.testing import reading_of

DAY, DISSOLVED, TODAY = date(2026, 10, 12), date(2026, 10, 15), date(2026, 10, 19)
DISSOLVED_CODE, NOT_BEGUN = "registry.class_dissolved", "registry.class_not_begun"
Way = Callable[[District, int, int], object]


def codes(act: Callable[[], object]) -> list[str]:
    """Return the codes of what an act is refused for."""
    try:
        act()
    except Problems as problems:
        return [problem.error.code for problem in problems.problems]
    except XuequError as error:
        return [error.code]
    return []


def register(door: District, into: int, number: int) -> object:
    applied = door.registry.pupils.apply(application("s1", "A1"), FIRST)
    door.registry.pupils.admit([applied.id], FIRST)
    return door.registry.pupils.register([applied.id], into, DAY)


def change_class(door: District, into: int, number: int) -> object:
    return door.registry.pupils.change_class(pupil_ids(door)[0], into, DAY)


def resume(door: District, into: int, number: int) -> object:
    pupil_id = pupil_ids(door)[0]
    door.registry.pupils.suspend(pupil_id, Suspension(planned_until=date(2027, 2, 1)), FIRST)
    return door.registry.pupils.resume(pupil_id, DAY, class_id=into)


def record_moves(door: District, into: int, number: int) -> object:
    row = MoveRow(pupil_no="qianfeng-s1-P1", kind=MoveKind.CHANGE_CLASS, on=DAY, number=number)
    return door.registry.pupils.record_moves("s1", [row])


def accept(door: District, into: int, number: int) -> object:
    there = door_on(door.context.session, TODAY, DASI).registry.transfers
    request = TransferRequest(
        pupil_no="dasi-s1-P1", to_district="qianfeng", to_school="s1", guardian_applied=True
    )
    asked = there.request(request, FIRST)
    there.release(asked.id, FIRST)
    return door.registry.transfers.accept(asked.id, into, DAY)


def take_in(door: District, into: int, number: int) -> object:
    command = TransferArrival(pupil=newcomer("N1"), outside="外县", class_id=into, guardian_applied=True)
    return door.registry.transfers.take_in(command, DAY)


def set_up(door: District, into: int, number: int) -> object:
    names = {"county_name": "县530921教育局", "district_name": "qianfeng学区"}
    place = PlaceRow(county="530921", district="qianfeng", as_of=TODAY, **names)
    pupil = PupilRow(
        pupil_no="N2",
        name="生",
        sex=Sex.MALE,
        school="s1",
        stage=Stage.PRIMARY,
        entry_year=2026,
        number=number,
        since=DAY,
    )
    plan = door.registry.plan_set_up(reading_of({"place": [place], "pupils": [pupil]}))
    return door.registry.set_up(plan)


WAYS = [register, change_class, resume, record_moves, accept, take_in, set_up]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_into_a_dissolved_class(session: Session, way: Way) -> None:
    door = make_county_of_two(session) and door_on(session, TODAY)
    into = class_id(session, "s1", number=2)
    door.registry.classes.dissolve_class(into, DISSOLVED)
    # on a day before, too: nobody would have a class from the day of its end
    assert codes(lambda: way(door, into, 2)) == [DISSOLVED_CODE]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_into_a_class_that_is_formed_later(session: Session, way: Way) -> None:
    door = make_county_of_two(session) and door_on(session, TODAY)
    forming = ClassForming(school_id=school(session, "s1"), stage=Stage.PRIMARY, entry_year=2026, number=3)
    (formed,) = door.registry.classes.form_classes([forming], DISSOLVED)
    assert codes(lambda: way(door, formed.id, 3)) == [NOT_BEGUN]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_leads_into_a_class_that_is_there(session: Session, way: Way) -> None:
    door = make_county_of_two(session) and door_on(session, TODAY)
    assert codes(lambda: way(door, class_id(session, "s1", number=2), 2)) == []
    assert agree(session)


def test_who_waited_for_a_class_to_be_dissolved_does_not_get_into_it(engine: Engine) -> None:
    with Session(engine) as session:
        make_county_of_two(session)
        into = class_id(session, "s1", number=2)
        session.commit()

    def change() -> list[str]:
        with Session(engine) as own:
            door = door_on(own, TODAY, QIANFENG)
            found = codes(lambda: change_class(door, into, 2))
            own.rollback()
            return found

    with Session(engine) as session, ThreadPoolExecutor(1) as pool:
        door_on(session, TODAY).registry.classes.dissolve_class(into, DAY)
        waiting = pool.submit(change)
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        session.commit()
        assert waiting.result(timeout=30) == [DISSOLVED_CODE]
    with Session(engine) as session:
        assert session.scalars(select(Enrolment.id).where(Enrolment.class_id == into)).all() == []
