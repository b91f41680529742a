"""What happened in study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeOpened(Fact):
    """A programme of study began."""

    name: ClassVar[str] = "party.programme_opened"
    programme_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRecorded(Fact):
    """Sessions of study were recorded."""

    name: ClassVar[str] = "party.study_recorded"
    programme_id: int
    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyVoided(Fact):
    """The record of a session was voided."""

    name: ClassVar[str] = "party.study_voided"
    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsPlanned(Fact):
    """Lessons on the party's statutes were planned."""

    name: ClassVar[str] = "party.lessons_planned"
    lesson_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonGiven(Fact):
    """A lesson on the party's statutes was given."""

    name: ClassVar[str] = "party.lesson_given"
    lesson_id: int
    class_id: int
    staff_id: int
    given_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonCalledOff(Fact):
    """A planned lesson was called off."""

    name: ClassVar[str] = "party.lesson_called_off"
    lesson_id: int
