"""Errors of the calendar."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class NoticeMissing(RuleBroken):
    """An exact answer needs the holiday notice of a year."""

    code = "registry.notice_missing"
    year: int


class HolidayUnknown(NotFound):
    """The holiday notice of a year has no holiday of that name."""

    code = "registry.holiday_unknown"
    year: int
    name: str
    known: str


class TermMissing(RuleBroken):
    """An exact answer needs the terms of a school year."""

    code = "registry.term_missing"
    school_year: int


class TermUnknown(NotFound):
    """No such term is recorded here."""

    code = "registry.term_unknown"
    term: str


class TermOverlaps(RuleBroken):
    """Two terms would share a day."""

    code = "registry.term_overlaps"
    term: str
    other: str


class TermOutOfOrder(RuleBroken):
    """A term would come before one that precedes it, or after one that follows it."""

    code = "registry.term_out_of_order"
    term: str
    other: str


class TermOutsideYear(RuleBroken):
    """A term that does not lie in its school year."""

    code = "registry.term_outside_year"
    term: str
    first: str
    last: str


class TermSame(Conflict):
    """The term is recorded just so already."""

    code = "registry.term_same"
    term: str


class NoticeSame(Conflict):
    """The holiday notice is recorded just so already."""

    code = "registry.notice_same"
    year: int


class NoticeEmpty(RuleBroken):
    """A holiday notice without a day off."""

    code = "registry.notice_empty"
    year: int


class NoticeDayTwice(RuleBroken):
    """A holiday notice names a day twice."""

    code = "registry.notice_day_twice"
    day: str


class NoticeDayOutside(RuleBroken):
    """A day of a holiday notice is not of its year, nor of the December before."""

    code = "registry.notice_day_outside"
    year: int
    day: str


class NoticeWorksWeekday(RuleBroken):
    """A holiday notice makes people work on a day that is a working day anyway."""

    code = "registry.notice_works_weekday"
    day: str


class NoticeRowSplit(RuleBroken):
    """A row of a notice does not stand for itself: it holds two days worked, or half of a longer holiday."""

    code = "registry.notice_row_split"
    first: str
    last: str


class NoticeRowsDiffer(Conflict):
    """Two rows of one file say different things of the same notice."""

    code = "registry.notice_rows_differ"
    year: int
    said: str
    before: str


class NoticeLacksDay(NotFound):
    """A day is to be taken out of a notice that never named it."""

    code = "registry.notice_lacks_day"
    year: int
    day: str


class DaysUncountable(Invalid):
    """A number of working days that nobody reckons with."""

    code = "registry.days_uncountable"
    count: int
    least: int
    most: int


class NotMakeUpDay(RuleBroken):
    """A timetable is chosen for a day that is no make-up day of a term."""

    code = "registry.not_make_up_day"
    day: str
    kind: str


class FollowsWeekend(RuleBroken):
    """A make-up day would follow the timetable of a Saturday or Sunday."""

    code = "registry.follows_weekend"
    day: str
    weekday: str


class ApartOnDayOff(RuleBroken):
    """An exam or event is set on a day on which nobody is at school."""

    code = "registry.apart_on_day_off"
    day: str
    kind: str


class ApartSame(Conflict):
    """Some of the days are set apart for the same kind of thing already."""

    code = "registry.apart_same"
    apart: str
    first: str
    last: str


class ApartUnknown(NotFound):
    """No such day is set apart here."""

    code = "registry.apart_unknown"
    apart: str


class ClosureUnknown(NotFound):
    """No such closure is announced here."""

    code = "registry.closure_unknown"
    closure: str


class ClosureNeedless(RuleBroken):
    """A closure on which no school would have run anyway."""

    code = "registry.closure_needless"
    span: str


class LiftedOutside(RuleBroken):
    """A closure would be lifted after it is over, or again."""

    code = "registry.lifted_outside"
    from_: str
    span: str


class ImportYearUnknown(NotFound):
    """The installed library does not know a year's holidays."""

    code = "registry.import_year_unknown"
    year: int
    last: int
