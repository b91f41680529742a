"""Development cases written at once: one effect, and whoever comes second is told which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.party.hall import PLACE, Hall
from tests.unified.party.pipeline import APPLIED, LATER, PAPER, advance, meeting_hall, staff_id, step
from xuequ import District, XuequError
from xuequ.core.settings import FixedClock, Settings
from xuequ.testing.factories import MAKER
from xuequ.unified.party.models.development import DevelopmentCase, DevelopmentStep
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.schemas.development import Application, Voiding

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


def test_one_ballot_taken_for_two_candidates_at_once_decides_on_one(engine: Engine) -> None:
    place, first, _ = prepare(engine, "pre_review")
    with Session(engine) as session:
        door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
        second = advance(
            Hall(door, place.branch_id, place.full, place.probationary, place.groups, place.spare),
            "pre_review",
            1,
        ).id
        session.commit()
    tally = {"source": {"kind": "party.vote", "id": "9"}, "due": 8, "present": 8, "yes": 8}
    meeting = step(place, "meeting", "2026-07-01", tally=tally)
    came = together(
        engine,
        [
            lambda door: door.party.development.record_step(first, meeting),
            lambda door: door.party.development.record_step(second, meeting),
        ],
    )
    assert came == {"done": 1, "party.development_vote_used": 1}


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
