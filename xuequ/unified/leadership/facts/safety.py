"""What happened in the ledgers of safety."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillsRecorded(Fact):
    """Drills 演练 were held and recorded."""

    name: ClassVar[str] = "leadership.drills_recorded"

    drill_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillCorrected(Fact):
    """A record of a drill was wrong: it is void, and another stands for it."""

    name: ClassVar[str] = "leadership.drill_corrected"

    voided_id: int
    drill_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillVoided(Fact):
    """A drill was recorded by mistake."""

    name: ClassVar[str] = "leadership.drill_voided"

    drill_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardReported(Fact):
    """A hazard 隐患 was found, with somebody to rectify it by a day."""

    name: ClassVar[str] = "leadership.hazard_reported"

    hazard_id: int
    school_id: int
    owner_id: int
    found_on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardRectified(Fact):
    """A hazard is said to be rectified 整改."""

    name: ClassVar[str] = "leadership.hazard_rectified"

    hazard_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardVerified(Fact):
    """Somebody else has seen that a hazard is rectified 验收销号."""

    name: ClassVar[str] = "leadership.hazard_verified"

    hazard_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardReturned(Fact):
    """A rectification was not accepted; the hazard is open again."""

    name: ClassVar[str] = "leadership.hazard_returned"

    hazard_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardVoided(Fact):
    """A hazard was recorded by mistake."""

    name: ClassVar[str] = "leadership.hazard_voided"

    hazard_id: int
    school_id: int
