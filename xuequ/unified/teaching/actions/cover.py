"""Who may arrange cover: 教导处 only; what a leave brings about is allowed with it."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

ASSIGN_COVER = action("teaching.assign_cover", "安排顶班", [Post.ACADEMIC_DIRECTOR])

OPEN_COVER = action("teaching.open_cover", "登记顶班需求", [Post.ACADEMIC_DIRECTOR])

VIEW_COVER = action("teaching.view_cover", "查看顶班", (*LEADERS, Post.SCHOOL_HEAD))
