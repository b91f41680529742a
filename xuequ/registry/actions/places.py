"""Who may do what with places: county, districts, schools, premises."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST

REGISTER_COUNTY = action("registry.register_county", "登记县教育局", [Post.BUREAU_OFFICER])


FOUND_DISTRICT = action("registry.found_district", "设立学区", [Post.BUREAU_OFFICER])


VIEW_DISTRICTS = action("registry.view_districts", "查看学区名单", [Post.BUREAU_OFFICER])


VIEW_SCHOOL = action("registry.view_school", "查看学校", EVERY_POST)
