"""Purchases from the request to the close: money, decisions, duties, refusals, replays, claims on orders."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.unified.budget.buying import (
    SUPPLIER,
    accept,
    accepting,
    approved,
    order_id,
    ordered,
    ordering,
    requested,
    requesting,
)
from tests.unified.budget.counter import SINCE, Counter, counter
from xuequ import Money, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems, XuequError
from xuequ.registry.schemas.posts import Appointing
from xuequ.unified.budget.errors.claims import GoodsNotAccepted
from xuequ.unified.budget.errors.council import DecisionNeeded
from xuequ.unified.budget.errors.ledger import InsufficientBudget
from xuequ.unified.budget.errors.purchases import (
    AcceptanceKnown,
    AcceptedAboveOrder,
    ClaimAboveAccepted,
    OrderAboveEstimate,
    OrderKnown,
    OrderNotStanding,
    OrderOfOtherSupplier,
    OrderUnderClaim,
    OrderUnknown,
    PurchaseDutiesMeet,
    PurchaseKnown,
    PurchaseTaken,
    PurchaseUnknown,
    RequestNotApproved,
    RequestOrdered,
)
from xuequ.unified.budget.schemas.council import Attending, Convening, ItemProposal, ItemVote, Seating
from xuequ.unified.budget.states.claims import ClaimState
from xuequ.unified.budget.states.council import CouncilRole, Matter
from xuequ.unified.budget.states.purchases import PurchaseState


@pytest.fixture
def desk(session: Session) -> Counter:
    return counter(session)


def codes(error: XuequError) -> list[str]:
    return [one.error.code for one in error.problems] if isinstance(error, Problems) else [error.code]


def decide(desk: Counter, ceiling: str) -> int:
    """Have the council adopt a bulk purchase; return the item."""
    council = desk.door().budget.council
    people = [
        desk.staff[post][0] for post in (Post.PRINCIPAL, Post.SCHOOL_HEAD, Post.GENERAL_AFFAIRS_DIRECTOR)
    ]
    for place, who in enumerate(people):
        role = CouncilRole.MEMBER if place else CouncilRole.CHAIR
        council.seat(Seating(staff_id=who, role=role, since=SINCE))
    day, recorder = desk.door().context.today, desk.claimant
    meeting = council.convene(Convening(number=1, day=day, recorder_id=recorder, chair_id=people[0]))
    council.hold(meeting.id, Attending(present=tuple(people)))
    proposal = ItemProposal(matter=Matter.BULK_PURCHASE, subject="课桌椅", ceiling=Money.yuan(ceiling))
    item = council.propose(meeting.id, [proposal])[0].id
    council.decide(item, ItemVote(yes=len(people)))
    return int(item)


def test_goods_are_requested_ordered_accepted_claimed_and_paid(desk: Counter) -> None:
    view = requested(desk, "10.50", "20")
    assert str(view.estimate) == "210.00" and desk.pots() == ("210.00", "0.00", "0.00")
    desk.door(Post.PRINCIPAL).budget.purchases.approve(view.id)
    view = desk.door(Post.BUYER).budget.purchases.order(view.id, ordering("10", "20"))
    assert desk.pots() == ("0.00", "200.00", "0.00"), "what the order does not cost is available again"
    claim = desk.submitted("100", order_id=order_id(view))
    claims = desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims
    with pytest.raises(GoodsNotAccepted):
        claims.check(claim.id)
    assert accept(desk, view, "10", "2", "受潮").state is PurchaseState.ACCEPTED
    claims.check(claim.id)
    desk.door(Post.PRINCIPAL).budget.claims.approve(claim.id)
    with pytest.raises(OrderUnderClaim, match=claim.number):
        desk.door(Post.BUYER).budget.purchases.close(view.id)
    paid = desk.door(Post.CASHIER).budget.claims.pay(claim.id)
    assert paid.state is ClaimState.PAID and desk.pots() == ("0.00", "100.00", "100.00")
    closed = desk.door(Post.BUYER).budget.purchases.close(view.id)
    assert closed.state is PurchaseState.CLOSED and desk.pots() == ("0.00", "0.00", "100.00")
    (item,) = closed.items
    assert (item.ordered, item.accepted, item.rejected) == (Decimal(20), Decimal(10), Decimal(2))
    assert [step.label for step in closed.steps] == ["申购", "批准", "订购", "验收", "结清"]
    listed = desk.door().budget.purchases.list(2026).purchases
    assert [(one.number, str(one.paid)) for one in listed] == [(view.number, "100.00")]
    with pytest.raises(OrderNotStanding):
        desk.submitted("5", order_id=order_id(view))


def test_whoever_does_it_again_changes_nothing_and_a_second_is_told_who_was_first(desk: Counter) -> None:
    command = requesting(desk)
    purchases = desk.door(desk.claimant_no).budget.purchases
    first = purchases.request(command)
    assert purchases.request(command) == first and desk.pots() == ("100.00", "0.00", "0.00")
    with pytest.raises(PurchaseKnown):
        purchases.request(command.model_copy(update={"reason": "别的"}))
    principal = desk.door(Post.PRINCIPAL).budget.purchases
    assert principal.approve(first.id) == principal.approve(first.id)
    with pytest.raises(PurchaseTaken) as taken:
        desk.door(Post.SCHOOL_HEAD).budget.purchases.approve(first.id)
    assert desk.staff[Post.PRINCIPAL][1] in taken.value.by
    buyer, order = desk.door(Post.BUYER).budget.purchases, ordering("9")
    assert buyer.order(first.id, order) == buyer.order(first.id, order)
    with pytest.raises(RequestOrdered):
        buyer.order(first.id, ordering("9"))
    with pytest.raises(OrderKnown):
        buyer.order(approved(desk).id, order)
    head, delivery = desk.door(Post.SCHOOL_HEAD).budget.purchases, accepting("4")
    assert head.accept(first.id, delivery) == head.accept(first.id, delivery)
    with pytest.raises(AcceptanceKnown):
        head.accept(first.id, accepting("5", number=delivery.number))
    assert head.purchase(first.id).items[0].accepted == 4
    assert buyer.close(first.id) == buyer.close(first.id)
    assert desk.pots() == ("100.00", "0.00", "0.00"), "the other request holds its own"


def test_what_is_refused_or_cancelled_gives_its_money_back(desk: Counter) -> None:
    principal = desk.door(Post.PRINCIPAL).budget.purchases
    refused = principal.refuse(requested(desk).id, "仓库还有")
    assert refused.state is PurchaseState.REFUSED and principal.refuse(refused.id, "再说") == refused
    cancelled = principal.cancel(approved(desk).id, "不用了")
    assert cancelled.state is PurchaseState.CANCELLED
    view = ordered(desk)
    assert desk.pots() == ("0.00", "100.00", "0.00")
    claim = desk.submitted("60", order_id=order_id(view))
    with pytest.raises(OrderUnderClaim):
        principal.cancel(view.id, "断货")
    desk.door(Post.PRINCIPAL).budget.claims.return_claim(claim.id, "断货")
    principal.cancel(view.id, "断货")
    assert desk.pots() == ("0.00", "0.00", "0.00")
    with pytest.raises(OrderNotStanding):
        desk.door(Post.SCHOOL_HEAD).budget.claims.submit(claim.id)
    delivered = accept(desk, ordered(desk), "1")
    with pytest.raises(IllegalTransition):
        principal.cancel(delivered.id, "已到货")


def test_nobody_orders_for_themselves_what_was_not_approved(desk: Counter) -> None:
    view = requested(desk)
    with pytest.raises(ActionNotPermitted):
        desk.door(desk.claimant_no).budget.purchases.order(view.id, ordering())
    with pytest.raises(RequestNotApproved):
        desk.door(Post.BUYER).budget.purchases.order(view.id, ordering())
    with pytest.raises(PurchaseUnknown):
        desk.door(Post.BUYER).budget.purchases.order(7, ordering())
    assert desk.pots() == ("100.00", "0.00", "0.00")


def test_requester_approver_and_buyer_do_not_accept(desk: Counter) -> None:
    head = desk.staff[Post.SCHOOL_HEAD][0]
    own = requested(desk, requester_id=head)
    with pytest.raises(PurchaseDutiesMeet):
        desk.door(Post.SCHOOL_HEAD).budget.purchases.approve(own.id)
    desk.door(Post.PRINCIPAL).budget.purchases.approve(own.id)
    desk.door(Post.BUYER).budget.purchases.order(own.id, ordering())
    for who in (Post.SCHOOL_HEAD, Post.PRINCIPAL):
        with pytest.raises(PurchaseDutiesMeet):
            desk.door(who).budget.purchases.accept(own.id, accepting("1"))
    buyer = desk.staff[Post.BUYER][0]
    keeper = {"staff_id": buyer, "post": Post.KEEPER, "since": SINCE, "authority": "文", "school": None}
    with pytest.raises((PurchaseDutiesMeet, Problems, XuequError)) as refused:
        desk.door().registry.posts.appoint(Appointing.model_validate(keeper))
        desk.door(Post.BUYER).budget.purchases.accept(own.id, accepting("1"))
    assert "budget.purchase_duties" in codes(refused.value)


def test_never_more_is_ordered_than_approved_or_accepted_than_ordered(desk: Counter) -> None:
    view = approved(desk)
    buyer = desk.door(Post.BUYER).budget.purchases
    with pytest.raises(Problems) as above:
        buyer.order(view.id, ordering("10.01", "10.001"))
    assert codes(above.value) == ["budget.order_above_request", "budget.order_above_estimate"]
    with pytest.raises(OrderAboveEstimate):
        buyer.order(view.id, ordering("10.01"))
    buyer.order(view.id, ordering("20", "5"))
    accept(desk, view, "2", "3", "破损")
    accept(desk, view, "2.999")
    with pytest.raises(AcceptedAboveOrder) as refused:
        accept(desk, view, "0.002")
    assert refused.value.left == Decimal("0.001")
    full = accept(desk, view, "0.001")
    assert full.order is not None and full.order.accepted_worth == Money.yuan(100)
    with pytest.raises(InsufficientBudget):
        requested(desk, "60000", "2")


def test_a_bulk_purchase_draws_on_the_council_s_decision_and_gives_it_back(desk: Counter) -> None:
    view = approved(desk, "2500", "10")
    buyer = desk.door(Post.BUYER).budget.purchases
    with pytest.raises(DecisionNeeded):
        buyer.order(view.id, ordering("2500"))
    item = decide(desk, "30000")
    buyer.order(view.id, ordering("2500", decision_item_id=item))
    assert desk.door().budget.council.item(item).drawn == Money.yuan(25000)
    accept(desk, view, "8")
    first = desk.submitted("20000", order_id=order_id(buyer.purchase(view.id)))
    desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(first.id)
    desk.door(Post.PRINCIPAL).budget.claims.approve(first.id)
    assert desk.door().budget.council.item(item).drawn == Money.yuan(25000), "the order's draw is the claim's"
    second = approved(desk, "500", "10")
    buyer.order(second.id, ordering("500", decision_item_id=item))
    assert desk.door().budget.council.item(item).drawn == Money.yuan(30000)
    desk.door(Post.PRINCIPAL).budget.purchases.cancel(second.id, "缓办")
    assert desk.door().budget.council.item(item).drawn == Money.yuan(25000)


def test_a_bulk_purchase_that_is_split_over_orders_still_needs_a_decision(desk: Counter) -> None:
    ordered(desk, "1500")
    with pytest.raises(DecisionNeeded):
        ordered(desk, "600", supplier=f" {SUPPLIER}")


def test_a_claim_cites_an_order_of_its_supplier_and_takes_what_was_accepted(desk: Counter) -> None:
    view = ordered(desk)
    with pytest.raises(OrderUnknown):
        desk.draft(order_id=9)
    with pytest.raises(OrderOfOtherSupplier):
        desk.draft(order_id=order_id(view), supplier="别家")
    accept(desk, view, "5")
    claim = desk.submitted("60", order_id=order_id(view))
    with pytest.raises(ClaimAboveAccepted) as above:
        desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)
    assert (above.value.claimed, above.value.accepted) == (Money.yuan(60), Money.yuan(50))
    accept(desk, view, "1")
    desk.door(Post.GENERAL_AFFAIRS_DIRECTOR).budget.claims.check(claim.id)


def test_another_district_has_purchases_of_its_own(desk: Counter) -> None:
    view = ordered(desk)
    other = counter(desk.session, "530921/dasi")
    with pytest.raises(PurchaseUnknown):
        other.door().budget.purchases.purchase(view.id)
    with pytest.raises(OrderUnknown):
        other.draft(order_id=order_id(view))
    assert other.door().budget.purchases.list(2026).purchases == ()
    same = requested(other, number=view.number)
    assert same.number == view.number and same.id != view.id
