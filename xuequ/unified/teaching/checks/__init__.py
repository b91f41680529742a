"""Data checks of teaching."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.teaching.checks.cover import CHECKS as COVER

CHECKS: tuple[DataCheck, ...] = (*COVER,)
"""Every check of the part; a topic with checks of its own has a module here."""
