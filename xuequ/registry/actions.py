"""Who may do what in the registry."""

from __future__ import annotations

from xuequ.core.access import Post, action

_OFFICE = (Post.BUREAU_OFFICER, Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR)
_LEADERS = (*_OFFICE, Post.PARTY_SECRETARY, Post.GENERAL_AFFAIRS_DIRECTOR)
_EVERY_POST = tuple(Post)

REGISTER_COUNTY = action("registry.register_county", "登记县教育局", [Post.BUREAU_OFFICER])
FOUND_DISTRICT = action("registry.found_district", "设立学区", [Post.BUREAU_OFFICER])
VIEW_DISTRICTS = action("registry.view_districts", "查看学区名单", [Post.BUREAU_OFFICER])
SET_UP = action("registry.set_up", "导入学区基础数据", _OFFICE)
VIEW_SCHOOL = action("registry.view_school", "查看学校", _EVERY_POST)
VIEW_STAFF = action("registry.view_staff", "查看教职工", (*_LEADERS, Post.SCHOOL_HEAD))
VIEW_PUPIL = action("registry.view_pupil", "查看学生", (*_LEADERS, Post.SCHOOL_HEAD, Post.TEACHER))
VIEW_OVERVIEW = action("registry.view_overview", "查看学区概览", (*_LEADERS, Post.ACCOUNTANT))
