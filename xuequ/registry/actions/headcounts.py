"""Who may do what with headcounts."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

VIEW_HEADCOUNTS = action(
    "registry.view_headcounts", "查看人数统计", (*LEADERS, Post.ACCOUNTANT, Post.SCHOOL_HEAD)
)

DRAFT_HEADCOUNT = action("registry.draft_headcount", "生成人数统计", OFFICE)

CONFIRM_HEADCOUNT = action("registry.confirm_headcount", "确认本校人数统计", [Post.SCHOOL_HEAD])

FREEZE_HEADCOUNT = action("registry.freeze_headcount", "冻结人数统计", (Post.BUREAU_OFFICER, Post.PRINCIPAL))
