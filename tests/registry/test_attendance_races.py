"""Racing callers: one roll, one freeze, and no roll in a half-day that is being closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.registry.attendance_doors import AM, MONDAY, PLACE, PM, class_of, evening, marks, pupils
from xuequ import District
from xuequ.core.errors import XuequError
from xuequ.registry.errors.attendance import NoSchoolThen, RollKnown, RollReplaced
from xuequ.registry.errors.headcounts import HeadcountAlreadyFrozen
from xuequ.registry.models.attendance import Roll
from xuequ.registry.models.headcounts import HeadcountFreeze
from xuequ.registry.repository.classes import ClassRows
from xuequ.registry.schemas.attendance import RollCall, RollCorrection
from xuequ.registry.schemas.calendar import ClosureCommand
from xuequ.registry.schemas.headcounts import HeadcountDrawing
from xuequ.registry.states.attendance import PupilAttendance
from xuequ.registry.states.calendar import ClosureReason
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER

CALLERS = 6


@pytest.fixture
def made(engine: Engine) -> Engine:
    with Session(engine) as session:
        make_district(session, PLACE)
        session.commit()
    return engine


def door(session: Session) -> District:
    return evening(District(session, PLACE, actor=MAKER), MONDAY)


def race(
    engine: Engine, act: Callable[[District], object], callers: int = CALLERS
) -> Counter[type[XuequError] | None]:
    """Let callers do the same at once, each in a transaction of its own; return what each met with."""

    def attempt(_: int) -> type[XuequError] | None:
        with Session(engine) as session:
            try:
                act(door(session))
                session.commit()
            except XuequError as error:
                return type(error)
        return None

    with ThreadPoolExecutor(callers) as pool:
        return Counter(pool.map(attempt, range(callers)))


def test_a_roll_that_many_call_at_once_is_called_once(made: Engine) -> None:
    with Session(made) as session:
        class_id, (first, *_) = class_of(door(session)), pupils(door(session))
    roll = RollCall(class_id=class_id, day=MONDAY, half=AM)
    found = race(made, lambda one: one.registry.attendance.call_roll(roll))
    assert found == {None: 1, RollKnown: CALLERS - 1}
    correction = RollCorrection(
        **roll.model_dump(exclude={"exceptions"}),
        exceptions=marks(PupilAttendance.SICK, first),
        edition=1,
        reason="漏记病假",
    )
    found = race(made, lambda one: one.registry.attendance.correct_roll(correction))
    assert found == {None: 1, RollReplaced: CALLERS - 1}
    with Session(made) as session:
        assert session.scalar(select(func.count()).select_from(Roll)) == 2


def test_a_headcount_that_many_freeze_at_once_is_frozen_once(made: Engine) -> None:
    drawing = HeadcountDrawing(count_date=MONDAY, purpose=CountPurpose.FUNDS)
    with Session(made) as session:
        headcount_id = door(session).registry.headcounts.draft_snapshot(drawing).id
        session.commit()
    found = race(made, lambda one: one.registry.headcounts.freeze(headcount_id, "上报期限已到"))
    assert found == {None: 1, HeadcountAlreadyFrozen: CALLERS - 1}
    with Session(made) as session:
        assert session.scalar(select(func.count()).select_from(HeadcountFreeze)) == 1


def test_a_roll_waits_for_a_closure_that_is_under_way_and_is_refused_by_it(made: Engine) -> None:
    with Session(made) as session:
        roll = RollCall(class_id=class_of(door(session)), day=MONDAY, half=PM)
    begun = Event()

    def call_it() -> type[XuequError] | None:
        with Session(made) as session:
            begun.set()
            try:
                door(session).registry.attendance.call_roll(roll)
            except XuequError as error:
                return type(error)
        return None

    closing = ClosureCommand(first=MONDAY, last=MONDAY, first_half=PM, reason=ClosureReason.WEATHER)
    with Session(made) as session, ThreadPoolExecutor(1) as pool:
        door(session).registry.calendar.announce_closure(closing)
        waiting = pool.submit(call_it)
        begun.wait()
        session.commit()
        assert waiting.result() is NoSchoolThen


def until_somebody_waits(engine: Engine) -> None:
    """Wait until another transaction is held up by a lock; SQLite has none of rows, so nobody is."""
    with engine.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while engine.dialect.name == "postgresql" and not connection.scalar(waiting):
            sleep(0.02)


def test_a_roll_and_who_changes_the_class_lock_in_one_order(made: Engine) -> None:
    """Both lock the school before the class; the other way round they would wait for each other for ever."""
    with Session(made) as session:
        class_id = class_of(door(session))
    roll = RollCall(class_id=class_id, day=MONDAY, half=AM)
    with Session(made) as session, ThreadPoolExecutor(1) as pool:
        context = door(session).context
        rows = ClassRows(session, context.scope, context.place)
        rows.lock_schools([row.school_id for row in rows.classes([class_id], MONDAY).values()])
        calling = pool.submit(race, made, lambda one: one.registry.attendance.call_roll(roll), callers=1)
        until_somebody_waits(made)
        rows.lock_classes([class_id])
        session.commit()
        assert calling.result() == {None: 1}
