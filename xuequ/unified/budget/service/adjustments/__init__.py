"""Adjustments 预算调整: how an approved budget changes, by documents that are never erased."""

from __future__ import annotations

from xuequ.unified.budget.service.adjustments.drafting import Drafting
from xuequ.unified.budget.service.adjustments.showing import Showing
from xuequ.unified.budget.service.adjustments.splitting import Splitting

__all__ = ["AdjustmentService"]


class AdjustmentService(Drafting, Splitting, Showing):
    """Adjustments of an approved budget: drafted, let pass, applied; reversed by a red one, never erased.

    Each is of one source's money, and within a source and project expenditure changes as income does:
    专款专用. A step that was done is a replay, which has the same answer and no second effect.
    """
