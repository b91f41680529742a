"""Samples of purchases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from tests.unified.budget.counter import set_rule
from xuequ import Money
from xuequ.testing.factories import make_budget
from xuequ.unified.budget.schemas.purchases import (
    Accepting,
    ItemDelivered,
    ItemOrdered,
    ItemRequested,
    Ordering,
    Requesting,
)

PRICE = Money.yuan(8)
ORDER = Ordering(
    number="DD1", supplier="文具店", lines=(ItemOrdered(no=1, quantity=Decimal(5), price=PRICE),)
)
DELIVERY = Accepting(number="YS1", lines=(ItemDelivered(no=1, accepted=Decimal(5)),))
_WITH: dict[str, tuple[Any, ...]] = {"order": (ORDER,), "accept": (DELIVERY,)}


def _purchases(door: Any) -> Any:
    return maker(door).budget.purchases


def _requesting(door: Any) -> Requesting:
    """Return a request of s1, on a budget made for it."""
    (line,) = make_budget(maker(door), {"30201": Money.yuan(1000)})
    item = ItemRequested(what="打印纸", quantity=Decimal(5), unit="箱", price=PRICE, line_id=line)
    return Requesting(number="SG1", school="s1", requester_id=staff_id(door), reason="考试", items=(item,))


def _until(*acts: str, more: tuple[Any, ...] = ()) -> Sample:
    """Return a sample that wants a purchase with which these acts were done."""

    def sample(door: Any) -> tuple[Any, ...]:
        set_rule(maker(door), "budget.council.bulk_from", "20000")
        request = int(_purchases(door).request(_requesting(door)).id)
        for act in acts:
            getattr(_purchases(door), act)(request, *_WITH.get(act, ()))
        return (request, *more)

    return sample


def _numbered(number: str) -> Sample:
    return lambda door: (_until("approve", "order", "accept")(door) and number,)


SAMPLES: dict[str, Sample] = {
    "budget.purchases.request": lambda door: (_requesting(door),),
    "budget.purchases.approve": _until(),
    "budget.purchases.refuse": _until(more=("仓库还有",)),
    "budget.purchases.order": _until("approve", more=(ORDER,)),
    "budget.purchases.accept": _until("approve", "order", more=(DELIVERY,)),
    "budget.purchases.close": _until("approve", "order", "accept"),
    "budget.purchases.cancel": _until("approve", more=("不用了",)),
    "budget.purchases.purchase": _until(),
    "budget.purchases.order_sheet": _numbered("DD1"),
    "budget.purchases.acceptance_sheet": _numbered("YS1"),
    "budget.purchases.list": lambda door: (2026, "s1"),
}
