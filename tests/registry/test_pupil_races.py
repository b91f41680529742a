"""Two clerks at once: one effect, and a clear error for the other, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.registry.roster import DASI, FIRST, QIANFENG, agree, class_id, door_on, make_county_of_two
from xuequ.core.errors import XuequError
from xuequ.core.journal import FactRow
from xuequ.district import District
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.schemas.pupils import NewPupil, PupilApplication, Suspension
from xuequ.registry.schemas.transfers import TransferRequest
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex

Act = Callable[[District], object]
ASKED, TODAY = date(2026, 10, 12), date(2026, 10, 19)
NUMBER = "qianfeng-s1-P1"
TO_DASI = TransferRequest(pupil_no=NUMBER, to_district="dasi", to_school="s1", guardian_applied=True)
TO_S2 = TransferRequest(pupil_no=NUMBER, to_school="s2", guardian_applied=True)


@pytest.fixture
def prepared(engine: Engine) -> Engine:
    with Session(engine) as session:
        make_county_of_two(session)
        session.commit()
    return engine


def at_once(engine: Engine, *acts: tuple[str, Act]) -> list[str]:
    """Let each act run in a thread and a transaction of its own; return what came of them, sorted."""
    barrier = Barrier(len(acts))

    def run(place: str, act: Act) -> str:
        with Session(engine) as session:
            door = door_on(session, TODAY, place)
            barrier.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                session.rollback()
                return error.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, *zip(*acts, strict=True)))


def in_one(engine: Engine, act: Callable[[Session], Any]) -> Any:
    with Session(engine) as session:
        found = act(session)
        session.commit()
        return found


def released(engine: Engine) -> int:
    def make(session: Session) -> int:
        transfers = door_on(session, TODAY).registry.transfers
        transfer_id = transfers.request(TO_DASI, ASKED).id
        transfers.release(transfer_id, ASKED)
        return transfer_id

    return int(in_one(engine, make))


def pupil_id(engine: Engine) -> int:
    query = select(Pupil.id).where(Pupil.pupil_no == NUMBER)
    return int(in_one(engine, lambda session: session.scalars(query).one()))


def facts(engine: Engine, name: str) -> int:
    query = select(FactRow.id).where(FactRow.name == f"registry.{name}")
    return len(in_one(engine, lambda session: session.scalars(query).all()))


def counts(engine: Engine) -> int:
    """Return how many pupils the county counts, each once."""

    def count(session: Session) -> int:
        assert agree(session)
        doors = (door_on(session, TODAY, place) for place in (QIANFENG, DASI))
        return sum(roll.pupils for door in doors for roll in door.registry.pupils.rolls())

    return int(in_one(engine, count))


def test_two_clerks_accept_at_once_and_one_does(prepared: Engine) -> None:
    transfer = released(prepared)
    seats = in_one(prepared, lambda session: [class_id(session, "s1", number=n, place=DASI) for n in (1, 2)])

    def accept(seat: int) -> Act:
        return lambda door: door.registry.transfers.accept(transfer, seat)

    outcomes = at_once(prepared, *((DASI, accept(seat)) for seat in seats))
    assert outcomes == ["core.illegal_transition", "done"]
    assert counts(prepared) == 6 and facts(prepared, "transfer_accepted") == 1


def test_accepting_and_withdrawing_at_once_have_one_effect(prepared: Engine) -> None:
    transfer = released(prepared)
    seat = in_one(prepared, lambda session: class_id(session, "s1", place=DASI))
    outcomes = at_once(
        prepared,
        (DASI, lambda door: door.registry.transfers.accept(transfer, seat)),
        (QIANFENG, lambda door: door.registry.transfers.withdraw(transfer)),
    )
    assert outcomes == ["core.illegal_transition", "done"]
    assert facts(prepared, "transfer_accepted") + facts(prepared, "transfer_withdrawn") == 1
    assert counts(prepared) == 6


def test_two_applications_at_once_open_one_transfer(prepared: Engine) -> None:
    outcomes = at_once(
        prepared,
        (QIANFENG, lambda door: door.registry.transfers.request(TO_DASI)),
        (QIANFENG, lambda door: door.registry.transfers.request(TO_S2)),
    )
    assert outcomes == ["done", "registry.transfer_open"]
    assert facts(prepared, "transfer_requested") == 1


def test_a_pupil_is_not_suspended_and_transferred_at_once(prepared: Engine) -> None:
    pupil = pupil_id(prepared)
    asked = Suspension(planned_until=date(2027, 3, 1))
    outcomes = at_once(
        prepared,
        (QIANFENG, lambda door: door.registry.pupils.suspend(pupil, asked)),
        (QIANFENG, lambda door: door.registry.transfers.request(TO_S2)),
    )
    assert outcomes == ["core.illegal_transition", "done"]


def test_two_districts_register_one_number_once(prepared: Engine) -> None:
    new = NewPupil(pupil_no="N1", name="新生", sex=Sex.FEMALE)
    command = PupilApplication(pupil=new, school="s1", stage=Stage.PRIMARY, entry_year=2026)

    def apply(door: District) -> None:
        door.registry.pupils.apply(command, FIRST)

    assert at_once(prepared, (QIANFENG, apply), (DASI, apply)) == ["done", "registry.pupil_known"]
