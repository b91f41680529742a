"""Samples of dues."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from tests.unified.party.treasury import paying, salaried, set_rule
from xuequ import Money
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import DAY
from xuequ.unified.party.schemas.dues import (
    Carrying,
    Giving,
    LedgerOpening,
    Reducing,
    Remitting,
    Voiding,
)
from xuequ.unified.party.schemas.members import BranchFoundation, MemberEntry
from xuequ.unified.party.states.members import MemberState

JOINED = DAY.replace(year=2010)
OPENING = LedgerOpening(since=DAY.replace(month=1), balance=Money.yuan(100), authority="账簿")
VOIDING = Voiding(reason="录错")


def _branch(door: Any) -> int:
    """Make a branch with one member, a teacher of s1; return the member."""
    party, session = maker(door).party, door.context.session
    founded = BranchFoundation(
        name="学区党支部", superior="镇党委", since=JOINED, full_members=3, authority="文"
    )
    party.members.found_branch(founded)
    person = session.scalar(select(Staff.person_id).where(Staff.id == staff_id(door)))
    entry = MemberEntry(
        person_id=person, state=MemberState.FULL, joined_on=JOINED, full_on=JOINED.replace(year=2011)
    )
    return int(party.members.enter_members([entry])[0])


def _ledger(door: Any) -> int:
    """Open the ledger of a branch with one member who has a base; return the member."""
    member = _branch(door)
    set_rule(maker(door), "party.dues.rounding", "fen")
    dues = maker(door).party.dues
    dues.open_ledger(OPENING)
    dues.set_bases([salaried(member, since=OPENING.since)])
    return member


def _payment(door: Any) -> int:
    """Return a payment."""
    return int(maker(door).party.dues.pay([paying(_ledger(door), DAY)])[0].id)


def _remittance(door: Any) -> int:
    """Return a remittance."""
    _ledger(door)
    return int(maker(door).party.dues.remit(Remitting(number="S1", amount=Money.yuan(1))))


def _reducing(door: Any) -> Reducing:
    return Reducing(
        member_id=_ledger(door),
        since=DAY,
        last=DAY.replace(month=12),
        amount=Money(0),
        studied_on=DAY,
        approver="镇党委",
        document="批复1号",
    )


def _with(*arguments: Any) -> Sample:
    """Return a sample that wants a ledger and these arguments."""

    def sample(door: Any) -> tuple[Any, ...]:
        _ledger(door)
        return arguments

    return sample


def _opening(door: Any) -> tuple[Any, ...]:
    _branch(door)
    return (OPENING,)


def _carrying(door: Any) -> tuple[Any, ...]:
    return ([Carrying(member_id=_ledger(door), through=DAY, source="原台账")],)


def _assessed(door: Any) -> tuple[Any, ...]:
    member = _ledger(door)
    maker(door).party.dues.assess(DAY)
    return (member, DAY)


def _reduction(door: Any) -> tuple[Any, ...]:
    return (maker(door).party.dues.reduce(_reducing(door)), DAY.replace(month=11))


def _slip(door: Any) -> tuple[Any, ...]:
    _remittance(door)
    return ("S1",)


SAMPLES: dict[str, Sample] = {
    "party.dues.open_ledger": _opening,
    "party.dues.carry": _carrying,
    "party.dues.set_bases": lambda door: ([salaried(_ledger(door), Money.yuan(6000), DAY)],),
    "party.dues.reduce": lambda door: (_reducing(door),),
    "party.dues.end_reduction": _reduction,
    "party.dues.assess": _with(DAY),
    "party.dues.pay": lambda door: ([paying(_ledger(door), DAY)],),
    "party.dues.give": lambda door: (Giving(member_id=_ledger(door), receipt="G1", amount=Money.yuan(5)),),
    "party.dues.void_payment": lambda door: (_payment(door), VOIDING),
    "party.dues.remit": _with(Remitting(number="S1", amount=Money.yuan(1))),
    "party.dues.void_remittance": lambda door: (_remittance(door), VOIDING),
    "party.dues.publish": _with(DAY.year),
    "party.dues.ledger": _with(),
    "party.dues.bases": _with(),
    "party.dues.reductions": _with(),
    "party.dues.figure": _assessed,
    "party.dues.payments": _with(),
    "party.dues.arrears": _with(),
    "party.dues.unpaid_months": _with(),
    "party.dues.own": lambda door: (_ledger(door), DAY.year),
    "party.dues.ledger_sheet": _with(DAY.year),
    "party.dues.annual": _with(DAY.year),
    "party.dues.remittances": _with(),
    "party.dues.remittance": _slip,
}
