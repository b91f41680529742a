"""The registry's workbooks."""

from __future__ import annotations

from xuequ.registry.templates.attendance import PUPIL_ATTENDANCE, STAFF_ATTENDANCE
from xuequ.registry.templates.circumstances import CIRCUMSTANCES
from xuequ.registry.templates.classes import CLASSES
from xuequ.registry.templates.moves import PUPIL_MOVES
from xuequ.registry.templates.people import PEOPLE
from xuequ.registry.templates.premises import PREMISES
from xuequ.registry.templates.set_up import SET_UP

__all__ = [
    "CIRCUMSTANCES",
    "CLASSES",
    "PEOPLE",
    "PREMISES",
    "PUPIL_ATTENDANCE",
    "PUPIL_MOVES",
    "SET_UP",
    "STAFF_ATTENDANCE",
    "TEMPLATES",
]

TEMPLATES = (
    SET_UP,
    PREMISES,
    CLASSES,
    CIRCUMSTANCES,
    PEOPLE,
    PUPIL_MOVES,
    PUPIL_ATTENDANCE,
    STAFF_ATTENDANCE,
)
