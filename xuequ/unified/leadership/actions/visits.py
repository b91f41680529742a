"""Who may do what with supervision visits."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

RECORD_VISIT = action("leadership.record_visit", "登记督导", LEADERS)
COUNTERSIGN_VISIT = action(
    "leadership.countersign_visit",
    "督导签字",
    (Post.SCHOOL_HEAD, Post.ACADEMIC_DIRECTOR, Post.PRINCIPAL),
)
VIEW_VISITS = action("leadership.view_visits", "查看督导记录", (*LEADERS, Post.SCHOOL_HEAD))
VIEW_VISIT_COVERAGE = action("leadership.view_visit_coverage", "查看督导完成情况", LEADERS)
