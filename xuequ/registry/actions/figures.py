"""Who may do what with figures: measured, published, reconciled."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

VIEW_OVERVIEW = action("registry.view_overview", "查看学区概览", (*LEADERS, Post.ACCOUNTANT))
