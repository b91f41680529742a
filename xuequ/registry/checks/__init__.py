"""Data checks of the registry."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.registry.checks import (
    attendance,
    calendar,
    classes,
    ground,
    headcounts,
    people,
    places,
    posts,
    pupils,
    staff,
)

CHECKS: tuple[DataCheck, ...] = (
    *attendance.CHECKS,
    *calendar.CHECKS,
    *classes.CHECKS,
    *ground.CHECKS,
    *headcounts.CHECKS,
    *people.CHECKS,
    *places.CHECKS,
    *posts.CHECKS,
    *pupils.CHECKS,
    *staff.CHECKS,
)
"""Every check of the registry; a topic with checks of its own has a module beside `ground`."""
