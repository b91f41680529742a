"""Draws and votes at once: a ceiling is never passed, an item decided once, an emergency ratified once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.budget.chamber import HUNDRED, MET, PLACE, TODAY, Spending, chamber
from xuequ import District, Money, XuequError
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.source import Source
from xuequ.testing.factories import MAKER
from xuequ.unified.budget.models.council import CouncilMeeting, DecisionDraw, DecisionItem
from xuequ.unified.budget.schemas.council import Convening, EmergencyRepair, ItemVote

Act = Callable[[District], object]


def together(engine: Engine, acts: list[Act]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = District(session, PLACE, actor=MAKER, settings=Settings(clock=FixedClock.at(TODAY)))
            ready.wait()
            try:
                act(door)
                session.commit()
            except XuequError as error:
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(do, acts))


def prepared(engine: Engine) -> int:
    """Have a council adopt a ceiling of a hundred yuan; return the item's id."""
    with Session(engine) as session:
        item_id = chamber(session, members=3, spare=1).adopted()
        session.commit()
        return item_id


def drawing(item_id: int, amount: Money, number: int) -> Act:
    source = Source("budget.order", number)
    return lambda door: Spending(door.context).draw(item_id, amount, source, on=MET)


def drawn(engine: Engine, item_id: int) -> tuple[Money, int]:
    """Return what is drawn of an item, and in how many rows."""
    with Session(engine) as session:
        count = select(func.count()).where(DecisionDraw.item_id == item_id)
        total = session.scalars(select(DecisionItem.drawn).where(DecisionItem.id == item_id)).one()
        return total, session.scalars(count).one()


def test_of_two_draws_that_together_pass_the_ceiling_one_is_covered(engine: Engine) -> None:
    item_id, most = prepared(engine), Money.yuan(60)
    came = together(engine, [drawing(item_id, most, 1), drawing(item_id, most, 2)])
    assert came == Counter({"done": 1, "budget.over_ceiling": 1})
    assert drawn(engine, item_id) == (most, 1)


def test_one_source_that_draws_twice_at_once_draws_once(engine: Engine) -> None:
    item_id = prepared(engine)
    assert together(engine, [drawing(item_id, HUNDRED, 1)] * 2) == Counter({"done": 2})
    assert drawn(engine, item_id) == (HUNDRED, 1)


def test_of_two_votes_on_one_emergency_one_ratifies_it(engine: Engine) -> None:
    with Session(engine) as session:
        made = chamber(session, members=3, spare=1)
        values: dict[str, Any] = {"line_id": made.lines["30213"], "began_on": MET}
        command = EmergencyRepair(school="s1", subject="抢修", reason="暴雨", limit=HUNDRED, **values)
        emergency = made.council.record_emergency(command).id
        named = {"school": "s1", "ratifies_id": emergency}
        items = [made.proposed(made.held(number), **named) for number in (1, 2)]
        session.commit()

    def deciding(item_id: int) -> Act:
        return lambda door: door.budget.council.decide(item_id, ItemVote(yes=3))

    came = together(engine, [deciding(one) for one in items])
    assert came == Counter({"done": 1, "budget.not_emergency": 1})
    assert sum(drawn(engine, one)[1] for one in items) == 1


def test_of_two_meetings_with_one_number_one_is_convened(engine: Engine) -> None:
    with Session(engine) as session:
        made = chamber(session, members=1, spare=1)
        command = Convening(number=1, day=MET, chair_id=made.members[0], recorder_id=made.spare[0])
        session.commit()

    def convening(door: District) -> object:
        return door.budget.council.convene(command)

    assert together(engine, [convening] * 2) == Counter({"done": 1, "budget.minutes_number_taken": 1})
    with Session(engine) as session:
        assert session.scalars(select(func.count()).select_from(CouncilMeeting)).one() == 1
