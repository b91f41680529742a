"""Who may take workbooks of leadership in and out."""

from __future__ import annotations

from xuequ.core.access import Post, action

HOLDERS = (Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR, Post.GENERAL_AFFAIRS_DIRECTOR)

IMPORT_BOOK = action("leadership.import_book", "导入行政台账", HOLDERS)
EXPORT_BOOK = action("leadership.export_book", "导出行政台账", HOLDERS)
VIEW_IMPORTS = action("leadership.view_imports", "查看行政导入记录", HOLDERS)
