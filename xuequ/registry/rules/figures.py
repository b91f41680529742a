"""Pure decisions about figures: measured, published, reconciled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from xuequ.core.errors import Problem
from xuequ.core.text import plain_number
from xuequ.registry.errors.figures import FigureAhead, StatementNeedsNumber
from xuequ.registry.states.figures import Quantity, Verdict, Wording

_PRINTED = re.compile(r"([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Published:
    """A figure as printed: text, so that its decimals say how it was rounded."""

    label: str
    printed: str
    numerator: Quantity
    denominator: Quantity | None = None
    wording: Wording = Wording.EXACT
    part_of: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity as the registry gives it, and the day that it is of."""

    value: Decimal
    as_of: date


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one published figure gives.

    `computed_compulsory` is the ratio over the pupils of compulsory education alone, where the published
    one is over all pupils; `implied` are the denominators that would fit.
    """

    published: Published
    numerator: Counted | None
    denominator: Counted | None
    computed: str
    computed_compulsory: str
    implied: range | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CheckedSum:
    """Published parts against the published whole."""

    whole: Published
    parts: tuple[Published, ...]
    total: Decimal
    verdict: Verdict


def check_figure_day(school: str, as_of: date, today: date) -> list[Problem]:
    """Refuse a figure of a day that has not come.

    Source: our decision.
    """
    return [Problem(FigureAhead(school=school, as_of=str(as_of)))] if today < as_of else []


def read_printed(text: str) -> Decimal | Problem:
    """Read a printed number, keeping its decimals; commas group thousands and nothing else."""
    if not _PRINTED.fullmatch(text):
        return Problem(StatementNeedsNumber(text=text))
    return Decimal(text.replace(",", ""))


def rounding_range(printed: Decimal) -> tuple[Fraction, Fraction]:
    """Return the exact values ``[low, high)`` that round half up to what is printed.

    >>> rounding_range(Decimal("32.4"))
    (Fraction(647, 20), Fraction(649, 20))
    """
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Fraction(10) ** exponent / 2
    return Fraction(printed) - half, Fraction(printed) + half


def implied_denominators(numerator: Decimal, printed: Decimal, wording: Wording) -> range | None:
    """Return the whole denominators with which the printed ratio would be right; None when any would.

    A ratio that "reaches" its figure bounds the denominator from above only; one that is exact leaves
    one denominator or none.

    >>> implied_denominators(Decimal(18994), Decimal("32.4"), Wording.ROUNDED)
    range(586, 588)
    """
    if wording is Wording.EXACT:
        return _exact_denominator(numerator, printed)
    low, high = rounding_range(printed)
    at_least = wording is Wording.AT_LEAST
    low = Fraction(printed) if at_least else low
    if low <= 0:
        return None
    first = 1 if at_least else floor(Fraction(numerator) / high) + 1
    return range(first, floor(Fraction(numerator) / low) + 1)


def _exact_denominator(numerator: Decimal, printed: Decimal) -> range | None:
    if printed == 0:
        return None
    denominator = Fraction(numerator) / Fraction(printed)
    if denominator.denominator != 1 or denominator <= 0:
        return None
    return range(denominator.numerator, denominator.numerator + 1)


def check_statement(published: Published, registry: Mapping[Quantity, Counted]) -> Checked:
    """Compare one published figure with the registry, exactly; nothing is rounded before it is compared.

    Raises nothing for missing data: a quantity that the registry does not know gives the verdict
    `UNKNOWN`, never zero.
    """
    printed = read_printed(published.printed)
    assert isinstance(printed, Decimal), "statements are read before they are recorded"
    top = registry.get(published.numerator)
    bottom = registry.get(published.denominator) if published.denominator else None
    if top is None or (published.denominator and (bottom is None or bottom.value == 0)):
        return Checked(published, top, bottom, "", "", None, Verdict.UNKNOWN)
    if bottom is None:
        verdict = _verdict(Fraction(top.value), printed, published.wording, Verdict.DIFFERS)
        return Checked(published, top, None, plain_number(top.value), "", None, verdict)
    ratio = Fraction(top.value) / Fraction(bottom.value)
    implied = implied_denominators(top.value, printed, published.wording)
    verdict = _verdict(ratio, printed, published.wording, Verdict.OTHER_DENOMINATOR)
    narrower = _over_compulsory(published, top, registry)
    return Checked(published, top, bottom, _two_places(ratio), narrower, implied, verdict)


def _over_compulsory(published: Published, top: Counted, registry: Mapping[Quantity, Counted]) -> str:
    heads = registry.get(Quantity.COMPULSORY_PUPILS)
    if published.denominator is not Quantity.PUPILS or heads is None or heads.value == 0:
        return ""
    return _two_places(Fraction(top.value) / Fraction(heads.value))


def _verdict(value: Fraction, printed: Decimal, wording: Wording, otherwise: Verdict) -> Verdict:
    low, high = rounding_range(printed)
    if wording is Wording.EXACT:
        return Verdict.AGREES if value == printed else otherwise
    if wording is Wording.ROUNDED:
        return Verdict.AGREES if low <= value < high else otherwise
    if value >= printed:
        return Verdict.AGREES
    return Verdict.ROUNDED_UP if low <= value else otherwise


def check_sums(statements: Sequence[Published]) -> list[CheckedSum]:
    """Compare every published whole with the sum of the parts published for it."""
    sums: list[CheckedSum] = []
    for whole in statements:
        parts = tuple(part for part in statements if part.part_of == whole.label)
        if parts:
            total = sum((Decimal(part.printed.replace(",", "")) for part in parts), Decimal(0))
            same = total == Decimal(whole.printed.replace(",", ""))
            sums.append(CheckedSum(whole, parts, total, Verdict.AGREES if same else Verdict.DIFFERS))
    return sums


def common_denominator(checked: Iterable[Checked]) -> range | None:
    """Return the numbers of pupils that fit every ratio per pupil that does not fit the registry, or None."""
    wrong = [c for c in checked if c.verdict is Verdict.OTHER_DENOMINATOR]
    per_pupil = [c.implied for c in wrong if c.published.denominator is Quantity.PUPILS]
    ranges = [implied for implied in per_pupil if implied is not None]
    if not ranges or len(ranges) < len(per_pupil):
        return None
    common = range(max(r.start for r in ranges), min(r.stop for r in ranges))
    return common or None


def _two_places(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
