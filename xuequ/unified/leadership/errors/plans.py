"""Errors of plans."""

from __future__ import annotations

from xuequ.core.errors import Conflict, RuleBroken


class TopicOutsideArea(RuleBroken):
    """An item is about something that the plan is not."""

    code = "leadership.topic_outside_area"
    topic: str
    area: str
    known: str


class DueOutsidePlan(RuleBroken):
    """An item is due on a day outside its plan."""

    code = "leadership.due_outside_plan"
    due_on: str
    span: str


class ItemDoneAlready(Conflict):
    """The item is done."""

    code = "leadership.item_done_already"
    on: str
