"""What happened to dues; ids, months and sums, never who earns what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money
from xuequ.unified.party.states.dues import Pot


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesLedgerOpened(Fact):
    """A branch's ledger of dues was opened with what there was."""

    name: ClassVar[str] = "party.dues_ledger_opened"
    branch_id: int
    since: date
    opening: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesCarriedOver(Fact):
    """It was recorded through which month members had settled their dues before, or elsewhere."""

    name: ClassVar[str] = "party.dues_carried_over"
    branch_id: int
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesBasesSet(Fact):
    """It was recorded on what base members pay."""

    name: ClassVar[str] = "party.dues_bases_set"
    base_ids: tuple[int, ...]
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesReduced(Fact):
    """A member's dues were reduced for some months."""

    name: ClassVar[str] = "party.dues_reduced"
    reduction_id: int
    member_id: int
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesReductionEnded(Fact):
    """A reduction ended before its time."""

    name: ClassVar[str] = "party.dues_reduction_ended"
    reduction_id: int
    member_id: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesAssessed(Fact):
    """It was reckoned what members owe for some months."""

    name: ClassVar[str] = "party.dues_assessed"
    branch_id: int
    first: date
    last: date
    assessment_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesPaid(Fact):
    """Members paid dues, or gave more than was due."""

    name: ClassVar[str] = "party.dues_paid"
    branch_id: int
    payment_ids: tuple[int, ...]
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesPaymentVoided(Fact):
    """A payment that had been entered by mistake was taken back by a reversing row."""

    name: ClassVar[str] = "party.dues_payment_voided"
    payment_id: int
    reversal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesRemitted(Fact):
    """Dues were remitted to the superior."""

    name: ClassVar[str] = "party.dues_remitted"
    remittance_id: int
    branch_id: int
    pot: Pot
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesRemittanceVoided(Fact):
    """A remittance that had been entered by mistake was taken back by a reversing row."""

    name: ClassVar[str] = "party.dues_remittance_voided"
    remittance_id: int
    reversal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesPublished(Fact):
    """A year's dues were published to the members."""

    name: ClassVar[str] = "party.dues_published"
    publication_id: int
    branch_id: int
    year: int
