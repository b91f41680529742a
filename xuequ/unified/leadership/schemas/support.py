"""Commands and views of support targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from xuequ.core.access import Post
from xuequ.core.fields import Code, Command, Id, Name, View
from xuequ.registry.states.classes import Stage
from xuequ.unified.leadership.rules.support import PLACES
from xuequ.unified.leadership.states.links import TargetKind

Score = Annotated[Decimal, Field(max_digits=16, decimal_places=PLACES)]
"""A measure: a mean, a rate, a count."""


class SupportSetting(Command):
    """Whom a leader is to support 帮扶 in a school year, or in one term of it.

    Either a class, or a grade group: the cohort of a stage and entry year, at one school or in the whole
    district. `measure` says in words what the baseline is, such as 期末语文平均分; `baseline_mean` is the
    district's mean of it.
    """

    post: Post
    school_year: Annotated[int, Field(ge=1950, le=2100)]
    term: Annotated[int, Field(ge=0, le=2)] = 0
    class_id: Id | None = None
    school: Code | None = None
    stage: Stage | None = None
    entry_year: int | None = None
    measure: Name
    baseline: Score
    baseline_mean: Score | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        group = (self.stage is not None, self.entry_year is not None)
        if self.class_id is None and group != (True, True):
            raise ValueError("须写明班级，或写明年级组的学段和入学年份")
        if self.class_id is not None and (any(group) or self.school is not None):
            raise ValueError("班级和年级组只能写一个")
        return self


class SupportResult(Command):
    """The same measure taken again at the end, and the district's mean of it then."""

    result: Score
    result_mean: Score | None = None


class SupportView(View):
    """A support target; `gain` is what it gained over what the district's mean gained."""

    id: Id
    post: Post
    staff_id: Id
    name: str
    school_year: int
    term: int
    period: str
    kind: TargetKind
    target: str
    school: str | None
    class_id: Id | None
    measure: str
    baseline: Decimal
    baseline_mean: Decimal | None
    result: Decimal | None
    result_mean: Decimal | None
    gain: Decimal | None
