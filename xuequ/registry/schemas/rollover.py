"""Commands and views of the roll-over of school years."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from xuequ.core.errors import Problem
from xuequ.core.fields import Command, Id, View
from xuequ.registry.states.classes import Stage


class EntryAsked(Command):
    """What is asked for those who enter a stage of a school.

    `expected` are those who will come beside the ones who are known by name; `largest` is how large a
    class is to be, never more than the standard says.
    """

    school_id: Id
    stage: Stage
    expected: Annotated[int, Field(ge=0, le=9_999)] = 0
    largest: Annotated[int, Field(ge=1, le=99)] | None = None


class RolloverAsked(Command):
    """What is asked for a roll-over beside the year.

    Preschool pupils enter grade 1 of their school where it has a primary stage; those of
    `preschool_leaves` leave instead.
    """

    entries: tuple[EntryAsked, ...] = ()
    preschool_leaves: tuple[Id, ...] = ()


class OnwardCounts(View):
    """What becomes of pupils: who stays in class, and who goes where.

    Those who were there before are stays + graduates + leaves_preschool + promoted + held_over; those who
    are there after are stays + promoted + held_over + enters.
    """

    stays: int = 0
    graduates: int = 0
    leaves_preschool: int = 0
    promoted: int = 0
    held_over: int = 0
    enters: int = 0

    @property
    def before(self) -> int:
        """How many pupils were there."""
        return self.stays + self.graduates + self.leaves_preschool + self.promoted + self.held_over

    @property
    def after(self) -> int:
        """How many pupils will be there."""
        return self.stays + self.promoted + self.held_over + self.enters


class RolledClass(View):
    """What a roll-over does with a class: `id` is None of one that is to be formed.

    `counts` are of the pupils who were in it, `arriving` those who come into it, `too_large` the limit
    that it would then exceed.
    """

    id: Id | None
    stage: Stage
    entry_year: int
    number: int
    name_before: str
    name_after: str
    ends: bool
    counts: OnwardCounts
    arriving: int
    pupils_after: int
    too_large: int | None


class RolledSchool(View):
    """What a roll-over does at a school."""

    id: Id
    code: str
    name: str
    counts: OnwardCounts
    classes: tuple[RolledClass, ...]


class ProblemView(View):
    """What stands against it, and what to do about that."""

    code: str
    message: str
    remedy: str

    @classmethod
    def of(cls, problem: Problem) -> ProblemView:
        """Return a problem as people read it."""
        error = problem.error
        return cls(code=error.code, message=error.message(), remedy=error.remedy())


class RolloverView(View):
    """A roll-over that was applied; `already` says that this call did nothing, since it was done before."""

    id: Id
    year: int
    counts: OnwardCounts
    applied_at: datetime
    applied_by: str
    undone_at: datetime | None
    undone_by: str | None
    already: bool = False


class RolloverPlan(View):
    """What a roll-over into a year would do 学年滚动预览; nothing is written by looking.

    `fingerprint` is of all that it shows and would write, so that it is not applied over data changed
    since. `groups_ended` counts groups that are none without the classes that leave. `applied` is there
    when the year was rolled over into already.
    """

    year: int
    on: date
    asked: RolloverAsked
    counts: OnwardCounts
    schools: tuple[RolledSchool, ...]
    groups_ended: int
    problems: tuple[ProblemView, ...]
    fingerprint: str
    applied: RolloverView | None

    @property
    def changes_nothing(self) -> bool:
        """Whether applying it would move nobody, and form and end no class."""
        classes = [one for school in self.schools for one in school.classes]
        moved = self.counts.before - self.counts.stays + self.counts.enters
        return not moved and not any(one.ends or one.id is None for one in classes)
