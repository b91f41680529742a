"""Who may do what with teaching."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

VIEW_TEACHING = action("registry.view_teaching", "查看任课", (*LEADERS, Post.SCHOOL_HEAD, Post.TEACHER))

ASSIGN_TEACHING = action("registry.assign_teaching", "安排任课", OFFICE)

END_TEACHING = action("registry.end_teaching", "终止任课", OFFICE)
