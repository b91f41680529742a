"""What happened on budget lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.unified.budget.states.ledger import Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectAdded(Fact):
    """A project 经费项目 was added."""

    name: ClassVar[str] = "budget.project_added"

    project_id: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsMoved(Fact):
    """Base of what an entry says; one fact an entry."""

    name: ClassVar[str] = "budget.funds_moved"

    entry_id: int
    line_id: int
    school_id: int | None
    amount: Money
    day: date
    source: Source
    purpose: Source


class FundsReserved(FundsMoved):
    """Money was set aside 预留."""

    name: ClassVar[str] = "budget.funds_reserved"


class FundsCommitted(FundsMoved):
    """Money was bound 占用, by a contract or an approved claim."""

    name: ClassVar[str] = "budget.funds_committed"


class FundsReleased(FundsMoved):
    """Money that was held became available again 释放."""

    name: ClassVar[str] = "budget.funds_released"


class PaymentMade(FundsMoved):
    """Money was paid 支付."""

    name: ClassVar[str] = "budget.payment_made"


class PaymentRefunded(FundsMoved):
    """Money that was paid came back 退回."""

    name: ClassVar[str] = "budget.payment_refunded"


SAID_OF: dict[Movement, type[FundsMoved]] = {
    Movement.RESERVE: FundsReserved,
    Movement.COMMIT: FundsCommitted,
    Movement.RELEASE: FundsReleased,
    Movement.PAY: PaymentMade,
    Movement.REFUND: PaymentRefunded,
}
"""Movement → the fact that says so."""
