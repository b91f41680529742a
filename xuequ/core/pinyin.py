"""Initials of names by their pinyin 拼音首字母, in every reading, kept so that one LIKE finds them.

曾小明 is kept as ``①CZ②X③M④``: between two marks stand the letters with which a sign may begin, so that
both ``ZXM`` and ``CXM`` are found, and nobody has to decide how a surname is read. A sign whose reading
nobody knows may begin with any letter: better found once too often than never.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from xuequ.core.errors import ExtraMissing
from xuequ.core.extras import load
from xuequ.core.text import half_width

MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MOST = len(MARKS) - 1
"""How many signs of a name are spelled; longer names are found by their beginning."""

LONGEST = MOST * 27 + 1


def spell(name: str) -> str | None:
    """Return the initials of a name as they are kept; None when `pypinyin` is not installed.

    Blanks and points between the parts of a name are passed over. Each sign is looked up once in a
    process, so a hundred thousand names cost little more than their few thousand different signs.
    """
    try:
        letters = [first_letters(sign) for sign in _spoken(name)]
    except ExtraMissing:
        return None
    marked = (f"{mark}{some}" for mark, some in zip(MARKS, letters, strict=False))
    return "".join(marked) + MARKS[min(len(letters), MOST)]


def initials_pattern(letters: str) -> str:
    """Return the LIKE pattern of what begins with these initials, in any of their readings.

    >>> initials_pattern("zx")
    '①%Z%②%X%③%'
    """
    typed = letters.upper()[:MOST]
    return "".join(f"{mark}%{letter}%" for mark, letter in zip(MARKS, typed, strict=False)) + (
        f"{MARKS[len(typed)]}%"
    )


def require_pinyin() -> None:
    """Refuse what needs every name to be spelled.

    Raises:
        ExtraMissing: when `pypinyin` is not installed.
    """
    load("pypinyin")


def _spoken(name: str) -> Iterator[str]:
    """Walk the first signs of a name that are read: letters and figures of any script."""
    heard = (sign for sign in half_width(name) if unicodedata.category(sign)[0] in "LN")
    yield from (sign for sign, _ in zip(heard, range(MOST), strict=False))


@cache
def first_letters(sign: str) -> str:
    """Return the letters, sorted, with which a sign may begin."""
    base = unicodedata.normalize("NFKD", sign)[0].upper()
    if base in string.ascii_uppercase + string.digits:
        return base
    pypinyin: Any = load("pypinyin")
    style = pypinyin.Style.FIRST_LETTER
    plain = unicodedata.normalize("NFKC", sign)
    found: list[list[str]] = pypinyin.pinyin(plain, style=style, heteronym=True, errors="ignore")
    first = {unicodedata.normalize("NFD", reading)[:1].upper() for one in found for reading in one}
    return "".join(sorted(first & set(string.ascii_uppercase))) or string.ascii_uppercase
