"""The calendar of county and district: terms, notices, make-up days, days set apart, closures."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Holding, Post
from xuequ.core.access import Action
from xuequ.core.errors import ActionNotPermitted, ExtraMissing, Problems, SpanBackwards, XuequError
from xuequ.core.halfdays import Half
from xuequ.core.journal import FactRow
from xuequ.core.settings import Settings
from xuequ.core.standards import StandardNotSet
from xuequ.embed import run_data_checks
from xuequ.registry.errors.calendar import (
    ApartOnDayOff,
    ApartSame,
    ApartUnknown,
    ClosureNeedless,
    ClosureUnknown,
    DaysUncountable,
    FollowsWeekend,
    ImportYearUnknown,
    LiftedOutside,
    NoticeMissing,
    NoticeSame,
    NotMakeUpDay,
    TermMissing,
    TermOverlaps,
    TermSame,
    TermUnknown,
)
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.models.calendar import ClosureRow, TermRow
from xuequ.registry.repository.calendar import CalendarRows
from xuequ.registry.schemas.calendar import (
    ClosureCommand,
    DaysApart,
    Holiday,
    HolidayNoticeCommand,
    MakeUpChoice,
    TermDates,
)
from xuequ.registry.service.calendar import CalendarService, read_calendar, read_place
from xuequ.registry.states.calendar import (
    ApartKind,
    ClosureReason,
    DayKind,
    HolidayWeeks,
    Parity,
    Weekday,
)
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_county, make_district
from xuequ.testing.factories import MAKER, SETTINGS

COUNTY, PLACE, ELSEWHERE = "530921", "530921/qianfeng", "530921/dasi"
SUN, SAT = date(2026, 9, 20), date(2026, 10, 10)


def d(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def term(number: int = 1, **more: Any) -> TermDates:
    first, last = (d(9, 1), d(12, 31)) if number == 1 else (d(3, 1, 2027), d(7, 9, 2027))
    values: dict[str, Any] = {"school_year": 2026, "number": number, "first": first, "last": last}
    values["holiday_weeks"] = HolidayWeeks.KEEP
    return TermDates(**(values | more))


def notice(
    year: int, *holidays: tuple[str, date, date], works: tuple[date, ...] = ()
) -> HolidayNoticeCommand:
    named = tuple(Holiday(name=name, first=first, last=last) for name, first, last in holidays)
    return HolidayNoticeCommand(year=year, number=f"国办发明电〔{year - 1}〕7号", holidays=named, works=works)


N2027 = notice(2027, ("元旦", d(1, 1, 2027), d(1, 3, 2027)))


def closure(first: date, last: date, **more: Any) -> ClosureCommand:
    values: dict[str, Any] = {"first": first, "last": last, "reason": ClosureReason.WEATHER}
    return ClosureCommand(**(values | more))


def exam(first: date, last: date, **more: Any) -> DaysApart:
    values: dict[str, Any] = {"kind": ApartKind.EXAM, "first": first, "last": last, "name": "期中考试"}
    return DaysApart(**(values | more))


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE)


@pytest.fixture
def here(door: District) -> CalendarService:
    return door.registry.calendar


@pytest.fixture
def above(door: District) -> CalendarService:
    return County(door.context.session, COUNTY, actor=MAKER, settings=SETTINGS).registry.calendar


@pytest.fixture
def elsewhere(door: District) -> CalendarService:
    return make_district(door.context.session, ELSEWHERE).registry.calendar


def facts(service: CalendarService, name: str) -> int:
    query = select(func.count()).select_from(FactRow).where(FactRow.name == f"registry.{name}")
    return service.context.session.scalar(query) or 0


# reading


def test_the_autumn_of_2026_as_the_district_sees_it(here: CalendarService, above: CalendarService) -> None:
    above.set_term(term())
    above.record_holiday_notice(N2027)
    days = here.term_days(2026, 1, "s1")
    assert (days.teaching_days, days.make_ups, len(days.days)) == (84, 2, 84)
    assert [days.weekdays[Weekday(n)] for n in range(1, 6)] == [16, 17, 17, 17, 15]
    assert (days.undecided, days.provisional) == ((SUN, SAT), "")
    for day in (SUN, SAT):
        here.choose_make_up(MakeUpChoice(day=day, follows_weekday=Weekday.FRIDAY))
    days = here.term_days(2026, 1)
    assert [days.followed[Weekday(n)] for n in range(1, 6)] == [16, 17, 17, 17, 17]
    assert days.undecided == ()


def test_five_working_days_from_30_september(here: CalendarService) -> None:
    assert here.working_day_after(d(9, 30), 5).day == d(10, 13)
    assert here.last_day_of_notice(d(9, 30), 5).day == d(10, 12)
    assert here.working_day_before(d(10, 13), 5).day == d(9, 30)
    assert here.count_working_days(d(9, 30), d(10, 13)).days == 5
    assert here.count_working_days(d(9, 30), d(9, 30)).days == 0
    assert here.working_day_after(d(9, 30), 5).provisional == ""


def test_a_deadline_far_away_is_reckoned_all_the_same(here: CalendarService) -> None:
    assert here.working_day_after(d(9, 1), 1000).day > d(1, 1, 2030)
    assert "2027年放假通知" in here.working_day_after(d(9, 1), 1000).provisional
    away = notice(2026, ("长假", d(1, 1), d(12, 25)))
    here.record_holiday_notice(away)
    assert here.working_day_after(d(1, 1), 1).day == d(12, 28), "the stretch grows until it holds the answer"


def test_working_days_that_make_no_sense_are_refused(here: CalendarService) -> None:
    for reckon, count in (
        (here.working_day_after, -1),
        (here.working_day_before, 1001),
        (here.last_day_of_notice, 0),
    ):
        with pytest.raises(DaysUncountable):
            reckon(d(9, 1), count)
    with pytest.raises(SpanBackwards):
        here.count_working_days(d(9, 2), d(9, 1))
    with pytest.raises(SpanBackwards):
        here.school_halves(d(9, 2), d(9, 2), first_half=Half.PM, last_half=Half.AM)


def test_today_is_the_day_that_is_meant_when_none_is_named(here: CalendarService) -> None:
    here.set_term(term())
    day = here.day()
    assert (day.on, day.kind, day.week, day.parity) == (d(9, 1), DayKind.TEACHING, 1, Parity.ODD)
    assert day.school_runs and day.term == "2026–2027学年第一学期"


def test_a_calendar_is_read_in_five_statements_however_many_schools(door: District) -> None:
    door.registry.calendar.set_term(term())
    standards = door.context.standards
    rows = CalendarRows(door.context.session, door.context.scope, PLACE)
    statements: list[str] = []

    def note(*happened: Any) -> None:
        statements.append(happened[2])

    connection = door.context.session.connection()
    event.listen(connection, "before_cursor_execute", note)
    place = read_place(rows, standards, d(9, 1), d(12, 31))
    event.remove(connection, "before_cursor_execute", note)
    assert len(statements) == 5
    assert place.of("s1") is place.of("s2") is place.of() is place.common


def test_the_week_grid_of_a_term(here: CalendarService) -> None:
    here.set_term(term())
    here.choose_make_up(MakeUpChoice(day=SUN, follows_weekday=Weekday.FRIDAY, parity=Parity.EVEN))
    grid = here.weeks(2026, 1, "s1")
    assert (grid.district, grid.teaching_days, grid.make_ups) == ("qianfeng学区", 84, 2)
    assert (grid.undecided, grid.provisional) == ((SAT,), "暂定（缺2027年放假通知）")
    first, third, sixth = grid.weeks[0], grid.weeks[2], grid.weeks[5]
    assert (first.number_text, first.span_text, first.monday, first.tuesday) == ("第1周", "9.1–9.6", "", "1")
    assert (third.sunday, third.parity_text, third.teaching_days) == ("20（补周五·双周）", "单周", 6)
    assert (sixth.wednesday, sixth.saturday) == ("7 国庆节", "10（补课待定）")
    assert sum(week.teaching_days for week in grid.weeks) == 84


def test_a_term_that_is_not_recorded_has_no_days(here: CalendarService) -> None:
    for act in (here.term_days, here.weeks):
        with pytest.raises(TermUnknown) as caught:
            act(2026, 2)
        assert "2026–2027学年第二学期" in caught.value.message()
    assert here.terms(2026) == []


def test_a_school_that_is_not_there_has_no_calendar(here: CalendarService, above: CalendarService) -> None:
    with pytest.raises(SchoolUnknown):
        here.day(d(9, 1), "s9")
    with pytest.raises(DistrictNeeded):
        above.day(d(9, 1), "s1")
    with pytest.raises(SchoolUnknown):
        here.set_apart(exam(d(11, 5), d(11, 6), school="s9"))
    with pytest.raises(SchoolUnknown):
        here.announce_closure(closure(d(11, 5), d(11, 6), school="s9"))


def test_a_teacher_sees_the_calendar_of_the_own_school(door: District) -> None:
    teacher = District(
        door.context.session,
        PLACE,
        actor=Actor("T1", (Holding(Post.TEACHER, f"{PLACE}/s1"),)),
        settings=SETTINGS,
    ).registry.calendar
    assert teacher.day(d(9, 1), "s1").on == d(9, 1)
    for act in (
        lambda: teacher.day(d(9, 1), "s2"),
        lambda: teacher.day(d(9, 1)),
        lambda: teacher.set_term(term()),
        lambda: teacher.announce_closure(closure(d(9, 1), d(9, 1), school="s1")),
    ):
        with pytest.raises(ActionNotPermitted):
            act()


# terms


def test_a_district_follows_the_county_until_it_sets_a_term_itself(
    here: CalendarService, above: CalendarService, elsewhere: CalendarService
) -> None:
    above.set_term(term())
    (seen,) = here.terms(2026, "s1")
    assert (seen.first, seen.edition, seen.of_county) == (d(9, 1), 1, True)
    own = here.set_term(term(first=d(9, 7)))
    assert (own.first, own.edition, own.of_county) == (d(9, 7), 1, False)
    assert here.terms(2026) == [own]
    assert [one.first for one in elsewhere.terms(2026)] == [d(9, 1)]
    above.set_term(term(last=d(12, 30)))
    assert here.terms(2026) == [own], "a later edition of the county's does not undo the district's own"
    assert [(one.edition, one.last) for one in elsewhere.terms(2026)] == [(2, d(12, 30))]
    assert here.day(d(9, 2)).kind is DayKind.VACATION
    assert elsewhere.day(d(9, 2)).kind is DayKind.TEACHING
    assert here.set_term(term()).edition == 2, "back to what the county had"
    assert facts(here, "term_set") == 4


def test_a_term_that_is_set_just_so_already_is_not_set_again(
    here: CalendarService, above: CalendarService
) -> None:
    above.set_term(term())
    for service in (above, here):
        with pytest.raises(TermSame):
            service.set_term(term())
    assert facts(here, "term_set") == 1


def test_terms_share_no_day_whoever_has_set_them(here: CalendarService, above: CalendarService) -> None:
    above.set_term(term())
    with pytest.raises(TermOverlaps) as caught:
        here.set_term(term(2, first=d(12, 31)))
    assert "第一学期" in caught.value.message()
    with pytest.raises(Problems) as both:
        here.set_term(term(2, first=d(12, 31), last=d(1, 1, 2028)))
    assert len(both.value.problems) == 2
    here.set_term(term(2))
    assert [one.of_county for one in here.terms(2026)] == [True, False]


def test_what_becomes_of_a_holiday_week_is_said_with_the_term_or_once_and_for_all(
    door: District, here: CalendarService
) -> None:
    with pytest.raises(StandardNotSet):
        here.set_term(term(holiday_weeks=None))
    key = "calendar.holiday_week_keeps_number"
    said = StandardValue(key=key, value="否", since=d(9, 1), authority="学区〔2026〕1号")
    door.standards.record(said)
    assert here.set_term(term(holiday_weeks=None)).holiday_weeks is HolidayWeeks.SKIP
    here.record_holiday_notice(notice(2026, ("国庆节", d(9, 28), d(10, 4))))
    assert here.day(d(9, 28)).week is None
    assert (here.day(d(10, 5)).week, here.day(d(10, 5)).parity) == (5, Parity.ODD)
    here.set_term(term())
    assert (here.day(d(9, 28)).week, here.day(d(10, 5)).week) == (5, 6)


# notices


def test_a_notice_that_is_recorded_wins_over_the_one_that_comes_with_the_library(
    here: CalendarService, above: CalendarService, elsewhere: CalendarService
) -> None:
    (packed,) = here.notices(2026, "s1")
    assert (packed.edition, packed.works[-1], packed.authority[:6]) == (0, SAT, "《国务院办公")
    holidays = tuple((one.name, one.first, one.last) for one in packed.holidays)
    revised = notice(2026, *holidays, works=(*packed.works[:-1], date(2026, 10, 11)))
    recorded = above.record_holiday_notice(revised)
    assert (recorded.edition, recorded.of_county, recorded.holidays) == (1, True, packed.holidays)
    own = here.record_holiday_notice(notice(2026, *holidays, works=packed.works[:-1]))
    assert (own.edition, own.of_county) == (1, False)
    assert [(one.edition, one.of_county) for one in here.notices(2026)] == [(0, False), (1, True), (1, False)]
    assert above.record_holiday_notice(notice(2026, *holidays)).edition == 2
    assert here.notices(2026)[-1] == own
    assert here.count_working_days(d(10, 9), d(10, 13)).days == 2
    assert elsewhere.count_working_days(d(9, 19), d(9, 21)).days == 0, (
        "the county's second edition works on no Sunday"
    )
    assert facts(here, "holiday_notice_recorded") == 3


def test_the_same_notice_again_is_not_recorded(here: CalendarService, above: CalendarService) -> None:
    above.record_holiday_notice(N2027)
    for service in (above, here):
        with pytest.raises(NoticeSame):
            service.record_holiday_notice(N2027)
    (packed,) = here.notices(2026)
    same = HolidayNoticeCommand(
        year=2026, authority=packed.authority, holidays=packed.holidays, works=packed.works
    )
    with pytest.raises(NoticeSame):
        here.record_holiday_notice(same)


def test_everything_wrong_with_a_notice_is_said_and_nothing_is_recorded(here: CalendarService) -> None:
    wrong = notice(
        2027,
        ("元旦", d(1, 1, 2027), d(1, 3, 2027)),
        ("元旦", d(1, 3, 2027), d(1, 3, 2027)),
        works=(d(1, 4, 2027), d(11, 29)),
    )
    with pytest.raises(Problems) as caught:
        here.record_holiday_notice(wrong)
    assert [problem.error.code for problem in caught.value.problems] == [
        "registry.notice_day_twice",
        "registry.notice_day_outside",
        "registry.notice_works_weekday",
    ]
    assert here.notices(2027) == []


def test_a_year_without_its_notice_warns_and_is_never_guessed_at(here: CalendarService) -> None:
    words = "暂定（缺2027年放假通知）"
    autumn = here.set_term(term(last=d(1, 22, 2027)))
    assert autumn.provisional == words
    day = here.day(d(1, 1, 2027))
    assert (day.kind, day.provisional) == (DayKind.TEACHING, words)
    assert here.term_days(2026, 1).provisional == words
    assert here.working_day_after(d(12, 30), 5).provisional == words
    assert here.count_working_days(d(12, 1), d(1, 2, 2027)).provisional == words
    assert here.school_halves(d(1, 1, 2027), d(1, 1, 2027)).provisional == words
    assert here.set_apart(exam(d(1, 20, 2027), d(1, 21, 2027))).provisional == words
    assert here.announce_closure(closure(d(1, 12, 2027), d(1, 12, 2027))).provisional == words
    with pytest.raises(NoticeMissing):
        here.choose_make_up(MakeUpChoice(day=d(1, 9, 2027), follows_weekday=Weekday.FRIDAY))
    here.record_holiday_notice(N2027)
    day = here.day(d(1, 1, 2027))
    assert (day.kind, day.name, day.provisional) == (DayKind.HOLIDAY, "元旦", "")
    (autumn,) = here.terms(2026)
    assert autumn.provisional == here.term_days(2026, 1).provisional == ""
    with pytest.raises(NotMakeUpDay):
        here.choose_make_up(MakeUpChoice(day=d(1, 9, 2027), follows_weekday=Weekday.FRIDAY))


# make-up days


def test_a_district_chooses_for_itself_whom_a_make_up_day_follows(
    here: CalendarService, above: CalendarService, elsewhere: CalendarService
) -> None:
    with pytest.raises(TermMissing):
        here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.FRIDAY))
    above.set_term(term())
    assert here.day(SAT).undecided == ("follows_weekday", "parity")
    above.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.WEDNESDAY))
    assert here.day(SAT).undecided == ("parity",)
    here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.FRIDAY, parity=Parity.ODD))
    for service, follows, parity in (
        (here, Weekday.FRIDAY, Parity.ODD),
        (elsewhere, Weekday.WEDNESDAY, None),
        (above, Weekday.WEDNESDAY, None),
    ):
        day = service.day(SAT)
        assert (day.follows_weekday, day.parity) == (follows, parity)
    here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.MONDAY))
    assert (here.day(SAT).follows_weekday, here.day(SAT).parity) == (Weekday.MONDAY, None)
    assert facts(here, "make_up_chosen") == 3
    here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.MONDAY))
    assert facts(here, "make_up_chosen") == 3


def test_only_a_make_up_day_follows_another_weekday(here: CalendarService) -> None:
    here.set_term(term())
    with pytest.raises(NotMakeUpDay) as caught:
        here.choose_make_up(MakeUpChoice(day=d(10, 1), follows_weekday=Weekday.FRIDAY))
    assert "法定节假日" in caught.value.message()
    with pytest.raises(FollowsWeekend):
        here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.SUNDAY))


# days set apart


def test_days_are_set_apart_for_all_schools_or_for_one(
    here: CalendarService, above: CalendarService, elsewhere: CalendarService
) -> None:
    above.set_term(term())
    festival = DaysApart(
        kind=ApartKind.LOCAL_HOLIDAY, first=d(12, 1), last=d(12, 1), name="民族节", authority="县政府"
    )
    above.set_apart(festival)
    everywhere = here.set_apart(exam(d(11, 5), d(11, 6)))
    at_one = here.set_apart(exam(d(11, 6), d(11, 9), school="s1", name="补考"))
    assert (everywhere.school, at_one.school, at_one.of_county) == (None, "s1", False)
    assert here.day(d(11, 9), "s1").kind is DayKind.EXAM
    assert here.day(d(11, 9), "s2").kind is here.day(d(11, 9)).kind is DayKind.TEACHING
    assert here.day(d(11, 5), "s2").kind is DayKind.EXAM
    assert elsewhere.day(d(11, 5), "s1").kind is DayKind.TEACHING
    assert elsewhere.day(d(12, 1), "s1").name == here.day(d(12, 1)).name == "民族节"
    here.set_apart(festival.model_copy(update={"name": "火把节"}))
    assert (here.day(d(12, 1)).name, above.day(d(12, 1)).name) == ("火把节", "民族节")
    assert here.count_working_days(d(11, 30), d(12, 5)).days == 4
    assert [one.name for one in here.days_apart(d(9, 1), d(12, 31), "s2")] == ["期中考试", "民族节", "火把节"]
    assert [one.name for one in here.days_apart(d(9, 1), d(12, 31))] == [
        "期中考试",
        "补考",
        "民族节",
        "火把节",
    ]
    assert [one.of_county for one in elsewhere.days_apart(d(9, 1), d(12, 31))] == [True]


def test_days_that_are_withdrawn_are_ordinary_days_again(
    here: CalendarService, above: CalendarService
) -> None:
    here.set_term(term())
    apart = here.set_apart(exam(d(11, 5), d(11, 6)))
    of_county = above.set_apart(exam(d(11, 12), d(11, 12)))
    here.withdraw_apart(apart.id)
    assert here.day(d(11, 5)).kind is DayKind.TEACHING
    for unknown in (apart.id, of_county.id, 1):
        with pytest.raises(ApartUnknown):
            here.withdraw_apart(unknown)
    assert here.set_apart(exam(d(11, 5), d(11, 6))).id != apart.id
    assert (facts(here, "days_set_apart"), facts(here, "days_withdrawn")) == (3, 1)


def test_the_same_days_are_not_set_apart_twice(here: CalendarService) -> None:
    here.set_term(term())
    here.set_apart(exam(d(11, 5), d(11, 6)))
    with pytest.raises(ApartSame):
        here.set_apart(exam(d(11, 6), d(11, 7)))
    here.set_apart(exam(d(11, 6), d(11, 7), school="s1"))
    here.set_apart(exam(d(11, 6), d(11, 7), kind=ApartKind.EVENT))
    with pytest.raises(Problems) as caught:
        here.set_apart(exam(d(9, 30), d(10, 2)))
    assert {type(problem.error) for problem in caught.value.problems} == {ApartOnDayOff}


# closures


def test_a_closure_takes_half_days_and_changes_no_week(here: CalendarService) -> None:
    here.set_term(term())
    before = here.weeks(2026, 1)
    closed = here.announce_closure(
        closure(d(9, 14), d(9, 18), first_half=Half.PM, last_half=Half.AM, school="s1", note="暴雨")
    )
    assert (closed.announced, closed.reopened, closed.school) == (
        "2026-09-14 下午 至 2026-09-18 上午",
        None,
        "s1",
    )
    assert here.day(d(9, 14), "s1").halves == (Half.AM,)
    assert here.day(d(9, 15), "s1").name == "停课（恶劣天气）"
    assert here.day(d(9, 18), "s1").halves == (Half.PM,)
    assert here.school_halves(d(9, 14), d(9, 18), "s1").count == 2
    assert here.school_halves(d(9, 14), d(9, 18), "s2").count == 10
    after = here.weeks(2026, 1, "s1")
    assert [week.number for week in after.weeks] == [week.number for week in before.weeks]
    assert (before.teaching_days, after.teaching_days) == (84, 81)


def test_a_closure_that_is_lifted_early_stays_on_record(here: CalendarService) -> None:
    here.set_term(term())
    closed = here.announce_closure(closure(d(9, 14), d(9, 18)))
    lifted = here.lift_closure(closed.id, d(9, 16), Half.PM)
    assert (lifted.announced, lifted.reopened) == (closed.announced, "2026-09-16 下午")
    assert here.day(d(9, 16)).halves == (Half.PM,)
    for day, half in ((d(9, 16), Half.PM), (d(9, 19), Half.AM), (d(9, 13), Half.AM)):
        with pytest.raises(LiftedOutside):
            here.lift_closure(closed.id, day, half)
    here.lift_closure(closed.id, d(9, 14))
    assert here.day(d(9, 14)).kind is DayKind.TEACHING
    with pytest.raises(LiftedOutside):
        here.lift_closure(closed.id, d(9, 14))
    (view,) = here.closures(d(9, 1), d(9, 30), "s1")
    assert view.reopened == "2026-09-14 上午"
    assert (facts(here, "closure_announced"), facts(here, "closure_lifted")) == (1, 2)


def test_the_county_closes_every_school_and_lifts_what_it_has_closed(
    here: CalendarService, above: CalendarService, elsewhere: CalendarService
) -> None:
    above.set_term(term())
    closed = above.announce_closure(closure(d(9, 14), d(9, 14), reason=ClosureReason.DISASTER))
    own = here.announce_closure(closure(d(9, 15), d(9, 15), school="s2"))
    for service in (here, elsewhere):
        assert service.day(d(9, 14), "s1").kind is DayKind.CLOSURE
    assert elsewhere.day(d(9, 15), "s1").kind is DayKind.TEACHING
    assert [one.of_county for one in here.closures(d(9, 1), d(9, 30))] == [True, False]
    assert [one.of_county for one in here.closures(d(9, 1), d(9, 30), "s1")] == [True]
    for service, unknown in ((here, closed.id), (elsewhere, own.id), (above, own.id), (here, 1)):
        with pytest.raises(ClosureUnknown):
            service.lift_closure(unknown, d(9, 14))
    with pytest.raises(ClosureNeedless):
        here.announce_closure(closure(d(9, 12), d(9, 14), school="s1"))
    above.lift_closure(closed.id, d(9, 14))
    assert here.day(d(9, 14), "s1").kind is DayKind.TEACHING


def test_what_one_school_has_is_read_for_all_at_once(door: District, here: CalendarService) -> None:
    here.set_term(term())
    here.announce_closure(closure(d(9, 14), d(9, 14), school="s1"))
    here.set_apart(exam(d(9, 15), d(9, 15), school="s2"))
    rows = CalendarRows(door.context.session, door.context.scope, PLACE)
    place = read_place(rows, door.context.standards, d(9, 14), d(9, 15))
    for school in (None, "s1", "s2"):
        assert place.of(school) == read_calendar(rows, door.context.standards, d(9, 14), d(9, 15), school)
    assert (len(place.of("s1").closures), len(place.of("s2").closures)) == (1, 0)
    assert (len(place.of("s1").apart), len(place.of("s2").apart)) == (0, 1)


def test_two_counties_do_not_mix(here: CalendarService) -> None:
    other = make_county(here.context.session, "530922").registry.calendar
    other.set_term(term())
    other.record_holiday_notice(N2027)
    other.announce_closure(closure(d(9, 14), d(9, 14)))
    assert not here.terms(2026) and not here.notices(2027) and not here.closures(d(9, 1), d(9, 30))


def test_a_refusal_leaves_nothing_and_the_host_is_told(door: District) -> None:
    told: list[tuple[str, str]] = []

    def note(error: XuequError, actor: Actor, action: Action) -> None:
        told.append((error.code, action.code))

    settings = Settings(clock=SETTINGS.clock, on_refusal=note)
    calendar = District(door.context.session, PLACE, actor=MAKER, settings=settings).registry.calendar
    calendar.set_term(term())
    with pytest.raises(ClosureNeedless):
        calendar.announce_closure(closure(d(9, 19), d(9, 19)))
    assert told == [("registry.closure_needless", "registry.announce_closure")]
    assert door.context.session.scalar(select(func.count()).select_from(ClosureRow)) == 0


# the library


class _Holiday(Enum):
    """As the library names its holidays."""

    def __new__(cls, english: str, chinese: str) -> _Holiday:
        made = object.__new__(cls)
        made._value_ = english
        return made

    def __init__(self, english: str, chinese: str) -> None:
        self.chinese = chinese

    NEW_YEAR = "New Year's Day", "元旦"
    NATIONAL = "National Day", "国庆节"


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the library with the days of 2018 and 2019, in its own form and order."""
    named = {
        "New Year's Day": [d(12, 30, 2018), d(12, 31, 2018), d(1, 1, 2019)],
        "National Day": [d(10, 1, 2018) + timedelta(days=n) for n in range(7)]
        + [d(10, 1, 2019) + timedelta(days=n) for n in range(7)],
    }
    holidays = {day: name for name, some in named.items() for day in some}
    workdays = {
        d(12, 29, 2018): "New Year's Day",
        d(9, 29, 2018): "National Day",
        d(9, 30, 2018): "National Day",
        d(9, 29, 2019): "National Day",
        d(10, 12, 2019): "National Day",
    }
    fake = SimpleNamespace(__version__="1.11.0", Holiday=_Holiday, holidays=holidays, workdays=workdays)
    monkeypatch.setitem(sys.modules, "chinese_calendar", fake)


@pytest.mark.usefixtures("library")
def test_the_library_proposes_a_notice_and_a_person_records_it(here: CalendarService) -> None:
    command = here.notice_from_library(2019)
    assert command.authority == "chinesecalendar 1.11.0（请核对通知原文）"
    assert [(one.name, one.first, one.last) for one in command.holidays] == [
        ("元旦", d(12, 30, 2018), d(1, 1, 2019)),
        ("国庆节", d(10, 1, 2019), d(10, 7, 2019)),
    ]
    assert command.works == (d(12, 29, 2018), d(9, 29, 2019), d(10, 12, 2019))
    assert here.notice_from_library(2018).works == (d(9, 29, 2018), d(9, 30, 2018))
    assert here.notices(2019) == [], "nothing is recorded by asking"
    assert here.record_holiday_notice(command).works == command.works
    assert here.day(d(12, 31, 2018)).name == "元旦"


@pytest.mark.usefixtures("library")
def test_a_year_that_the_library_does_not_know_is_refused(here: CalendarService) -> None:
    for year in (2017, 2020):
        with pytest.raises(ImportYearUnknown) as caught:
            here.notice_from_library(year)
        assert f"{year} 年" in caught.value.message() and "record_holiday_notice" in caught.value.remedy()


def test_without_the_library_the_remedy_names_the_extra(
    here: CalendarService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(ExtraMissing) as caught:
        here.notice_from_library(2026)
    assert "calendar" in caught.value.remedy()


# data checks


def found(session: Session, place: str = COUNTY) -> dict[str, int]:
    results = run_data_checks(session, place)
    ours = ("terms_fit", "make_ups_fit", "days_apart_fit", "notices_are_whole")
    counted = {result.check.code.partition(".")[2]: len(result.findings or ()) for result in results}
    return {code: counted[code] for code in ours if counted[code]}


def test_a_sound_calendar_has_no_findings(here: CalendarService, above: CalendarService) -> None:
    above.set_term(term())
    here.set_term(term(2))
    above.record_holiday_notice(N2027)
    here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.FRIDAY))
    here.set_apart(exam(d(11, 5), d(11, 6)))
    assert found(here.context.session) == found(here.context.session, PLACE) == {}


def test_what_a_later_notice_or_term_has_made_wrong_is_found(
    here: CalendarService, above: CalendarService, elsewhere: CalendarService
) -> None:
    above.set_term(term())
    here.choose_make_up(MakeUpChoice(day=SAT, follows_weekday=Weekday.FRIDAY))
    here.set_apart(exam(d(11, 5), d(11, 6)))
    here.set_term(term(2))
    above.record_holiday_notice(notice(2026, ("长假", d(11, 6), d(11, 8))))
    above.set_term(term(last=d(3, 2, 2027)))
    session = here.context.session
    expected = {"terms_fit": 1, "make_ups_fit": 1, "days_apart_fit": 1}
    assert found(session) == found(session, PLACE) == expected
    assert found(session, ELSEWHERE) == {}


def test_a_notice_that_has_lost_its_days_is_found(here: CalendarService) -> None:
    here.record_holiday_notice(N2027)
    here.context.session.execute(text("DELETE FROM xq_registry_holiday_day"))
    assert found(here.context.session) == {"notices_are_whole": 1}
    assert here.notices(2027) == []


# racing


def race(
    url: str, make_engine: Callable[[str], Engine], act: Callable[[CalendarService], object]
) -> list[str]:
    """Let eight do the same at once in a district with a term; return how each came out."""
    engine = make_engine(url)
    with Session(engine) as session:
        make_district(session, PLACE).registry.calendar.set_term(term())
        session.commit()

    def one(_: int) -> str:
        with Session(engine) as session:
            door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
            try:
                act(door.registry.calendar)
                session.commit()
            except XuequError as error:
                session.rollback()
                return error.code
        return ""

    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(one, range(8)))


ACTS: dict[str, Callable[[CalendarService], object]] = {
    "closure_needless": lambda one: one.announce_closure(closure(d(9, 14), d(9, 15))),
    "term_same": lambda one: one.set_term(term(2)),
    "notice_same": lambda one: one.record_holiday_notice(N2027),
    "apart_same": lambda one: one.set_apart(exam(d(11, 5), d(11, 6))),
}
"""What everybody but the first is told."""


@pytest.mark.parametrize("refusal", sorted(ACTS))
def test_of_those_who_do_the_same_at_once_one_does_it(
    url: str, make_engine: Callable[[str], Engine], refusal: str
) -> None:
    assert race(url, make_engine, ACTS[refusal]) == ["", *[f"registry.{refusal}"] * 7]


def test_editions_of_those_who_set_different_days_at_once_follow_each_other(
    url: str, make_engine: Callable[[str], Engine]
) -> None:
    days = iter(range(1, 9))
    outcomes = race(url, make_engine, lambda one: one.set_term(term(first=d(9, 1 + next(days)))))
    assert outcomes == [""] * 8
    with Session(make_engine(url)) as session:
        editions = session.scalars(select(TermRow.edition).order_by(TermRow.edition)).all()
        assert editions == list(range(1, 10))
