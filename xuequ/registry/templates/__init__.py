"""The registry's workbooks."""

from __future__ import annotations

from xuequ.registry.templates.attendance import PUPIL_ATTENDANCE, STAFF_ATTENDANCE
from xuequ.registry.templates.calendar import CALENDAR
from xuequ.registry.templates.circumstances import CIRCUMSTANCES
from xuequ.registry.templates.classes import CLASSES
from xuequ.registry.templates.figures import FIGURES
from xuequ.registry.templates.moves import PUPIL_MOVES
from xuequ.registry.templates.people import PEOPLE
from xuequ.registry.templates.places import SCHOOLS, VILLAGES
from xuequ.registry.templates.posts import POSTS
from xuequ.registry.templates.premises import PREMISES
from xuequ.registry.templates.set_up import SET_UP
from xuequ.registry.templates.staff import STAFF
from xuequ.registry.templates.teaching import TEACHING

__all__ = [
    "CALENDAR",
    "CIRCUMSTANCES",
    "CLASSES",
    "FIGURES",
    "PEOPLE",
    "POSTS",
    "PREMISES",
    "PUPIL_ATTENDANCE",
    "PUPIL_MOVES",
    "SCHOOLS",
    "SET_UP",
    "STAFF",
    "STAFF_ATTENDANCE",
    "TEACHING",
    "TEMPLATES",
    "VILLAGES",
]

TEMPLATES = (
    SET_UP,
    CALENDAR,
    CIRCUMSTANCES,
    CLASSES,
    FIGURES,
    PEOPLE,
    POSTS,
    PREMISES,
    PUPIL_ATTENDANCE,
    PUPIL_MOVES,
    SCHOOLS,
    STAFF,
    STAFF_ATTENDANCE,
    TEACHING,
    VILLAGES,
)
