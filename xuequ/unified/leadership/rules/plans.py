"""Pure decisions about plans: what may stand in them, and where an item stands on a day."""

from __future__ import annotations

from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.unified.leadership.errors.plans import DueOutsidePlan, TopicOutsideArea
from xuequ.unified.leadership.states.plans import TOPICS, ItemState, PlanArea, PlanTopic


def check_item(area: PlanArea, topic: PlanTopic, due_on: date, span: DaySpan) -> list[Problem]:
    """Refuse an item that is not about what its plan is about, or due outside of it.

    Source: issue 5, item 1 (德育: habits, class meetings, Young Pioneers and 群团; 安全: rosters, drills,
    hazards); our decision.
    """
    found: list[Problem] = []
    if topic not in TOPICS[area]:
        known = "、".join(one.label for one in PlanTopic if one in TOPICS[area])
        found.append(Problem(TopicOutsideArea(topic=topic.label, area=area.label, known=known)))
    if due_on not in span:
        found.append(Problem(DueOutsidePlan(due_on=str(due_on), span=str(span))))
    return found


def item_state(due_on: date, done_on: date | None, on: date, *, voided: bool) -> ItemState:
    """Return where an item stands on a day; what is done on its last day is in time.

    Source: our decision.
    """
    if voided:
        return ItemState.VOIDED
    if done_on is not None and done_on <= on:
        return ItemState.DONE if done_on <= due_on else ItemState.DONE_LATE
    return ItemState.OVERDUE if on > due_on else ItemState.OPEN
