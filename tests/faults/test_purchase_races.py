"""Purchases in a race: two orders on one request, two deliveries of what is left, a claim and the cancel."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.faults.test_claim_races import Act, prepare, together
from tests.unified.budget.buying import accept, accepting, approved, order_id, ordered, ordering
from tests.unified.budget.counter import Counter
from xuequ import Post
from xuequ.embed import run_data_checks


def settled(engine: Engine, desk: Counter) -> tuple[str, str, str]:
    """Return the pots of the line for goods, after seeing that no data check finds anything."""
    with Session(engine) as session:
        results = run_data_checks(session, desk.place)
        assert not [one.what for result in results for one in result.findings or ()]
        line = Counter(
            *(session, desk.place, desk.staff, desk.claimant, desk.claimant_no), desk.goods, desk.training
        )
        return line.pots()


def test_of_two_orders_on_one_request_one_stands(engine: Engine) -> None:
    desk, request = prepare(engine, lambda desk: approved(desk).id)

    def order(price: str) -> Act:
        command = ordering(price)
        return lambda mine: mine.door(Post.BUYER).budget.purchases.order(request, command)

    came = together(engine, desk, [order("10"), order("10")])
    assert came == {"done": 1, "budget.request_ordered": 1}
    assert settled(engine, desk) == ("0.00", "100.00", "0.00")


def test_two_deliveries_at_once_do_not_come_to_more_than_was_ordered(engine: Engine) -> None:
    desk, request = prepare(engine, lambda desk: accept(desk, ordered(desk), "3").id)

    def deliver() -> Act:
        command = accepting("4")
        return lambda mine: mine.door(Post.SCHOOL_HEAD).budget.purchases.accept(request, command)

    came = together(engine, desk, [deliver(), deliver()])
    assert came == {"done": 1, "budget.accepted_above_order": 1}
    assert settled(engine, desk) == ("0.00", "100.00", "0.00")


def test_an_order_is_cancelled_or_claimed_but_not_both(engine: Engine) -> None:
    def prepared(desk: Counter) -> tuple[int, int]:
        view = ordered(desk)
        return view.id, desk.draft("80", order_id=order_id(view)).id

    desk, (request, claim) = prepare(engine, prepared)
    acts: list[Act] = [
        lambda mine: mine.door(Post.PRINCIPAL).budget.purchases.cancel(request, "断货"),
        lambda mine: mine.door(Post.SCHOOL_HEAD).budget.claims.submit(claim),
    ]
    came = together(engine, desk, acts)
    assert came["done"] == 1 and came["budget.order_under_claim"] + came["budget.order_not_standing"] == 1
    assert settled(engine, desk) in {("0.00", "0.00", "0.00"), ("0.00", "100.00", "0.00")}
