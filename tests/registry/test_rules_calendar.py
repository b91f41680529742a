"""What a day is, teaching weeks, working days, and what may be written into the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.core.halfdays import Half, HalfDay, HalfDaySpan
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.registry.rules.calendar import (
    Answer,
    Apart,
    Calendar,
    Closure,
    MakeUp,
    Notice,
    Provisional,
    Term,
    each_day,
    is_weekend,
    known_of,
    look_up,
    ordinary_kind,
    parity_of,
    school_runs,
    week_number,
    weeks_of,
)
from xuequ.registry.rules.calendar_checks import (
    check_apart,
    check_closure,
    check_count,
    check_exact,
    check_lifting,
    check_make_up,
    check_notice,
    check_term,
)
from xuequ.registry.rules.calendar_counts import school_halves, tally
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.workdays import (
    count_working_days,
    is_working_day,
    last_of_working_days,
    working_day_after,
    working_day_before,
)
from xuequ.registry.service.calendar_reading import pack_notice
from xuequ.registry.states.calendar import ApartKind, DayKind, HolidayWeeks, Parity, Weekday
from xuequ.standards.national import national

SCHOOLING = Schooling((9, 1), 1, 6, 3)


def known(year: int) -> Notice:
    """Return the State Council's notice as it comes with the library."""
    found = pack_notice(national(), year)
    assert found is not None
    return found[0]


N2026 = known(2026)
N2027 = Notice(2027, {date(2027, 1, 1) + timedelta(days=n): "元旦" for n in range(3)}, frozenset())
"""An invented notice: the real one is no matter here."""

AUTUMN = Term(2026, 1, date(2026, 9, 1), date(2027, 1, 15))
SPRING = Term(2026, 2, date(2027, 3, 1), date(2027, 7, 9))
CALENDAR = Calendar(SCHOOLING, (AUTUMN, SPRING), {2026: N2026, 2027: N2027})
SUN, SAT = date(2026, 9, 20), date(2026, 10, 10)
"""The two days that are worked for the October holiday of 2026."""

FIGURES = date(2026, 9, 1), date(2026, 12, 31)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.error.code.removeprefix("registry.") for problem in problems]


def d(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


def span(first: date, last: date, begin: Half = Half.AM, end: Half = Half.PM) -> HalfDaySpan:
    return HalfDaySpan.through(HalfDay(first, begin), HalfDay(last, end))


# the worked autumn


def test_the_autumn_of_2026_has_84_teaching_days() -> None:
    plain = [day for day in each_day(*FIGURES) if not is_weekend(day)]
    assert len(plain) == 88
    assert [sum(day.isoweekday() == n for day in plain) for n in range(1, 6)] == [17, 18, 18, 18, 17]
    found = tally(CALENDAR, *FIGURES)
    assert len(found.teaching) == 84
    assert [found.weekdays[Weekday(n)] for n in range(1, 8)] == [16, 17, 17, 17, 15, 0, 0]
    assert found.kinds[DayKind.MAKE_UP] == 2
    assert found.undecided == (SUN, SAT)
    assert not found.provisional


def test_friday_loses_two_lessons_unless_a_make_up_day_follows_it() -> None:
    chosen = {SUN: MakeUp(Weekday.FRIDAY), SAT: MakeUp(Weekday.FRIDAY, Parity.EVEN)}
    found = tally(replace(CALENDAR, make_ups=chosen), *FIGURES)
    assert [found.followed[Weekday(n)] for n in range(1, 6)] == [16, 17, 17, 17, 17]
    assert found.undecided == ()
    day = look_up(replace(CALENDAR, make_ups=chosen), SAT)
    assert (day.kind, day.follows, day.parity, day.undecided) == (
        DayKind.MAKE_UP,
        Weekday.FRIDAY,
        Parity.EVEN,
        (),
    )
    assert look_up(replace(CALENDAR, make_ups=chosen), SUN).undecided == ("parity",)
    assert look_up(CALENDAR, SUN).undecided == ("follows_weekday", "parity")


def test_every_kind_of_day_is_told_apart() -> None:
    calendar = replace(
        CALENDAR,
        apart=(
            Apart(ApartKind.EXAM, d(11, 5), d(11, 6), "期中考试"),
            Apart(ApartKind.EVENT, d(11, 7), d(11, 7), "运动会"),
            Apart(ApartKind.LOCAL_HOLIDAY, d(12, 1), d(12, 1), "民族节"),
            Apart(ApartKind.EXAM, d(12, 1), d(12, 1), "周测"),
        ),
        closures=(Closure(span(d(11, 3), d(11, 4), end=Half.AM), "停课"),),
    )
    expected = {
        d(9, 2): (DayKind.TEACHING, ""),
        d(9, 5): (DayKind.WEEKEND, ""),
        SUN: (DayKind.MAKE_UP, ""),
        d(9, 25): (DayKind.HOLIDAY, "中秋节"),
        d(11, 3): (DayKind.CLOSURE, "停课"),
        d(11, 4): (DayKind.TEACHING, ""),
        d(11, 5): (DayKind.EXAM, "期中考试"),
        d(11, 7): (DayKind.EVENT, "运动会"),
        d(12, 1): (DayKind.LOCAL_HOLIDAY, "民族节"),
        d(1, 20, 2027): (DayKind.VACATION, ""),
        d(8, 2, 2027): (DayKind.VACATION, ""),
    }
    found = {day: look_up(calendar, day) for day in expected}
    assert {day: (one.kind, one.name) for day, one in found.items()} == expected
    assert found[d(11, 4)].halves == {Half.PM} and found[d(11, 3)].halves == frozenset()
    assert all(bool(one.halves) == one.kind.school_runs for one in found.values())


def test_a_worked_saturday_in_the_vacation_is_no_school_day() -> None:
    spring = Term(2025, 2, d(3, 2), d(7, 10))
    autumn = Term(2025, 1, d(9, 1, 2025), d(1, 23))
    calendar = Calendar(SCHOOLING, (autumn, spring), {2026: N2026})
    assert is_working_day(calendar, d(2, 14)).value
    assert ordinary_kind(calendar, d(2, 14)) == (DayKind.VACATION, "")
    assert ordinary_kind(calendar, d(2, 28)) == (DayKind.VACATION, "")
    assert ordinary_kind(calendar, d(5, 9)) == (DayKind.MAKE_UP, "")


# what is not known


def test_an_entry_that_never_ends_is_no_notice_of_later_years() -> None:
    entry = national().find("calendar.holidays", on=d(1, 1))
    assert entry is not None
    endless = Standards([replace(entry, span=DaySpan(d(1, 1)))])
    assert pack_notice(endless, 2026) is not None
    assert pack_notice(endless, 2027) is None
    assert pack_notice(Standards([]), 2026) is None


def test_a_year_without_its_notice_is_answered_by_weekdays_and_says_so() -> None:
    calendar = replace(CALENDAR, notices={2026: N2026})
    day = look_up(calendar, d(1, 1, 2027))
    assert (day.kind, day.provisional) == (DayKind.TEACHING, Provisional(frozenset({2027})))
    assert str(day.provisional) == "暂定（缺2027年放假通知）"
    assert str(look_up(calendar, d(9, 2)).provisional) == ""
    assert codes(check_exact(day.provisional)) == ["notice_missing"]


def test_the_last_days_of_december_wait_for_the_next_years_notice() -> None:
    """New Year's holiday reached back to 30 December 2018, and the 29th was worked for it."""
    calendar = replace(CALENDAR, notices={2026: N2026})
    assert known_of(calendar, d(12, 25)) == Provisional()
    assert known_of(calendar, d(12, 26)).years == {2027}
    of_2019 = Notice(2019, {d(12, 30, 2018): "元旦", d(12, 31, 2018): "元旦"}, frozenset({d(12, 29, 2018)}))
    of_2018 = Notice(2018, {d(10, 1, 2018): "国庆节"}, frozenset())
    past = Calendar(SCHOOLING, notices={2018: of_2018})
    assert is_working_day(past, d(12, 31, 2018)).value
    assert is_working_day(past, d(12, 29, 2018)).provisional.years == {2019}
    past = replace(past, notices={2018: of_2018, 2019: of_2019})
    worked = [is_working_day(past, d(12, day, 2018)) for day in (28, 29, 30, 31)]
    assert [answer.value for answer in worked] == [True, True, False, False]
    assert not any(answer.provisional for answer in worked)


def test_a_day_that_may_lie_in_a_term_nobody_has_recorded_is_provisional() -> None:
    calendar = replace(CALENDAR, terms=(AUTUMN,))
    assert known_of(calendar, d(3, 2, 2027)).school_years == {2026}
    assert look_up(calendar, d(3, 2, 2027)).kind is DayKind.TEACHING
    assert str(known_of(calendar, d(3, 2, 2027))) == "暂定（缺2026–2027学年学期）"
    assert codes(check_exact(known_of(calendar, d(3, 2, 2027)))) == ["term_missing"]
    assert known_of(CALENDAR, d(2, 1, 2027)) == Provisional()
    late = replace(CALENDAR, terms=(replace(AUTUMN, first=d(9, 3)),))
    assert known_of(late, d(9, 1)) == Provisional(), "before the first term is vacation"
    assert known_of(late, d(8, 31)).school_years == {2025}, "unless it may be a term of the year before"
    assert known_of(CALENDAR, d(8, 25, 2027)) == Provisional(), "so is after the second"
    assert known_of(CALENDAR, d(9, 1, 2027)).school_years == {2027}


def test_the_number_of_a_week_stands_on_every_notice_since_the_term_began() -> None:
    calendar = replace(CALENDAR, notices={2027: N2027})
    day = look_up(calendar, d(1, 4, 2027))
    assert day.provisional.years == {2026}
    assert known_of(calendar, d(1, 4, 2027)) == Provisional(), "but the day itself is known"


@given(days, st.sets(st.sampled_from([2026, 2027])), st.sets(st.sampled_from([AUTUMN, SPRING])))
def test_nothing_is_called_exact_that_more_knowledge_could_change(
    on: date, years: set[int], terms: set[Term]
) -> None:
    less = replace(
        CALENDAR,
        notices={year: CALENDAR.notices[year] for year in years},
        terms=tuple(sorted(terms, key=lambda term: term.first)),
    )
    day = look_up(less, on)
    if not day.provisional:
        assert day == look_up(CALENDAR, on)
    answer = is_working_day(less, on)
    if not answer.provisional:
        assert answer == is_working_day(CALENDAR, on)


# weeks


def test_weeks_run_from_monday_and_the_first_may_be_short() -> None:
    weeks = weeks_of(CALENDAR, AUTUMN)
    assert weeks[:2] == [(d(9, 1), d(9, 6), 1), (d(9, 7), d(9, 13), 2)]
    assert weeks[-1] == (d(1, 11, 2027), d(1, 15, 2027), 20)
    assert [number for _, _, number in weeks] == list(range(1, 21))


def test_parity_runs_on_the_teaching_week_and_not_on_the_iso_week() -> None:
    for first, number, iso in ((d(9, 1), 1, 36), (d(9, 7), 2, 37), (d(1, 4, 2027), 19, 1)):
        assert (week_number(CALENDAR, first), first.isocalendar().week) == (number, iso)
    parities = [parity_of(number) for _, _, number in weeks_of(CALENDAR, AUTUMN)]
    assert parities == [Parity.ODD, Parity.EVEN] * 10
    weeks = [monday.isocalendar().week for monday, _, _ in weeks_of(CALENDAR, AUTUMN)]
    assert any(a % 2 == b % 2 for a, b in pairwise(weeks)), "ISO parity breaks at the new year"


def test_a_whole_week_of_holiday_keeps_its_number_or_skips_it_as_the_term_says() -> None:
    off = {d(10, day): "国庆节" for day in range(5, 12)}
    notices = {2026: Notice(2026, off, frozenset()), 2027: N2027}
    for chosen, numbers in (
        (HolidayWeeks.KEEP, [1, 2, 3, 4, 5, 6, 7]),
        (HolidayWeeks.SKIP, [1, 2, 3, 4, 5, None, 6]),
    ):
        term = replace(AUTUMN, holiday_weeks=chosen)
        calendar = replace(CALENDAR, terms=(term, SPRING), notices=notices)
        assert [number for _, _, number in weeks_of(calendar, term)][:7] == numbers
        assert look_up(calendar, d(10, 7)).week == numbers[5]
        assert look_up(calendar, d(10, 12)).parity == parity_of(numbers[6])


def test_a_week_before_the_first_school_day_has_no_number() -> None:
    notices = {2026: Notice(2026, {d(9, n): "放假" for n in range(1, 7)}, frozenset()), 2027: N2027}
    calendar = replace(CALENDAR, notices=notices)
    assert week_number(calendar, d(9, 1)) is None
    assert week_number(calendar, d(9, 7)) == 1
    assert week_number(calendar, d(8, 1)) is None


@given(st.lists(st.tuples(days, st.integers(0, 20)), max_size=4), st.sampled_from(HolidayWeeks))
def test_no_closure_changes_the_number_of_any_week(
    closed: list[tuple[date, int]], weeks: HolidayWeeks
) -> None:
    terms = (replace(AUTUMN, holiday_weeks=weeks), SPRING)
    calendar = replace(CALENDAR, terms=terms)
    closures = [Closure(span(first, first + timedelta(days=length))) for first, length in closed]
    for term in terms:
        assert weeks_of(replace(calendar, closures=tuple(closures)), term) == weeks_of(calendar, term)


@given(st.lists(days, max_size=20), st.sampled_from(HolidayWeeks))
def test_weeks_cover_the_term_and_their_numbers_run_on(off: list[date], weeks: HolidayWeeks) -> None:
    notice = Notice(2026, dict.fromkeys([d(5, 1), *off], "放假"), frozenset())
    term = replace(AUTUMN, holiday_weeks=weeks)
    calendar = Calendar(SCHOOLING, (term,), {2026: notice})
    found = weeks_of(calendar, term)
    assert [day for first, last, _ in found for day in each_day(first, last)] == list(
        each_day(term.first, term.last)
    )
    numbers = [number for _, _, number in found if number is not None]
    assert numbers == list(range(1, len(numbers) + 1))


# half-days


def test_a_closure_takes_half_days() -> None:
    calendar = replace(CALENDAR, closures=(Closure(span(d(11, 3), d(11, 5), Half.PM, Half.AM), "停课"),))
    assert school_runs(calendar, d(11, 3)) == {Half.AM}
    assert school_runs(calendar, d(11, 4)) == frozenset()
    assert school_runs(calendar, d(11, 5)) == {Half.PM}
    answer = school_halves(calendar, span(d(11, 2), d(11, 6), Half.PM, Half.AM))
    assert [str(at) for at in answer.value] == [
        "2026-11-02 下午",
        "2026-11-03 上午",
        "2026-11-05 下午",
        "2026-11-06 上午",
    ]


def test_half_days_of_school_skip_the_holiday_and_count_the_make_up_day() -> None:
    answer = school_halves(CALENDAR, span(d(9, 30), d(10, 10), Half.PM, Half.AM))
    assert len(answer.value) == 1 + 2 * 2 + 1  # 30 Sep pm; 8 and 9 Oct; Saturday the 10th, am
    assert not answer.provisional


@given(days, st.integers(0, 40), st.integers(1, 60), st.integers(1, 60))
def test_half_days_of_school_are_additive_over_adjoining_spans(
    first: date, closed: int, one: int, other: int
) -> None:
    calendar = replace(CALENDAR, closures=(Closure(span(first, first + timedelta(days=closed))),))
    begin = HalfDay(first, Half.PM).index
    a, b, c = HalfDay.at(begin), HalfDay.at(begin + one), HalfDay.at(begin + one + other)
    left, right, whole = (
        school_halves(calendar, HalfDaySpan(*ends)).value for ends in ((a, b), (b, c), (a, c))
    )
    assert left + right == whole
    assert all(half.half in school_runs(calendar, half.day) for half in whole)


# working days


def test_five_working_days_from_30_september_skip_the_holiday_and_count_the_make_up_day() -> None:
    assert working_day_after(CALENDAR, d(9, 30), 5).value == d(10, 13)
    assert last_of_working_days(CALENDAR, d(9, 30), 5).value == d(10, 12)
    assert working_day_after(CALENDAR, d(9, 30), 3).value == SAT, "8, 9 and Saturday 10 October"
    assert working_day_before(CALENDAR, d(10, 13), 5).value == d(9, 30)
    assert count_working_days(CALENDAR, d(9, 30), d(10, 13)).value == 5
    assert working_day_after(CALENDAR, SUN, 0).value == SUN


def test_working_days_ask_neither_terms_nor_closures_but_local_festivals() -> None:
    festival = Apart(ApartKind.LOCAL_HOLIDAY, d(7, 24), d(7, 26), "火把节")
    calendar = replace(CALENDAR, terms=(), apart=(festival,), closures=(Closure(span(d(7, 1), d(7, 31))),))
    assert is_working_day(calendar, d(7, 23)).value
    assert not is_working_day(calendar, d(7, 24)).value
    assert count_working_days(calendar, d(7, 20), d(7, 27)).value == 4


def test_reckoning_into_a_year_without_notice_says_so() -> None:
    calendar = replace(CALENDAR, notices={2026: N2026})
    answer = working_day_after(calendar, d(12, 30), 5)
    assert answer == Answer(d(1, 6, 2027), Provisional(frozenset({2027})))
    assert count_working_days(calendar, d(12, 30), d(1, 6, 2027)).provisional.years == {2027}
    assert not working_day_after(calendar, d(12, 1), 5).provisional


@given(days, st.integers(0, 300))
def test_so_many_days_after_and_then_before_is_where_one_began(start: date, count: int) -> None:
    after = working_day_after(CALENDAR, start, count).value
    back = working_day_before(CALENDAR, after, count).value
    if is_working_day(CALENDAR, start).value or count == 0:
        assert back == start
    else:
        assert back < start and count_working_days(CALENDAR, back, start).value == 1


@given(days, st.integers(1, 300))
def test_the_count_between_is_the_number_that_was_asked_for(start: date, count: int) -> None:
    after = working_day_after(CALENDAR, start, count).value
    assert is_working_day(CALENDAR, after).value
    following = timedelta(days=1)
    assert count_working_days(CALENDAR, start + following, after + following).value == count
    assert last_of_working_days(CALENDAR, start + following, count).value == after


@given(days, st.integers(0, 200), st.integers(0, 200))
def test_counts_are_additive_over_adjoining_spans(start: date, one: int, other: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + other)
    parts = [count_working_days(CALENDAR, *ends) for ends in ((start, middle), (middle, end))]
    whole = count_working_days(CALENDAR, start, end)
    assert sum(part.value for part in parts) == whole.value
    assert parts[0].provisional | parts[1].provisional == whole.provisional


@given(days, st.integers(0, 100), st.integers(0, 100))
def test_days_after_add_up(start: date, one: int, other: int) -> None:
    middle = working_day_after(CALENDAR, start, one).value
    assert (
        working_day_after(CALENDAR, middle, other).value
        == working_day_after(CALENDAR, start, one + other).value
    )


@given(days, st.integers(0, 150))
def test_the_kinds_of_days_add_up_to_the_days(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = tally(CALENDAR, first, last)
    assert sum(found.kinds.values()) == length + 1
    assert len(found.teaching) == found.kinds[DayKind.TEACHING] + found.kinds[DayKind.MAKE_UP]
    assert sum(found.weekdays.values()) == found.kinds[DayKind.TEACHING]


# what may be written


def test_terms_lie_in_their_school_year_and_share_no_day() -> None:
    assert check_term(AUTUMN, [SPRING]) == []
    assert codes(check_term(replace(AUTUMN, last=d(3, 1, 2027)), [SPRING])) == ["term_overlaps"]
    assert codes(check_term(replace(AUTUMN, school_year=2025), [])) == ["term_outside_year"]
    before = replace(SPRING, first=d(8, 1), last=d(8, 31))
    assert codes(check_term(before, [AUTUMN])) == ["term_out_of_order"]
    assert codes(check_term(AUTUMN, [before])) == ["term_out_of_order"]
    both = replace(AUTUMN, last=d(3, 1, 2028))
    assert codes(check_term(both, [SPRING])) == ["term_outside_year", "term_overlaps"]


def test_a_notice_is_read_as_the_state_council_writes_it() -> None:
    assert check_notice(2026, sorted(N2026.off), sorted(N2026.work)) == []
    new_year = [d(12, 30, 2018), d(12, 31, 2018), d(1, 1, 2019)]
    assert check_notice(2019, new_year, [d(12, 29, 2018)]) == []


def test_everything_wrong_with_a_notice_is_said_at_once() -> None:
    assert codes(check_notice(2026, [], [])) == ["notice_empty"]
    off = [d(10, 1), d(10, 1), d(10, 1, 2025)]
    problems = check_notice(2026, off, [d(10, 1), d(10, 10)])
    assert codes(problems) == [
        "notice_day_twice",
        "notice_day_outside",
        "notice_day_twice",
        "notice_works_weekday",
    ]


def test_a_timetable_is_chosen_for_a_make_up_day_only() -> None:
    assert check_make_up(CALENDAR, SAT, Weekday.FRIDAY) == []
    assert codes(check_make_up(CALENDAR, SAT, Weekday.SUNDAY)) == ["follows_weekend"]
    assert codes(check_make_up(CALENDAR, d(9, 2), Weekday.FRIDAY)) == ["not_make_up_day"]
    assert codes(check_make_up(replace(CALENDAR, notices={}), SAT, Weekday.FRIDAY)) == ["notice_missing"]
    assert codes(check_make_up(replace(CALENDAR, terms=()), SAT, Weekday.SATURDAY)) == [
        "term_missing",
        "follows_weekend",
    ]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (d(11, 5), d(11, 8), []),
        (d(9, 30), d(10, 2), ["apart_on_day_off"] * 2),
        (d(2, 1, 2027), d(2, 1, 2027), ["apart_on_day_off"]),
    ],
)
def test_no_exam_is_set_on_a_day_off(first: date, last: date, found: list[str]) -> None:
    assert codes(check_apart(CALENDAR, Apart(ApartKind.EXAM, first, last))) == found
    assert check_apart(CALENDAR, Apart(ApartKind.LOCAL_HOLIDAY, first, last)) == []


def test_there_is_nothing_to_close_where_no_school_runs() -> None:
    assert check_closure(CALENDAR, span(d(9, 5), d(9, 7))) == []
    assert codes(check_closure(CALENDAR, span(d(9, 5), d(9, 6)))) == ["closure_needless"]
    closed = replace(CALENDAR, closures=(Closure(span(d(11, 3), d(11, 4))),))
    assert codes(check_closure(closed, span(d(11, 3), d(11, 4)))) == ["closure_needless"]
    assert check_closure(closed, span(d(11, 3), d(11, 5), end=Half.AM)) == []


def test_a_closure_is_lifted_from_a_half_day_that_it_still_holds() -> None:
    announced = span(d(11, 3), d(11, 6))
    still = span(d(11, 3), d(11, 4))
    assert check_lifting(announced, announced, HalfDay(d(11, 6), Half.PM)) == []
    assert check_lifting(still, announced, HalfDay(d(11, 3), Half.AM)) == []
    for what, at in ((still, d(11, 5)), (announced, d(11, 7)), (None, d(11, 3))):
        assert codes(check_lifting(what, announced, HalfDay(at, Half.AM))) == ["lifted_outside"]


def test_working_days_are_counted_within_reason() -> None:
    assert check_count(0) == check_count(1000) == check_count(1, least=1) == []
    for problems in (check_count(-1), check_count(1001), check_count(0, least=1)):
        assert codes(problems) == ["days_uncountable"]
