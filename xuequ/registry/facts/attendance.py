"""What happened with attendance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.halfdays import Half


@dataclass(frozen=True, slots=True, kw_only=True)
class RollsCalled(Fact):
    """Rolls of classes of one school were called for a half-day; heads are those of these rolls."""

    name: ClassVar[str] = "registry.rolls_called"

    school_id: int
    day: date
    half: Half
    roll_ids: tuple[int, ...]
    due: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCorrected(Fact):
    """The roll of a class was corrected: another edition holds now."""

    name: ClassVar[str] = "registry.roll_corrected"

    school_id: int
    class_id: int
    day: date
    half: Half
    roll_id: int
    replaces_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRollCalled(Fact):
    """The roll of a school's staff was called for a half-day."""

    name: ClassVar[str] = "registry.staff_roll_called"

    school_id: int
    day: date
    half: Half
    roll_id: int
    due: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRollCorrected(Fact):
    """The roll of a school's staff was corrected: another edition holds now."""

    name: ClassVar[str] = "registry.staff_roll_corrected"

    school_id: int
    day: date
    half: Half
    roll_id: int
    replaces_id: int
