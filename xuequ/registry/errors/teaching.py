"""Errors of teaching."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class TeachingUnknown(NotFound):
    """No such teaching in this scope."""

    code = "registry.teaching_unknown"
    teaching: str


class SubjectTaken(Conflict):
    """The subject of the class has its teacher on some of these days."""

    code = "registry.subject_taken"
    what: str
    staff: str
    since: str


class TeacherElsewhere(RuleBroken):
    """The teacher does not work at the school of the class on a day, and is not itinerant."""

    code = "registry.teacher_elsewhere"
    staff: str
    what: str
    on: str


class TeacherNotQualified(RuleBroken):
    """No certificate of the teacher is valid for the stage and the subject on the day."""

    code = "registry.teacher_not_qualified"
    staff: str
    what: str
    on: str


class ExceptionOutsideSmallSchool(RuleBroken):
    """Only a small school may let somebody teach a subject without a certificate for it."""

    code = "registry.exception_outside_small_school"
    staff: str
    what: str
    pupils: int
    below: int


class SameTeacher(Conflict):
    """A subject is handed over to the teacher who has it, with the same load."""

    code = "registry.same_teacher"
    staff: str
    what: str


class TeachingEndedAlready(Conflict):
    """The teaching does not go on until that day."""

    code = "registry.teaching_ended_already"
    what: str
    until: str
