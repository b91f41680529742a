"""Use cases of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xuequ.core.context import reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.registry.actions.calendar import CLOSE_SCHOOLS, SET_CALENDAR
from xuequ.registry.errors.calendar import (
    ApartSame,
    ApartUnknown,
    ClosureUnknown,
    NoticeSame,
    TermSame,
)
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.calendar import (
    ClosureAnnounced,
    ClosureLifted,
    DaysSetApart,
    DaysWithdrawn,
    HolidayNoticeRecorded,
    MakeUpChosen,
    TermSet,
)
from xuequ.registry.repository.attendance import CalledRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.calendar import Apart, MakeUp, Notice, Term
from xuequ.registry.rules.calendar_checks import (
    check_apart,
    check_closure,
    check_lifting,
    check_make_up,
    check_notice,
    check_term,
    expand,
)
from xuequ.registry.schemas.calendar import (
    ApartView,
    ClosureCommand,
    ClosureView,
    DaysApart,
    HolidayNoticeCommand,
    MakeUpChoice,
    NoticeView,
    RollsCalledThen,
    TermDates,
    TermView,
)
from xuequ.registry.service.calendar_answers import CalendarAnswers
from xuequ.registry.service.calendar_import import notice_from_library
from xuequ.registry.service.calendar_reading import (
    PlaceCalendar,
    announced,
    by_edition,
    latest,
    notice_of,
    pack_notice,
    read_calendar,
    read_place,
    still_closed,
    term_key,
    term_of,
)
from xuequ.registry.service.calendar_views import (
    apart_view,
    closure_view,
    recorded_notice_view,
    term_view,
)
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.states.calendar import HolidayWeeks, NoticeDay

__all__ = ["CalendarService", "PlaceCalendar", "read_calendar", "read_place"]

KEEPS_NUMBER = "calendar.holiday_week_keeps_number"


class CalendarService(CalendarAnswers):
    """The calendar 校历: terms, holidays, make-up days, closures, working days.

    The county sets it for all its districts; what a district sets itself wins. Every reading takes a
    `school`, whose own closures and days set apart then count too; without one it is the place's own.
    A year without its holiday notice is answered by plain weekdays, and the answer says so in its
    `provisional`.
    """

    # terms

    @use_case(SET_CALENDAR)
    def set_term(self, command: TermDates) -> TermView:
        """Set the first and last day of a term 学期, or set them anew, which is its next edition.

        Raises:
            TermSame: when it holds here just so already.
            TermOutsideYear, TermOverlaps, TermOutOfOrder: for its days, all at once.
            StandardNotSet: when neither the command nor the county or district says what becomes of the
                number of a week without school.
        """
        rows = self._rows
        rows.lock_owner()
        term = self._term_commanded(command)
        editions = rows.terms(term.school_year - 1, term.school_year + 1)
        held = {term_key(row): row for row in latest(editions, term_key)}
        replaced = held.pop((term.school_year, term.number), None)
        if replaced is not None and term_of(replaced) == term:
            raise TermSame(term=term.name)
        refuse_if(check_term(term, map(term_of, held.values())))
        same = (row for row in editions if term_key(row) == (term.school_year, term.number))
        edition = self._next_edition(same)
        values = {
            "school_year": term.school_year,
            "number": term.number,
            "edition": edition,
            "first_day": term.first,
            "last_day": term.last,
            "holiday_weeks": term.holiday_weeks.code,
            "recorded_at": self.context.now,
        }
        fact = TermSet(
            term_id=rows.add_term(values),
            school_year=term.school_year,
            number=term.number,
            first=term.first,
            last=term.last,
            edition=edition,
        )
        self.context.announce(fact)
        return self._term_view(term)

    def _term_commanded(self, command: TermDates) -> Term:
        weeks = command.holiday_weeks
        if weeks is None:
            keeps = self.context.standards.flag(KEEPS_NUMBER, on=command.first)
            weeks = HolidayWeeks.KEEP if keeps else HolidayWeeks.SKIP
        return Term(command.school_year, command.number, command.first, command.last, weeks)

    def _next_edition(self, rows: Iterable[AnyRow]) -> int:
        owner_id = self._rows.owner_id
        return max((row.edition for row in rows if row.owner_id == owner_id), default=0) + 1

    def _term_view(self, term: Term) -> TermView:
        editions = self._rows.terms(term.school_year, term.school_year)
        rows = {term_key(row): row for row in editions}
        return term_view(rows[term.school_year, term.number], self._read(term.first, term.last))

    # notices and make-up days

    @reading(SET_CALENDAR)
    def notice_from_library(self, year: int) -> HolidayNoticeCommand:
        """Return a year's notice as the library chinesecalendar has it, for a person to check and record.

        Nothing is recorded: the library is a copy by volunteers, and the notice itself is what counts.

        Raises:
            ImportYearUnknown: when the installed version does not know that year.
            ExtraMissing: when the library is not installed.
        """
        return notice_from_library(year)

    @use_case(SET_CALENDAR)
    def record_holiday_notice(self, command: HolidayNoticeCommand) -> NoticeView:
        """Record the holiday notice 放假通知 of a year, or its revision, which is its next edition.

        Raises:
            NoticeSame: when it holds here just so already.
            NoticeEmpty, NoticeDayTwice, NoticeDayOutside, NoticeWorksWeekday: for its days, all at once.
        """
        rows = self._rows
        rows.lock_owner()
        off = expand((holiday.name, holiday.first, holiday.last) for holiday in command.holidays)
        refuse_if(check_notice(command.year, [day for day, _ in off], command.works))
        notice = Notice(command.year, dict(off), frozenset(command.works))
        editions = rows.notices(command.year, command.year)
        if self._holding(command.year, editions) == (command.number, command.authority, notice):
            raise NoticeSame(year=command.year)
        edition = self._next_edition(editions)
        days = [(day, NoticeDay.OFF.code, name) for day, name in off]
        days += [(day, NoticeDay.WORK.code, "") for day in sorted(command.works)]
        values = command.model_dump(include={"year", "number", "authority"})
        notice_id = rows.add_notice(values | {"edition": edition, "recorded_at": self.context.now}, days)
        fact = HolidayNoticeRecorded(
            notice_id=notice_id, year=command.year, number=command.number, edition=edition
        )
        self.context.announce(fact)
        return recorded_notice_view(by_edition(rows.notices(command.year, command.year))[-1])

    def _holding(self, year: int, editions: Iterable[AnyRow]) -> tuple[str, str, Notice] | None:
        recorded = by_edition(editions)
        if recorded:
            row = recorded[-1][0]
            return row.number, row.authority, notice_of(recorded[-1])
        packed = pack_notice(self.context.standards, year)
        return ("", packed[1].authority, packed[0]) if packed is not None else None

    @use_case(SET_CALENDAR)
    def choose_make_up(self, command: MakeUpChoice) -> MakeUpChoice:
        """Choose whose timetable a make-up day 调休上课日 follows; the same again changes nothing.

        Raises:
            NoticeMissing, TermMissing: when nobody can say yet that it is a make-up day.
            NotMakeUpDay, FollowsWeekend: for the day and the weekday.
        """
        rows, day = self._rows, command.day
        rows.lock_owner()
        calendar = self._read(day, day)
        refuse_if(check_make_up(calendar, day, command.follows_weekday))
        if calendar.make_ups.get(day) != MakeUp(command.follows_weekday, command.parity):
            follows = int(command.follows_weekday)
            parity = command.parity.code if command.parity else None
            own = next((row for row in rows.make_ups(day, day) if row.owner_id == rows.owner_id), None)
            rows.set_make_up(own, day, {"follows_weekday": follows, "parity": parity})
            self.context.announce(MakeUpChosen(day=day, follows_weekday=follows, parity=parity))
        return command

    # days set apart

    @use_case(SET_CALENDAR)
    def set_apart(self, command: DaysApart) -> ApartView:
        """Set days apart 单列 for exams, an event or a local festival, at one school or at all.

        Days of a year whose notice is not known are set apart all the same; the view says so.

        Raises:
            ApartOnDayOff: for an exam or event on a holiday or in the vacation.
            ApartSame: when some of the days are set apart for the same kind of thing already.
            SchoolUnknown, DistrictNeeded, SchoolNotOpen: for the school.
        """
        rows = self._rows
        rows.lock_owner()
        school_id = self._school_id(command.school)
        keep_open(rows, [school_id], command.first, command.last)
        apart = Apart(command.kind, command.first, command.last, command.name)
        calendar = self._read(apart.first, apart.last, command.school)
        refuse_if(check_apart(calendar, apart))
        alike = (command.kind.code, school_id, self.context.scope.district_id)
        for row in rows.apart(apart.first, apart.last):
            if (row.kind, row.school_id, row.district_id) == alike:
                raise ApartSame(apart=row.name, first=str(row.first_day), last=str(row.last_day))
        values = {
            "school_id": school_id,
            "kind": command.kind.code,
            "first_day": command.first,
            "last_day": command.last,
            "name": command.name,
            "authority": command.authority,
        }
        apart_id = rows.add_apart(values)
        self.context.announce(
            DaysSetApart(
                apart_id=apart_id,
                school_id=school_id,
                kind=command.kind.code,
                first=command.first,
                last=command.last,
            )
        )
        return apart_view(self._own_apart(apart_id), calendar)

    @use_case(SET_CALENDAR)
    def withdraw_apart(self, apart_id: int) -> None:
        """Make days that were set apart ordinary days again.

        Raises:
            ApartUnknown: when none were set apart here under that id, or they were withdrawn.
        """
        row = self._own_apart(apart_id)
        self._rows.withdraw_apart(apart_id, self.context.now)
        self.context.announce(DaysWithdrawn(apart_id=apart_id, school_id=row.school_id))

    def _own_apart(self, apart_id: int) -> AnyRow:
        row = self._rows.own_apart(apart_id)
        if row is None:
            raise ApartUnknown(apart=str(apart_id))
        return row

    # closures

    @use_case(CLOSE_SCHOOLS)
    def announce_closure(self, command: ClosureCommand) -> ClosureView:
        """Close a school, or every school of the place, for some half-days 停课.

        It changes the number of no teaching week. The schools are locked first, so that whoever looks
        at the calendar under the same lock finds the closure or is found by it.

        Raises:
            ClosureNeedless: when no school runs on those half-days anyway.
            SchoolUnknown, DistrictNeeded, SchoolNotOpen: for the school.
        """
        rows = self._rows
        school_id = self._school_id(command.school)
        rows.lock_schools(school_id)
        keep_open(rows, [school_id], command.first, command.last)
        calendar = self._read(command.first, command.last, command.school)
        refuse_if(check_closure(calendar, command.span))
        values = {
            "school_id": school_id,
            "first_day": command.first,
            "first_half": int(command.first_half),
            "last_day": command.last,
            "last_half": int(command.last_half),
            "reason": command.reason.code,
            "note": command.note,
        }
        closure_id = rows.add_closure(values)
        self.context.announce(
            ClosureAnnounced(
                closure_id=closure_id,
                school_id=school_id,
                reason=command.reason.code,
                first=command.first,
                first_half=command.first_half,
                last=command.last,
                last_half=command.last_half,
            )
        )
        view = closure_view(self._own_closure(closure_id), calendar)
        return view.model_copy(update={"rolls_called": self._rolls_called(command.span, school_id)})

    def _rolls_called(self, span: HalfDaySpan, school_id: int | None) -> tuple[RollsCalledThen, ...]:
        rows = CalledRows(self.context.session, self.context.scope, self.context.place)
        found = rows.rolls_called(span, school_id)
        return tuple(
            RollsCalledThen(school=row.school, day=row.day, half=Half(row.half), rolls=row.rolls)
            for row in found
        )

    @use_case(CLOSE_SCHOOLS)
    def lift_closure(self, closure_id: int, day: date, half: Half = Half.AM) -> ClosureView:
        """Lift a closure early 提前复课, from a half-day on; what was announced stays on record.

        Raises:
            ClosureUnknown: when none was announced here under that id.
            LiftedOutside: when it does not hold that half-day, or no longer.
        """
        row = self._own_closure(closure_id)
        refuse_if(check_lifting(still_closed(row), announced(row), HalfDay(day, half)))
        self._rows.lift(closure_id, day, half)
        fact = ClosureLifted(closure_id=closure_id, school_id=row.school_id, reopened=day, reopened_half=half)
        self.context.announce(fact)
        return closure_view(self._own_closure(closure_id), self._read(row.first_day, row.last_day))

    def _own_closure(self, closure_id: int) -> AnyRow:
        row = self._rows.own_closure(closure_id)
        if row is None:
            raise ClosureUnknown(closure=str(closure_id))
        return row

    def _school_id(self, school: str | None) -> int | None:
        if school is None:
            return None
        found = self._rows.school_id(school)
        if found is None:
            raise SchoolUnknown(school=school)
        return found
