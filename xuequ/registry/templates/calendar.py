"""The workbook of the calendar."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.errors import CellRequired, SpanBackwards
from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.calendar import DaysApartRow, MakeUpRow, NoticeRow, SchoolClosureRow
from xuequ.registry.schemas.calendar import TermDates
from xuequ.registry.states.calendar import (
    ApartKind,
    ClosureReason,
    DayHalf,
    EntryState,
    HolidayWeeks,
    NoticeDay,
    Parity,
    TimetableDay,
)
from xuequ.registry.templates.columns import SCHOOL

_SCHOOL = replace(SCHOOL, required=False, note="不填即全部学校")
_BACKWARDS = (SpanBackwards.code,)
_EMPTY = (CellRequired.code,)

_TERMS = Sheet(
    "terms",
    "学期",
    TermDates,
    (
        Column("学年", "school_year", Kind.WHOLE, note="秋季学期所在的公历年份"),
        Column("学期", "number", Kind.WHOLE, note="1 为第一学期，2 为第二学期"),
        Column(
            "开学日期",
            "first",
            Kind.DAY,
            blamed=("registry.term_outside_year", "registry.term_overlaps", "registry.term_out_of_order"),
        ),
        Column("结束日期", "last", Kind.DAY, note="上课的最后一天", blamed=_BACKWARDS),
        Column(
            "整周放假的周次",
            "holiday_weeks",
            codes=HolidayWeeks,
            required=False,
            note="不填即按县或学区的规定",
            blamed=("core.standard_not_set",),
        ),
    ),
    key=("school_year", "number"),
    together=(("first", "last"),),
    required=False,
)
_NOTICES = Sheet(
    "notices",
    "放假通知",
    NoticeRow,
    (
        Column("年份", "year", Kind.WHOLE, note="通知所管的公历年份", blamed=("registry.notice_empty",)),
        Column("类别", "kind", codes=NoticeDay, required=False, note="不填即放假；调休上班一天填一行"),
        Column("节日", "name", required=False, note="放假须填；上班不必填", blamed=_EMPTY),
        Column(
            "首日",
            "first",
            Kind.DAY,
            blamed=(
                "registry.notice_day_twice",
                "registry.notice_day_outside",
                "registry.notice_works_weekday",
                "registry.notice_lacks_day",
            ),
        ),
        Column(
            "末日",
            "last",
            Kind.DAY,
            required=False,
            note="不填即只有一天",
            blamed=("registry.notice_row_split", *_BACKWARDS),
        ),
        Column("文号", "number", required=False, note="同一年各行一致，可只填一行"),
        Column("发文机关", "authority", required=False, note="新登记的通知不填即国务院办公厅"),
        Column("状态", "state", codes=EntryState, required=False, note="不填即有效；通知修订后取消的选撤销"),
    ),
    key=("year", "kind", "first"),
    required=False,
)
_MAKE_UPS = Sheet(
    "make_ups",
    "补课安排",
    MakeUpRow,
    (
        Column(
            "调休上课日",
            "day",
            Kind.DAY,
            blamed=("registry.not_make_up_day", "registry.notice_missing", "registry.term_missing"),
        ),
        Column("上星期几的课", "follows", codes=TimetableDay),
        Column("单双周", "parity", codes=Parity, required=False, note="按单周或双周课表；未定则留空"),
    ),
    key=("day",),
    required=False,
)
_APART = Sheet(
    "apart",
    "校内假期与活动日",
    DaysApartRow,
    (
        _SCHOOL,
        Column("类别", "kind", codes=ApartKind),
        Column(
            "首日",
            "first",
            Kind.DAY,
            blamed=("registry.apart_same", "registry.apart_on_day_off", "registry.apart_unknown"),
        ),
        Column("末日", "last", Kind.DAY, blamed=_BACKWARDS),
        Column("名称", "name"),
        Column("依据", "authority", required=False),
        Column("状态", "state", codes=EntryState, required=False, note="不填即有效；不再单列的选撤销"),
    ),
    key=("school", "kind", "first"),
    required=False,
)
_CLOSURES = Sheet(
    "closures",
    "停课",
    SchoolClosureRow,
    (
        _SCHOOL,
        Column("停课首日", "first", Kind.DAY, blamed=("registry.closure_needless",)),
        Column("首日从", "first_half", codes=DayHalf, required=False, note="不填即从上午起"),
        Column("停课末日", "last", Kind.DAY, blamed=_BACKWARDS),
        Column("末日到", "last_half", codes=DayHalf, required=False, note="不填即到下午止"),
        Column("原因", "reason", codes=ClosureReason),
        Column("说明", "note", required=False),
        Column(
            "复课日期",
            "reopened",
            Kind.DAY,
            required=False,
            note="提前复课的第一天；如期复课不填",
            blamed=("registry.lifted_outside", *_EMPTY),
        ),
        Column("复课从", "reopened_half", codes=DayHalf, required=False, note="不填即从上午起"),
    ),
    key=("school", "first", "first_half"),
    together=(("reopened", "reopened_half"),),
    required=False,
)

CALENDAR = Template(
    name="registry.calendar",
    title="校历",
    sheets=(_TERMS, _NOTICES, _MAKE_UPS, _APART, _CLOSURES),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
    county=True,
)
