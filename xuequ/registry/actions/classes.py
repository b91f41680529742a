"""Who may do what with classes, their head teachers and the roll-over of school years."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

FORM_CLASSES = action("registry.form_classes", "设班、撤班、分班与并班", OFFICE)

APPOINT_HEAD_TEACHER = action("registry.appoint_head_teacher", "安排班主任", (*OFFICE, Post.SCHOOL_HEAD))

GROUP_CLASSES = action("registry.group_classes", "编合班与复式班", (*OFFICE, Post.SCHOOL_HEAD))

VIEW_CLASSES = action("registry.view_classes", "查看班级", (*LEADERS, Post.SCHOOL_HEAD, Post.TEACHER))

ROLL_OVER = action("registry.roll_over", "滚动学年", OFFICE)

VIEW_ROLLOVERS = action("registry.view_rollovers", "查看学年滚动", LEADERS)
