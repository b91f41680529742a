"""How official letters number their paragraphs and write their days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xuequ.core.document import Paragraph

_DIGITS = "一二三四五六七八九"


def in_words(day: date) -> str:
    """Write a day as official letters do.

    >>> in_words(date(2026, 9, 1))
    '2026年9月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(paragraphs: Iterable[Paragraph]) -> list[tuple[int, str, str]]:
    """Return level, number and text of paragraphs; a new heading begins the levels below it anew.

    >>> [number for _, number, _ in numbered([Paragraph("a", 1), Paragraph("b", 2), Paragraph("c")])]
    ['一、', '（一）', '']
    """
    counts = [0] * 5
    found: list[tuple[int, str, str]] = []
    for one in paragraphs:
        if one.level:
            counts[one.level] += 1
            counts[one.level + 1 :] = [0] * (4 - one.level)
        found.append((one.level, _number(one.level, counts[one.level]), one.text))
    return found


def _number(level: int, count: int) -> str:
    """Number a paragraph as official letters do.

    >>> _number(1, 12), _number(2, 3), _number(3, 1), _number(4, 2), _number(0, 9)
    ('十二、', '（三）', '1.', '（2）', '')
    """
    return ("", f"{_chinese(count)}、", f"（{_chinese(count)}）", f"{count}.", f"（{count}）")[level]


def _chinese(number: int) -> str:
    """Write a number below a hundred in Chinese.

    >>> _chinese(3), _chinese(10), _chinese(11), _chinese(20), _chinese(42)
    ('三', '十', '十一', '二十', '四十二')
    """
    tens, ones = divmod(number, 10)
    head = (("" if tens == 1 else _DIGITS[tens - 1]) + "十") if tens else ""
    return head + (_DIGITS[ones - 1] if ones else "")
