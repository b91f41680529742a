"""Who may do what with staff."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

VIEW_STAFF = action("registry.view_staff", "查看教职工", (*LEADERS, Post.SCHOOL_HEAD))
