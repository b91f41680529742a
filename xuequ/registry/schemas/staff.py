"""Commands and views of staff."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Id, View
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Title


class StaffView(View):
    """A member of staff, and where they work today (None when nowhere); a title if one is recorded."""

    id: Id
    staff_no: str
    name: str
    sex: Sex
    birth_date: date | None
    title: Title | None
    school: str | None
    since: date | None
