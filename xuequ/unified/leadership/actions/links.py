"""Who may see the team, and who may draw its links."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST, LEADERS

VIEW_TEAM = action("leadership.view_team", "查看班子、挂钩和帮扶", EVERY_POST)

DRAW_LINKS = action("leadership.draw_links", "划定挂钩学校", (Post.BUREAU_OFFICER, Post.PRINCIPAL))

SUPPORT = action("leadership.support", "登记帮扶", LEADERS)
