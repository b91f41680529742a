"""Commands and views of teaching."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from xuequ.core.fields import Command, Id, Text, View
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.standards.codes.schooling import Subject

MOST_HALF_PERIODS = 200


class Assignment(Command):
    """Who is to teach a subject to a class 任课, with the weekly load in half lessons 半课时.

    `exception` is why somebody without a certificate for it does so in a small school 一师多科; `ended` is
    why it ended, of one that is recorded afterwards.
    """

    class_id: Id
    subject: Subject
    staff_id: Id
    half_periods: int = Field(ge=1, le=MOST_HALF_PERIODS)
    since: date
    until: date | None = None
    origin: TeachingOrigin = TeachingOrigin.NEW
    itinerant: bool = False
    exception: Text = ""
    ended: TeachingChange | None = None

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.ended is not None and self.until is None:
            raise ValueError("填写变动原因时须填写终止日期")
        return self


class HandOver(Command):
    """Somebody takes a subject over 交接 on a day; the load stays unless another is given."""

    teaching_id: Id
    staff_id: Id
    on: date
    reason: TeachingChange
    origin: TeachingOrigin = TeachingOrigin.ADJUSTED
    half_periods: int | None = Field(default=None, ge=1, le=MOST_HALF_PERIODS)
    itinerant: bool = False
    exception: Text = ""


class OfferedSubject(Command):
    """A subject that the classes of some grades of a stage have, as the curriculum plan says."""

    stage: Stage
    subject: Subject
    first_grade: int = Field(default=1, ge=1)
    last_grade: int = Field(default=9, ge=1)


class TeachingView(View):
    """Who teaches a subject to a class on which days."""

    id: Id
    school: str
    class_id: Id
    class_name: str
    subject: Subject
    staff_id: Id
    staff_no: str
    name: str
    half_periods: int
    since: date
    until: date | None
    itinerant: bool
    origin: TeachingOrigin
    exception: str
    ended: TeachingChange | None


class TeachingLoad(View):
    """The weekly load of somebody on a day, over all schools: Σ half lessons."""

    staff_id: Id
    staff_no: str
    name: str
    half_periods: int
    subjects: int

    @property
    def periods(self) -> Decimal:
        """The load in lessons."""
        return Decimal(self.half_periods) / 2


class UnassignedSubject(View):
    """A subject of a class that nobody teaches on the day."""

    class_id: Id
    class_name: str
    subject: Subject
