"""Allotments 公用经费核定, what is drafted by them, the training check, and releases 核拨."""

from __future__ import annotations

from xuequ.unified.budget.service.allotments.drafting import Drafting
from xuequ.unified.budget.service.allotments.releasing import Releasing
from xuequ.unified.budget.service.allotments.training import TrainingCheck

__all__ = ["AllotmentService"]


class AllotmentService(Drafting, Releasing, TrainingCheck):
    """What each school gets of 公用经费 by its pupils, and how training and activities get theirs."""
