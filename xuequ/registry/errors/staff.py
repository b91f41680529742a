"""Errors of staff."""

from __future__ import annotations

from xuequ.core.errors import NotFound


class StaffUnknown(NotFound):
    """No such member of staff in this scope."""

    code = "registry.staff_unknown"
    staff: str
