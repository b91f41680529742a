"""Who may close a year."""

from __future__ import annotations

from xuequ.core.access import Post, action

CLOSE_YEAR = action("budget.close_year", "年度关账", (Post.PRINCIPAL, Post.ACCOUNTANT))
