"""Data checks of the party."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.party.checks.dues import DUES_CHECKS

CHECKS: tuple[DataCheck, ...] = (*DUES_CHECKS,)
"""Every check of the part; a topic with checks of its own has a module here."""
