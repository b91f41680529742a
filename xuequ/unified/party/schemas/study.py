"""Commands and views of study."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Command, Id, Name, View
from xuequ.unified.party.schemas.meetings import Topic

Hours = Annotated[Decimal, Field(gt=0, le=24, max_digits=3, decimal_places=1)]


class ProgrammeOpening(Command):
    """Open a programme of study; `until` is the first day after it."""

    name: Name
    since: date
    until: date | None = None


class StudyRecord(Command):
    """Record one session: the day, the topic, and the hours of each member."""

    studied_on: date
    topic: Topic
    hours: dict[Id, Hours] = Field(min_length=1)
    meeting_id: Id | None = None


class LessonPlan(Command):
    """Plan a lesson on the party's statutes for a class."""

    class_id: Id
    staff_id: Id
    topic: Topic
    planned_on: date


class LessonProof(Command):
    """That a lesson was given, and by what one sees it."""

    given_on: date
    proof: Topic


class ProgrammeView(View):
    """A programme of study, with the sessions held and the hours of all members together."""

    id: Id
    name: str
    since: date
    until: date | None
    sessions: int
    hours: Decimal


class SessionView(View):
    """A session of study."""

    id: Id
    programme_id: Id
    studied_on: date
    topic: str
    meeting_id: Id | None
    members: int
    hours: Decimal
    voided_on: date | None
    reason: str


class HoursLine(View):
    """Somebody's hours of a year beside what is usual for them; `officer`: sat in the committee."""

    member_id: Id
    staff_no: str | None
    name: str
    officer: bool
    hours: Decimal
    wanted: int
    short: Decimal


class LessonView(View):
    """A lesson on the party's statutes; `overdue` as of the day of the list."""

    id: Id
    school: str
    class_id: Id
    class_name: str
    staff_no: str
    teacher: str
    topic: str
    planned_on: date
    given_on: date | None
    proof: str
    called_off_on: date | None
    reason: str
    overdue: bool


class HoursLedger(View):
    """The 学时台账 of a year."""

    district: str
    branch: str
    year: int
    as_of: date
    lines: tuple[HoursLine, ...]


class LessonList(View):
    """Lessons on the party's statutes: how many were planned and not called off, how many given."""

    district: str
    since: date
    until: date
    planned: int
    given: int
    lines: tuple[LessonView, ...]
