"""The workbook of the calendar: terms, notices, make-up days, days set apart, closures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.core.errors import (
    CellRequired,
    ColumnFixed,
    ImportConflict,
    Place,
    Problems,
    SpanBackwards,
    Stale,
)
from xuequ.core.fields import Command
from xuequ.core.halfdays import Half
from xuequ.core.journal import FactRow
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Reading, Sourced
from xuequ.exchange import apply_file, export_file, plan_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.calendar import (
    ApartSame,
    ApartUnknown,
    ClosureNeedless,
    LiftedOutside,
    NoticeDayOutside,
    NoticeDayTwice,
    NoticeEmpty,
    NoticeLacksDay,
    NoticeMissing,
    NoticeRowsDiffer,
    NoticeRowSplit,
    NoticeWorksWeekday,
    NotMakeUpDay,
    TermOverlaps,
)
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.schemas.books.calendar import DaysApartRow, MakeUpRow, NoticeRow, SchoolClosureRow
from xuequ.registry.schemas.calendar import (
    ClosureCommand,
    DaysApart,
    Holiday,
    HolidayNoticeCommand,
    MakeUpChoice,
    TermDates,
)
from xuequ.registry.states.calendar import (
    ApartKind,
    ClosureReason,
    DayHalf,
    DayKind,
    EntryState,
    HolidayWeeks,
    NoticeDay,
    Parity,
    TimetableDay,
    Weekday,
)
from xuequ.registry.templates import CALENDAR
from xuequ.testing import make_county, make_district

NUMBER = "国办发明电〔2026〕8号"
Rows = Mapping[str, Sequence[Command]]


def d(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


OPENS, ENDS = d(9, 1), d(1, 15, 2027)


def term(number: int = 1, first: date = OPENS, last: date = ENDS, **more: Any) -> TermDates:
    more = {"holiday_weeks": HolidayWeeks.KEEP} | more
    return TermDates(school_year=2026, number=number, first=first, last=last, **more)


SPRING = term(2, d(3, 1, 2027), d(7, 9, 2027))


def off(name: str, first: date, last: date | None = None, **more: Any) -> NoticeRow:
    return NoticeRow(year=more.pop("year", first.year), name=name, first=first, last=last, **more)


def work(day: date, **more: Any) -> NoticeRow:
    return NoticeRow(year=more.pop("year", day.year), kind=NoticeDay.WORK, first=day, **more)


NOTICE_2027 = (
    off("元旦", d(1, 1, 2027), number=NUMBER),
    off("春节", d(2, 5, 2027), d(2, 11, 2027)),
    work(d(2, 20, 2027)),
    off("劳动节", d(5, 1, 2027), d(5, 5, 2027)),
    work(d(5, 8, 2027)),
)
"""Invented: the notice of 2027 is not published."""

MAKE_UP = MakeUpRow(day=d(10, 10), follows=TimetableDay.WEDNESDAY, parity=Parity.ODD)
LOCAL = DaysApartRow(kind=ApartKind.LOCAL_HOLIDAY, first=d(11, 3), last=d(11, 4), name="火把节")
EXAM = DaysApartRow(school="s1", kind=ApartKind.EXAM, first=d(11, 12), last=d(11, 13), name="期中检测")
CLOSURE = SchoolClosureRow(
    school="s2", first=d(9, 10), first_half=DayHalf.PM, last=d(9, 11), reason=ClosureReason.WEATHER
)
FULL: Rows = {
    "terms": [term(), SPRING],
    "notices": NOTICE_2027,
    "make_ups": [MAKE_UP],
    "apart": [LOCAL, EXAM],
    "closures": [CLOSURE],
}


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


def book(path: Path, rows: Rows) -> Path:
    write_workbook(path, CALENDAR, rows)
    return path


def read(rows: Rows) -> Reading:
    """A reading of rows that were not written to a file: yes and no among them."""
    sheets = {sheet.name: sheet.title for sheet in CALENDAR.sheets}
    return Reading(
        CALENDAR,
        {
            name: [Sourced(row, Place(sheets[name], number)) for number, row in enumerate(some, 2)]
            for name, some in rows.items()
        },
    )


def take(district: District, decision: Decision = Decision.ASK, /, **rows: Sequence[Command]) -> Plan:
    return district.registry.books.take(read(rows), decision)


def plan(district: District, /, **rows: Sequence[Command]) -> Plan:
    return district.registry.books.plan(read(rows))


def facts(district: District) -> int:
    session = district.context.session
    session.flush()
    return session.scalar(select(func.count()).select_from(FactRow)) or 0


def wrong(found: Plan) -> list[tuple[type[Exception], int | None, str]]:
    """What a plan refuses: error, row, column."""
    return [
        (type(p.error), p.place.row if p.place else None, (p.place.column or "") if p.place else "")
        for p in found.problems
    ]


# the whole book


def test_a_calendar_comes_in_whole(district: District, tmp_path: Path) -> None:
    applied = apply_file(district, book(tmp_path / "a.xlsx", FULL), CALENDAR)
    assert applied.count(Outcome.ADDED) == 11
    calendar = district.registry.calendar
    assert [t.first for t in calendar.terms(2026)] == [d(9, 1), d(3, 1, 2027)]
    assert calendar.day(d(10, 10)).follows_weekday is Weekday.WEDNESDAY
    assert calendar.day(d(5, 3, 2027)).name == "劳动节"
    assert calendar.day(d(5, 8, 2027)).kind is DayKind.MAKE_UP
    assert calendar.day(d(11, 3)).kind is DayKind.LOCAL_HOLIDAY
    assert [calendar.day(d(11, 12), school).kind for school in ("s1", "s2")] == [
        DayKind.EXAM,
        DayKind.TEACHING,
    ]
    assert calendar.day(d(9, 10), "s2").halves == (Half.AM,)


def test_a_plan_leaves_nothing(district: District, tmp_path: Path) -> None:
    before = facts(district)
    planned = plan_file(district, book(tmp_path / "a.xlsx", FULL), CALENDAR)
    assert (planned.problems, planned.count(Outcome.ADDED)) == ((), 11)
    assert facts(district) == before
    assert district.registry.calendar.terms(2026) == []


def test_the_same_file_twice_changes_nothing(district: District, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", FULL)
    apply_file(district, file, CALENDAR)
    before = facts(district)
    again = apply_file(district, file, CALENDAR)
    assert again.count(Outcome.UNCHANGED) == 11
    assert facts(district) == before


def test_an_export_reads_back_without_a_change_and_sets_up_another_district(
    district: District, tmp_path: Path
) -> None:
    apply_file(district, book(tmp_path / "a.xlsx", FULL), CALENDAR)
    export_file(district, tmp_path / "out.xlsx", CALENDAR)
    back = plan_file(district, tmp_path / "out.xlsx", CALENDAR)
    assert (back.problems, back.count(Outcome.UNCHANGED)) == ((), 11)
    other = make_district(district.context.session, "530922/dasi")
    apply_file(other, tmp_path / "out.xlsx", CALENDAR)
    assert other.registry.calendar.weeks(2026, 1).weeks == district.registry.calendar.weeks(2026, 1).weeks


def test_an_export_of_a_school_holds_what_is_its_own(district: District) -> None:
    take(district, **FULL)
    rows = district.registry.books.export(CALENDAR.name, "s1").rows
    assert {name: list(some) for name, some in rows.items() if some} == {"apart": [EXAM]}


def test_a_plan_is_stale_once_the_calendar_has_changed(district: District) -> None:
    planned = plan(district, terms=[term()])
    district.registry.calendar.set_term(term(last=d(1, 8, 2027)))
    with pytest.raises(Stale):
        district.registry.books.apply(planned)


def test_two_districts_do_not_see_each_other(district: District) -> None:
    other = make_district(district.context.session, "530921/dasi")
    take(other, **FULL)
    exported = district.registry.books.export(CALENDAR.name).rows
    assert {name: list(rows) for name, rows in exported.items()} == {name: [] for name in FULL}


def test_a_county_sets_the_calendar_of_all_its_districts(district: District) -> None:
    county = make_county(district.context.session)
    shared = {name: FULL[name] for name in ("terms", "notices", "make_ups")} | {"apart": [LOCAL]}
    assert county.registry.books.take(read(shared)).count(Outcome.ADDED) == 9
    assert district.registry.calendar.terms(2026)[0].of_county
    again = take(district, terms=FULL["terms"], notices=NOTICE_2027, make_ups=[MAKE_UP])
    assert again.count(Outcome.UNCHANGED) == 8


def test_a_district_s_file_sets_its_own_term_beside_the_county_s(district: District) -> None:
    county = make_county(district.context.session)
    county.registry.books.take(read({"terms": [term()]}))
    own = [term(last=d(1, 8, 2027))]
    assert [type(problem.error) for problem in plan(district, terms=own).problems] == [ImportConflict]
    assert take(district, Decision.FILE, terms=own).count(Outcome.CHANGED) == 1
    assert district.registry.calendar.terms(2026)[0].last == d(1, 8, 2027)
    assert county.registry.calendar.terms(2026)[0].last == d(1, 15, 2027)


# by hand and by file


def test_what_was_decided_by_hand_is_kept_against_the_same_file(district: District) -> None:
    rows: Rows = {"terms": [term()]}
    take(district, **rows)
    district.registry.calendar.set_term(term(last=d(1, 8, 2027)))
    assert take(district, **rows).count(Outcome.KEPT) == 1
    assert district.registry.calendar.terms(2026)[0].last == d(1, 8, 2027)


def test_a_file_that_says_something_new_of_it_waits_for_a_decision(district: District) -> None:
    take(district, terms=[term()])
    district.registry.calendar.set_term(term(last=d(1, 8, 2027)))
    new: Rows = {"terms": [term(last=d(1, 20, 2027))]}
    (first, last) = plan(district, **new).problems, district.registry.calendar.terms(2026)[0].last
    assert [type(problem.error) for problem in first] == [ImportConflict]
    take(district, Decision.REGISTERED, **new)
    assert last == district.registry.calendar.terms(2026)[0].last == d(1, 8, 2027)
    take(district, Decision.FILE, **new)
    assert district.registry.calendar.terms(2026)[0].last == d(1, 20, 2027)


def test_a_notice_revised_by_hand_is_kept_against_the_same_file(district: District) -> None:
    take(district, notices=NOTICE_2027)
    holidays = (
        Holiday(name="元旦", first=d(1, 1, 2027), last=d(1, 3, 2027)),
        Holiday(name="春节", first=d(2, 5, 2027), last=d(2, 11, 2027)),
    )
    revised = HolidayNoticeCommand(year=2027, number=NUMBER, holidays=holidays, works=(d(2, 20, 2027),))
    held = district.registry.calendar.record_holiday_notice(revised)
    again = take(district, notices=NOTICE_2027)
    counts = {outcome: again.count(outcome) for outcome in Outcome if again.count(outcome)}
    assert counts == {Outcome.UNCHANGED: 3, Outcome.KEPT: 2}  # what the revision has dropped stays dropped
    assert district.registry.calendar.notices(2027)[-1] == held


def test_days_withdrawn_by_hand_stay_withdrawn_against_the_same_file(district: District) -> None:
    take(district, apart=[LOCAL])
    (there,) = district.registry.calendar.days_apart(d(11, 1), d(11, 30))
    district.registry.calendar.withdraw_apart(there.id)
    assert take(district, apart=[LOCAL]).count(Outcome.KEPT) == 1
    assert district.registry.calendar.days_apart(d(11, 1), d(11, 30)) == []
    assert take(district, Decision.FILE, apart=[LOCAL]).count(Outcome.CHANGED) == 1
    assert [apart.name for apart in district.registry.calendar.days_apart(d(11, 1), d(11, 30))] == ["火把节"]


# terms


def test_a_bad_term_is_named_and_the_good_one_is_not(district: District) -> None:
    planned = plan(district, terms=[term(), term(2, d(1, 10, 2027), d(7, 9, 2027))])
    assert wrong(planned) == [(TermOverlaps, 3, "开学日期")]
    with pytest.raises(Problems):
        take(district, terms=[term(), term(2, d(1, 10, 2027), d(7, 9, 2027))])
    assert district.registry.calendar.terms(2026) == []


@pytest.mark.parametrize("shift", [+20, -20])
def test_two_terms_move_together_past_each_other_s_old_days(district: District, shift: int) -> None:
    spans = [(d(9, 1), d(1, 15, 2027)), (d(1, 25, 2027), d(6, 20, 2027))]
    take(district, terms=[term(number, *span) for number, span in enumerate(spans, 1)])
    days = [tuple(date.fromordinal(day.toordinal() + shift) for day in span) for span in spans]
    take(district, terms=[term(number, first, last) for number, (first, last) in enumerate(days, 1)])
    assert [(t.first, t.last) for t in district.registry.calendar.terms(2026)] == days


def test_a_term_keeps_what_a_row_does_not_say(district: District) -> None:
    take(district, terms=[term(holiday_weeks=HolidayWeeks.SKIP)])
    take(district, terms=[term(last=d(1, 8, 2027), holiday_weeks=None)])
    assert district.registry.calendar.terms(2026)[0].holiday_weeks is HolidayWeeks.SKIP


def test_a_term_that_ends_before_it_begins_is_named_and_not_a_crash(
    district: District, tmp_path: Path
) -> None:
    backwards = term().model_copy(update={"last": d(8, 1)})
    (problem,) = plan_file(district, book(tmp_path / "a.xlsx", {"terms": [backwards]}), CALENDAR).problems
    assert isinstance(problem.error, SpanBackwards)
    assert problem.place == Place("学期", 2, "结束日期", "2026-08-01")


# notices


def test_the_rows_of_a_year_are_one_notice_recorded_once(district: District) -> None:
    take(district, notices=NOTICE_2027)
    (notice,) = district.registry.calendar.notices(2027)
    assert (notice.edition, notice.number, notice.authority) == (1, NUMBER, "国务院办公厅")
    assert [holiday.name for holiday in notice.holidays] == ["元旦", "春节", "劳动节"]
    assert notice.works == (d(2, 20, 2027), d(5, 8, 2027))


def test_a_notice_that_comes_with_the_library_is_there_already(district: District) -> None:
    rows = [off("国庆节", d(10, 1), d(10, 7)), work(d(10, 10))]
    assert take(district, notices=rows).count(Outcome.UNCHANGED) == 2
    numbered = [rows[0].model_copy(update={"number": NUMBER}), rows[1]]
    assert take(district, notices=numbered).count(Outcome.CHANGED) == 1
    packed, recorded = district.registry.calendar.notices(2026)
    assert (recorded.number, recorded.holidays, recorded.works) == (NUMBER, packed.holidays, packed.works)


def test_a_later_file_may_say_what_the_first_one_left_out(district: District) -> None:
    take(district, notices=NOTICE_2027, terms=[term(), SPRING], closures=[CLOSURE])
    revised = [row.model_copy(update={"number": "9号", "authority": "县政府"}) for row in NOTICE_2027]
    assert take(district, notices=revised).count(Outcome.CHANGED) == 5
    notice = district.registry.calendar.notices(2027)[-1]
    assert (notice.edition, notice.number, notice.authority) == (2, "9号", "县政府")


def test_a_revision_moves_a_day_and_leaves_the_rest(district: District) -> None:
    take(district, notices=NOTICE_2027)
    revised = [
        off("春节", d(2, 5, 2027), d(2, 12, 2027)),
        work(d(2, 20, 2027), state=EntryState.WITHDRAWN),
        work(d(2, 27, 2027)),
    ]
    for outcomes in ({Outcome.CHANGED: 2, Outcome.ADDED: 1}, {Outcome.UNCHANGED: 3}):
        done = take(district, notices=revised)
        assert {outcome: done.count(outcome) for outcome in Outcome if done.count(outcome)} == outcomes
    notice = district.registry.calendar.notices(2027)[-1]
    assert (notice.edition, notice.number) == (2, NUMBER)
    assert [(h.first, h.last) for h in notice.holidays][1] == (d(2, 5, 2027), d(2, 12, 2027))
    assert notice.works == (d(2, 27, 2027), d(5, 8, 2027))


def test_a_holiday_that_moves_off_its_first_day_is_withdrawn_and_given_anew(district: District) -> None:
    take(district, notices=NOTICE_2027)
    moved = off("春节", d(2, 6, 2027), d(2, 11, 2027))
    assert wrong(plan(district, notices=[moved])) == [(NoticeDayTwice, 2, "首日")]
    take(district, notices=[moved, off("春节", d(2, 5, 2027), state=EntryState.WITHDRAWN)])
    assert district.registry.calendar.notices(2027)[-1].holidays[1].first == d(2, 6, 2027)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([off("元旦", d(1, 1, 2027)), work(d(2, 19, 2027))], (NoticeWorksWeekday, 3, "首日")),
        ([off("元旦", d(1, 1, 2027)), work(d(1, 1, 2027), year=2027)], None),
        ([off("元旦", d(1, 1, 2027)), off("春节", d(2, 5, 2028), year=2027)], (NoticeDayOutside, 3, "首日")),
        ([off("元旦", d(1, 2, 2027)), work(d(1, 2, 2027))], (NoticeDayTwice, 3, "首日")),
        ([work(d(2, 20, 2027))], (NoticeEmpty, 2, "年份")),
        ([off("", d(1, 1, 2027))], (CellRequired, 2, "节日")),
        (
            [off("元旦", d(1, 1, 2027), state=EntryState.WITHDRAWN), *NOTICE_2027[1:]],
            (NoticeLacksDay, 2, "首日"),
        ),
        (
            [off("元旦", d(1, 1, 2027)), work(d(2, 20, 2027), last=d(2, 21, 2027))],
            (NoticeRowSplit, 3, "末日"),
        ),
        (
            [off("元旦", d(1, 1, 2027), number="甲"), off("春节", d(2, 5, 2027), number="乙")],
            (NoticeRowsDiffer, 3, ""),
        ),
    ],
    ids=lambda value: None,
)
def test_a_row_that_makes_no_notice_is_named(
    district: District, rows: Sequence[NoticeRow], found: tuple[type[Exception], int, str] | None
) -> None:
    refused = wrong(plan(district, notices=rows))
    if found is None:  # a Friday that is off is worked: wrong twice over
        assert {error for error, *_ in refused} == {NoticeDayTwice, NoticeWorksWeekday}
    else:
        assert refused == [found]


def test_days_off_of_one_name_that_follow_each_other_are_one_row(district: District) -> None:
    rows = [off("国庆节", d(10, 1, 2027), d(10, 3, 2027)), off("国庆节", d(10, 4, 2027), d(10, 7, 2027))]
    assert wrong(plan(district, notices=rows)) == [(NoticeRowSplit, 2, "末日"), (NoticeRowSplit, 3, "末日")]


# make-up days


def test_a_make_up_day_follows_the_notice_of_the_same_file(district: District) -> None:
    rows: Rows = {
        "terms": [term(), SPRING],
        "notices": NOTICE_2027,
        "make_ups": [MakeUpRow(day=d(5, 8, 2027), follows=TimetableDay.TUESDAY)],
    }
    take(district, **rows)
    assert district.registry.calendar.day(d(5, 8, 2027)).follows_weekday is Weekday.TUESDAY


def test_make_up_days_are_chosen_anew_and_refused_where_there_are_none(district: District) -> None:
    take(district, terms=[term(), SPRING], make_ups=[MAKE_UP])
    take(district, make_ups=[MakeUpRow(day=d(10, 10), follows=TimetableDay.THURSDAY)])
    day = district.registry.calendar.day(d(10, 10))
    assert (day.follows_weekday, day.parity) == (Weekday.THURSDAY, Parity.ODD)
    rows = [
        MakeUpRow(day=d(10, 11), follows=TimetableDay.MONDAY),
        MakeUpRow(day=d(5, 8, 2027), follows=TimetableDay.MONDAY),
        MakeUpRow(day=d(9, 20), follows=TimetableDay.MONDAY),
    ]
    planned = plan(district, make_ups=rows)
    assert wrong(planned) == [(NotMakeUpDay, 2, "调休上课日"), (NoticeMissing, 3, "调休上课日")]


def test_a_choice_made_by_hand_is_kept(district: District) -> None:
    take(district, terms=[term()], make_ups=[MAKE_UP])
    chosen = MakeUpChoice(day=d(10, 10), follows_weekday=Weekday.FRIDAY, parity=Parity.ODD)
    district.registry.calendar.choose_make_up(chosen)
    assert take(district, make_ups=[MAKE_UP]).count(Outcome.KEPT) == 1
    assert district.registry.calendar.day(d(10, 10)).follows_weekday is Weekday.FRIDAY


# days set apart


def test_days_apart_are_changed_and_withdrawn_by_file(district: District) -> None:
    take(district, apart=[EXAM, LOCAL.model_copy(update={"authority": "县人民政府通告"})])
    longer = LOCAL.model_copy(update={"last": d(11, 5)})
    gone = EXAM.model_copy(update={"state": EntryState.WITHDRAWN})
    for outcome in (Outcome.CHANGED, Outcome.UNCHANGED):
        assert take(district, apart=[longer, gone]).count(outcome) == 2
    (apart,) = district.registry.calendar.days_apart(d(11, 1), d(11, 30))
    assert (apart.last, apart.authority) == (d(11, 5), "县人民政府通告")


def test_days_apart_that_are_wrong_are_named(district: District) -> None:
    take(district, terms=[term()], apart=[LOCAL])
    rows = [
        LOCAL.model_copy(update={"first": d(11, 4)}),
        EXAM.model_copy(update={"school": "s9"}),
        EXAM.model_copy(update={"state": EntryState.WITHDRAWN}),
    ]
    assert wrong(plan(district, apart=rows)) == [
        (ApartSame, 2, "首日"),
        (SchoolUnknown, 3, "学校代码"),
        (ApartUnknown, 4, "首日"),
    ]


def test_what_the_county_has_set_apart_no_file_of_a_district_withdraws(district: District) -> None:
    county = make_county(district.context.session)
    values = LOCAL.model_dump(exclude={"state"})
    county.registry.calendar.set_apart(DaysApart(**values))
    gone = LOCAL.model_copy(update={"state": EntryState.WITHDRAWN})
    assert wrong(plan(district, apart=[gone])) == [(ApartUnknown, 2, "首日")]


# closures


def test_a_closure_is_lifted_by_the_file_that_announced_it(district: District) -> None:
    take(district, terms=[term()], closures=[CLOSURE])
    lifted = CLOSURE.model_copy(update={"reopened": d(9, 11)})
    for outcome in (Outcome.CHANGED, Outcome.UNCHANGED):
        assert take(district, closures=[lifted]).count(outcome) == 1
    (closure,) = district.registry.calendar.closures(d(9, 1), d(9, 30))
    assert closure.reopened == "2026-09-11 上午"
    exported = district.registry.books.export(CALENDAR.name).rows["closures"]
    assert take(district, closures=exported).count(Outcome.UNCHANGED) == 1


def test_a_closure_may_come_with_its_end(district: District) -> None:
    over = CLOSURE.model_copy(update={"reopened": d(9, 11), "reopened_half": DayHalf.PM})
    take(district, terms=[term()], closures=[over])
    assert district.registry.calendar.day(d(9, 11), "s2").halves == (Half.PM,)


def test_closures_that_are_wrong_are_named(district: District) -> None:
    take(district, terms=[term()], closures=[CLOSURE])
    rows = [
        CLOSURE.model_copy(update={"reason": ClosureReason.SAFETY}),
        SchoolClosureRow(first=d(10, 2), last=d(10, 3), reason=ClosureReason.WEATHER),
        SchoolClosureRow(
            first=d(9, 14), last=d(9, 14), reason=ClosureReason.WEATHER, reopened_half=DayHalf.PM
        ),
        SchoolClosureRow(first=d(9, 15), last=d(9, 15), reason=ClosureReason.WEATHER, reopened=d(9, 16)),
    ]
    assert wrong(plan(district, closures=rows)) == [
        (ColumnFixed, 2, "原因"),
        (ClosureNeedless, 3, "停课首日"),
        (CellRequired, 4, "复课日期"),
        (LiftedOutside, 5, "复课日期"),
    ]


def test_a_closure_lifted_by_hand_stays_lifted(district: District) -> None:
    take(district, terms=[term()])
    command = ClosureCommand(first=d(9, 10), last=d(9, 11), reason=ClosureReason.EPIDEMIC, school="s1")
    closure = district.registry.calendar.announce_closure(command)
    district.registry.calendar.lift_closure(closure.id, d(9, 11))
    row = SchoolClosureRow(school="s1", first=d(9, 10), last=d(9, 11), reason=ClosureReason.EPIDEMIC)
    assert take(district, closures=[row]).count(Outcome.UNCHANGED) == 1
    assert district.registry.calendar.closures(d(9, 1), d(9, 30))[0].reopened == "2026-09-11 上午"
