"""Use cases of pupils' attendance 学生考勤."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import cast

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import XuequError
from xuequ.core.fields import Command
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.plan import Key, Plan, book_of
from xuequ.core.workbook import Reading
from xuequ.registry.actions.attendance import (
    CALL_ROLL,
    CORRECT_ROLL,
    VIEW_PRESENT,
    VIEW_ROLLS,
    WATCH_DROPOUT,
)
from xuequ.registry.errors.attendance import RollUnknown
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.attendance import RollCorrected, RollsCalled
from xuequ.registry.repository.attendance import PupilRollRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.attendance import Mark
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.schemas.attendance import (
    DropoutWatch,
    PresentView,
    PupilMark,
    RollCall,
    RollCorrection,
    RollView,
)
from xuequ.registry.schemas.attendance_books import ClassDay, PupilDay, RollDay
from xuequ.registry.service.day_books import Form, apply_day, day_rows, plan_day
from xuequ.registry.service.dropout import watch
from xuequ.registry.service.presence import present_view
from xuequ.registry.service.rolls import Asked, Unit, Written, editions, write_rolls
from xuequ.registry.states.attendance import PupilAttendance
from xuequ.registry.states.classes import Stage


class AttendanceService(Service):
    """Rolls of classes 点名: one for a class and half-day, with only the exceptions named."""

    @property
    def _rows(self) -> PupilRollRows:
        return PupilRollRows(self.context.session, self.context.scope, self.context.place)

    # rolls

    @use_case(CALL_ROLL, at=At.SCHOOL)
    def call_roll(self, call: RollCall) -> RollView:
        """Call the roll of a class for a half-day; who is not named was present.

        Raises:
            ClassUnknown, SchoolNotOpen, RollKnown, RollAhead, NoSchoolThen, NobodyDue, NotDue,
                MarkedTwice: alone or together as `Problems`.
        """
        return self.call_rolls([call])[0]

    @use_case(CALL_ROLL, at=At.SCHOOL)
    def call_rolls(self, calls: Sequence[RollCall]) -> list[RollView]:
        """Call many rolls, all or none, in a number of statements that does not grow with them.

        Raises:
            ClassUnknown, Problems: as `call_roll` does.
        """
        units = self._units(calls)
        for school in sorted({unit.school for unit in units}) or [""]:
            self.context.permit(CALL_ROLL, school=school)
        asked = [_asked(call, unit) for call, unit in zip(calls, units, strict=True)]
        written = write_rolls(self.context, self._rows, asked)
        announce_called(self, written)
        return [self._view_of(one) for one in written]

    @use_case(CORRECT_ROLL, at=At.SCHOOL)
    def correct_roll(self, correction: RollCorrection) -> RollView:
        """Say what a roll should have said; the next edition holds, and the one before is kept.

        Who is due is looked up anew, so what was recorded late for the day counts.

        Raises:
            RollUnknown: when none was called.
            RollReplaced: when somebody has corrected it since it was seen.
            RollSame: when it would say the same.
            ClassUnknown, NoSchoolThen, NotDue, MarkedTwice, Problems: as `call_roll` does.
        """
        (unit,) = self._units([correction])
        self.context.permit(CORRECT_ROLL, school=unit.school)
        asked = _asked(correction, unit, correction.edition, correction.reason)
        written = write_rolls(self.context, self._rows, [asked])
        announce_corrected(self, written)
        return self._view_of(written[0])

    @reading(VIEW_ROLLS, at=At.SCHOOL)
    def roll(self, class_id: int, day: date, half: Half) -> RollView:
        """Return the roll of a class that holds for a half-day.

        Raises:
            ClassUnknown, RollUnknown: when there is none; then nobody knows who was there.
        """
        return self.roll_history(class_id, day, half)[-1]

    @reading(VIEW_ROLLS, at=At.SCHOOL)
    def roll_history(self, class_id: int, day: date, half: Half) -> list[RollView]:
        """List every edition of a roll, the one that holds last: who called it, when, and why anew.

        Raises:
            ClassUnknown, RollUnknown: when there is none.
        """
        (unit,) = self._units([RollCall(class_id=class_id, day=day, half=half)])
        self.context.permit(VIEW_ROLLS, school=unit.school)
        found = editions(self._rows, class_id, HalfDay(day, half))
        if not found:
            whose = f"{unit.school} {unit.name}"
            raise RollUnknown(whose=whose, half_day=str(HalfDay(day, half)))
        return [_view(row, unit, marks) for row, marks in found]

    # what stands on them

    @reading(VIEW_PRESENT, at=At.SCHOOL)
    def present(self, school: str, day: date | None = None) -> PresentView:
        """Count who was at a school on a day by class and stage, and name the rolls that are missing.

        Args:
            day: today when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self.context.permit(VIEW_PRESENT, school=school)
        self._school_id(school)
        return present_view(self.context, self._rows, school, day or self.context.today)

    @reading(WATCH_DROPOUT, at=At.SCHOOL)
    def dropout_watch(
        self, school: str | None = None, on: date | None = None, warning_half_days: int | None = None
    ) -> DropoutWatch:
        """List pupils whose unexcused absence goes on and has reached the warning 控辍预警.

        Only school half-days count, so weekends, holidays and closures break no chain; a half-day without
        a roll neither breaks it nor proves it, and where it matters the pupil is listed as uncertain.

        Args:
            school: of this school only; of the whole district when left out.
            on: the day that is asked about; today when left out.
            warning_half_days: from how many half-days on; the standard of the place when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
            DistrictNeeded: at the county's door, which does not know the districts' calendars.
        """
        self.context.permit(WATCH_DROPOUT, school=school or "")
        _ = self._rows.district_id
        school_id = None if school is None else self._school_id(school)
        return watch(self.context, self._rows, on or self.context.today, school_id, warning_half_days)

    # workbooks

    @reading(CALL_ROLL, at=At.SCHOOL)
    def day_rows(self, school: str, day: date | None = None) -> dict[str, list[Command]]:
        """Return the rows of a school's day for its workbook: classes, pupils, and what was called already.

        Args:
            day: today when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self.context.permit(CALL_ROLL, school=school)
        self._school_id(school)
        day = day or self.context.today
        schooling = Schooling.of(self.context.standards, day)
        units = [
            (unit_of(row, day, schooling), _class_day(row, day)) for row in self._rows.classes_of([school])
        ]
        return day_rows(self._form, units, day, PupilDay)

    @reading(CALL_ROLL, at=At.SCHOOL)
    def plan_day(self, book: Reading) -> Plan:
        """Compare a workbook of attendance with the rolls that were called; nothing is written.

        Raises:
            ActionNotPermitted: when it names a school whose rolls the actor may not call.
        """
        self._enter(book)
        return plan_day(self.context, self._form, book).plan

    @use_case(CALL_ROLL, at=At.SCHOOL)
    def record_day(self, plan: Plan) -> None:
        """Call and correct the rolls of a workbook, all or none; the same one again changes nothing.

        Raises:
            Problems: when the plan holds problems.
            Stale: when rolls, or who is due, have changed since it was made.
        """
        self._enter(book_of(plan))
        written = apply_day(self.context, self._form, plan)
        corrected = [one for one in written if one.replaces_id is not None]
        for school in sorted({one.asked.unit.school for one in corrected}):
            self.context.permit(CORRECT_ROLL, school=school)
        announce_called(self, [one for one in written if one.replaces_id is None])
        announce_corrected(self, corrected)

    @property
    def _form(self) -> Form:
        return Form(self._rows, "pupil_no", self._units_of_rows)

    def _enter(self, book: Reading) -> None:
        """Check the schools that a workbook names."""
        schools = {cast(ClassDay, row.command).school for row in book.rows.get("rolls", ())}
        for school in sorted(schools) or [""]:
            self.context.permit(CALL_ROLL, school=school)

    def _units_of_rows(self, commands: Iterable[RollDay]) -> dict[Key, Unit | XuequError]:
        """Find the classes that a workbook names."""
        named = [cast(ClassDay, command) for command in commands]
        schools = {row.school for row in named}
        known = {
            (row.school, row.stage, row.entry_year, row.number): row
            for row in (self._rows.classes_of(schools) if schools else ())
        }
        units: dict[Key, Unit | XuequError] = {}
        for row in named:
            schooling = Schooling.of(self.context.standards, row.day)
            found = known.get((row.school, row.stage.code, row.entry_year, row.number))
            key = (row.school, row.day, row.stage, row.entry_year, row.number)
            if found is not None:
                units[key] = unit_of(found, row.day, schooling)
            else:
                name = class_name(row.stage, row.entry_year, row.number, row.day, schooling)
                units[key] = ClassUnknown(name=f"{row.school} {name}")
        return units

    # what they share

    def _school_id(self, school: str) -> int:
        school_id = self._rows.schools().get(school)
        if school_id is None:
            raise SchoolUnknown(school=school)
        return school_id

    def _units(self, calls: Sequence[RollCall]) -> list[Unit]:
        """Return the class of each call, as it is called on its day."""
        found = {row.id: row for row in self._rows.classes({call.class_id for call in calls})}
        units: list[Unit] = []
        for call in calls:
            row = found.get(call.class_id)
            if row is None:
                raise ClassUnknown(name=str(call.class_id))
            units.append(unit_of(row, call.day, Schooling.of(self.context.standards, call.day)))
        return units

    def _view_of(self, written: Written) -> RollView:
        asked = written.asked
        return RollView(
            id=written.id,
            school=asked.unit.school,
            class_id=asked.unit.id,
            class_name=asked.unit.name,
            day=asked.half_day.day,
            half=asked.half_day.half,
            edition=written.edition,
            due=written.due,
            present=written.present,
            called_at=self.context.now,
            called_by=str(self.context.actor),
            reason=asked.reason,
            exceptions=_exceptions(asked.marks),
        )


def unit_of(row: AnyRow, day: date, schooling: Schooling) -> Unit:
    """Return a class as it is called on a day."""
    name = class_name(Stage(row.stage), row.entry_year, row.number, day, schooling)
    return Unit(row.id, row.school_id, row.school, name)


def _class_day(row: AnyRow, day: date) -> Callable[..., RollDay]:
    """Return what makes the row of a class in a workbook."""
    return partial(
        ClassDay,
        school=row.school,
        day=day,
        stage=Stage(row.stage),
        entry_year=row.entry_year,
        number=row.number,
    )


def announce_called(service: Service, written: Iterable[Written]) -> None:
    """Say of each school and half-day which rolls were called."""
    groups: dict[tuple[int, HalfDay], list[Written]] = defaultdict(list)
    for one in written:
        groups[one.asked.unit.school_id, one.asked.half_day].append(one)
    for (school_id, at), some in groups.items():
        fact = RollsCalled(
            school_id=school_id,
            day=at.day,
            half=at.half,
            roll_ids=tuple(one.id for one in some),
            due=sum(one.due for one in some),
            present=sum(one.present for one in some),
        )
        service.context.announce(fact)


def announce_corrected(service: Service, written: Iterable[Written]) -> None:
    """Say of each roll that it was corrected."""
    for one in written:
        assert one.replaces_id is not None, "what was never called is refused"
        fact = RollCorrected(
            school_id=one.asked.unit.school_id,
            class_id=one.asked.unit.id,
            day=one.asked.half_day.day,
            half=one.asked.half_day.half,
            roll_id=one.id,
            replaces_id=one.replaces_id,
        )
        service.context.announce(fact)


def _asked(call: RollCall, unit: Unit, edition: int | None = None, reason: str = "") -> Asked:
    marks = tuple(Mark(one.pupil_id, one.kind) for one in call.exceptions)
    return Asked(unit, HalfDay(call.day, call.half), marks, edition, reason)


def _exceptions(marks: Iterable[Mark]) -> tuple[PupilMark, ...]:
    return tuple(PupilMark(pupil_id=mark.who, kind=PupilAttendance(mark.kind)) for mark in marks)


def _view(row: AnyRow, unit: Unit, marks: Iterable[Mark]) -> RollView:
    names = ("id", "day", "edition", "due", "present", "called_at", "called_by", "reason")
    return RollView(
        school=unit.school,
        class_id=unit.id,
        class_name=unit.name,
        half=Half(row.half),
        exceptions=_exceptions(marks),
        **{name: getattr(row, name) for name in names},
    )
