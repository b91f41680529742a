"""What happened in the council, and to what its decisions allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.money import Money
from xuequ.core.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSeatTaken(Fact):
    """Somebody took a seat on the council."""

    name: ClassVar[str] = "budget.council_seated"

    seat_id: int
    staff_id: int
    role: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSeatLeft(Fact):
    """A seat on the council ends."""

    name: ClassVar[str] = "budget.council_unseated"

    seat_id: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilConvened(Fact):
    """A meeting of the council was convened 召集."""

    name: ClassVar[str] = "budget.council_convened"

    meeting_id: int
    year: int
    number: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilHeld(Fact):
    """A meeting of the council was held 召开: how many should attend, and how many did."""

    name: ClassVar[str] = "budget.council_held"

    meeting_id: int
    due: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSigned(Fact):
    """The minutes of a meeting were signed 签署."""

    name: ClassVar[str] = "budget.council_minutes_signed"

    meeting_id: int
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilMeetingVoided(Fact):
    """A meeting was voided 作废, and its items with it."""

    name: ClassVar[str] = "budget.council_meeting_voided"

    meeting_id: int
    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProposed(Fact):
    """An item was put on the agenda of a meeting 提交议题."""

    name: ClassVar[str] = "budget.decision_proposed"

    item_id: int
    meeting_id: int
    matter: str
    ceiling: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecidedOn(Fact):
    """An item was voted on 表决: adopted or not, and by which votes."""

    name: ClassVar[str] = "budget.decision_decided"

    item_id: int
    meeting_id: int
    matter: str
    adopted: bool
    decided_on: date
    yes: int
    no: int
    abstain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRecorded(Fact):
    """An emergency repair was begun before it was decided 应急抢修."""

    name: ClassVar[str] = "budget.emergency_recorded"

    item_id: int
    school_id: int
    line_id: int
    limit: Money
    began_on: date
    ratify_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRatified(Fact):
    """An emergency repair was ratified 追认, in time or late."""

    name: ClassVar[str] = "budget.emergency_ratified"

    item_id: int
    by_item_id: int
    ceiling: Money
    ratified_on: date
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionUsed(Fact):
    """Base of what a record does with an item's ceiling."""

    name: ClassVar[str] = "budget.decision_used"

    item_id: int
    amount: Money
    day: date
    source: Source


class CoverDrawn(DecisionUsed):
    """A record took an amount out of an item's ceiling."""

    name: ClassVar[str] = "budget.decision_cover_drawn"


class CoverGivenBack(DecisionUsed):
    """A record gave back what it had taken."""

    name: ClassVar[str] = "budget.decision_cover_given_back"
