"""What happened to the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TermSet(Fact):
    """The first and last day of a term were set; a later version replaces an earlier one."""

    name: ClassVar[str] = "registry.term_set"
    term_id: int
    school_year: int
    number: int
    first: date
    last: date
    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayNoticeRecorded(Fact):
    """The holiday notice of a year was recorded, or its revision."""

    name: ClassVar[str] = "registry.holiday_notice_recorded"
    notice_id: int
    year: int
    number: str
    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUpChosen(Fact):
    """It was chosen whose timetable a make-up day follows."""

    name: ClassVar[str] = "registry.make_up_chosen"
    day: date
    follows_weekday: int
    parity: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysSetApart(Fact):
    """Days were set apart for exams, an event or a local festival."""

    name: ClassVar[str] = "registry.days_set_apart"
    apart_id: int
    school_id: int | None
    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysWithdrawn(Fact):
    """Days that had been set apart are ordinary days again."""

    name: ClassVar[str] = "registry.days_withdrawn"
    apart_id: int
    school_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureAnnounced(Fact):
    """A school, or every school of the place, was closed for some half-days; 0 is the morning."""

    name: ClassVar[str] = "registry.closure_announced"
    closure_id: int
    school_id: int | None
    reason: str
    first: date
    first_half: int
    last: date
    last_half: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureLifted(Fact):
    """A closure ended before it was to end; `reopened` is the first half-day that is open again."""

    name: ClassVar[str] = "registry.closure_lifted"
    closure_id: int
    school_id: int | None
    reopened: date
    reopened_half: int
