"""Allotments and releases at once: one number is adopted once, one line is never released twice over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.unified.budget.allotting import adopt_budget, allotting, amount, at, release
from xuequ import District, Money, XuequError
from xuequ.unified.budget.schemas.allotments import AllotmentAdoption, ReleaseVoiding

Act = Callable[[District], object]
FIRST = AllotmentAdoption(year=2027)


def together(engine: Engine, acts: list[Act]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = at(session)
            ready.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def prepare(engine: Engine) -> int:
    """Make a district with a budget; return its training line of 100 yuan."""
    with Session(engine) as session:
        lines = (amount("operating", "30201", 900), amount("training", "30216", 100))
        line_id = adopt_budget(allotting(session, pupils=2), *lines)[1]
        session.commit()
        return line_id


def test_of_two_who_adopt_at_once_one_does(engine: Engine) -> None:
    prepare(engine)
    acts: list[Act] = [lambda door: door.budget.allotments.adopt_allotment(FIRST)] * 2
    assert together(engine, acts) == {"done": 1, "budget.allotment_there": 1}


def test_a_line_is_released_at_once_only_as_far_as_it_goes(engine: Engine) -> None:
    line_id = prepare(engine)
    same: Act = lambda door: door.budget.allotments.release_funds(release(line_id, 60))  # noqa: E731
    other: Act = lambda door: door.budget.allotments.release_funds(release(line_id, 60, "H2"))  # noqa: E731
    came = together(engine, [same, same, other])
    assert came["budget.insufficient"] >= 1 and came["done"] == 3 - came["budget.insufficient"]
    with Session(engine) as session:
        budget = at(session).budget
        held = budget.allotments.releases(2027)
        assert [one.amount for one in held] == [Money.yuan(60)]
        assert budget.ledger.line(line_id).available == Money.yuan(40)


def test_a_release_ends_once_whoever_ends_it_at_once(engine: Engine) -> None:
    line_id = prepare(engine)
    with Session(engine) as session:
        release_id = at(session).budget.allotments.release_funds(release(line_id, 60)).id
        session.commit()
    voiding = ReleaseVoiding(release_id=release_id, reason="重复")
    acts: list[Act] = [
        lambda door: door.budget.allotments.give_back(release_id),
        lambda door: door.budget.allotments.void_release(voiding),
    ]
    assert together(engine, acts) == {"done": 1, "budget.release_ended": 1}
    with Session(engine) as session:
        assert at(session).budget.ledger.line(line_id).available == Money.yuan(100)
