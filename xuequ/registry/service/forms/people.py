"""Forms of people: class lists, staff lists, the month of the staff, changes of the roll, transfers."""

from __future__ import annotations

from collections import Counter
from datetime import date

from xuequ.core.context import At, reading
from xuequ.core.text import half_width
from xuequ.registry.actions.attendance import VIEW_STAFF_ROLLS
from xuequ.registry.actions.pupils import VIEW_PUPIL
from xuequ.registry.actions.staff import VIEW_STAFF
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.rules.classes import Schooling, is_running
from xuequ.registry.rules.classes import class_name as name_of_class
from xuequ.registry.schemas.attendance import StaffLedgerLine
from xuequ.registry.schemas.forms import (
    ListedPupil,
    ListedStaff,
    PupilList,
    RollChangesForm,
    RollChangesLine,
    StaffList,
    StaffMonth,
    StaffMonthLine,
    TransferLedger,
    TransferLine,
)
from xuequ.registry.schemas.people import PersonView
from xuequ.registry.schemas.pupils import RollChanges
from xuequ.registry.schemas.staff import StaffOnDay
from xuequ.registry.schemas.transfers import TransferView
from xuequ.registry.service.forms.basis import FormBasis, Names, batches, masked_people
from xuequ.registry.service.pupils import PupilService
from xuequ.registry.service.staff import StaffService
from xuequ.registry.service.staff_attendance import StaffAttendanceService
from xuequ.registry.service.transfers import TransferService
from xuequ.registry.states.attendance import StaffAttendance
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import Entered, Left, PupilState

_GRADUATING = (Left.GRADUATED, Left.LEFT_PRESCHOOL)


class PeopleForms(FormBasis):
    """Forms that name people."""

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def pupil_list(self, school: str, class_name: str = "", on: date | None = None) -> PupilList:
        """List the pupils of a school by class 学生花名册; document numbers are masked.

        Args:
            school: the school's code.
            class_name: one class only, by the name that it has on the day.
            on: today when left out.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
            ClassUnknown: when the school has no such class on the day.
        """
        self.context.permit(VIEW_PUPIL, school=school)
        names, day = self._names(), on or self.context.today
        name = names.school(school)
        pupils = self._listed_pupils(school, day)
        if class_name:
            wanted = half_width(class_name)
            pupils = [pupil for pupil in pupils if half_width(pupil.class_name) == wanted]
            if not pupils:
                raise ClassUnknown(name=f"{name}{class_name}")
        return PupilList(
            district=names.district,
            school=name,
            as_of=day,
            classes=len({pupil.class_name for pupil in pupils}),
            pupils=tuple(pupils),
        )

    def _listed_pupils(self, school: str, day: date) -> list[ListedPupil]:
        schooling, rows = Schooling.of(self.context.standards, day), self._rows
        listed = [
            row
            for row in rows.pupils(school, day)
            if is_running(Stage(row.stage), row.entry_year, day, schooling)
        ]
        people: dict[int, PersonView] = {}
        for ids in batches([row.pupil_id for row in listed]):
            people |= masked_people(self.context, rows.people_of_pupils(ids))
        order = list(Stage)
        listed.sort(key=lambda row: (order.index(Stage(row.stage)), -row.entry_year, row.number))
        return [
            ListedPupil(
                class_name=name_of_class(Stage(row.stage), row.entry_year, row.number, day, schooling),
                pupil_no=row.pupil_no,
                name=row.name,
                sex=Sex(row.sex),
                birth_date=row.birth_date,
                document=people[row.pupil_id].document,
                status=PupilState(row.status),
            )
            for row in listed
        ]

    @reading(VIEW_STAFF, at=At.SCHOOL)
    def staff_list(self, school: str | None = None, on: date | None = None) -> StaffList:
        """List who works at a school, or at every school 教职工花名册; numbers are masked.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_STAFF, school=school or "")
        names, day, service = self._names(), on or self.context.today, StaffService(self.context)
        codes = names.codes(day) if school is None else [school]
        name = "" if school is None else names.school(school)
        staff = [one for code in codes for one in service.staff_of(code, day)]
        people: dict[int, PersonView] = {}
        for ids in batches([one.id for one in staff]):
            people |= masked_people(self.context, self._rows.people_of_staff(ids))
        listed = tuple(_listed_staff(one, people[one.id], names) for one in staff)
        return StaffList(district=names.district, school=name, as_of=day, staff=listed)

    @reading(VIEW_STAFF_ROLLS, at=At.SCHOOL)
    def staff_month(self, school: str, year: int, month: int) -> StaffMonth:
        """Return the month of a school's staff in half-days 教职工考勤月报.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_STAFF_ROLLS, school=school)
        names = self._names()
        ledger = StaffAttendanceService(self.context).month_ledger(school, year, month)
        return StaffMonth(
            district=names.district,
            school=names.school(school),
            first=ledger.first,
            last=ledger.last,
            school_half_days=ledger.school_half_days,
            missing_rolls=ledger.missing_rolls,
            lines=tuple(_month_line(line) for line in ledger.lines),
            provisional=ledger.provisional,
        )

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def roll_changes(self, first: date, last: date, school: str | None = None) -> RollChangesForm:
        """Explain how the rolls went from the count of one day to that of a later one 在校生变动表.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
            SpanBackwards: when the days are in the wrong order.
        """
        self.context.permit(VIEW_PUPIL, school=school or "")
        names, service = self._names(), PupilService(self.context)
        codes = names.codes(first) if school is None else [school]
        lines = tuple(_changes_line(service.roll_changes(code, first, last), names) for code in codes)
        name = "" if school is None else names.school(school)
        return RollChangesForm(district=names.district, school=name, first=first, last=last, lines=lines)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def open_transfers(self, school: str | None = None) -> TransferLedger:
        """List the transfers that are not decided 转学台账, the oldest first.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_PUPIL, school=school or "")
        names = self._names()
        name = "" if school is None else names.school(school)
        transfers = TransferService(self.context).open_transfers(school)
        pupils: dict[int, str] = {}
        for ids in batches({one.pupil_id for one in transfers}):
            pupils |= {row.owner: row.name for row in self._rows.people_of_pupils(ids)}
        return TransferLedger(
            district=names.district,
            school=name,
            as_of=self.context.today,
            lines=tuple(_transfer_line(one, pupils[one.pupil_id], names) for one in transfers),
            overdue=sum(one.overdue for one in transfers),
        )


def _listed_staff(one: StaffOnDay, person: PersonView, names: Names) -> ListedStaff:
    return ListedStaff(
        school=names.named(one.school),
        staff_no=one.staff_no,
        name=one.name,
        sex=one.sex,
        birth_date=one.birth_date,
        document=person.document,
        phone=person.phone,
        title=one.title,
        education=one.education,
        category=one.category,
        establishment=one.establishment,
        kind=one.kind,
        placed_since=one.placed_since,
    )


def _month_line(line: StaffLedgerLine) -> StaffMonthLine:
    count = Counter({kind.kind: kind.half_days for kind in line.kinds})
    return StaffMonthLine(
        staff_no=line.staff_no,
        name=line.name,
        due=line.due,
        there=line.there,
        on_leave=count[StaffAttendance.ON_LEAVE],
        official=count[StaffAttendance.OFFICIAL],
        absent=count[StaffAttendance.ABSENT],
        late=count[StaffAttendance.LATE],
        left_early=count[StaffAttendance.LEFT_EARLY],
        unknown=line.unknown,
    )


def _changes_line(changes: RollChanges, names: Names) -> RollChangesLine:
    gains = Counter({one.entered_as: one.pupils for one in changes.gains})
    losses = Counter({one.left_as: one.pupils for one in changes.losses})
    graduated = sum(losses[how] for how in _GRADUATING)
    return RollChangesLine(
        school=names.school(changes.school),
        before=changes.before,
        entered=gains[Entered.NEW],
        transferred_in=gains[Entered.TRANSFER_IN],
        other_gains=gains.total() - gains[Entered.NEW] - gains[Entered.TRANSFER_IN],
        gains=gains.total(),
        graduated=graduated,
        transferred_out=losses[Left.TRANSFER_OUT],
        other_losses=losses.total() - graduated - losses[Left.TRANSFER_OUT],
        losses=losses.total(),
        after=changes.after,
    )


def _transfer_line(one: TransferView, pupil: str, names: Names) -> TransferLine:
    """Name both schools: those here by their names, others by their codes, and places outside as written."""
    here = names.place.partition("/")[2]

    def named(district: str | None, school: str | None) -> str:
        if school is None:
            return one.outside or "—"
        return names.named(school) if district == here else f"{district or ''} {school}".strip()

    return TransferLine(
        pupil=pupil,
        from_name=named(one.from_district, one.from_school),
        to_name=named(one.to_district, one.to_school),
        transfer=one,
    )
