"""Text as people type it."""

from __future__ import annotations

from decimal import Decimal

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}


def half_width(text: str) -> str:
    """Turn full-width letters, digits, signs and blanks into the usual ones; nothing else changes.

    Unicode's own NFKC would go too far: it makes ``10²`` a 102 and ``㎡`` an m2.

    >>> half_width("１，２３４．５０（元）")
    '1,234.50(元)'
    """
    return text.translate(_HALF)


def plain_number(value: Decimal, *, grouped: bool = False) -> str:
    """Write a decimal without idle zeros, exactly, whatever the precision of the decimal context.

    >>> plain_number(Decimal("18994.50"), grouped=True), plain_number(Decimal("1E+3"))
    ('18,994.5', '1000')
    """
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe goes before = + - @, tab and CR."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
