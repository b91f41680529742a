"""Commands and views of staff."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Command, Id, Name, Number, Text, View
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import (
    Degree,
    Entry,
    Exit,
    PlacementKind,
    StaffCategory,
    StandingKind,
    Title,
)
from xuequ.standards.codes.people import Education
from xuequ.standards.codes.staff import BackboneLevel, Establishment


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


# coming and going


class Held(Command):
    """Something that somebody holds, by its code or label: ``StandingKind.TITLE`` and ``"一级教师"``."""

    kind: StandingKind
    code: Number


class TakingOn(Command):
    """Somebody new 新进人员: by which school they are employed, None for the bureau itself.

    `works_at` is where they work if it is not there; what they hold counts from the first day.
    """

    staff_no: Number
    name: Name
    sex: Sex
    birth_date: date | None = None
    school_id: Id | None
    since: date
    entry: Entry
    authority: Text = ""
    works_at: Id | None = None
    holds: tuple[Held, ...] = ()


class Rehiring(Command):
    """Somebody comes back 重新任用: who has retired as 返聘."""

    staff_id: Id
    school_id: Id | None
    since: date
    entry: Entry = Entry.REHIRED
    authority: Text = ""
    works_at: Id | None = None


class EmploymentTransfer(Command):
    """A transfer 调动 to another school of the county, None for the bureau itself.

    With `stays` the person goes on working where they work now.
    """

    staff_id: Id
    school_id: Id | None
    since: date
    authority: Text = ""
    stays: bool = False
    end_teaching: bool = False


class EmploymentEnding(Command):
    """The end of an employment 离职; `on` is the first day without."""

    staff_id: Id
    on: date
    exit: Exit
    authority: Text = ""
    end_teaching: bool = False


class EmploymentCorrection(Command):
    """What was written wrong of an employment; what is left out stays as it is."""

    employment_id: Id
    school_id: Id | None = None
    since: date | None = None
    entry: Entry | None = None
    authority: Text | None = None
    exit: Exit | None = None
    exit_authority: Text | None = None


# where somebody works


class Placing(Command):
    """Somebody is to work at a school 安排工作学校 from a day; `until` is the first day back."""

    staff_id: Id
    school_id: Id
    kind: PlacementKind
    since: date
    until: date | None = None
    authority: Text = ""


class PlacementCorrection(Command):
    """What was written wrong of a placement; what is left out stays as it is."""

    placement_id: Id
    school_id: Id | None = None
    since: date | None = None
    kind: PlacementKind | None = None
    authority: Text | None = None


# standings


class StandingRecord(Held):
    """Something that somebody holds from a day: a title 职称, a degree 学位, a level 骨干 …"""

    staff_id: Id
    since: date
    until: date | None = None
    authority: Text = ""


class StandingCorrection(Command):
    """What was written wrong of a standing; what is left out stays as it is."""

    standing_id: Id
    code: Number | None = None
    since: date | None = None
    authority: Text | None = None


# views


class StandingView(View):
    """One thing that somebody holds or held."""

    id: Id
    kind: StandingKind
    code: str
    label: str
    since: date
    until: date | None
    authority: str


class EmploymentView(View):
    """One employment; no school means the county bureau itself."""

    id: Id
    school_id: Id | None
    school: str | None
    since: date
    until: date | None
    entry: Entry
    authority: str
    exit: Exit | None
    exit_authority: str


class PlacementView(View):
    """One placement."""

    id: Id
    school_id: Id
    school: str
    since: date
    until: date | None
    kind: PlacementKind
    authority: str


class StaffHistory(View):
    """Every employment and placement of somebody, and what they held, each in the order of days."""

    staff_id: Id
    staff_no: str
    employments: tuple[EmploymentView, ...]
    placements: tuple[PlacementView, ...]
    standings: tuple[StandingView, ...]


class StaffOnDay(View):
    """A member of staff as of a day: by whom employed, where at work, and what they hold.

    Schools are named by their codes. Not employed on that day: `employed_since` is None. The bureau's
    own staff have no employing school.
    """

    id: Id
    staff_no: str
    name: str
    sex: Sex
    birth_date: date | None
    as_of: date
    employer_id: Id | None
    employer: str | None
    employed_since: date | None
    entry: Entry | None
    school_id: Id | None
    school: str | None
    placed_since: date | None
    placed_until: date | None
    kind: PlacementKind | None
    title: Title | None = None
    education: Education | None = None
    degree: Degree | None = None
    backbone: BackboneLevel | None = None
    establishment: Establishment | None = None
    category: StaffCategory | None = None


class Workplace(View):
    """At which school somebody works on a day, and on what ground; leave is approved there."""

    staff_id: Id
    school_id: Id
    school: str
    kind: PlacementKind
    since: date
    until: date | None


class HeldCount(View):
    """How many hold something of a kind; no code means that none is recorded."""

    kind: StandingKind
    code: str | None
    label: str
    staff: int


class SchoolStaffCount(View):
    """One school: who is employed by it, who works there, and who of these is employed elsewhere."""

    school_id: Id
    school: str
    employed: int
    working: int
    from_elsewhere: int


class StaffOverview(View):
    """The staff of a district or county on a day 教职工结构; what they hold is of those at work there."""

    as_of: date
    employed: int
    working: int
    schools: tuple[SchoolStaffCount, ...]
    held: tuple[HeldCount, ...]
