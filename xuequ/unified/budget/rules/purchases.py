"""What stands against a purchase: its order, its acceptance, and who does what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.registry.rules.duties import exclusion
from xuequ.registry.states.posts import Duty
from xuequ.unified.budget.errors.purchases import (
    AcceptedAboveOrder,
    AcceptedBeforeOrdered,
    ItemTwice,
    ItemUnknown,
    NothingDelivered,
    OrderAboveEstimate,
    OrderAboveRequest,
    PurchaseDutiesMeet,
    RejectionUnexplained,
)
from xuequ.unified.budget.rules.claim_duties import CLAIMING, Doer
from xuequ.unified.budget.states.purchases import PURCHASE_WAYS, PurchaseAct, PurchaseState

PURCHASE_DUTIES: dict[PurchaseAct, frozenset[Duty]] = {
    PurchaseAct.REQUEST: CLAIMING,
    PurchaseAct.APPROVE: frozenset({Duty.APPROVE}),
    PurchaseAct.ORDER: frozenset({Duty.BUYER}),
    PurchaseAct.ACCEPT: frozenset({Duty.ACCEPT}),
}
"""Act → the duties that it is; acts that are not here are nobody's in particular."""


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """An item of a request by its number: how much is approved, on which line, for how much money."""

    no: int
    what: str
    line_id: int
    line: str
    quantity: Decimal
    amount: Money


@dataclass(frozen=True, slots=True)
class OrderSaid:
    """How much of an item is ordered, at which price for one."""

    no: int
    quantity: Decimal
    price: Money

    @property
    def amount(self) -> Money:
        """What it comes to."""
        return worth(self.quantity, self.price)


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A line of an order with what was accepted of it before."""

    no: int
    what: str
    quantity: Decimal
    accepted: Decimal


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery brings of an item: accepted, and rejected with the reason."""

    no: int
    accepted: Decimal
    rejected: Decimal
    reason: str


def worth(quantity: Decimal, price: Money) -> Money:
    """Return what a quantity costs at a price for one, half a fen rounded up.

    Source: our decision (四舍五入 to the fen, line by line, as invoices do).

    >>> str(worth(Decimal("2.5"), Money.yuan("3.33")))
    '8.33'
    """
    return price.share_of(quantity)


def accepted_worth(quantity: Decimal, accepted: Decimal, price: Money, amount: Money) -> Money:
    """Return what the accepted part of a line is worth; all of it is worth what was ordered, to the fen.

    Source: our decision.
    """
    return amount if accepted == quantity else worth(accepted, price)


def by_line(parts: Iterable[tuple[int, Money]]) -> dict[int, Money]:
    """Add up amounts by budget line, in the order of the lines' ids.

    Source: our decision.
    """
    found: defaultdict[int, Money] = defaultdict(lambda: Money(0))
    for line, amount in parts:
        found[line] += amount
    return dict(sorted(found.items()))


def purchase_act_problems(act: PurchaseAct, state: PurchaseState) -> list[Problem]:
    """Return that a purchase is not in a state in which an act may be done.

    Source: domain rules A §3, Claim (the flow before it); our table ``PURCHASE_WAYS``.
    """
    if state in PURCHASE_WAYS[act][0]:
        return []
    return [Problem(IllegalTransition(machine="采购", from_=state.label, to=act.label))]


def order_problems(purchase: str, items: Sequence[ItemSaid], ordered: Sequence[OrderSaid]) -> list[Problem]:
    """Return all that stands against an order: items not requested, too much of one, too much money.

    Money of a budget line may go from one item of it to another; from line to line it may not.

    Source: 预算法 §13; 《行政事业单位内部控制规范（试行）》§33 (采购按批准的申请办理); the tolerance of
    nothing is our decision.
    """
    by_no = {item.no: item for item in items}
    problems = _named_problems(purchase, [one.no for one in ordered], by_no)
    known = [(by_no[one.no], one) for one in ordered if one.no in by_no]
    problems += [
        Problem(OrderAboveRequest(item=item.what, ordered=one.quantity, requested=item.quantity))
        for item, one in known
        if one.quantity > item.quantity
    ]
    names = {item.line_id: item.line for item in items}
    approved = by_line((item.line_id, item.amount) for item in items)
    asked = by_line((item.line_id, one.amount) for item, one in known)
    return problems + [
        Problem(OrderAboveEstimate(line=names[line], ordered=amount, approved=approved[line]))
        for line, amount in asked.items()
        if amount > approved[line]
    ]


def acceptance_problems(
    purchase: str, lines: Sequence[OrderedLine], delivered: Sequence[Delivered]
) -> list[Problem]:
    """Return all that stands against an acceptance: never more than was ordered, whatever came before.

    What is rejected goes back and leaves room for what replaces it.

    Source: domain rules A §3, Separation of duties (验收); the arithmetic is our decision.
    """
    by_no = {line.no: line for line in lines}
    problems = _named_problems(purchase, [one.no for one in delivered], by_no)
    for one in delivered:
        if one.no not in by_no:
            continue
        line = by_no[one.no]
        left = line.quantity - line.accepted
        if min(one.accepted, one.rejected) < 0 or not one.accepted + one.rejected:
            problems.append(Problem(NothingDelivered(item=line.what)))
        if one.accepted > left:
            problems.append(Problem(AcceptedAboveOrder(item=line.what, accepted=one.accepted, left=left)))
        if one.rejected > 0 and not one.reason:
            problems.append(Problem(RejectionUnexplained(item=line.what)))
    return problems


def acceptance_day_problems(day: date, ordered: date, today: date) -> list[Problem]:
    """Return that a day of acceptance is before the order, or still to come.

    Source: our decision.
    """
    if ordered <= day <= today:
        return []
    return [Problem(AcceptedBeforeOrdered(day=str(day), ordered=str(ordered), today=str(today)))]


def purchase_done(
    requester: int, steps: Iterable[tuple[PurchaseAct, int | None]]
) -> dict[int, frozenset[Duty]]:
    """Return who has done which duties with a purchase; the requester is whom the goods are for.

    Source: domain rules A §3, Separation of duties (test at act time and against history).
    """
    done: dict[int, frozenset[Duty]] = {requester: PURCHASE_DUTIES[PurchaseAct.REQUEST]}
    for act, who in steps:
        if who is not None:
            done[who] = done.get(who, frozenset()) | PURCHASE_DUTIES.get(act, frozenset())
    return done


def purchase_duty_problems(
    act: PurchaseAct,
    doers: Iterable[Doer],
    done: Mapping[int, Collection[Duty]],
    standards: Standards,
    *,
    on: date,
    purchase: str,
) -> list[Problem]:
    """Return a problem for each person who acts, or lends the powers, and has done what excludes the act.

    Whoever accepts neither requested nor bought nor approved; whoever approves did not request.

    Source: 《会计基础工作规范》; 《行政事业单位内部控制规范（试行）》; ``budget.duties.*``.
    """
    problems: list[Problem] = []
    for doer in doers:
        found = exclusion(PURCHASE_DUTIES.get(act, frozenset()), done.get(doer.id, ()), standards, on)
        if found is not None:
            one, other, authority = found
            said = {"duties": f"{one.label}、{other.label}", "authority": authority}
            problems.append(
                Problem(PurchaseDutiesMeet(purchase=purchase, staff=doer.number, act=act.label, **said))
            )
    return problems


def _named_problems(purchase: str, named: Sequence[int], there: Collection[int]) -> list[Problem]:
    times = Counter(named)
    return [
        *(Problem(ItemUnknown(purchase=purchase, no=no)) for no in times if no not in there),
        *(Problem(ItemTwice(purchase=purchase, no=no)) for no, count in times.items() if count > 1),
    ]
