"""Who may do what with land, premises and rooms."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

_LOGISTICS = (Post.BUREAU_OFFICER, Post.PRINCIPAL, Post.GENERAL_AFFAIRS_DIRECTOR)

REGISTER_PREMISES = action("registry.register_premises", "登记土地、校舍和用房", (*_LOGISTICS, Post.KEEPER))

CHANGE_PREMISES = action("registry.change_premises", "变更校舍状态", _LOGISTICS)

ASSESS_DANGER = action("registry.assess_danger", "登记危险性鉴定", _LOGISTICS)

VIEW_PREMISES = action(
    "registry.view_premises", "查看校舍和用房", (*LEADERS, Post.KEEPER, Post.ACCOUNTANT, Post.SCHOOL_HEAD)
)

VIEW_AREAS = action("registry.view_areas", "查看面积统计", (*LEADERS, Post.KEEPER, Post.ACCOUNTANT))
