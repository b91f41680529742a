"""The registry's workbooks."""

from __future__ import annotations

from xuequ.registry.templates.attendance import PUPIL_ATTENDANCE, STAFF_ATTENDANCE
from xuequ.registry.templates.calendar import CALENDAR
from xuequ.registry.templates.premises import PREMISES
from xuequ.registry.templates.set_up import SET_UP

__all__ = ["CALENDAR", "PREMISES", "PUPIL_ATTENDANCE", "SET_UP", "STAFF_ATTENDANCE", "TEMPLATES"]

TEMPLATES = (SET_UP, CALENDAR, PREMISES, PUPIL_ATTENDANCE, STAFF_ATTENDANCE)
