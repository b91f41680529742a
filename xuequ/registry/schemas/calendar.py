"""Commands and views of the calendar."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from xuequ.core.fields import Code, Command, Id, Name, Text, View
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.spans import DaySpan
from xuequ.registry.states.calendar import ApartKind, ClosureReason, DayKind, HolidayWeeks, Parity, Weekday

Year = Field(ge=1950, le=2100)


class TermDates(Command):
    """First and last day of a term 学期, and what becomes of the number of a week without school.

    Left out, that is as the county or district has set it once and for all.
    """

    school_year: int = Year
    number: int = Field(ge=1, le=2)
    first: date
    last: date
    holiday_weeks: HolidayWeeks | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        DaySpan.through(self.first, self.last)
        return self


class Holiday(Command):
    """One holiday 假日 of a notice; both ends are off."""

    name: Name
    first: date
    last: date

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        DaySpan.through(self.first, self.last)
        return self


class HolidayNoticeCommand(Command):
    """The holiday notice 放假通知 of a year: holidays, and the weekend days that are worked."""

    year: int = Year
    number: Text = ""
    authority: Name = "国务院办公厅"
    holidays: tuple[Holiday, ...]
    works: tuple[date, ...] = ()


class MakeUpChoice(Command):
    """Whose timetable a make-up day 调休上课日 follows; a parity of week that is not decided is None."""

    day: date
    follows_weekday: Weekday
    parity: Parity | None = None


class DaysApart(Command):
    """Days to be set apart; for one school, or for the whole place when `school` is left out."""

    kind: ApartKind
    first: date
    last: date
    name: Name
    authority: Text = ""
    school: Code | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        DaySpan.through(self.first, self.last)
        return self


class ClosureCommand(Command):
    """A closure 停课 from its first to its last half-day, both closed."""

    first: date
    first_half: Half = Half.AM
    last: date
    last_half: Half = Half.PM
    reason: ClosureReason
    note: Text = ""
    school: Code | None = None

    @property
    def span(self) -> HalfDaySpan:
        """The closed half-days."""
        return HalfDaySpan.through(HalfDay(self.first, self.first_half), HalfDay(self.last, self.last_half))

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _ = self.span
        return self


class TermView(View):
    """A term; `of_county` says that the county has set it, `provisional` what is not known of its days."""

    school_year: int
    number: int
    name: str
    first: date
    last: date
    holiday_weeks: HolidayWeeks
    edition: int
    of_county: bool
    provisional: str


class NoticeView(View):
    """One edition of the holiday notice of a year.

    `edition` 0 came with the library; others were recorded, by the county where `of_county` says so.
    """

    year: int
    number: str
    authority: str
    edition: int
    of_county: bool
    holidays: tuple[Holiday, ...]
    works: tuple[date, ...]


class ApartView(View):
    """Days set apart."""

    id: Id
    kind: ApartKind
    first: date
    last: date
    name: str
    authority: str
    school: str | None
    of_county: bool
    provisional: str


class RollsCalledThen(View):
    """That rolls of a school had been called for a half-day when it was closed."""

    school: str
    day: date
    half: Half
    rolls: int


class ClosureView(View):
    """A closure as announced; `reopened` says from which half-day it was lifted.

    `rolls_called` warns whoever announces it: somebody was in school on these half-days. The rolls stay.
    """

    id: Id
    school: str | None
    announced: str
    reason: ClosureReason
    note: str
    reopened: str | None
    of_county: bool
    provisional: str
    rolls_called: tuple[RollsCalledThen, ...] = ()


class DayView(View):
    """One day of a school; `provisional` says in words what is not known, and is empty when all is."""

    on: date
    weekday: Weekday
    kind: DayKind
    name: str
    halves: tuple[Half, ...]
    term: str | None
    week: int | None
    follows_weekday: Weekday | None
    parity: Parity | None
    undecided: tuple[str, ...]
    provisional: str

    @property
    def school_runs(self) -> bool:
        """Whether school runs on at least half of the day."""
        return bool(self.halves)


class TermDaysView(View):
    """The days of a term, counted; make-up days count in `teaching_days`.

    `weekdays` are plain teaching days by their weekday, `followed` all teaching days by the weekday whose
    timetable they follow; `undecided` are the make-up days of which that is not yet chosen.
    """

    term: str
    first: date
    last: date
    teaching_days: int
    days: tuple[date, ...]
    make_ups: int
    weekdays: dict[Weekday, int]
    followed: dict[Weekday, int]
    kinds: dict[DayKind, int]
    undecided: tuple[date, ...]
    provisional: str


class WeekView(View):
    """One week of a term: its number (None when skipped), first and last day, and its days."""

    number: int | None
    first: date
    last: date
    parity: Parity | None
    days: tuple[DayView, ...]
    monday: str = ""
    tuesday: str = ""
    wednesday: str = ""
    thursday: str = ""
    friday: str = ""
    saturday: str = ""
    sunday: str = ""

    @property
    def number_text(self) -> str:
        """As the grid prints it."""
        return f"第{self.number}周" if self.number else "—"

    @property
    def parity_text(self) -> str:
        """Odd or even, in words."""
        return self.parity.label if self.parity else ""

    @property
    def span_text(self) -> str:
        """From which day to which."""
        return f"{self.first.month}.{self.first.day}–{self.last.month}.{self.last.day}"

    @property
    def teaching_days(self) -> int:
        """How many teaching days the week has."""
        return sum(day.kind.teaches for day in self.days)


class SchoolCalendarView(View):
    """The week grid of a term 行事历."""

    district: str
    term: str
    first: date
    last: date
    weeks: tuple[WeekView, ...]
    teaching_days: int
    make_ups: int
    undecided: tuple[date, ...]
    provisional: str


class HalfDayView(View):
    """One half of a day."""

    day: date
    half: Half


class SchoolHalvesView(View):
    """The half-days of a stretch on which school runs; `provisional` says in words what is not known."""

    count: int
    halves: tuple[HalfDayView, ...]
    provisional: str


class WorkingDayView(View):
    """A day reckoned in working days; `provisional` says in words what is not known."""

    day: date
    provisional: str


class WorkingDayCount(View):
    """A number of working days; `provisional` says in words what is not known."""

    days: int
    provisional: str
