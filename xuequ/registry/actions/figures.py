"""Who may do what with figures: measured, published, reconciled."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

VIEW_OVERVIEW = action("registry.view_overview", "查看学区概览", (*LEADERS, Post.ACCOUNTANT))

RECORD_FIGURES = action(
    "registry.record_figures",
    "登记学校统计数",
    (*OFFICE, Post.GENERAL_AFFAIRS_DIRECTOR, Post.KEEPER),
)

VIEW_FIGURES = action("registry.view_figures", "查看学校统计数", (*LEADERS, Post.KEEPER, Post.ACCOUNTANT))
