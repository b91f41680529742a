"""Errors of classes."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class ClassUnknown(NotFound):
    """No such class at the school."""

    code = "registry.class_unknown"
    name: str


class ClassKnown(Conflict):
    """The school has a class of that cohort and number already."""

    code = "registry.class_known"
    name: str


class ClassNotBegun(RuleBroken):
    """Something is to happen in a class before it begins."""

    code = "registry.class_not_begun"
    name: str
    since: str
    begins: str


class GradeBeyondStage(RuleBroken):
    """A class that is past the last grade of its stage."""

    code = "registry.grade_beyond_stage"
    name: str
    grade: int
    last: int


class ClassDissolved(Conflict):
    """The class was dissolved before the day."""

    code = "registry.class_dissolved"
    name: str
    on: str


class ClassNotEmpty(RuleBroken):
    """A class with pupils in it cannot be dissolved."""

    code = "registry.class_not_empty"
    name: str
    pupils: int


class SchoolsDiffer(RuleBroken):
    """Classes of several schools cannot be put together."""

    code = "registry.schools_differ"


class CohortsDiffer(RuleBroken):
    """Classes of several cohorts cannot be merged."""

    code = "registry.cohorts_differ"


class GroupNeedsTwo(RuleBroken):
    """A group has at least two classes."""

    code = "registry.group_needs_two"


class GroupNeedsGrades(RuleBroken):
    """A combined class is of one grade, a multi-grade class of several."""

    code = "registry.group_needs_grades"
    kind: str
    grades: int


class AlreadyGrouped(Conflict):
    """A class is in another group on that day."""

    code = "registry.already_grouped"
    name: str


class GroupUnknown(NotFound):
    """No such group of classes in this scope."""

    code = "registry.group_unknown"
    group: str


class NotInClass(RuleBroken):
    """A pupil who is to be moved out of a class is not in it."""

    code = "registry.not_in_class"
    pupil: str
    name: str


class HeadTeacherElsewhere(RuleBroken):
    """The head teacher of a class works at another school on that day, or at none."""

    code = "registry.head_teacher_elsewhere"
    staff: str
    school: str
    on: str


class NoHeadTeacher(NotFound):
    """The class has no head teacher whose time could end."""

    code = "registry.no_head_teacher"
    name: str


class SpanEndsBeforeItBegins(RuleBroken):
    """Something would end on or before the day on which it began."""

    code = "registry.ends_before_it_begins"
    what: str
    since: str
    on: str


class ClassTooLarge(RuleBroken):
    """A class would have more pupils than the standard allows."""

    code = "registry.class_too_large"
    name: str
    pupils: int
    limit: int


class HeadTeacherKnown(Conflict):
    """The class has a head teacher on that day, or from a later one."""

    code = "registry.head_teacher_known"
    name: str
    staff: str
    since: str


class PupilListedTwice(RuleBroken):
    """A pupil stands twice in the lists of a split."""

    code = "registry.pupil_listed_twice"
    pupil: str


class SplitTooFine(RuleBroken):
    """A class would be split so that one of the classes has nobody."""

    code = "registry.split_too_fine"
    name: str
    pupils: int
    classes: int


class ClassListUnreadable(Invalid):
    """A text that should name classes names something else."""

    code = "registry.class_list_unreadable"
    text: str
