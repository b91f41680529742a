"""Who may do what with the set-up workbook."""

from __future__ import annotations

from xuequ.core.access import action
from xuequ.registry.actions.groups import OFFICE

SET_UP = action("registry.set_up", "导入学区基础数据", OFFICE)
