"""Days as people write them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from xuequ.exchange.tables.moments import moment

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")
_NUMERALS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)

_SHORT_YEAR = re.compile(r"\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?")
_NO_DAY = re.compile(r"\d{4}(\s*[-./年]\s*\d{1,2}\s*月?|年)?|\d{6}")
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
"""Days of Excel from 1954 to 2118: what somebody's number in a date column is likely meant for."""

_DIGITS = dict(zip(map(ord, "〇○零一二三四五六七八九"), "000123456789", strict=True))


@lru_cache(maxsize=16_384)
def read_day(text: str) -> date | str:
    """Read a day, or return what would be one instead; nothing where there is no hint to give.

    >>> read_day("2026年9月1日") == read_day("20260901") == read_day("二〇二六年九月一日") == date(2026, 9, 1)
    True
    >>> read_day("26-9-1"), read_day("2026年9月"), read_day("开学")
    ('四位年份的日期（如 2026-09-01）', '年月日俱全的日期（如 2026-09-01）', '')
    >>> read_day("46266")
    '日期（按 Excel 的算法此数是 2026-09-01，请核对后改写成日期）'
    """
    plain = _MIDNIGHT.sub("", text)
    found = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is not None:
        return _of(*map(int, found.groups()))
    numerals = _NUMERALS.fullmatch(plain)
    if numerals is not None:
        year, month, day = numerals.groups()
        return _of(int(year.translate(_DIGITS)), _under_hundred(month), _under_hundred(day))
    return _hint(plain)


def _of(year: int, month: int, day: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return ""


def _under_hundred(numeral: str) -> int:
    """Read 九, 十, 十二, 二十, 三十一; 0 for what is no numeral.

    >>> [_under_hundred(numeral) for numeral in ("九", "十", "十二", "二十", "三十一", "一二")]
    [9, 10, 12, 20, 31, 0]
    """
    tens, ten, ones = numeral.partition("十")
    if not ten:
        tens, ones = "", numeral
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return 0
    whole = int(tens.translate(_DIGITS) or 1) * 10 if ten else 0
    return whole + int(ones.translate(_DIGITS) or 0)


def _hint(text: str) -> str:
    if _SHORT_YEAR.fullmatch(text):
        return "四位年份的日期（如 2026-09-01）"
    if _NO_DAY.fullmatch(text):
        return "年月日俱全的日期（如 2026-09-01）"
    if _SERIAL.fullmatch(text):
        day = moment(int(float(text)))
        return f"日期（按 Excel 的算法此数是 {day}，请核对后改写成日期）"
    return ""
