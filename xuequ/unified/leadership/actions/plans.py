"""Who may do what with plans."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

OPEN_PLAN = action("leadership.open_plan", "制定德育、安全计划", (*LEADERS, Post.SCHOOL_HEAD))
LEAD_YOUTH_WORK = action("leadership.lead_youth_work", "安排少先队、群团工作", [Post.PARTY_SECRETARY])
COMPLETE_ITEM = action(
    "leadership.complete_item",
    "登记计划事项完成",
    (*LEADERS, Post.SCHOOL_HEAD, Post.YOUNG_PIONEERS, Post.UNION_CHAIR, Post.TEACHER),
)
VIEW_PLANS = action(
    "leadership.view_plans",
    "查看德育、安全计划",
    (*LEADERS, Post.SCHOOL_HEAD, Post.YOUNG_PIONEERS, Post.UNION_CHAIR, Post.TEACHER),
)
