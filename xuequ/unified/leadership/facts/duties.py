"""What happened with the duty roster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesAssigned(Fact):
    """People were put on duty 排班, each for one half-day at one school."""

    name: ClassVar[str] = "leadership.duties_assigned"

    duty_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutiesSwapped(Fact):
    """Two people do each other's duty 调班; the old records are void, the new ones stand."""

    name: ClassVar[str] = "leadership.duties_swapped"

    voided_ids: tuple[int, ...]
    duty_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReplaced(Fact):
    """A duty went to somebody else, or was corrected: one record is void, another stands for it."""

    name: ClassVar[str] = "leadership.duty_replaced"

    voided_id: int
    duty_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyVoided(Fact):
    """A duty was recorded by mistake, or falls out."""

    name: ClassVar[str] = "leadership.duty_voided"

    duty_id: int
