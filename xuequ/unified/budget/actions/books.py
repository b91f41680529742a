"""Who may take workbooks of the budget in and out."""

from __future__ import annotations

from xuequ.core.access import action
from xuequ.unified.budget.actions.ledger import HOLDERS

IMPORT_BOOK = action("budget.import_book", "导入经费台账", HOLDERS)
EXPORT_BOOK = action("budget.export_book", "导出经费台账", HOLDERS)
VIEW_IMPORTS = action("budget.view_imports", "查看经费导入记录", HOLDERS)
