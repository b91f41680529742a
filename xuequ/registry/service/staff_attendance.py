"""Use cases of staff's attendance 教职工考勤."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import cast

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import XuequError
from xuequ.core.fields import Command
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.plan import Key, Plan, book_of
from xuequ.core.spans import DaySpan
from xuequ.core.workbook import Reading
from xuequ.registry.actions.attendance import CALL_STAFF_ROLL, CORRECT_ROLL, VIEW_STAFF_ROLLS
from xuequ.registry.errors.attendance import RollUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.attendance import StaffRollCalled, StaffRollCorrected
from xuequ.registry.repository.attendance import StaffRollRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.attendance import Mark, month_of, worked
from xuequ.registry.rules.calendar_counts import school_halves
from xuequ.registry.schemas.attendance import (
    KindCount,
    StaffLedger,
    StaffLedgerLine,
    StaffMark,
    StaffRollCall,
    StaffRollCorrection,
    StaffRollView,
)
from xuequ.registry.schemas.attendance_books import RollDay, SchoolDay, StaffDay
from xuequ.registry.service.day_books import Form, apply_day, day_rows, plan_day
from xuequ.registry.service.rolls import (
    Asked,
    Unit,
    Written,
    due_span,
    editions,
    half_day_of,
    now_of,
    place_calendar,
    write_rolls,
)
from xuequ.registry.states.attendance import StaffAttendance

WHOSE = "教职工"


class StaffAttendanceService(Service):
    """Rolls of those who work at a school: one for a school and half-day, with only the exceptions named."""

    @property
    def _rows(self) -> StaffRollRows:
        return StaffRollRows(self.context.session, self.context.scope, self.context.place)

    @use_case(CALL_STAFF_ROLL, at=At.SCHOOL)
    def call_roll(self, call: StaffRollCall) -> StaffRollView:
        """Call the roll of a school's staff for a half-day; who is not named was there.

        Due is who works at the school on that day, wherever they are employed.

        Raises:
            SchoolUnknown, SchoolNotOpen, RollKnown, RollAhead, NoSchoolThen, NobodyDue, NotDue,
                MarkedTwice: alone or together as `Problems`.
        """
        return self.call_rolls([call])[0]

    @use_case(CALL_STAFF_ROLL, at=At.SCHOOL)
    def call_rolls(self, calls: Sequence[StaffRollCall]) -> list[StaffRollView]:
        """Call many rolls, all or none, in a number of statements that does not grow with them.

        Raises:
            SchoolUnknown, Problems: as `call_roll` does.
        """
        for school in sorted({call.school for call in calls}) or [""]:
            self.context.permit(CALL_STAFF_ROLL, school=school)
        units = self._units({call.school for call in calls})
        asked = [_asked(call, units[call.school]) for call in calls]
        written = write_rolls(self.context, self._rows, asked)
        announce_staff_called(self, written)
        return [self._view_of(one) for one in written]

    @use_case(CORRECT_ROLL, at=At.SCHOOL)
    def correct_roll(self, correction: StaffRollCorrection) -> StaffRollView:
        """Say what a roll should have said; the next edition holds, and the one before is kept.

        Raises:
            RollUnknown: when none was called.
            RollReplaced: when somebody has corrected it since it was seen.
            RollSame: when it would say the same.
            SchoolUnknown, NoSchoolThen, NotDue, MarkedTwice, Problems: as `call_roll` does.
        """
        self.context.permit(CORRECT_ROLL, school=correction.school)
        unit = self._units({correction.school})[correction.school]
        asked = _asked(correction, unit, correction.edition, correction.reason)
        written = write_rolls(self.context, self._rows, [asked])
        announce_staff_corrected(self, written)
        return self._view_of(written[0])

    @reading(VIEW_STAFF_ROLLS, at=At.SCHOOL)
    def roll(self, school: str, day: date, half: Half) -> StaffRollView:
        """Return the roll of a school's staff that holds for a half-day.

        Raises:
            SchoolUnknown, RollUnknown: when there is none; then nobody knows who was there.
        """
        return self.roll_history(school, day, half)[-1]

    @reading(VIEW_STAFF_ROLLS, at=At.SCHOOL)
    def roll_history(self, school: str, day: date, half: Half) -> list[StaffRollView]:
        """List every edition of a roll, the one that holds last: who called it, when, and why anew.

        Raises:
            SchoolUnknown, RollUnknown: when there is none.
        """
        self.context.permit(VIEW_STAFF_ROLLS, school=school)
        unit, at = self._units({school})[school], HalfDay(day, half)
        found = editions(self._rows, unit.id, at)
        if not found:
            raise RollUnknown(whose=f"{school} {WHOSE}", half_day=str(at))
        return [_view(row, unit, marks) for row, marks in found]

    @reading(VIEW_STAFF_ROLLS, at=At.SCHOOL)
    def month_ledger(self, school: str, year: int, month: int) -> StaffLedger:
        """Return the month of a school's staff 月考勤 in half-days, up to now when it has not ended.

        A half-day without a roll is counted as unknown, and never as worked.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self.context.permit(VIEW_STAFF_ROLLS, school=school)
        unit, span = self._units({school})[school], month_of(year, month)
        last = span.last_day
        assert last is not None, "a month ends"
        calendar = place_calendar(self.context, span.since, last).of(school)
        answer = school_halves(
            calendar, HalfDaySpan.through(HalfDay(span.since, Half.AM), HalfDay(last, Half.PM))
        )
        halves = [at for at in answer.value if at <= now_of(self.context)]
        rolls, marks = self._month(unit.id, span.since, last)
        people = self._rows.due([unit.id], span.since, last)
        return StaffLedger(
            school=school,
            first=span.since,
            last=last,
            school_half_days=len(halves),
            missing_rolls=sum(at not in rolls for at in halves),
            lines=tuple(_lines(people, halves, rolls, marks)),
            provisional=str(answer.provisional),
        )

    # workbooks

    @reading(CALL_STAFF_ROLL, at=At.SCHOOL)
    def day_rows(self, school: str, day: date | None = None) -> dict[str, list[Command]]:
        """Return the rows of a school's day for its workbook: its staff, and what was called already.

        Args:
            day: today when left out.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        self.context.permit(CALL_STAFF_ROLL, school=school)
        unit, day = self._units({school})[school], day or self.context.today
        return day_rows(self._form, [(unit, partial(SchoolDay, school=school, day=day))], day, StaffDay)

    @reading(CALL_STAFF_ROLL, at=At.SCHOOL)
    def plan_day(self, book: Reading) -> Plan:
        """Compare a workbook of attendance with the rolls that were called; nothing is written.

        Raises:
            ActionNotPermitted: when it names a school whose rolls the actor may not call.
        """
        self._enter(book)
        return plan_day(self.context, self._form, book).plan

    @use_case(CALL_STAFF_ROLL, at=At.SCHOOL)
    def record_day(self, plan: Plan) -> None:
        """Call and correct the rolls of a workbook, all or none; the same one again changes nothing.

        Raises:
            Problems: when the plan holds problems.
            Stale: when rolls, or who works there, have changed since it was made.
        """
        self._enter(book_of(plan))
        written = apply_day(self.context, self._form, plan)
        corrected = [one for one in written if one.replaces_id is not None]
        for school in sorted({one.asked.unit.school for one in corrected}):
            self.context.permit(CORRECT_ROLL, school=school)
        announce_staff_called(self, [one for one in written if one.replaces_id is None])
        announce_staff_corrected(self, corrected)

    @property
    def _form(self) -> Form:
        return Form(self._rows, "staff_no", self._units_of_rows)

    def _enter(self, book: Reading) -> None:
        """Check the schools that a workbook names."""
        schools = {cast(SchoolDay, row.command).school for row in book.rows.get("rolls", ())}
        for school in sorted(schools) or [""]:
            self.context.permit(CALL_STAFF_ROLL, school=school)

    def _units_of_rows(self, commands: Iterable[RollDay]) -> dict[Key, Unit | XuequError]:
        """Find the schools that a workbook names."""
        known = self._rows.schools()
        units: dict[Key, Unit | XuequError] = {}
        for row in commands:
            found = known.get(row.school)
            key = (row.school, row.day)
            units[key] = SchoolUnknown(school=row.school) if found is None else _unit(row.school, found)
        return units

    # what they share

    def _units(self, schools: Iterable[str]) -> dict[str, Unit]:
        """Return the staff of schools as units of rolls."""
        known = self._rows.schools()
        for school in sorted(schools):
            if school not in known:
                raise SchoolUnknown(school=school)
        return {code: _unit(code, known[code]) for code in schools}

    def _month(
        self, school_id: int, first: date, last: date
    ) -> tuple[frozenset[HalfDay], dict[int, dict[HalfDay, StaffAttendance]]]:
        """Return the half-days with a roll, and as what the rolls that hold mark whom."""
        rolls = {half_day_of(row): row.id for row in self._rows.standing([school_id], first, last)}
        at = {roll_id: half_day for half_day, roll_id in rolls.items()}
        marks: dict[int, dict[HalfDay, StaffAttendance]] = defaultdict(dict)
        for row in self._rows.marks(list(at)):
            marks[row.who][at[row.roll_id]] = StaffAttendance(row.kind)
        return frozenset(rolls), marks

    def _view_of(self, written: Written) -> StaffRollView:
        asked = written.asked
        return StaffRollView(
            id=written.id,
            school=asked.unit.school,
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


def _unit(code: str, school_id: int) -> Unit:
    return Unit(school_id, school_id, code, WHOSE)


def announce_staff_called(service: Service, written: Iterable[Written]) -> None:
    """Say of each roll that it was called."""
    for one in written:
        fact = StaffRollCalled(
            school_id=one.asked.unit.school_id,
            day=one.asked.half_day.day,
            half=one.asked.half_day.half,
            roll_id=one.id,
            due=one.due,
            present=one.present,
        )
        service.context.announce(fact)


def announce_staff_corrected(service: Service, written: Iterable[Written]) -> None:
    """Say of each roll that it was corrected."""
    for one in written:
        assert one.replaces_id is not None, "what was never called is refused"
        fact = StaffRollCorrected(
            school_id=one.asked.unit.school_id,
            day=one.asked.half_day.day,
            half=one.asked.half_day.half,
            roll_id=one.id,
            replaces_id=one.replaces_id,
        )
        service.context.announce(fact)


def _asked(call: StaffRollCall, unit: Unit, edition: int | None = None, reason: str = "") -> Asked:
    marks = tuple(Mark(one.staff_id, one.kind, one.source) for one in call.exceptions)
    return Asked(unit, HalfDay(call.day, call.half), marks, edition, reason)


def _exceptions(marks: Iterable[Mark]) -> tuple[StaffMark, ...]:
    return tuple(
        StaffMark(staff_id=mark.who, kind=StaffAttendance(mark.kind), source=mark.source) for mark in marks
    )


def _view(row: AnyRow, unit: Unit, marks: Iterable[Mark]) -> StaffRollView:
    names = ("id", "day", "edition", "due", "present", "called_at", "called_by", "reason")
    return StaffRollView(
        school=unit.school,
        half=Half(row.half),
        exceptions=_exceptions(marks),
        **{name: getattr(row, name) for name in names},
    )


def _lines(
    people: Iterable[AnyRow],
    halves: Sequence[HalfDay],
    called: frozenset[HalfDay],
    marks: Mapping[int, Mapping[HalfDay, StaffAttendance]],
) -> Iterable[StaffLedgerLine]:
    """Return a line for each of the staff, in the order of their numbers."""
    spans: dict[int, list[DaySpan]] = defaultdict(list)
    named: dict[int, AnyRow] = {}
    for row in people:
        span = due_span(row)
        assert span is not None, "a placement holds with itself"
        spans[row.who].append(span)
        named[row.who] = row
    for who, row in named.items():
        found = worked(spans[who], halves, called, marks.get(who, {}))
        yield StaffLedgerLine(
            staff_id=who,
            staff_no=row.number,
            name=row.name,
            due=found.due,
            there=found.there,
            unknown=found.unknown,
            kinds=tuple(
                KindCount(kind=kind, half_days=found.kinds[kind])
                for kind in StaffAttendance
                if found.kinds.get(kind)
            ),
        )
