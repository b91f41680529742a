"""Samples of claims, and of the workbooks of the budget."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from tests.unified.budget.counter import BANDS, set_rule
from xuequ import Money
from xuequ.testing.factories import make_budget
from xuequ.unified.budget.schemas.claims import ClaimAddition, Claiming, InvoiceClaimed, LineClaimed

SPENT = date(2026, 8, 20)
PAPER = Money.yuan(80)


def _claiming(door: Any) -> Claiming:
    """Return a claim of s1, on a budget made for it."""
    (line,) = make_budget(maker(door), {"30201": Money.yuan(1000)})
    return Claiming(
        number="BX1",
        school="s1",
        claimant_id=staff_id(door),
        supplier="文具店",
        spent_on=SPENT,
        lines=(LineClaimed(line_id=line, what="打印纸", amount=PAPER),),
        invoices=(InvoiceClaimed(number="1", day=SPENT, amount=PAPER),),
    )


def _claims(door: Any) -> Any:
    return maker(door).budget.claims


def _draft(door: Any) -> int:
    return int(_claims(door).draft([_claiming(door)])[0].id)


def _until(*acts: str) -> Sample:
    """Return a sample that wants a claim on which these acts were done."""

    def sample(door: Any) -> tuple[Any, ...]:
        set_rule(maker(door), "budget.claims.bands", BANDS)
        set_rule(maker(door), "budget.claims.split_days", "30")
        set_rule(maker(door), "budget.council.bulk_from", "20000")
        claim = _draft(door)
        for act in acts:
            getattr(_claims(door), act)(claim)
        return (claim,)

    return sample


def _with(sample: Sample, *more: Any) -> Sample:
    return lambda door: (*sample(door), *more)


def _addition(door: Any) -> tuple[Any, ...]:
    claim_id = _draft(door)
    invoice = InvoiceClaimed(number="2", day=SPENT, amount=PAPER)
    return ([ClaimAddition(claim_id=claim_id, invoices=(invoice,))],)


def _revision(door: Any) -> tuple[Any, ...]:
    command = _claiming(door)
    claim = _claims(door).draft([command])[0]
    return (claim.id, command.model_copy(update={"supplier": "另一家"}), claim.version)


SUBMITTED = ("submit",)
CHECKED = (*SUBMITTED, "accept", "check")
PAID = (*CHECKED, "approve", "pay")

SAMPLES: dict[str, Sample] = {
    "budget.claims.draft": lambda door: ([_claiming(door)],),
    "budget.claims.add_to": _addition,
    "budget.claims.revise": _revision,
    "budget.claims.void": _with(_until(), "填错"),
    "budget.claims.submit": _until(),
    "budget.claims.accept": _until(*SUBMITTED),
    "budget.claims.check": _until(*SUBMITTED, "accept"),
    "budget.claims.approve": _until(*CHECKED),
    "budget.claims.return_claim": _with(_until(*CHECKED), "发票不全"),
    "budget.claims.pay": _until(*CHECKED, "approve"),
    "budget.claims.post": _until(*PAID),
    "budget.claims.archive": _until(*PAID, "post"),
    "budget.claims.claim": _until(),
    "budget.claims.sheet": _with(lambda door: (_until()(door) and "BX1",)),
    "budget.claims.list": lambda door: (2026, "s1"),
    "budget.claims.turnaround": lambda door: (2026, "s1"),
}
