"""What happened to claims; who acted stands in the journal's own columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money
from xuequ.unified.budget.states.claims import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMoved(Fact):
    """Base of what an act on a claim says; `order_id` is the purchase order that it is for, if any."""

    name: ClassVar[str] = "budget.claim_moved"

    claim_id: int
    school_id: int | None
    total: Money
    on: date
    order_id: int | None


class ClaimDrafted(ClaimMoved):
    """A claim was written 填写."""

    name: ClassVar[str] = "budget.claim_drafted"


class ClaimRevised(ClaimMoved):
    """A draft was changed 修改."""

    name: ClassVar[str] = "budget.claim_revised"


class ClaimSubmitted(ClaimMoved):
    """A claim was submitted 提交, and money reserved for it."""

    name: ClassVar[str] = "budget.claim_submitted"


class ClaimAccepted(ClaimMoved):
    """What a claim is for was accepted 验收."""

    name: ClassVar[str] = "budget.claim_accepted"


class ClaimChecked(ClaimMoved):
    """The general affairs office has checked a claim 审核."""

    name: ClassVar[str] = "budget.claim_checked"


class ClaimApproved(ClaimMoved):
    """A claim was approved 审批, and money committed for it."""

    name: ClassVar[str] = "budget.claim_approved"


class ClaimPaid(ClaimMoved):
    """A claim was paid 支付."""

    name: ClassVar[str] = "budget.claim_paid"


class ClaimPosted(ClaimMoved):
    """A claim was entered in the ledgers 入账."""

    name: ClassVar[str] = "budget.claim_posted"


class ClaimArchived(ClaimMoved):
    """A claim was filed 归档."""

    name: ClassVar[str] = "budget.claim_archived"


class ClaimReturned(ClaimMoved):
    """A claim was returned 退回, and its money released."""

    name: ClassVar[str] = "budget.claim_returned"


class ClaimVoided(ClaimMoved):
    """A claim was voided 作废, and its invoices freed."""

    name: ClassVar[str] = "budget.claim_voided"


SAID_OF: dict[Act, type[ClaimMoved]] = {
    Act.DRAFT: ClaimDrafted,
    Act.REVISE: ClaimRevised,
    Act.SUBMIT: ClaimSubmitted,
    Act.ACCEPT: ClaimAccepted,
    Act.CHECK: ClaimChecked,
    Act.APPROVE: ClaimApproved,
    Act.PAY: ClaimPaid,
    Act.POST: ClaimPosted,
    Act.ARCHIVE: ClaimArchived,
    Act.RETURN: ClaimReturned,
    Act.VOID: ClaimVoided,
}
"""Act → the fact that says so."""
