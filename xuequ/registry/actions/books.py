"""Who may do what with the registry's workbooks."""

from __future__ import annotations

from xuequ.core.access import action
from xuequ.registry.actions.groups import LEADERS, OFFICE

IMPORT_BOOK = action("registry.import_book", "导入表格", OFFICE)

EXPORT_BOOK = action("registry.export_book", "导出表格", OFFICE)

VIEW_IMPORTS = action("registry.view_imports", "查看导入记录", LEADERS)
