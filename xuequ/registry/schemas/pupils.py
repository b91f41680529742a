"""Commands and views of pupils."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Id, View
from xuequ.registry.states.people import Sex


class PupilView(View):
    """A pupil, and the class they are in today (None when in none)."""

    id: Id
    pupil_no: str
    name: str
    sex: Sex
    birth_date: date | None
    school: str | None
    class_name: str | None
    grade: int | None
    since: date | None
