"""Who may do what with places: county, townships, villages, districts, schools."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST, LEADERS, OFFICE

BUREAU = (Post.BUREAU_OFFICER,)

REGISTER_COUNTY = action("registry.register_county", "登记县教育局", BUREAU)


FOUND_DISTRICT = action("registry.found_district", "设立学区", BUREAU)


VIEW_DISTRICTS = action("registry.view_districts", "查看学区名单", BUREAU)


VIEW_SCHOOL = action("registry.view_school", "查看学校", EVERY_POST)


REGISTER_TOWNSHIPS = action("registry.register_townships", "登记乡镇和村", BUREAU)


VIEW_VILLAGES = action("registry.view_villages", "查看村情数据", LEADERS)


RECORD_VILLAGES = action("registry.record_villages", "登记村情数据", LEADERS)


GOVERN_DISTRICT = action("registry.govern_district", "确定学区隶属和领导体制", BUREAU)


DISSOLVE_DISTRICT = action("registry.dissolve_district", "撤销学区", BUREAU)


OPEN_SCHOOL = action("registry.open_school", "开办学校", BUREAU)


DESIGNATE_CENTRAL = action("registry.designate_central", "指定中心学校", BUREAU)


KEEP_SCHOOL = action("registry.keep_school", "登记学校标识码和附设学前班", OFFICE)


ASSIGN_VILLAGES = action("registry.assign_villages", "确定学校服务村", LEADERS)


VIEW_PLACES = action("registry.view_places", "查看学区和学校一览", LEADERS)


PLAN_MERGER = action("registry.plan_merger", "预览学校撤并", OFFICE)


CLOSE_SCHOOL = action("registry.close_school", "撤并学校", BUREAU)
