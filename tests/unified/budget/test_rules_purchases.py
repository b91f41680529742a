"""Pure rules of purchases: the table of ways, what is ordered and accepted, what it is worth, duties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.registry.states.posts import Duty
from xuequ.standards.national import national
from xuequ.unified.budget.rules.claim_duties import Doer
from xuequ.unified.budget.rules.purchases import (
    Delivered,
    ItemSaid,
    OrderedLine,
    OrderSaid,
    acceptance_day_problems,
    acceptance_problems,
    accepted_worth,
    by_line,
    order_problems,
    purchase_act_problems,
    purchase_done,
    purchase_duty_problems,
    worth,
)
from xuequ.unified.budget.states.purchases import PURCHASE_WAYS, PurchaseAct, PurchaseState

PAPER = ItemSaid(1, "打印纸", 7, "办公费", Decimal(10), Money.yuan(100))
PENS = ItemSaid(2, "笔", 7, "办公费", Decimal(5), Money.yuan(50))
BOOKS = ItemSaid(3, "图书", 8, "专用材料费", Decimal(1), Money.yuan(30))
ON = date(2026, 11, 2)
QUANTITIES = st.decimals(0, 1000, places=3)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.error.code for problem in problems]


def said(no: int, quantity: str, price: str) -> OrderSaid:
    return OrderSaid(no, Decimal(quantity), Money.yuan(price))


def test_every_state_is_reached_and_what_has_ended_stays_so() -> None:
    assert {to for _, to in PURCHASE_WAYS.values()} == set(PurchaseState)
    ended = {PurchaseState.REFUSED, PurchaseState.CLOSED, PurchaseState.CANCELLED}
    assert not ended & {state for begun, _ in PURCHASE_WAYS.values() for state in begun}
    assert codes(purchase_act_problems(PurchaseAct.ORDER, PurchaseState.REQUESTED)) == [
        "core.illegal_transition"
    ]
    assert purchase_act_problems(PurchaseAct.ACCEPT, PurchaseState.ACCEPTED) == []


def test_money_may_go_from_item_to_item_of_a_line_but_not_to_another_line() -> None:
    items = [PAPER, PENS, BOOKS]
    assert order_problems("SG1", items, [said(1, "10", "12"), said(2, "5", "6")]) == []
    over = order_problems("SG1", items, [said(1, "1", "10"), said(3, "1", "30.01")])
    assert codes(over) == ["budget.order_above_estimate"]


def test_all_that_stands_against_an_order_is_said_at_once() -> None:
    ordered = [said(1, "10.001", "10"), said(1, "1", "1"), said(9, "1", "1")]
    assert codes(order_problems("SG1", [PAPER], ordered)) == [
        "budget.purchase_item_unknown",
        "budget.purchase_item_twice",
        "budget.order_above_request",
        "budget.order_above_estimate",
    ]


@given(QUANTITIES, QUANTITIES, QUANTITIES)
def test_what_is_accepted_in_parts_never_comes_to_more_than_was_ordered(
    ordered: Decimal, before: Decimal, now: Decimal
) -> None:
    line = OrderedLine(1, "打印纸", ordered, min(before, ordered))
    above = "budget.accepted_above_order" in codes(
        acceptance_problems("SG1", [line], [Delivered(1, now, Decimal(1), "破损")])
    )
    assert above == (line.accepted + now > ordered)


def test_a_delivery_brings_something_and_says_why_it_is_rejected() -> None:
    line = OrderedLine(1, "打印纸", Decimal(5), Decimal(5))
    nothing, some = Decimal(0), Decimal(2)
    assert codes(acceptance_problems("SG1", [line], [Delivered(1, nothing, nothing, "")])) == [
        "budget.nothing_delivered"
    ]
    assert codes(acceptance_problems("SG1", [line], [Delivered(1, nothing, some, "")])) == [
        "budget.rejection_unexplained"
    ]
    assert acceptance_problems("SG1", [line], [Delivered(1, nothing, some, "破损")]) == []
    assert codes(acceptance_problems("SG1", [line], [Delivered(2, some, nothing, "")])) == [
        "budget.purchase_item_unknown"
    ]


def test_a_delivery_is_accepted_between_the_order_and_today() -> None:
    today = date(2026, 11, 9)
    assert acceptance_day_problems(ON, ON, today) == acceptance_day_problems(today, ON, today) == []
    for day in (date(2026, 11, 1), date(2026, 11, 10)):
        assert codes(acceptance_day_problems(day, ON, today)) == ["budget.acceptance_day"]


def test_money_is_exact_to_the_fen_and_all_that_was_accepted_is_worth_what_was_ordered() -> None:
    assert worth(Decimal("0.333"), Money.yuan("10")) == Money(333)
    assert worth(Decimal("0.5"), Money(1)) == Money(1)
    assert by_line([(8, Money(1)), (7, Money(2)), (8, Money(3))]) == {7: Money(2), 8: Money(4)}
    quantity, price = Decimal("1.5"), Money(333)
    whole = worth(quantity, price)
    assert accepted_worth(quantity, quantity, price, whole) == whole
    assert accepted_worth(quantity, Decimal(1), price, whole) == price


def test_whoever_accepts_did_not_request_buy_or_approve() -> None:
    steps = [(PurchaseAct.REQUEST, 1), (PurchaseAct.APPROVE, 2), (PurchaseAct.ORDER, 3)]
    done = purchase_done(4, steps)
    assert done[3] == {Duty.BUYER} and done[4] == done[1]
    rules, said = national(), {"on": ON, "purchase": "SG1"}

    def refused(act: PurchaseAct, *who: int) -> list[str]:
        doers = [Doer(one, str(one)) for one in who]
        return codes(purchase_duty_problems(act, doers, done, rules, **said))  # type: ignore[arg-type]

    assert refused(PurchaseAct.ACCEPT, 1, 2, 3, 4) == ["budget.purchase_duties"] * 4
    assert refused(PurchaseAct.APPROVE, 1, 4) == ["budget.purchase_duties"] * 2
    assert refused(PurchaseAct.ACCEPT, 5) == refused(PurchaseAct.APPROVE, 5) == []
    assert refused(PurchaseAct.CANCEL, 1, 2, 3, 4) == []
