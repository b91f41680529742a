"""Development cases written at once: one effect, and whoever comes second is told which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.party.hall import PLACE, Hall
from tests.unified.party.pipeline import APPLIED, LATER, PAPER, advance, ballot, meeting_hall, staff_id, step
from xuequ import District, XuequError
from xuequ.core.settings import FixedClock, Settings
from xuequ.testing.factories import MAKER
from xuequ.unified.party.models.development import DevelopmentCase, DevelopmentStep
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.models.votes import Vote
from xuequ.unified.party.schemas.development import Application, Voiding
from xuequ.unified.party.schemas.meetings import Voiding as MeetingVoiding

Act = Callable[[District], object]
SETTINGS = Settings(clock=FixedClock.at(LATER))


def prepare(engine: Engine, up_to: str) -> tuple[Hall, int, int]:
    """Make a hall and a case up to a step; return both, and the id of its last step."""
    with Session(engine) as session:
        place = meeting_hall(session)
        view = advance(place, up_to)
        session.commit()
        return place, view.id, view.steps[-1].id


def together(engine: Engine, acts: list[Act]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
            ready.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def count(engine: Engine, model: type[DevelopmentStep | DevelopmentCase | Member]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_one_step_recorded_by_many_at_once_is_there_once(engine: Engine) -> None:
    place, case_id, _ = prepare(engine, "activist")
    review, before = step(place, "review", "2025-08-20"), count(engine, DevelopmentStep)
    came = together(engine, [lambda door: door.party.development.record_step(case_id, review)] * 6)
    assert came == {"done": 1, "party.development_step_there": 5}
    assert count(engine, DevelopmentStep) == before + 1


def test_an_approval_recorded_by_many_at_once_makes_one_member(engine: Engine) -> None:
    place, case_id, _ = prepare(engine, "meeting")
    approval, before = step(place, "approval", "2026-08-01"), count(engine, Member)
    came = together(engine, [lambda door: door.party.development.record_step(case_id, approval)] * 4)
    assert came == {"done": 1, "party.development_step_there": 3}
    assert count(engine, Member) == before + 1


def test_two_applications_of_one_person_open_one_case(engine: Engine) -> None:
    place, _, _ = prepare(engine, "talk")
    with Session(engine) as session:
        applicant = staff_id(session, place.spare[1])
    command, before = (
        Application(staff_id=applicant, on=APPLIED, document=PAPER),
        count(engine, DevelopmentCase),
    )
    came = together(engine, [lambda door: door.party.development.open_case(command)] * 4)
    assert came == {"done": 1, "party.development_open_already": 3}
    assert count(engine, DevelopmentCase) == before + 1


def test_a_vote_that_is_voided_while_a_step_is_recorded_on_it_does_not_go_from_under_it(
    engine: Engine,
) -> None:
    place, case_id, _ = prepare(engine, "pre_review")
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        vote_id = ballot(replace(place, door=door), case_id, "meeting", "2026-07-01").id
        session.commit()
    meeting = step(place, "meeting", "2026-07-01")
    acts: list[Act] = [
        lambda door: door.party.development.record_step(case_id, meeting),
        lambda door: door.party.votes.void_vote(vote_id, MeetingVoiding(reason="计票有误")),
    ]
    came = together(engine, acts)
    assert came["done"] == 1 and came.keys() - {"done"} <= {
        *("party.vote_stands_under_step", "party.development_vote_missing"),
    }
    with Session(engine) as session:
        recorded = session.scalar(select(func.count()).where(DevelopmentStep.vote_id == vote_id))
        standing = session.scalars(select(Vote.voided_on).where(Vote.id == vote_id)).one() is None
    assert (recorded == 1) is standing


def test_a_step_that_is_voided_while_the_next_is_recorded_leaves_no_gap(engine: Engine) -> None:
    place, case_id, step_id = prepare(engine, "activist")
    review = step(place, "review", "2025-08-20")
    came = together(
        engine,
        [
            lambda door: door.party.development.record_step(case_id, review),
            lambda door: door.party.development.void_step(step_id, Voiding(reason="录错")),
        ],
    )
    assert came["done"] == 1
    with Session(engine) as session:
        standing = select(DevelopmentStep.number).where(
            DevelopmentStep.case_id == case_id, DevelopmentStep.voided_at.is_(None)
        )
        numbers = sorted(session.scalars(standing))
    assert numbers == list(range(1, len(numbers) + 1))
