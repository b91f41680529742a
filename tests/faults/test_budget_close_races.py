"""The close of a year raced by vouchers, and adjustments raced by each other: sums are right either way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.unified.budget.fiscal import (
    PLACE,
    carry_basic,
    change,
    draft,
    findings,
    fiscal,
    income,
    line,
    pay,
    yuan,
)
from xuequ import District, Money, XuequError
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.budget.schemas.adjustments import AdjustmentReversal

Act = Callable[[District], object]
DAY = date(2026, 9, 1)


def door_of(session: Session) -> District:
    return District(session, PLACE, actor=MAKER, settings=SETTINGS)


def together(engine: Engine, acts: list[Act]) -> Counter[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            door = door_of(session)
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
    """Make a district with a budget; return its line for books."""
    with Session(engine) as session:
        door = fiscal(session)
        carry_basic(door)
        session.commit()
        return line(door, "30218").id


def test_a_voucher_that_races_the_close_is_counted_or_refused(engine: Engine) -> None:
    books = prepare(engine)

    def voucher(number: int) -> Act:
        return lambda door: pay(door, books, 10, number)

    def close(door: District) -> object:
        return door.budget.closing.close(2026)

    acts: list[Act] = [voucher(number) for number in range(1, 11)]
    came = together(engine, [*acts[:5], close, close, *acts[5:]])
    assert came["done"] + came["budget.year_closed"] == len(acts) + 2
    with Session(engine) as session:
        door = door_of(session)
        paid = line(door, "30218").paid
        assert paid == yuan(10 * (came["done"] - 2))
        assert line(door, "30218", 2027).carried_in == yuan(1000) - paid
        assert findings(door) == []


def test_one_adjustment_applied_by_many_at_once_counts_once(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        door = door_of(session)
        for number, amount in (("T1", 5), ("T2", 7)):
            command = draft(number, change("30201", amount), incomes=income(amount))
            door.budget.adjustments.draft(command)
            door.budget.adjustments.record_approval(number, f"财调{number}")
        session.commit()

    def applying(number: str) -> Act:
        return lambda door: door.budget.adjustments.apply(number)

    acts = [applying(number) for number in ("T1", "T2") for _ in range(4)]
    assert together(engine, acts) == {"done": 8}
    with Session(engine) as session:
        door = door_of(session)
        assert line(door, "30201").adjusted == yuan(12)
        assert findings(door) == []


def test_an_adjustment_reversed_by_many_at_once_is_reversed_once(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        door = door_of(session)
        door.budget.adjustments.draft(draft("T1", change("30201", 5), incomes=income(5)))
        door.budget.adjustments.record_approval("T1", "财调1")
        door.budget.adjustments.apply("T1")
        session.commit()

    def red(number: int) -> Act:
        command = AdjustmentReversal(number=f"H{number}", reverses="T1", day=DAY, reason="有误")
        return lambda door: door.budget.adjustments.reverse(command)

    came = together(engine, [red(number) for number in range(4)])
    assert came == {"done": 1, "budget.adjustment_reversed": 3}


def test_an_adjustment_that_races_the_close_is_carried_or_refused(engine: Engine) -> None:
    prepare(engine)
    with Session(engine) as session:
        door = door_of(session)
        command = draft("T1", change("30218", 5, "books"), incomes=income(5, "books"))
        door.budget.adjustments.draft(command)
        door.budget.adjustments.record_approval("T1", "财调1")
        session.commit()
    acts: list[Act] = [
        lambda door: door.budget.adjustments.apply("T1"),
        lambda door: door.budget.closing.close(2026),
    ]
    came = together(engine, acts)
    assert came["done"] + came["budget.year_closed"] == 2
    with Session(engine) as session:
        door = door_of(session)
        more = Money(0) if came["budget.year_closed"] else yuan(5)
        assert line(door, "30218", 2027).carried_in == yuan(1000) + more
        assert findings(door) == []
