"""Who may do what with staff."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

VIEW_STAFF = action("registry.view_staff", "查看教职工", (*LEADERS, Post.SCHOOL_HEAD))

VIEW_STAFF_OVERVIEW = action("registry.view_staff_overview", "查看教职工统计", LEADERS)

_PERSONNEL = (Post.BUREAU_OFFICER, Post.PRINCIPAL)

TAKE_ON_STAFF = action("registry.take_on_staff", "办理任用", _PERSONNEL)

TRANSFER_EMPLOYMENT = action("registry.transfer_employment", "办理调动", _PERSONNEL)

END_EMPLOYMENT = action("registry.end_employment", "办理离职", _PERSONNEL)

CORRECT_EMPLOYMENT = action("registry.correct_employment", "更正任用记录", _PERSONNEL)

PLACE_STAFF = action("registry.place_staff", "安排工作学校", OFFICE)

CORRECT_PLACEMENT = action("registry.correct_placement", "更正工作学校记录", OFFICE)

RECORD_STANDINGS = action("registry.record_standings", "登记教职工身份属性", OFFICE)

RECORD_CERTIFICATES = action("registry.record_certificates", "登记教师资格", OFFICE)
