"""What happened with supervision visits. What was found is said by ids; the words stay in the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.unified.leadership.states.visits import VisitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecorded(Fact):
    """Somebody of the leadership team visited a school 督导."""

    name: ClassVar[str] = "leadership.visit_recorded"

    visit_id: int
    school_id: int
    visitor_id: int
    kind: VisitKind
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitProblemFound(Fact):
    """A visit found a problem, for the inspection to take up: `finding_id` is stable."""

    name: ClassVar[str] = "leadership.visit_problem_found"

    finding_id: int
    visit_id: int
    school_id: int
    visitor_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitProblemResolved(Fact):
    """A problem that a visit found is closed 销号."""

    name: ClassVar[str] = "leadership.visit_problem_resolved"

    finding_id: int
    visit_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCountersigned(Fact):
    """Whoever heads the school has countersigned a visit."""

    name: ClassVar[str] = "leadership.visit_countersigned"

    visit_id: int
    school_id: int
    staff_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitVoided(Fact):
    """A visit was recorded by mistake; what it found is void with it."""

    name: ClassVar[str] = "leadership.visit_voided"

    visit_id: int
    school_id: int
    finding_ids: tuple[int, ...]
