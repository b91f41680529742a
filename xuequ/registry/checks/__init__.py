"""Data checks of the registry."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.registry.checks import ground, pupils

CHECKS: tuple[DataCheck, ...] = (*ground.CHECKS, *pupils.CHECKS)
"""Every check of the registry; a topic with checks of its own has a module beside `ground`."""
