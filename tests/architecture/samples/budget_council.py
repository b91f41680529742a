"""Samples of the council."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from tests.unified.budget.chamber import set_rule
from xuequ.core.money import Money
from xuequ.testing import make_budget
from xuequ.testing.factories import DAY
from xuequ.unified.budget.schemas.council import (
    Attending,
    Convening,
    EmergencyRepair,
    ItemProposal,
    ItemVote,
    MeetingVoiding,
    Seating,
)
from xuequ.unified.budget.states.council import CouncilRole, Matter

TEN = Money.yuan(10)


def _chair(door: Any) -> int:
    """Return the seat of a council of one."""
    seating = Seating(staff_id=staff_id(door), role=CouncilRole.CHAIR, since=DAY)
    return int(maker(door).budget.council.seat(seating).id)


def _convening(door: Any) -> Convening:
    _chair(door)
    return Convening(number=1, day=DAY, chair_id=staff_id(door), recorder_id=staff_id(door))


def _convened(door: Any) -> int:
    return int(maker(door).budget.council.convene(_convening(door)).id)


def _held(door: Any) -> int:
    meeting_id = _convened(door)
    maker(door).budget.council.hold(meeting_id, Attending(present=(staff_id(door),)))
    return meeting_id


def _proposal() -> ItemProposal:
    return ItemProposal(matter=Matter.BUILDING_REPAIR, subject="屋面维修", ceiling=TEN)


def _item(door: Any) -> int:
    """Return an item that a meeting may vote on."""
    return int(maker(door).budget.council.propose(_held(door), [_proposal()])[0].id)


def _emergency(door: Any) -> EmergencyRepair:
    """Return an emergency on a line for repairs, in a district that has set when it is ratified."""
    district = maker(door)
    set_rule(district, "budget.council.ratify_within_days", "15", since=DAY)
    line_id = make_budget(district, {"30213": TEN})[0]
    return EmergencyRepair(school="s1", line_id=line_id, subject="抢修", limit=TEN, reason="暴雨")


SAMPLES: dict[str, Sample] = {
    "budget.council.seat": lambda door: (Seating(staff_id=staff_id(door), since=DAY),),
    "budget.council.unseat": lambda door: (_chair(door), DAY.replace(year=DAY.year + 1)),
    "budget.council.members": lambda door: (),
    "budget.council.convene": lambda door: (_convening(door),),
    "budget.council.propose": lambda door: (_convened(door), [_proposal()]),
    "budget.council.hold": lambda door: (_convened(door), Attending(present=(staff_id(door),))),
    "budget.council.decide": lambda door: (_item(door), ItemVote(yes=1)),
    "budget.council.sign_minutes": lambda door: (_held(door),),
    "budget.council.void_meeting": lambda door: (_held(door), MeetingVoiding(reason="录错")),
    "budget.council.minutes": lambda door: (_held(door),),
    "budget.council.record_emergency": lambda door: (_emergency(door),),
    "budget.council.item": lambda door: (_item(door),),
    "budget.council.decisions": lambda door: (),
}
