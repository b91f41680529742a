"""Code lists of the calendar: what a day is, what closes a school."""

from __future__ import annotations

from enum import IntEnum

from xuequ.core.codes import CodeEnum, code_list
from xuequ.core.halfdays import Half


@code_list("日期类别")
class DayKind(CodeEnum):
    """What a day is for a school 日期类别."""

    TEACHING = "teaching", "教学日", "上课"
    MAKE_UP = "make_up", "调休上课日", "调休"
    EXAM = "exam", "考试日", "考试"
    EVENT = "event", "活动日", "活动"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "法定节假日", "节假日"
    LOCAL_HOLIDAY = "local_holiday", "地方节日放假", "民族节日"
    VACATION = "vacation", "寒暑假", "假期"
    CLOSURE = "closure", "停课日", "停课"

    @property
    def school_runs(self) -> bool:
        """Whether pupils come to school on such a day; a closed half-day is told apart by halves."""
        return self in (DayKind.TEACHING, DayKind.MAKE_UP, DayKind.EXAM, DayKind.EVENT)

    @property
    def teaches(self) -> bool:
        """Whether lessons follow the timetable on such a day."""
        return self in (DayKind.TEACHING, DayKind.MAKE_UP)


@code_list("单列日类别")
class ApartKind(CodeEnum):
    """Kinds of days that a county or district sets apart 单列日."""

    EXAM = "exam", "考试"
    EVENT = "event", "活动"
    LOCAL_HOLIDAY = "local_holiday", "地方节日放假", "民族节日"


@code_list("停课原因")
class ClosureReason(CodeEnum):
    """Why a school is closed 停课原因."""

    WEATHER = "weather", "恶劣天气", "天气"
    DISASTER = "disaster", "自然灾害", "地震"
    EPIDEMIC = "epidemic", "传染病防控", "疫情"
    UTILITIES = "utilities", "停水停电"
    SAFETY = "safety", "安全隐患", "安全"
    OTHER = "other", "其他"


@code_list("假日日期类别")
class NoticeDay(CodeEnum):
    """What a holiday notice says of a day 放假安排."""

    OFF = "off", "放假", "休"
    WORK = "work", "上班", "调休上班", "班"


@code_list("单双周")
class Parity(CodeEnum):
    """Odd or even teaching week 单双周; it runs on the number of the teaching week."""

    ODD = "odd", "单周", "单"
    EVEN = "even", "双周", "双"


@code_list("整周放假的周次")
class HolidayWeeks(CodeEnum):
    """Whether a week without a school day keeps its number or skips it 整周放假的周次."""

    KEEP = "keep", "保留周次", "保留"
    SKIP = "skip", "不计周次", "跳过"


@code_list("校历登记状态")
class EntryState(CodeEnum):
    """Whether what a file says of the calendar holds, or is taken back 有效／撤销."""

    VALID = "valid", "有效"
    WITHDRAWN = "withdrawn", "撤销", "取消"


@code_list("半天")
class DayHalf(CodeEnum):
    """The halves of a day, as a file names them 上午／下午."""

    AM = "am", "上午"
    PM = "pm", "下午"

    @property
    def half(self) -> Half:
        """The half itself."""
        return Half[self.name]


class Weekday(IntEnum):
    """Days of the week 星期; Monday is 1, as `date.isoweekday` counts."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7

    @property
    def label(self) -> str:
        """The Chinese name."""
        return f"星期{'一二三四五六日'[self - 1]}"


@code_list("课表日")
class TimetableDay(CodeEnum):
    """The days of the week that have a timetable 课表日, as a file names them."""

    MONDAY = "1", "星期一", "周一", "一"
    TUESDAY = "2", "星期二", "周二", "二"
    WEDNESDAY = "3", "星期三", "周三", "三"
    THURSDAY = "4", "星期四", "周四", "四"
    FRIDAY = "5", "星期五", "周五", "五"

    @property
    def weekday(self) -> Weekday:
        """The day of the week."""
        return Weekday[self.name]
