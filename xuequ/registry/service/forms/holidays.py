"""The letter about a holiday, made of the notice that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import reading
from xuequ.registry.actions.calendar import VIEW_CALENDAR
from xuequ.registry.errors.calendar import HolidayUnknown, NoticeMissing
from xuequ.registry.schemas.calendar import DayView, Holiday
from xuequ.registry.schemas.forms import HolidayNoticeForm, WorkedDay
from xuequ.registry.service.calendar import CalendarService
from xuequ.registry.service.forms.basis import FormBasis


class HolidayForms(FormBasis):
    """Letters about holidays."""

    @reading(VIEW_CALENDAR)
    def holiday_notice(
        self, year: int, holiday: str = "", number: str = "", on: date | None = None
    ) -> HolidayNoticeForm:
        """Return what a district writes to its schools about the holidays of a year 放假通知.

        Args:
            year: the year of the notice.
            holiday: one holiday only, by its name in the notice: 国庆节.
            number: the letter's own number 发文字号.
            on: the day of the letter; today when left out.

        Raises:
            NoticeMissing: when no notice of that year is known.
            HolidayUnknown: when the notice has no such holiday.
            DistrictNeeded: at the county's door.
        """
        names, service = self._names(), CalendarService(self.context)
        editions = service.notices(year)
        if not editions:
            raise NoticeMissing(year=year)
        notice = editions[-1]
        holidays = tuple(one for one in notice.holidays if holiday in ("", one.name))
        if not holidays:
            known = "、".join(one.name for one in notice.holidays)
            raise HolidayUnknown(year=year, name=holiday, known=known)
        works = [day for day in notice.works if nearest(day, notice.holidays) in holidays]
        return HolidayNoticeForm(
            district=names.district,
            number=number,
            dated=on or self.context.today,
            name=holiday,
            notice=notice,
            holidays=holidays,
            works=tuple(WorkedDay(day=day, follows=_follows(service.day(day))) for day in works),
        )


def nearest(day: date, holidays: Sequence[Holiday]) -> Holiday:
    """Return the holiday that a worked weekend day makes up for: the one next to it."""
    return min(holidays, key=lambda one: max((one.first - day).days, (day - one.last).days))


def _follows(day: DayView) -> str:
    if day.follows_weekday is None:
        return ""
    return f"{day.parity.label if day.parity else ''}{day.follows_weekday.label}"
