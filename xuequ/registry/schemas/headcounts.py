"""Commands and views of headcounts: live ones and frozen ones are of different types, line by line."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from xuequ.core.fields import Command, Id, Text, View
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import StaffCategory, Title
from xuequ.standards.codes.staff import Establishment


class HeadcountDrawing(Command):
    """Draw up a headcount for a count date 统计时点; `reason` says why there is to be another edition."""

    count_date: date
    purpose: CountPurpose
    reason: Text = ""


class PupilFigures(View):
    """Pupils counted: 在籍 (with those suspended or dropped out), 在校, and some among the latter."""

    on_roll: int = Field(ge=0)
    in_school: int = Field(ge=0)
    boarders: int = Field(ge=0)
    left_behind: int = Field(ge=0)
    migrant: int = Field(ge=0)
    special_needs: int = Field(ge=0)


class _PupilLine(PupilFigures):
    school: str
    class_id: Id
    class_name: str
    stage: Stage
    grade: int
    sex: Sex


class _StaffLine(View):
    school: str
    title: Title | None
    category: StaffCategory | None
    establishment: Establishment | None
    heads: int


class LivePupilLine(_PupilLine):
    """Pupils of a class and sex by the roll as it is now."""


class LiveStaffLine(_StaffLine):
    """Staff who work at a school, by what they hold, as it is recorded now."""


class OverdueClass(View):
    """A class past its last grade with pupils on its roll; they are in no line and no sum."""

    school: str
    class_name: str
    pupils: int


class LiveHeadcount(View):
    """What the roll says now of a day; it changes when the roll changes."""

    as_of: date
    read_at: datetime
    pupils: tuple[LivePupilLine, ...]
    staff: tuple[LiveStaffLine, ...]
    pupil_total: PupilFigures
    staff_total: int
    overdue: tuple[OverdueClass, ...]


class CountedPupilLine(_PupilLine):
    """Pupils of a class and sex as they were counted for a count date."""


class CountedStaffLine(_StaffLine):
    """Staff who worked at a school, by what they held, as they were counted for a count date."""


class Confirmation(View):
    """That a school's head confirmed its lines."""

    school: str
    confirmed_at: datetime
    confirmed_by: str


class HeadcountHeader(View):
    """An edition of a headcount without its lines; not frozen while `frozen_at` is None."""

    id: Id
    count_date: date
    purpose: CountPurpose
    edition: int
    reason: str
    drafted_at: datetime
    drafted_by: str
    frozen_at: datetime | None = None


class DraftHeadcount(HeadcountHeader):
    """An edition with its lines, of all schools or of one, and who has confirmed it."""

    pupils: tuple[CountedPupilLine, ...]
    staff: tuple[CountedStaffLine, ...]
    pupil_total: PupilFigures
    staff_total: int
    confirmed: tuple[Confirmation, ...]
    unconfirmed: tuple[str, ...]


class FrozenHeadcount(View):
    """A headcount that never changes again: its count date, its figures, who froze it and when."""

    id: Id
    count_date: date
    purpose: CountPurpose
    edition: int
    correction: str
    """Why it is another edition; empty for the first."""
    frozen_at: datetime
    frozen_by: str
    frozen_without: tuple[str, ...]
    """The schools that had not confirmed."""
    reason: str
    """Why it was frozen without them."""
    sha256: str
    pupils: tuple[CountedPupilLine, ...]
    staff: tuple[CountedStaffLine, ...]
    pupil_total: PupilFigures
    staff_total: int

    @property
    def origin(self) -> str:
        """Where the figures come from, as it is printed under them."""
        return f"统计时点 {self.count_date}，{self.purpose.label}第 {self.edition} 版，{self.frozen_by} 冻结"


class FigureDifference(View):
    """One figure of a school and stage that is no longer what was frozen; staff have no stage."""

    school: str
    stage: Stage | None
    figure: str
    label: str
    frozen: int
    live: int


class HeadcountDifference(View):
    """How a frozen headcount differs from the roll of another day; empty when it does not."""

    headcount_id: Id
    count_date: date
    live_as_of: date
    lines: tuple[FigureDifference, ...]
