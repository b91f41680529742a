"""What happened to development cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.unified.party.states.development import CaseEnd, Outcome, Role, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Fact):
    """Somebody applied for membership; `taken_over` when the case was under way already."""

    name: ClassVar[str] = "party.development_opened"
    case_id: int
    branch_id: int
    on: date
    taken_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecorded(Fact):
    """A step of a case was recorded; `exceptions` are the codes of what it departs from."""

    name: ClassVar[str] = "party.development_step_recorded"
    case_id: int
    step_id: int
    kind: StepKind
    outcome: Outcome
    on: date
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepVoided(Fact):
    """A step recorded by mistake was voided; it stands crossed out."""

    name: ClassVar[str] = "party.development_step_voided"
    case_id: int
    step_id: int
    kind: StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorReplaced(Fact):
    """A contact or introducer of a case made way for another."""

    name: ClassVar[str] = "party.development_sponsor_replaced"
    case_id: int
    role: Role
    old_member_id: int
    new_member_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Fact):
    """A case came to its end."""

    name: ClassVar[str] = "party.development_closed"
    case_id: int
    on: date
    end: CaseEnd
