"""Claims in a race: two who approve one, two who pay it, two who claim one invoice."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.unified.budget.buying import order_id, ordered
from tests.unified.budget.counter import Counter, counter
from xuequ import Post, XuequError
from xuequ.core.money import Money
from xuequ.unified.budget.models.claims import BudgetClaimStep
from xuequ.unified.budget.schemas.claims import InvoiceClaimed

Act = Callable[[Counter], object]


def prepare(engine: Engine, prepared: Callable[[Counter], Any]) -> tuple[Counter, Any]:
    """Make a counter and what is raced for."""
    with Session(engine) as session:
        desk = counter(session)
        made = prepared(desk)
        session.commit()
        return desk, made


def together(engine: Engine, desk: Counter, acts: list[Act]) -> Tally[str]:
    """Do acts at once, each in a transaction of its own; count what came of them."""
    ready = Barrier(len(acts))

    def do(act: Act) -> str:
        with Session(engine) as session:
            mine = Counter(
                *(session, desk.place, desk.staff, desk.claimant, desk.claimant_no),
                *(desk.goods, desk.training),
            )
            ready.wait()
            try:
                act(mine)
                session.commit()
            except XuequError as error:
                session.rollback()
                return error.code
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return Tally(pool.map(do, acts))


def steps(engine: Engine, act: str) -> int | None:
    with Session(engine) as session:
        query = select(func.count()).select_from(BudgetClaimStep).where(BudgetClaimStep.act == act)
        return session.scalar(query)


def pots(engine: Engine, desk: Counter) -> tuple[str, str, str]:
    with Session(engine) as session:
        line = Counter(session, desk.place, {}, 0, "", desk.goods, 0).door().budget.ledger.line(desk.goods)
        return str(line.reserved), str(line.committed), str(line.paid)


def test_of_two_who_approve_one_claim_one_does_and_the_other_is_told(engine: Engine) -> None:
    desk, claim = prepare(engine, lambda desk: desk.checked("100").id)

    def approve(post: Post) -> Act:
        return lambda mine: mine.door(post).budget.claims.approve(claim)

    came = together(engine, desk, [approve(Post.PRINCIPAL), approve(Post.GENERAL_AFFAIRS_DIRECTOR)])
    assert came == {"done": 1, "budget.claim_taken": 1}
    assert steps(engine, "approve") == 1
    assert pots(engine, desk) == ("0.00", "100.00", "0.00")


def test_a_claim_that_is_paid_by_the_same_cashier_twice_at_once_is_paid_once(engine: Engine) -> None:
    desk, claim = prepare(engine, lambda desk: desk.approved("100").id)
    pay: Act = lambda mine: mine.door(Post.CASHIER).budget.claims.pay(claim)  # noqa: E731
    assert together(engine, desk, [pay, pay]) == {"done": 2}
    assert steps(engine, "pay") == 1
    assert pots(engine, desk) == ("0.00", "0.00", "100.00")


def test_a_payment_and_a_return_at_once_are_one_of_them(engine: Engine) -> None:
    desk, claim = prepare(engine, lambda desk: desk.approved("100").id)
    came = together(
        engine,
        desk,
        [
            lambda mine: mine.door(Post.CASHIER).budget.claims.pay(claim),
            lambda mine: mine.door(Post.PRINCIPAL).budget.claims.return_claim(claim, "退"),
        ],
    )
    assert came == {"done": 1, "core.illegal_transition": 1}
    assert pots(engine, desk) in {("0.00", "0.00", "100.00"), ("0.00", "0.00", "0.00")}


def test_of_many_who_claim_one_invoice_at_once_one_does(engine: Engine) -> None:
    desk, commands = prepare(
        engine,
        lambda desk: [
            desk.claiming(
                "50", invoices=(InvoiceClaimed(number="77", day=date(2026, 10, 1), amount=Money(5000)),)
            )
            for _ in range(4)
        ],
    )

    def draft(command: Any) -> Act:
        return lambda mine: mine.door(mine.claimant_no).budget.claims.draft([command])

    came = together(engine, desk, [draft(command) for command in commands])
    assert came == {"done": 1, "budget.invoice_used": 3}


def test_two_claims_of_one_order_share_its_commitment_and_no_more(engine: Engine) -> None:
    def prepared(desk: Counter) -> list[int]:
        order = order_id(ordered(desk))
        return [desk.draft("80", order_id=order).id for _ in range(2)]

    desk, claims = prepare(engine, prepared)

    def submit(claim: int) -> Act:
        return lambda mine: mine.door(Post.SCHOOL_HEAD).budget.claims.submit(claim)

    assert together(engine, desk, [submit(claim) for claim in claims]) == {"done": 2}
    assert pots(engine, desk) == ("60.00", "100.00", "0.00")
