"""Text as people type it."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}


def half_width(text: str) -> str:
    """Turn full-width letters, digits, signs and blanks into the usual ones; nothing else changes.

    Unicode's own NFKC would go too far: it makes ``10²`` a 102 and ``㎡`` an m2.

    >>> half_width("１，２３４．５０（元）")
    '1,234.50(元)'
    """
    return text if text.isascii() else text.translate(_HALF)


def plain_number(value: Decimal, *, grouped: bool = False) -> str:
    """Write a decimal without idle zeros, exactly, whatever the precision of the decimal context.

    >>> plain_number(Decimal("18994.50"), grouped=True), plain_number(Decimal("1E+3"))
    ('18,994.5', '1000')
    """
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_LIVE = re.compile(r"'*[=+\-@\t\r]")
_SHIELDED = re.compile(r"'+[=+\-@\t\r]")


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before = + - @, tab and CR."""
    # Before apostrophes that stand before such a sign too: so `bare` knows its own from the text's.
    return f"'{text}" if _LIVE.match(text) else text


def bare(text: str) -> str:
    """Take off the apostrophe that `inert` has put before a text.

    >>> [bare(inert(text)) for text in ("=1+1", "'=1+1", "'tis")]
    ['=1+1', "'=1+1", "'tis"]
    """
    return text[1:] if _SHIELDED.match(text) else text


def visible(text: str) -> str:
    """Return text that any screen, log or file takes: what is no character is named by its number.

    >>> visible("王" + chr(0) + "明"), visible(chr(0xD800))
    ('王<U+0000>明', '<U+D800>')
    """
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(sign: str) -> str:
    unseen = unicodedata.category(sign) in ("Cc", "Cs", "Cf") or sign in "\ufffe\uffff"
    return f"<U+{ord(sign):04X}>" if unseen else sign


_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""What comes along from web pages and chats and has no width: it makes two of one name."""

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff"
"""Han characters of every plane, and the private ones by which older systems write rare names."""

_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")


def person_name(text: str) -> str:
    """Return a person's name as registers hold it: no blanks between Han characters, one elsewhere.

    People space out names of two characters (张　三); the blanks of foreign names are part of them.

    >>> person_name("张　三"), person_name(" 阿卜杜拉 · 买买提 "), person_name("Anna  Maria 王")
    ('张三', '阿卜杜拉 · 买买提', 'Anna Maria 王')
    """
    name = _BETWEEN_HAN.sub("", text.translate(_UNSEEN))
    return " ".join(name.split()) if any(sign.isspace() for sign in name) else name
