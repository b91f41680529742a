"""What happened in 民主评议 and 组织生活会."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.unified.party.states.appraisal import AppraisalStep


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalOpened(Fact):
    """The appraisal of a year began."""

    name: ClassVar[str] = "party.appraisal_opened"
    appraisal_id: int
    year: int
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalStepped(Fact):
    """Members came to a step of their appraisal; the grades are in the register, not here."""

    name: ClassVar[str] = "party.appraisal_stepped"
    appraisal_id: int
    step: AppraisalStep
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticismRecorded(Fact):
    """Items of criticism were recorded."""

    name: ClassVar[str] = "party.criticism_recorded"
    meeting_id: int
    criticism_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationAssigned(Fact):
    """It was assigned who puts something right, and until when."""

    name: ClassVar[str] = "party.rectification_assigned"
    rectification_id: int
    criticism_id: int
    owner_id: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationDone(Fact):
    """Something was put right."""

    name: ClassVar[str] = "party.rectification_done"
    rectification_id: int
    done_on: date
