"""What the calendar answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from xuequ.core.context import At, Service, reading
from xuequ.core.errors import SpanBackwards, refuse_if
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.registry.actions.calendar import VIEW_CALENDAR
from xuequ.registry.errors.calendar import TermUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.calendar import CalendarRows
from xuequ.registry.rules.calendar import Answer, Calendar, Term, look_up, term_name
from xuequ.registry.rules.calendar_checks import check_count
from xuequ.registry.rules.calendar_counts import school_halves
from xuequ.registry.rules.workdays import (
    count_working_days,
    last_of_working_days,
    working_day_after,
    working_day_before,
)
from xuequ.registry.schemas.calendar import (
    ApartView,
    ClosureView,
    DayView,
    HalfDayView,
    NoticeView,
    SchoolCalendarView,
    SchoolHalvesView,
    TermDaysView,
    TermView,
    WorkingDayCount,
    WorkingDayView,
)
from xuequ.registry.service.calendar_reading import (
    by_edition,
    latest,
    pack_notice,
    read_calendar,
    term_key,
    term_of,
)
from xuequ.registry.service.calendar_views import (
    apart_view,
    closure_view,
    day_view,
    pack_notice_view,
    recorded_notice_view,
    term_days_view,
    term_view,
    undecided_in,
    week_views,
    working_day_view,
)
from xuequ.registry.states.calendar import DayKind

Reckoning = Callable[[Calendar, date, int], Answer[date]]


class CalendarAnswers(Service):
    """Readings of the calendar; `CalendarService` has them and sets what they read."""

    @property
    def _rows(self) -> CalendarRows:
        return CalendarRows(self.context.session, self.context.scope, self.context.place)

    def _read(self, first: date, last: date, school: str | None = None) -> Calendar:
        return read_calendar(self._rows, self.context.standards, first, last, school)

    def _enter(self, school: str | None) -> None:
        """Check who looks, and that there is such a school."""
        self.context.permit(VIEW_CALENDAR, school=school or "")
        if school is not None and self._rows.school_id(school) is None:
            raise SchoolUnknown(school=school)

    # days

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def day(self, on: date | None = None, school: str | None = None) -> DayView:
        """Return what a day is: kind, half-days on which school runs, teaching week, whose timetable.

        Args:
            on: the day; today when left out.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school, as all readings here do.
        """
        self._enter(school)
        on = on or self.context.today
        return day_view(look_up(self._read(on, on, school), on))

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def school_halves(
        self,
        first: date,
        last: date,
        school: str | None = None,
        *,
        first_half: Half = Half.AM,
        last_half: Half = Half.PM,
    ) -> SchoolHalvesView:
        """Return the half-days from the first to the last, both inside, on which school runs.

        Raises:
            SpanBackwards: when the last comes before the first.
        """
        self._enter(school)
        span = HalfDaySpan.through(HalfDay(first, first_half), HalfDay(last, last_half))
        answer = school_halves(self._read(first, last, school), span)
        halves = tuple(HalfDayView(day=at.day, half=at.half) for at in answer.value)
        return SchoolHalvesView(count=len(halves), halves=halves, provisional=str(answer.provisional))

    # terms

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def terms(self, school_year: int, school: str | None = None) -> list[TermView]:
        """List the terms of a school year that hold here; of their editions the newest."""
        self._enter(school)
        rows = latest(self._rows.terms(school_year, school_year), term_key)
        spans = [(row.first_day, row.last_day) for row in rows]
        if not spans:
            return []
        calendar = self._read(min(spans)[0], max(spans)[1])
        return [term_view(row, calendar) for row in sorted(rows, key=term_key)]

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def term_days(self, school_year: int, number: int, school: str | None = None) -> TermDaysView:
        """Return the days of a term counted: teaching days, by weekday, make-ups, undecided ones.

        Raises:
            TermUnknown: when the term is not recorded.
        """
        self._enter(school)
        term = self._term(school_year, number)
        return term_days_view(self._read(term.first, term.last, school), term)

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def weeks(self, school_year: int, number: int, school: str | None = None) -> SchoolCalendarView:
        """Return a term week by week 行事历, from Monday to Sunday.

        Raises:
            TermUnknown: when the term is not recorded.
        """
        self._enter(school)
        term = self._term(school_year, number)
        calendar = self._read(term.first, term.last, school)
        weeks, counted = week_views(calendar, term), term_days_view(calendar, term)
        return SchoolCalendarView(
            district=self._rows.district_name(),
            term=term.name,
            first=term.first,
            last=term.last,
            weeks=tuple(weeks),
            teaching_days=counted.teaching_days,
            make_ups=counted.kinds[DayKind.MAKE_UP],
            undecided=undecided_in(weeks),
            provisional=counted.provisional,
        )

    def _term(self, school_year: int, number: int) -> Term:
        rows = latest(self._rows.terms(school_year, school_year), term_key)
        found = next((row for row in rows if row.number == number), None)
        if found is None:
            raise TermUnknown(term=term_name(school_year, number))
        return term_of(found)

    # what was set

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def notices(self, year: int, school: str | None = None) -> list[NoticeView]:
        """List the editions of a year's holiday notice; the last one holds, and without any none does."""
        self._enter(school)
        packed = pack_notice(self.context.standards, year)
        recorded = by_edition(self._rows.notices(year, year))
        first = [pack_notice_view(*packed)] if packed is not None else []
        return first + [recorded_notice_view(days) for days in recorded]

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def days_apart(self, first: date, last: date, school: str | None = None) -> list[ApartView]:
        """List the days set apart that touch some days; at the place's own, those of all its schools."""
        self._enter(school)
        calendar = self._read(first, last, school)
        rows = sorted(self._rows.apart(first, last), key=lambda row: (row.first_day, row.id))
        return [apart_view(row, calendar) for row in rows if school is None or row.school in (None, school)]

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def closures(self, first: date, last: date, school: str | None = None) -> list[ClosureView]:
        """List the closures that touch some days, lifted ones too; at the place's own, of all its schools."""
        self._enter(school)
        calendar = self._read(first, last, school)
        rows = sorted(self._rows.closures(first, last), key=lambda row: (row.first_day, row.id))
        return [closure_view(row, calendar) for row in rows if school is None or row.school in (None, school)]

    # working days

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def working_day_after(self, start: date, count: int, school: str | None = None) -> WorkingDayView:
        """Return the count-th working day 工作日 after a day, which itself does not count.

        Working days are the same for every school: terms and closures have no say.

        Raises:
            DaysUncountable: when the number is negative or beyond all deadlines.
        """
        self._enter(school)
        return self._reckon(working_day_after, start, count)

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def working_day_before(self, start: date, count: int, school: str | None = None) -> WorkingDayView:
        """Return the count-th working day before a day, which itself does not count.

        Raises:
            DaysUncountable: as `working_day_after` does.
        """
        self._enter(school)
        return self._reckon(working_day_before, start, count)

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def last_day_of_notice(self, start: date, count: int, school: str | None = None) -> WorkingDayView:
        """Return the last day of a public notice 公示 that hangs for `count` working days from a day on.

        Raises:
            DaysUncountable: when it is less than one day, or as `working_day_after` does.
        """
        self._enter(school)
        refuse_if(check_count(count, least=1))
        return self._reckon(last_of_working_days, start, count)

    @reading(VIEW_CALENDAR, at=At.SCHOOL)
    def count_working_days(self, since: date, until: date, school: str | None = None) -> WorkingDayCount:
        """Count the working days from `since` up to, but not with, `until`.

        Raises:
            SpanBackwards: when `until` comes before `since`.
        """
        self._enter(school)
        if until < since:
            raise SpanBackwards(since=str(since), until=str(until))
        answer = count_working_days(self._read(since, until), since, until)
        return WorkingDayCount(days=answer.value, provisional=str(answer.provisional))

    def _reckon(self, how: Reckoning, start: date, count: int) -> WorkingDayView:
        """Reckon over a stretch that is long enough: it grows until it holds the answer."""
        refuse_if(check_count(count))
        reach = timedelta(days=2 * count + 30)
        while True:
            first, last = start - reach, start + reach
            answer = how(self._read(first, last), start, count)
            if first <= answer.value <= last:
                return working_day_view(answer)
            reach *= 2
