"""Who may do what with the adjustments of a budget."""

from __future__ import annotations

from xuequ.core.access import Post, action

_OFFICE = (Post.PRINCIPAL, Post.ACCOUNTANT)

DRAFT_ADJUSTMENT = action("budget.draft_adjustment", "拟写预算调整", _OFFICE)
RECORD_ADJUSTMENT_APPROVAL = action("budget.record_adjustment_approval", "登记财政批准文号", _OFFICE)
FILE_ADJUSTMENT = action("budget.file_adjustment", "登记预算调整备案", _OFFICE)
APPLY_ADJUSTMENT = action("budget.apply_adjustment", "执行预算调整", _OFFICE)
VOID_ADJUSTMENT = action("budget.void_adjustment", "作废预算调整", _OFFICE)
REVERSE_ADJUSTMENT = action("budget.reverse_adjustment", "红字冲销预算调整", _OFFICE)
SPLIT_LINE = action("budget.split_line", "分解预算到校", _OFFICE)
