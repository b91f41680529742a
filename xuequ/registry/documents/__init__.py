"""The registry's documents."""

from __future__ import annotations

from xuequ.registry.documents.calendar import HOLIDAY_NOTICE, SCHOOL_CALENDAR
from xuequ.registry.documents.counts import HEADCOUNT
from xuequ.registry.documents.district import CONDITIONS, DISTRICT_GLANCE
from xuequ.registry.documents.people import PUPIL_LIST, ROLL_CHANGES, STAFF_LIST, STAFF_MONTH, TRANSFERS
from xuequ.registry.documents.posts import DUTY_LIST, POST_PUBLICITY

__all__ = ["DISTRICT_GLANCE", "DOCUMENTS"]

DOCUMENTS = (
    DISTRICT_GLANCE,
    CONDITIONS,
    PUPIL_LIST,
    STAFF_LIST,
    STAFF_MONTH,
    ROLL_CHANGES,
    TRANSFERS,
    HEADCOUNT,
    DUTY_LIST,
    POST_PUBLICITY,
    SCHOOL_CALENDAR,
    HOLIDAY_NOTICE,
)
