"""Views of forms 表册: what existing views say, with the names that a printed list gives."""

from __future__ import annotations

from datetime import date

from xuequ.core.access import Post
from xuequ.core.fields import View
from xuequ.registry.schemas.calendar import Holiday, NoticeView
from xuequ.registry.schemas.transfers import TransferView
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import PlacementKind, StaffCategory, Title
from xuequ.standards.codes.people import Education
from xuequ.standards.codes.staff import Establishment


class FormView(View):
    """A form of a district, or of one school of it; `school` is the school's name, empty for all."""

    district: str
    school: str = ""

    @property
    def unit(self) -> str:
        """Whose form it is."""
        return self.school or self.district


class ListedPupil(View):
    """A pupil in the list of a class; the document number is masked."""

    class_name: str
    pupil_no: str
    name: str
    sex: Sex
    birth_date: date | None
    document: str | None
    status: PupilState


class PupilList(FormView):
    """The pupils of a school by class 学生花名册."""

    as_of: date
    classes: int
    pupils: tuple[ListedPupil, ...]


class ListedStaff(View):
    """A member of staff in a list; document number and telephone are masked."""

    school: str
    staff_no: str
    name: str
    sex: Sex
    birth_date: date | None
    document: str | None
    phone: str | None
    title: Title | None
    education: Education | None
    category: StaffCategory | None
    establishment: Establishment | None
    kind: PlacementKind | None
    placed_since: date | None


class StaffList(FormView):
    """Who works at the schools 教职工花名册."""

    as_of: date
    staff: tuple[ListedStaff, ...]


class StaffMonthLine(View):
    """A month of one member of staff in half-days; `unknown` are those without a roll."""

    staff_no: str
    name: str
    due: int
    there: int
    on_leave: int
    official: int
    absent: int
    late: int
    left_early: int
    unknown: int


class StaffMonth(FormView):
    """The month of a school's staff 教职工考勤月报."""

    first: date
    last: date
    school_half_days: int
    missing_rolls: int
    lines: tuple[StaffMonthLine, ...]
    provisional: str


class RollChangesLine(View):
    """How one school's roll changed; ``before + gains - losses == after``."""

    school: str
    before: int
    entered: int
    transferred_in: int
    other_gains: int
    gains: int
    graduated: int
    transferred_out: int
    other_losses: int
    losses: int
    after: int


class RollChangesForm(FormView):
    """How the rolls changed between two days 在校生变动表."""

    first: date
    last: date
    lines: tuple[RollChangesLine, ...]


class TransferLine(View):
    """A transfer that is not decided, with the names of pupil and schools."""

    pupil: str
    from_name: str
    to_name: str
    transfer: TransferView


class TransferLedger(FormView):
    """Transfers that are not decided 转学台账."""

    as_of: date
    lines: tuple[TransferLine, ...]
    overdue: int


class CountedClass(View):
    """A class as it was counted: boys, girls, and who is something among them."""

    school: str
    class_name: str
    boys: int
    girls: int
    on_roll: int
    in_school: int
    boarders: int
    left_behind: int
    migrant: int
    special_needs: int


class CountedSchool(CountedClass):
    """A school as it was counted; `class_name` is empty."""

    classes: int
    staff: int


class HeadcountForm(FormView):
    """A frozen headcount 人数统计表."""

    count_date: date
    purpose: CountPurpose
    edition: int
    origin: str
    frozen_without: str
    schools: tuple[CountedSchool, ...]
    classes: tuple[CountedClass, ...]


class PostLine(View):
    """A post of the duty list; `name` is None while it is vacant."""

    place: str
    post: Post
    name: str | None
    since: date | None
    authority: str
    duties: str
    lent_to: str
    remark: str


class PostList(FormView):
    """Who holds which post, and which are vacant 岗位职责表."""

    as_of: date
    lines: tuple[PostLine, ...]

    @property
    def held(self) -> tuple[PostLine, ...]:
        """The posts that are held."""
        return tuple(line for line in self.lines if line.name is not None)

    @property
    def vacant(self) -> tuple[PostLine, ...]:
        """The posts that must be filled and are not."""
        return tuple(line for line in self.lines if line.name is None)


class PostPublicity(PostList):
    """Who holds which post, as it is made public 任职公示: until when, and who takes objections."""

    last: date
    working_days: int
    contact: str
    provisional: str


class WorkedDay(View):
    """A weekend day that is worked, and whose timetable it follows where that is decided."""

    day: date
    follows: str


class HolidayNoticeForm(FormView):
    """A district's letter about the holidays of a notice 放假通知."""

    number: str
    dated: date
    name: str
    notice: NoticeView
    holidays: tuple[Holiday, ...]
    works: tuple[WorkedDay, ...]
