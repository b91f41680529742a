"""Who may do what with pupils."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

VIEW_PUPIL = action("registry.view_pupil", "查看学生", (*LEADERS, Post.SCHOOL_HEAD, Post.TEACHER))
