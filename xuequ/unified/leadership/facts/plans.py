"""What happened with plans of moral education and of safety."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.unified.leadership.states.plans import PlanArea


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOpened(Fact):
    """A plan 计划 was set up."""

    name: ClassVar[str] = "leadership.plan_opened"

    plan_id: int
    area: PlanArea
    school_id: int | None
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemsAdded(Fact):
    """Items were put into a plan."""

    name: ClassVar[str] = "leadership.plan_items_added"

    plan_id: int
    item_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemCompleted(Fact):
    """An item of a plan is done, and proved."""

    name: ClassVar[str] = "leadership.plan_item_completed"

    plan_id: int
    item_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItemVoided(Fact):
    """An item of a plan was a mistake, or falls out."""

    name: ClassVar[str] = "leadership.plan_item_voided"

    plan_id: int
    item_id: int
