"""What happened to support targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportTargetSet(Fact):
    """A leader was given a class or a grade group to support in a term or a school year."""

    name: ClassVar[str] = "leadership.support_target_set"

    target_id: int
    staff_id: int
    school_year: int
    term: int
    class_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportResultRecorded(Fact):
    """The measure of a support target was taken again, or the result was corrected."""

    name: ClassVar[str] = "leadership.support_result_recorded"

    target_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportTargetWithdrawn(Fact):
    """A support target without a result was taken back; the reason stands here."""

    name: ClassVar[str] = "leadership.support_target_withdrawn"

    target_id: int
    reason: str
