"""Errors of study."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class ProgrammeUnknown(NotFound):
    """No such programme in this scope."""

    code = "party.programme_unknown"
    programme: str


class ProgrammeKnown(Conflict):
    """The district has a programme of that name."""

    code = "party.programme_known"
    programme: str


class SessionUnknown(NotFound):
    """No such session in this scope."""

    code = "party.session_unknown"
    session: str


class SessionVoidedAlready(Conflict):
    """The session was voided already."""

    code = "party.session_voided_already"
    session: str
    on: str


class StudyOutsideProgramme(RuleBroken):
    """A session is on a day that the programme does not hold, or that has not come."""

    code = "party.study_outside_programme"
    topic: str
    on: str
    span: str


class StudiedByStranger(RuleBroken):
    """Hours are recorded of somebody who is no member of the branch that day."""

    code = "party.studied_by_stranger"
    topic: str
    member: str
    on: str


class TooManyHours(RuleBroken):
    """One member has more than a day's hours on one day."""

    code = "party.too_many_hours"
    member: str
    on: str
    hours: str


class LessonUnknown(NotFound):
    """No such lesson in this scope."""

    code = "party.lesson_unknown"
    lesson: str


class LessonSettled(Conflict):
    """The lesson was given, or called off, already."""

    code = "party.lesson_settled"
    lesson: str
    state: str


class LessonAhead(RuleBroken):
    """A lesson is recorded as given on a day that has not come."""

    code = "party.lesson_ahead"
    lesson: str
    on: str


class ClassNotTaught(NotFound):
    """The district has no such class on the day."""

    code = "party.class_not_taught"
    class_id: str
    on: str


class TeacherNotHere(NotFound):
    """Nobody of that id works in the district on the day."""

    code = "party.teacher_not_here"
    teacher: str
    on: str
