"""Commands and views of pupils."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, Number, Text, View
from xuequ.registry.schemas.set_up import Year
from xuequ.registry.states.circumstances import TraitDetail, TraitKind
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import Entered, Left, MoveKind, PupilState, Reason

# commands


class NewPupil(Command):
    """Who a pupil is; `pupil_no` is the number 学籍号 that goes with them for life."""

    pupil_no: Number
    name: Name
    sex: Sex
    birth_date: date | None = None


class PupilApplication(Command):
    """Apply to a school for a cohort 报名; somebody who was a pupil of the county before keeps the number."""

    pupil: NewPupil
    school: Code
    stage: Stage
    entry_year: int = Year


class Suspension(Command):
    """Suspend a pupil 休学; `planned_until` is the first day back, `authority` the evidence it stands on."""

    planned_until: date
    reason: Reason = Reason.ILLNESS
    authority: Text = ""


class Departure(Command):
    """Let a pupil go to a school outside the county 转出县外, when that school has taken them in."""

    outside: Name
    reason: Reason = Reason.FAMILY_MOVED
    guardian_applied: bool
    authority: Text = ""


class MoveRow(Command):
    """One line of a school office's list 学生异动; what a kind does not ask for is left out.

    Args:
        on: the first day on which it holds.
        entry_year, number: of the class, for a change of class or to come back into a lower grade.
        planned_until: the first day back from a suspension.
        absent_since: the first day of the absence of a suspected dropout.
        outside: where somebody goes who leaves the county; `guardian_applied` says that a guardian asked.
        remark: evidence, persuasion, or the decision that it stands on.
    """

    pupil_no: Number
    kind: MoveKind
    on: date
    reason: Reason | None = None
    entry_year: int | None = Field(default=None, ge=1950, le=2100)
    number: int | None = Field(default=None, ge=1, le=99)
    planned_until: date | None = None
    absent_since: date | None = None
    outside: Text = ""
    guardian_applied: bool = False
    remark: Text = ""


# views


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


class RecordView(View):
    """Where a pupil stands after a step: the open status since when, and the class."""

    id: Id
    pupil_no: str
    status: PupilState
    since: date
    planned_until: date | None
    school: str | None
    class_id: Id | None
    class_name: str | None


class TraitNow(View):
    """One thing that is true of a pupil on a day."""

    kind: TraitKind
    detail: TraitDetail | None


class PupilAsOf(View):
    """All that the registry says of a pupil on a day.

    `school` keeps the record, or is applied to; `class_name` is None for one who is in no class.
    """

    id: Id
    pupil_no: str
    name: str
    sex: Sex
    birth_date: date | None
    on: date
    status: PupilState | None
    status_since: date | None
    school: str | None
    class_id: Id | None
    class_name: str | None
    grade: int | None
    traits: tuple[TraitNow, ...]
    hukou_area: str | None
    residence_area: str | None


class StatusSpanView(View):
    """A status and its days, half-open."""

    status: PupilState
    reason: Reason
    school: str | None
    since: date
    until: date | None
    authority: str


class SeatSpanView(View):
    """A class and its days, half-open."""

    school: str
    stage: Stage
    entry_year: int
    number: int
    since: date
    until: date | None
    entered_as: Entered | None
    left_as: Left | None


class PupilHistory(View):
    """A pupil's record from the beginning; a former district sees what was its own."""

    id: Id
    pupil_no: str
    name: str
    statuses: tuple[StatusSpanView, ...]
    classes: tuple[SeatSpanView, ...]


class ClassMember(View):
    """A pupil in a class list."""

    id: Id
    pupil_no: str
    name: str
    sex: Sex
    status: PupilState


class ClassRoll(View):
    """A class on a day, counted."""

    class_id: Id
    class_name: str
    grade: int
    pupils: int
    in_school: int
    sexes: dict[Sex, int]


class TraitCount(View):
    """How many pupils have a trait on a day."""

    kind: TraitKind
    detail: TraitDetail | None
    pupils: int


class SchoolRoll(View):
    """A school's roll 在籍学生 on a day, counted; `in_school` leaves out who is suspended or dropped out."""

    school_id: Id
    school: str
    pupils: int
    in_school: int
    sexes: dict[Sex, int]
    statuses: dict[PupilState, int]
    classes: tuple[ClassRoll, ...]
    traits: tuple[TraitCount, ...]


class Gain(View):
    """How many pupils came to a school in one way."""

    entered_as: Entered | None
    pupils: int


class Loss(View):
    """How many pupils left a school in one way."""

    left_as: Left | None
    pupils: int


class RollChanges(View):
    """How a school's roll went from the count of one day to that of another.

    Moves within the school are neither gain nor loss, so ``before + gains - losses == after``.
    """

    school: str
    first: date
    last: date
    before: int
    gains: tuple[Gain, ...]
    losses: tuple[Loss, ...]
    after: int
