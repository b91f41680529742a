"""Who may do what with the duty roster."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST, LEADERS

ROSTER_DUTY = action("leadership.roster_duty", "排班、调班", (*LEADERS, Post.SCHOOL_HEAD))
VIEW_DUTY = action("leadership.view_duty", "查看值班表", EVERY_POST)
