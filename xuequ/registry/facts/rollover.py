"""What happened to school years: rolled over into, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.registry.states.rollover import Onward


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRolledOver(Fact):
    """A district's schools, or the county's outside any, were rolled over into a year 学年滚动."""

    name: ClassVar[str] = "registry.year_rolled_over"
    rollover_id: int
    year: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilsWentOn(Fact):
    """Pupils of a class that left its stage graduated, left, or stayed at the school in another class."""

    name: ClassVar[str] = "registry.pupils_went_on"
    rollover_id: int
    school_id: int
    class_id: int
    onward: Onward
    pupil_ids: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRolledBack(Fact):
    """A roll-over was undone: everything is as it was before it."""

    name: ClassVar[str] = "registry.year_rolled_back"
    rollover_id: int
    year: int
