"""Commands and views of plans."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Code, Command, Id, Name, View
from xuequ.unified.leadership.schemas.ledgers import Words
from xuequ.unified.leadership.states.plans import ItemState, PlanArea, PlanTopic


class PlanOpening(Command):
    """Set up a plan of the district or of a school; `last` is its last day."""

    area: PlanArea
    title: Name
    school: Code | None = None
    first: date
    last: date


class PlanItemEntry(Command):
    """Put one thing into a plan: what, who does it, and by which day."""

    topic: PlanTopic
    text: Words
    owner_id: Id
    due_on: date


class PlanView(View):
    """A plan; `school` is None for the district's."""

    id: Id
    area: PlanArea
    title: str
    school: str | None
    first: date
    last: date


class PlanItemView(View):
    """One thing to do by a plan, and where it stands on the day asked for."""

    id: Id
    plan_id: Id
    plan: str
    area: PlanArea
    school: str | None
    unit: str
    number: int
    topic: PlanTopic
    text: str
    owner_id: Id
    owner: str
    due_on: date
    done_on: date | None
    proof: str
    files: int
    state: ItemState
    voided: str

    @property
    def proved(self) -> str:
        """What proves it, as a form prints it."""
        return "；".join(filter(None, (self.proof, f"附件{self.files}份" if self.files else "")))


class PlanExecution(View):
    """How plans are carried out 计划执行表 on a day."""

    district: str
    area: PlanArea
    as_of: date
    items: tuple[PlanItemView, ...]
    done: int
    overdue: int


class OverdueLine(View):
    """What somebody should have done by now: an item of a plan, or a hazard to be rectified."""

    kind: str
    record_id: Id
    unit: str
    text: str
    owner: str
    due_on: date
    days: int
