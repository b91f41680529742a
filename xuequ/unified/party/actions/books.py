"""Who may take workbooks of party in and out."""

from __future__ import annotations

from xuequ.core.access import Post, action

HOLDERS = (Post.PARTY_SECRETARY, Post.PARTY_COMMISSIONER)

IMPORT_BOOK = action("party.import_book", "导入党务台账", HOLDERS)
EXPORT_BOOK = action("party.export_book", "导出党务台账", HOLDERS)
VIEW_IMPORTS = action("party.view_imports", "查看党务导入记录", HOLDERS)
