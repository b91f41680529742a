"""The registry's workbooks."""

from __future__ import annotations

from xuequ.registry.templates.attendance import PUPIL_ATTENDANCE, STAFF_ATTENDANCE
from xuequ.registry.templates.posts import POSTS
from xuequ.registry.templates.premises import PREMISES
from xuequ.registry.templates.set_up import SET_UP
from xuequ.registry.templates.staff import STAFF
from xuequ.registry.templates.teaching import TEACHING

__all__ = [
    "POSTS",
    "PREMISES",
    "PUPIL_ATTENDANCE",
    "SET_UP",
    "STAFF",
    "STAFF_ATTENDANCE",
    "TEACHING",
    "TEMPLATES",
]

TEMPLATES = (SET_UP, PREMISES, STAFF, POSTS, TEACHING, PUPIL_ATTENDANCE, STAFF_ATTENDANCE)
