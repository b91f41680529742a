"""Documents of the calendar: the week grid of a term, and the letter about a holiday."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xuequ.core.document import (
    ANY_SCHOOL,
    ON,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Letter,
    Paper,
    Paragraph,
)
from xuequ.registry.schemas.calendar import Holiday, SchoolCalendarView
from xuequ.registry.schemas.forms import HolidayNoticeForm
from xuequ.registry.states.calendar import Weekday

_R, _C = Align.RIGHT, Align.CENTER
_WEEK = ("一", "二", "三", "四", "五", "六", "日")
_CABINET = "国务院办公厅"


def _calendar_subtitle(view: SchoolCalendarView) -> str:
    days = f"教学日 {view.teaching_days} 天，其中调休上课 {view.make_ups} 天"
    return f"{view.term}（{view.first} 至 {view.last}）· {days}"


def _calendar_note(view: SchoolCalendarView) -> str:
    undecided = "、".join(_day(day) for day in view.undecided)
    text = f"{undecided}调休上课，按哪天的课表上课尚未确定。" if undecided else ""
    return text + view.provisional


SCHOOL_CALENDAR = Document(
    name="registry.school_calendar",
    title="校历",
    part="registry.calendar",
    view="weeks",
    arguments=(
        Argument("school_year", "学年起始年，如 2026", int),
        Argument("number", "学期，1 或 2", int),
        ANY_SCHOOL,
    ),
    subtitle=_calendar_subtitle,
    tables=(
        DocumentTable(
            "校历",
            lambda view: view.weeks,
            (
                DocumentColumn("周次", "number_text", _C),
                DocumentColumn("日期", "span_text", _C),
                DocumentColumn("单双周", "parity_text", _C),
                *(
                    DocumentColumn(f"星期{sign}", weekday.name.lower(), wide=True)
                    for sign, weekday in zip(_WEEK, Weekday, strict=True)
                ),
                DocumentColumn("教学日", "teaching_days", _R),
            ),
            note=_calendar_note,
        ),
    ),
    signers=("编制人", "审核人", "负责人"),
    paper=Paper.PORTRAIT,
)


def _letter(view: HolidayNoticeForm) -> Letter:
    what = f"{view.notice.year}年{view.name or '节假日'}放假"
    return Letter(
        issuer=view.district,
        heading=f"{view.district}文件",
        number=view.number or f"　　〔{view.dated.year}〕　　号",
        title=f"{view.district}关于{what}的通知",
        dated=view.dated,
        addressees="学区所属各学校",
        paragraphs=tuple(_paragraphs(view, what)),
    )


def _paragraphs(view: HolidayNoticeForm, what: str) -> Iterable[Paragraph]:
    yield Paragraph(f"根据{_source(view)}，结合学区实际，现将{what}有关事项通知如下：")
    yield Paragraph("放假时间", 1)
    many = len(view.holidays) > 1
    for one in view.holidays:
        yield Paragraph(f"{one.name}：{_span(one)}" if many else _span(one), 2 if many else 0)
    if view.works:
        yield Paragraph("调休上课", 1)
        yield Paragraph("、".join(_worked(one.day, one.follows) for one in view.works) + "照常上班、上课。")
    yield Paragraph("有关要求", 1)
    yield Paragraph("各校要提前告知学生和家长放假、返校时间，放假前开展一次安全教育。", 2)
    yield Paragraph("各校要安排好假期值班和校园安全保卫，遇有突发情况按规定及时报告。", 2)
    yield Paragraph("假期结束后，师生要按时返校，各校按校历正常上课。", 2)


def _source(view: HolidayNoticeForm) -> str:
    notice = view.notice
    number = f"（{notice.number}）" if notice.number else ""
    if notice.authority.startswith("《"):
        return f"{notice.authority}{number}"
    if notice.authority == _CABINET:
        return f"《{_CABINET}关于{notice.year}年部分节假日安排的通知》{number}"
    return f"{notice.authority}{notice.year}年放假通知{number}"


def _span(holiday: Holiday) -> str:
    days = (holiday.last - holiday.first).days + 1
    if days == 1:
        return f"{_day(holiday.first)}放假，共1天。"
    last = holiday.last
    month = f"{last.month}月" if last.month != holiday.first.month else ""
    return f"{_day(holiday.first)}至{month}{last.day}日（{_weekday(last)}）放假，共{days}天。"


def _worked(day: date, follows: str) -> str:
    return f"{_day(day)}{f'（按{follows}课表）' if follows else ''}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日（{_weekday(day)}）"


def _weekday(day: date) -> str:
    return Weekday(day.isoweekday()).label


HOLIDAY_NOTICE = Document(
    name="registry.holiday_notice",
    title="放假通知",
    part="registry.forms",
    view="holiday_notice",
    arguments=(
        Argument("year", "年份，如 2026", int),
        Argument("holiday", "只通知一个假日，如 国庆节（默认全年）", required=False),
        Argument("number", "发文字号（默认留空）", required=False),
        Argument("on", "成文日期（默认今天）", ON.read, required=False),
    ),
    subtitle=lambda view: "",
    signers=(),
    paper=Paper.PORTRAIT,
    letter=_letter,
)
