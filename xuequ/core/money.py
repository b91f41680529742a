"""Money 金额: exact amounts of yuan, held as whole fen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xuequ.core.errors import InexactMoney, UnreadableMoney, UnsharableMoney
from xuequ.core.text import half_width

LIMIT = 2**63 - 1
"""The largest number of fen that a BIGINT column holds."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_YUAN_TEXT = re.compile(r"\s*(-?¥?|¥-)\s*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)((?:\.[0-9]+)?)\s*元?\s*")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in whole fen 分; floats and fractions of a fen are refused.

    >>> Money.yuan("1,234.50") + Money.yuan(3)
    Money(fen=123750)
    >>> print(Money.yuan("0.30"))
    0.30
    """

    fen: int = 0

    def __post_init__(self) -> None:
        if type(self.fen) is not int or abs(self.fen) > LIMIT:
            raise InexactMoney(value=_say(self.fen))

    @classmethod
    def yuan(cls, amount: str | int | Decimal) -> Money:
        """Read an amount in yuan: ``"1,234.50"``, ``"￥30"``, ``12`` or a Decimal.

        Raises:
            InexactMoney: for a float, a bool, or a part of a fen.
            UnreadableMoney: for text that is not an amount.
        """
        if isinstance(amount, bool) or not isinstance(amount, str | int | Decimal):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InexactMoney(value=_say(amount))
        fen = _exact(_read_yuan(amount) if isinstance(amount, str) else amount) * 100
        if fen.denominator != 1:
            raise InexactMoney(value=str(amount))
        return cls(fen.numerator)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add up amounts; nothing adds up to 0.00."""
        return cls(sum(amount.fen for amount in amounts))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __abs__(self) -> Money:
        return Money(abs(self.fen))

    def __mul__(self, count: int) -> Money:
        """Multiply by a whole number; a rate needs `share_of`, which rounds on purpose."""
        if type(count) is not int:
            raise InexactMoney(value=_say(count))
        return Money(self.fen * count)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return f"{self}"

    def __format__(self, spec: str) -> str:
        """Format as yuan: ``f"{m}"`` gives 1234.50, ``f"{m:,}"`` gives 1,234.50."""
        if spec not in ("", ","):
            raise ValueError(f"Money knows the formats '' and ',', not {spec!r}")
        yuan, fen = divmod(abs(self.fen), 100)
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{yuan:{spec}}.{fen:02d}"

    def share_of(self, rate: Fraction | Decimal | int) -> Money:
        """Multiply by an exact rate, half a fen rounded away from zero.

        >>> Money.yuan("100.10").share_of(Decimal("0.005"))
        Money(fen=50)
        """
        exact = abs(_exact(rate) * self.fen)
        rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
        negative = (self.fen < 0) != (rate < 0)
        return Money(-rounded if negative else rounded)

    def allocate(self, weights: Sequence[int | Fraction | Decimal]) -> list[Money]:
        """Split by weights so that the parts add up to the whole, to the fen.

        Every part is rounded down; the fen left over go one by one to the largest remainders, and
        among equal remainders to the earlier weight, so the order of the weights is the tie-break.

        Raises:
            InexactMoney: for a weight that is a float or no number.
            UnsharableMoney: for no weight at all, a negative one, or weights that add up to nothing.

        >>> [str(part) for part in Money.yuan(100).allocate([1, 1, 1])]
        ['33.34', '33.33', '33.33']
        """
        exact = [_exact(weight) for weight in weights]
        whole = sum(exact, Fraction(0))
        if whole <= 0 or any(weight < 0 for weight in exact):
            raise UnsharableMoney(amount=str(self), weights=", ".join(map(str, weights)))
        sign = -1 if self.fen < 0 else 1
        ideal = [abs(self.fen) * weight / whole for weight in exact]
        parts = [share.numerator // share.denominator for share in ideal]
        left = abs(self.fen) - sum(parts)
        by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - ideal[i], i))
        for index in by_remainder[:left]:
            parts[index] += 1
        return [Money(sign * part) for part in parts]

    def capitals(self) -> str:
        """Write the amount as vouchers do 大写金额.

        Source: 支付结算办法 附一 正确填写票据和结算凭证的基本规定.

        >>> Money.yuan("107000.53").capitals()
        '壹拾万零柒仟元伍角叁分'
        """
        yuan, fen = divmod(abs(self.fen), 100)
        jiao, fen = divmod(fen, 10)
        text = _whole_capitals(yuan) + "元" if yuan or not (jiao or fen) else ""
        if jiao:
            text += _DIGITS[jiao] + "角"
        elif fen and yuan:
            text += "零"
        text += _DIGITS[fen] + "分" if fen else ""
        if not (jiao or fen):
            text += "整"
        return ("负" if self.fen < 0 else "") + text

    @classmethod
    def from_capitals(cls, text: str) -> Money:
        """Read what `capitals` writes, and the usual variants (正 for 整, 圆 for 元, 人民币 in front).

        Raises:
            UnreadableMoney: when the text is not an amount in capitals.
        """
        body = half_width(text).strip().removeprefix("人民币").strip()
        sign = -1 if body.startswith("负") else 1
        found = _CAPITALS.fullmatch(body.removeprefix("负").replace("圆", "元"))
        if found is None or not any(found.groups()):
            raise UnreadableMoney(text=text)
        whole, jiao, fen = found[1], found[2], found[3] or found[4]
        yuan = _read_whole_capitals(whole or "零")
        size = yuan * 100 + 10 * _digit(jiao) + _digit(fen)
        if size > LIMIT or (whole or "") not in _ways_to_write(yuan, alone=not (jiao or fen)):
            raise UnreadableMoney(text=text)
        return cls(sign * size)


def _say(value: object) -> str:
    """Write a wrong value for a message; one of thousands of digits is cut."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write integers of more than 4,300 digits
        return f"{type(value).__name__}（位数过多）"
    return text if len(text) <= 60 else text[:57] + "…"


def _exact(value: Fraction | Decimal | int) -> Fraction:
    """Return a number as a fraction; a float, a bool and what is no number are refused."""
    kinds = Fraction | Decimal | int
    if isinstance(value, bool) or not isinstance(value, kinds):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InexactMoney(value=_say(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise InexactMoney(value=str(value))
    return Fraction(value)


def _read_yuan(text: str) -> Decimal:
    found = _YUAN_TEXT.fullmatch(half_width(text))
    if found is None:
        raise UnreadableMoney(text=text)
    sign, whole, decimals = found.groups()
    return Decimal(sign.replace("¥", "") + whole.replace(",", "") + decimals)


# LIMIT takes 33 signs before 元: the bound keeps garbage out of the recursive reader. 零 before 角 may
# stand or not, as 支付结算办法 allows; before 分 it must stand when there are 元 and no 角.
_CAPITALS = re.compile(
    rf"(?:([{_DIGITS}拾佰仟万亿]{{1,40}})元)?"
    rf"(?:(?:(?<=元)零)?([{_DIGITS[1:]}])角(?:([{_DIGITS[1:]}])分)?|(?:(?<=元)零)?([{_DIGITS[1:]}])分)?[整正]?"
)


def _digit(text: str | None) -> int:
    return _DIGITS.index(text) if text else 0


def _ways_to_write(yuan: int, *, alone: bool) -> set[str]:
    """Return how the whole yuan may be written: with and without the 零 after 拾万, 仟万 and the like."""
    if yuan == 0:
        return {"零"} if alone else {""}
    return {_whole_capitals(yuan), _whole_capitals(yuan, sparing=True)}


def _group_capitals(number: int) -> str:
    """Write 0 < number < 10000 without a leading zero: 1409 → 壹仟肆佰零玖."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text


def _whole_capitals(number: int, *, sparing: bool = False) -> str:
    """Write a whole number; 亿 repeats as 万亿 above 10**12. `sparing` leaves out the 零 that may go."""
    if number == 0:
        return "零"
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            head, tail = divmod(number, size)
            text = _whole_capitals(head, sparing=sparing) + unit
            if not tail:
                return text
            gap = tail < size // 10 or (head % 10 == 0 and not sparing)
            return text + ("零" if gap else "") + _whole_capitals(tail, sparing=sparing)
    return _group_capitals(number)


def _read_whole_capitals(text: str) -> int:
    """Read a whole number leniently; the caller writes it again and compares."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(unit) if unit == "亿" else text.partition(unit)
        if found:
            return _read_whole_capitals(head) * size + _read_whole_capitals(tail)
    total, digit = 0, 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            total += digit * 10 ** _PLACES.index(sign)
            digit = 0
    return total + digit
