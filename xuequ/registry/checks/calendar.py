"""Data checks of the calendar: what a later notice or term has made of what was set before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository import RegistryRepository, find_scope
from xuequ.registry.repository.calendar import CalendarRows
from xuequ.registry.rules.calendar import Calendar
from xuequ.registry.rules.calendar_checks import check_apart, check_make_up, check_term
from xuequ.registry.service.calendar_reading import (
    apart_of,
    latest,
    read_place,
    term_key,
    term_of,
)
from xuequ.registry.states.calendar import Weekday
from xuequ.standards.repository import load_standards

EVER = date(1950, 1, 1), date(2101, 12, 31)
"""The days that a calendar can speak of, as its commands take them."""


def _places(ground: Ground) -> Iterator[CalendarRows]:
    """Walk the place and, below a county, its districts."""
    yield CalendarRows(ground.session, ground.scope, ground.place)
    if ground.scope.district_id is None:
        for row in RegistryRepository(ground.session, ground.scope, ground.place).districts():
            place = f"{ground.place}/{row.code}"
            yield CalendarRows(ground.session, find_scope(ground.session, place), place)


def _terms_fit(ground: Ground) -> Iterator[Finding]:
    for rows in _places(ground):
        held = latest(rows.terms(EVER[0].year, EVER[1].year), term_key)
        for number, row in enumerate(held):
            for problem in check_term(term_of(row), map(term_of, held[:number])):
                yield Finding("xq_registry_term", row.id, f"{rows.place}：{problem.error.message()}")


def _make_ups_fit(ground: Ground) -> Iterator[Finding]:
    for rows in _places(ground):
        own = [row for row in rows.make_ups(*EVER) if row.owner_id == rows.owner_id]
        if own:
            calendar = _calendar(rows, own[0].day, own[-1].day)
            for row in own:
                for problem in check_make_up(calendar, row.day, Weekday(row.follows_weekday)):
                    yield Finding("xq_registry_make_up_day", row.id, problem.error.message())


def _calendar(rows: CalendarRows, first: date, last: date) -> Calendar:
    standards = load_standards(rows.session, rows.scope, rows.place)
    return read_place(rows, standards, first, last).common


def _apart_fit(ground: Ground) -> Iterator[Finding]:
    for rows in _places(ground):
        district_id = rows.scope.district_id
        own = [row for row in rows.apart(*EVER) if row.district_id == district_id]
        if own:
            last = max(row.last_day for row in own)
            calendar = _calendar(rows, own[0].first_day, last)
            for row in own:
                for problem in check_apart(calendar, apart_of(row)):
                    yield Finding("xq_registry_apart_days", row.id, problem.error.message())


def _notices_whole(ground: Ground) -> Iterator[Finding]:
    for row in CalendarRows(ground.session, ground.scope, ground.place).empty_notices():
        what = f"{row.year} 年放假通知第 {row.edition} 版没有任何日期"
        yield Finding("xq_registry_holiday_notice", row.id, what)


CHECKS = (
    DataCheck(
        "registry.terms_fit",
        "各学期互不重叠、先后有序",
        _terms_fit,
        "县和学区各自设定的学期合在一起相冲突；请用 set_term 重新设定其中一个。",
    ),
    DataCheck(
        "registry.make_ups_fit",
        "指定了课表的日期都是调休上课日",
        _make_ups_fit,
        "多为放假通知或学期修订所致；该指定不再起作用，请核对通知并为新的调休日另行指定。",
    ),
    DataCheck(
        "registry.days_apart_fit",
        "考试和活动都安排在上学的日子",
        _apart_fit,
        "请用 withdraw_apart 取消后另定日期。",
    ),
    DataCheck(
        "registry.notices_are_whole",
        "登记的放假通知都有日期",
        _notices_whole,
        "请从备份恢复该通知的日期，或重新登记当年的通知。",
    ),
)
